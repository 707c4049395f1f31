/** Props of StatNumber. */
export interface StatNumberProps {
  label: string
  /** As it is shown: rounded, in the reader's language. */
  value: string
  unit?: string
  /** Number of cases, bounds, wave: what the number rests on. */
  qualifier?: string
  /** The list behind the number. */
  link?: { href: string; text: string }
}

/** One large number with its unit and the line that qualifies it. */
export function StatNumber({ label, value, unit, qualifier, link }: StatNumberProps) {
  return (
    <div class="stat-number">
      <span class="stat-number-label">{label}</span>
      <span class="stat-number-value">
        {value}
        {unit !== undefined && <span class="stat-number-unit">{unit}</span>}
      </span>
      {qualifier !== undefined && <span class="stat-number-qualifier">{qualifier}</span>}
      {link !== undefined && <a href={link.href}>{link.text}</a>}
    </div>
  )
}
