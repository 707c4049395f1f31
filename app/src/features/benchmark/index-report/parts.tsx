import type { ComponentChildren, VNode } from 'preact'
import type { Translator } from '../../../text/text.ts'

/** One column of a table; the first names the row. */
export interface Column<Row> {
  readonly header: string
  readonly cell: (row: Row) => ComponentChildren
  readonly isNumber?: boolean
}

interface TableProps<Row> {
  /** Unique on the page. */
  readonly id: string
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** A table in a labelled region that can be scrolled by keyboard. */
export function Table<Row>({ id, caption, columns, rows }: TableProps<Row>) {
  return (
    <div class="scroll" role="group" aria-labelledby={`${id}-caption`} tabIndex={0}>
      <table id={id}>
        <caption id={`${id}-caption`}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ header, isNumber }) => (
              <th key={header} scope="col" class={isNumber ? 'n' : undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map(({ header, cell, isNumber }, j) =>
                j === 0 ? (
                  <th key={header} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={header} class={isNumber ? 'n' : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A table that opens on request: the numbers behind a chart. */
export function FoldedTable<Row>({ t, ...table }: TableProps<Row> & { readonly t: Translator }) {
  return (
    <details>
      <summary>{t('index-report.table.open', { caption: table.caption })}</summary>
      <Table {...table} />
    </details>
  )
}

interface SectionProps {
  readonly id: string
  readonly title: string
  readonly children: ComponentChildren
}

/** One part of the report, reached from the contents. */
export function Section({ id, title, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}

interface FigureProps {
  /** Name of the drawing for those who do not see it. */
  readonly label: string
  readonly chart: VNode
  /** What the chart shows, in words, for everybody. */
  readonly summary: ComponentChildren
  readonly key_?: readonly { readonly sign: VNode; readonly text: string }[]
  readonly isMap?: boolean
}

/** A chart with its key and its words. The region scrolls on narrow screens, also by keyboard. */
export function Figure({ label, chart, summary, key_ = [], isMap = false }: FigureProps) {
  return (
    <figure>
      {key_.length > 0 && (
        <ul class="key">
          {key_.map(({ sign, text }) => (
            <li key={text}>
              <svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true">
                {sign}
              </svg>
              {text}
            </li>
          ))}
        </ul>
      )}
      <div class={isMap ? 'chart map' : 'chart'} role="group" aria-label={label} tabIndex={0}>
        {chart}
      </div>
      <figcaption>{summary}</figcaption>
    </figure>
  )
}

/** Says that a part could not be computed, and why. */
export function Failure({ t, reason }: { readonly t: Translator; readonly reason: string }) {
  return (
    <p class="notice">
      <strong>{t('index-report.failed')}</strong> {reason}
    </p>
  )
}
