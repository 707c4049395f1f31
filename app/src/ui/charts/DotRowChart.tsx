/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an inline drawing cannot be an img element */
import { ChartKey, type ChartKeyTexts } from './ChartKey.tsx'
import { ChartReading } from './ChartReading.tsx'
import { DotRowMarks, type DotRowScores } from './DotRowMarks.tsx'
import { ScoreAxis, type TickText } from './ScoreAxis.tsx'

/** One row: its label, its numbers and how they are read. */
export interface DotRow extends DotRowScores {
  id: string
  label: string
  href?: string
  /** At the right of the row, such as "62" or "no score". */
  valueText: string
  /** The whole row in words: "Language: 62, 7 below the median of cities like you (69)". */
  reading: string
}

/** Props of DotRowChart. */
export interface DotRowChartProps {
  /** Name of the chart, for screen readers. */
  label: string
  rows: readonly DotRow[]
  keys: ChartKeyTexts
  /** How to read point by point: "Arrow keys read the rows one by one." */
  readingHint: string
  tickText?: TickText
}

/** One row for each label on a fixed axis from 0 to 100. */
export function DotRowChart({ label, rows, keys, readingHint, tickText }: DotRowChartProps) {
  return (
    <div class="chart dot-row-chart">
      <ChartKey texts={keys} />
      <figure class="chart-plot" data-chart aria-label={label} data-hint={readingHint}>
        <div class="dot-row-axis">
          <ScoreAxis tickText={tickText} />
        </div>
        <ul class="dot-row-list">
          {rows.map((row) => (
            <Row key={row.id} {...row} />
          ))}
        </ul>
        <ChartReading />
      </figure>
    </div>
  )
}

function Row({ label, href, valueText, reading, ...scores }: DotRow) {
  const { own, city = null, groupMedian = null } = scores
  const isMissing = (own === undefined ? groupMedian : (own ?? city)) === null
  return (
    <li class="dot-row" data-reading={reading}>
      <span class="dot-row-label">{href === undefined ? label : <a href={href}>{label}</a>}</span>
      <div class="dot-row-track">
        <svg role="img" aria-label={reading}>
          <DotRowMarks {...scores} />
        </svg>
      </div>
      <span class={isMissing ? 'dot-row-value is-missing' : 'dot-row-value'}>{valueText}</span>
    </li>
  )
}
