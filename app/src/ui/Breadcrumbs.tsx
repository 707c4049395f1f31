/** Props of Breadcrumbs. */
export interface BreadcrumbsProps {
  label: string
  /** From the start page down to the parent of this page. */
  links: readonly { href: string; text: string }[]
}

/** The way from the start page to the parent of this page. */
export function Breadcrumbs({ label, links }: BreadcrumbsProps) {
  return (
    <nav class="breadcrumbs" aria-label={label}>
      <ol>
        {links.map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
