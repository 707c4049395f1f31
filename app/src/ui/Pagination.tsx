import { Icon } from './Icon.tsx'

/** Props of Pagination. */
export interface PaginationProps {
  label: string
  previous?: { href: string; text: string }
  next?: { href: string; text: string }
  /** "Cities 51 to 100 of 142". */
  status?: string
}

/** To the page before and the page after. */
export function Pagination({ label, previous, next, status }: PaginationProps) {
  return (
    <nav class="pagination" aria-label={label}>
      {previous !== undefined && (
        <a href={previous.href} rel="prev">
          <Icon name="previous" />
          {previous.text}
        </a>
      )}
      {status !== undefined && <span class="pagination-status number">{status}</span>}
      {next !== undefined && (
        <a href={next.href} rel="next">
          {next.text}
          <Icon name="next" />
        </a>
      )}
    </nav>
  )
}
