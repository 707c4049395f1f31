import type { ComponentChildren } from 'preact'
import { Chevron } from './Icon.tsx'

/** One column; the first one names the row. */
export interface TableColumn {
  id: string
  header: string
  /** Stands in the head instead of the words, such as an axis; the words are still read aloud. */
  head?: ComponentChildren
  /** Numbers end-aligned, everything else at the start. */
  align?: 'start' | 'end'
  isNarrow?: boolean
  /** Address of this table sorted by this column, and how it is sorted now. */
  sort?: { href: string; direction?: 'ascending' | 'descending' }
}

/** One row: a cell for each column id. */
export interface TableRow {
  id: string
  href?: string
  /** The reader's own row: marked by a petrol line at its start. */
  isOwn?: boolean
  cells: Readonly<Record<string, ComponentChildren>>
}

/** Props of DataTable. */
export interface DataTableProps {
  /** Names caption and region in the page; unique on it. */
  id: string
  caption: ComponentChildren
  isCaptionHidden?: boolean
  columns: readonly TableColumn[]
  rows: readonly TableRow[]
  /** What will be here and how it comes about. */
  emptyText: ComponentChildren
  /** On narrow screens: scroll inside its region, or each row as a short list. */
  narrow?: 'scroll' | 'stack'
  /** Wider than a page: scrolls in both directions inside its region, with the head in place. */
  isWide?: boolean
}

/** A table in a labelled region that can be scrolled by keyboard. */
export function DataTable(props: DataTableProps) {
  const { id, caption, isCaptionHidden = false, columns, rows, narrow = 'scroll', isWide = false } = props
  const captionId = `${id}-caption`
  const table = (
    <table class={narrow === 'stack' ? 'data-table data-table-stack' : 'data-table'} id={id}>
      <caption id={captionId}>
        <span class={isCaptionHidden ? 'visually-hidden' : undefined}>{caption}</span>
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.id} {...column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <BodyRow key={row.id} row={row} columns={columns} />
        ))}
        {rows.length === 0 && (
          <tr>
            <td class="data-table-empty" colSpan={columns.length}>
              {props.emptyText}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
  if (narrow === 'stack') return table
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section class={isWide ? 'table-region is-wide' : 'table-region'} aria-labelledby={captionId} tabIndex={0}>
      {table}
    </section>
  )
}

function cellClass({ align, isNarrow = false }: TableColumn): string | undefined {
  return [align === 'end' && 'align-end', isNarrow && 'is-narrow'].filter(Boolean).join(' ') || undefined
}

function HeadCell(column: TableColumn) {
  const { header, head, sort } = column
  return (
    <th scope="col" class={cellClass(column)} aria-sort={sort?.direction}>
      {head !== undefined && <span class="visually-hidden">{header}</span>}
      {sort === undefined ? (
        (head ?? header)
      ) : (
        <a class={sort.direction === undefined ? undefined : `sorted-${sort.direction}`} href={sort.href}>
          {header}
          {sort.direction !== undefined && <Chevron />}
        </a>
      )}
    </th>
  )
}

function BodyRow({ row, columns }: { row: TableRow; columns: readonly TableColumn[] }) {
  const rowClass = [row.href !== undefined && 'row-link', row.isOwn && 'row-own'].filter(Boolean).join(' ')
  return (
    <tr class={rowClass || undefined}>
      {columns.map((column, i) => {
        const cell = row.cells[column.id]
        if (i > 0) {
          return (
            <td key={column.id} class={cellClass(column)} data-label={column.header}>
              {cell}
            </td>
          )
        }
        return (
          <th key={column.id} scope="row" class={cellClass(column)}>
            {row.href === undefined ? cell : <a href={row.href}>{cell}</a>}
          </th>
        )
      })}
    </tr>
  )
}
