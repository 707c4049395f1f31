import type { ComponentChildren } from 'preact'
import type { NavLink } from './SiteHeader.tsx'

/** Props of SiteFooter. */
export interface SiteFooterProps {
  /** What the list of links is, for screen readers. */
  label: string
  links: readonly NavLink[]
  /** Licence, version, operator. */
  children?: ComponentChildren
}

/** The end of every page: links and a line about the installation. */
export function SiteFooter({ label, links, children }: SiteFooterProps) {
  return (
    <footer class="site-footer">
      <div class="wrap">
        <nav aria-label={label}>
          <ul>
            {links.map(({ href, text }) => (
              <li key={href}>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ul>
        </nav>
        {children !== undefined && <p>{children}</p>}
      </div>
    </footer>
  )
}
