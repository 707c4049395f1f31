/** Props of SyntheticBanner. */
export interface SyntheticBannerProps {
  /** Name of the region, for screen readers. */
  label: string
  title: string
  text: string
}

/** A slim line above the header: these figures are invented. */
export function SyntheticBanner({ label, title, text }: SyntheticBannerProps) {
  return (
    <section class="synthetic-banner" aria-label={label}>
      <p class="wrap">
        <strong>{title}</strong> {text}
      </p>
    </section>
  )
}
