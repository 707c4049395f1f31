import type { Translator } from '../../../text/text.ts'
import { Pagination } from '../../../ui/Pagination.tsx'
import type { WebContext } from '../../../web.ts'

/** Which part of a list a page shows, from its address: ?page=2. */
export interface ListPart {
  /** From 1. */
  page: number
  size: number
  offset: number
}

export function listPart(c: WebContext, size: number): ListPart {
  const asked = Number(c.req.query('page'))
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1
  return { page, size, offset: (page - 1) * size }
}

/** Links to the part before and after; the other parameters of the address stay. Nothing when all fits on one page. */
export function ListPages({
  t,
  part,
  total,
  path,
  query,
}: {
  t: Translator
  part: ListPart
  total: number
  path: string
  query: Readonly<Record<string, string>>
}) {
  if (total <= part.size && part.page === 1) return null
  const hrefOf = (page: number) => `${path}?${new URLSearchParams({ ...query, page: String(page) }).toString()}`
  const last = Math.min(total, part.offset + part.size)
  return (
    <Pagination
      label={t('cities.paging.label')}
      previous={
        part.page > 1
          ? { href: hrefOf(Math.min(part.page - 1, Math.max(1, Math.ceil(total / part.size)))), text: t('cities.paging.previous') }
          : undefined
      }
      next={last < total ? { href: hrefOf(part.page + 1), text: t('cities.paging.next') } : undefined}
      status={t('cities.paging.status', { first: Math.min(part.offset + 1, total), last, total })}
    />
  )
}
