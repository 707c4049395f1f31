import type { NavLink } from './SiteHeader.tsx'

/** Parts of one thing as links in a row: pages of their own, not panels. */
export function NavTabs({ label, links }: { label: string; links: readonly NavLink[] }) {
  return (
    <nav class="nav-tabs" aria-label={label}>
      <ul>
        {links.map(({ href, text, isCurrent }) => (
          <li key={href}>
            <a href={href} aria-current={isCurrent ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
