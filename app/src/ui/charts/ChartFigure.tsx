import type { ComponentChildren } from 'preact'
import { DataTable, type DataTableProps } from '../DataTable.tsx'
import { Disclosure } from '../Disclosure.tsx'

/** Props of ChartFigure. */
export interface ChartFigureProps {
  /** Unique on the page. */
  id: string
  /** The finding, as a sentence. */
  title: string
  /** The measure. */
  subtitle: ComponentChildren
  level?: 2 | 3
  /** The chart. */
  children: ComponentChildren
  /** What the chart shows, in words, for everybody. */
  summary: ComponentChildren
  /** All numbers of the chart, and the words that open them; left out where the table stands beside the chart. */
  table?: { open: string; content: DataTableProps }
  downloads?: { label: string; links: readonly { href: string; text: string }[] }
  /** Source, wave, n, instrument version: one entry each. */
  foot: readonly ComponentChildren[]
  /** Says that the data are invented. */
  syntheticText?: string
}

/** A chart with its finding, its measure, its words, its numbers and its source. */
export function ChartFigure(props: ChartFigureProps) {
  const { id, title, subtitle, level = 2, children, summary, table, downloads, foot, syntheticText } = props
  const Title = `h${level}` as const
  return (
    <figure class="chart-figure" id={id} aria-labelledby={`${id}-title`}>
      <Title class="chart-title" id={`${id}-title`}>
        {title}
      </Title>
      <p class="chart-subtitle">{subtitle}</p>
      {children}
      <p class="chart-summary">{summary}</p>
      <div class="chart-tools">
        {table !== undefined && (
          <Disclosure summary={table.open}>
            <DataTable {...table.content} />
          </Disclosure>
        )}
        {downloads !== undefined && (
          <ul class="chart-downloads" aria-label={downloads.label}>
            {downloads.links.map(({ href, text }) => (
              <li key={href}>
                <a href={href} download>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      <figcaption class="chart-foot">
        {syntheticText !== undefined && <strong class="chart-synthetic">{syntheticText}</strong>}
        {foot.map((part, i) => (
          <span key={i}>{part}</span>
        ))}
      </figcaption>
    </figure>
  )
}
