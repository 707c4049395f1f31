/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an inline drawing cannot be an img element */
import { ChartReading } from './ChartReading.tsx'
import { GridLines } from './DotRowMarks.tsx'
import { laneCount, laneHeight, lanesOf } from './letter-lanes.ts'
import { at, between } from './position.ts'
import { ScoreAxis } from './ScoreAxis.tsx'

/** Several things that are compared; each has a letter, so that colour is never needed. */
export interface LetterKey {
  letter: string
  text: string
  href?: string
  isOwn: boolean
}

/** One row: where each letter stands. */
export interface LetterRow {
  id: string
  label: string
  marks: readonly { letter: string; score: number; isOwn: boolean }[]
  bandLow: number | null
  bandHigh: number | null
  networkMedian: number | null
  /** At the right of the row: how far apart they are. */
  valueText: string
  /** The whole row in words. */
  reading: string
}

/** Props of LetterRowChart. */
export interface LetterRowChartProps {
  /** Name of the chart, for screen readers. */
  label: string
  letters: readonly LetterKey[]
  rows: readonly LetterRow[]
  bandText: string
  medianText: string
  readingHint: string
}

/** Two to five things row by row on an axis from 0 to 100. */
export function LetterRowChart(props: LetterRowChartProps) {
  const { label, rows, readingHint } = props
  return (
    <div class="chart dot-row-chart">
      <Keys {...props} />
      <figure class="chart-plot" data-chart aria-label={label} data-hint={readingHint}>
        <div class="dot-row-axis">
          <ScoreAxis />
        </div>
        <ul class="dot-row-list">
          {rows.map((row) => (
            <li class="dot-row" data-reading={row.reading} key={row.id}>
              <span class="dot-row-label">{row.label}</span>
              <div class="letter-row-track">
                <svg role="img" aria-label={row.reading} height={rowHeight(row)}>
                  <LetterRowMarks row={row} height={rowHeight(row)} />
                </svg>
              </div>
              <span class="dot-row-value">{row.valueText}</span>
            </li>
          ))}
        </ul>
        <ChartReading />
      </figure>
    </div>
  )
}

function Keys({ letters, bandText, medianText }: LetterRowChartProps) {
  return (
    <ul class="chart-key">
      {letters.map(({ letter, text, href, isOwn }) => (
        <li key={letter}>
          <svg width="24" height="20" aria-hidden="true" focusable="false">
            <LetterMark letter={letter} x="12" y={10} isOwn={isOwn} />
          </svg>
          {href === undefined ? text : <a href={href}>{text}</a>}
        </li>
      ))}
      <li>
        <svg width="24" height="16" aria-hidden="true" focusable="false">
          <rect class="mark-band mark-band-key" x="0.5" y="1.5" width="23" height="13" />
        </svg>
        {bandText}
      </li>
      <li>
        <svg width="24" height="16" aria-hidden="true" focusable="false">
          <line class="mark-network" x1="12" x2="12" y1="0" y2="16" />
        </svg>
        {medianText}
      </li>
    </ul>
  )
}

/** Height of a row with as many lanes as its letters need, in pixels. */
export const rowHeight = ({ marks }: Pick<LetterRow, 'marks'>): number => 12 + laneCount(marks) * laneHeight

/** A letter in a round field. */
export function LetterMark({ letter, x, y, isOwn }: { letter: string; x: string; y: number; isOwn: boolean }) {
  return (
    <>
      <circle class={isOwn ? 'mark-letter-own' : 'mark-letter'} cx={x} cy={y} r="9" />
      <text class="mark-letter-text" x={x} y={y + 4.5} text-anchor="middle">
        {letter}
      </text>
    </>
  )
}

/** Band, median and letters; letters that would cover each other stand in lanes below each other. */
export function LetterRowMarks({ row, height }: { row: LetterRow; height: number }) {
  const { bandLow, bandHigh, networkMedian, marks } = row
  return (
    <>
      {bandLow !== null && bandHigh !== null && (
        <rect class="mark-band" x={at(bandLow)} width={between(bandLow, bandHigh)} y="3" height={height - 6} />
      )}
      <GridLines />
      {networkMedian !== null && <line class="mark-network" x1={at(networkMedian)} x2={at(networkMedian)} y1="3" y2={height - 3} />}
      {lanesOf(marks).map(({ letter, score, isOwn, lane }) => (
        <LetterMark key={letter} letter={letter} x={at(score)} y={6 + (lane + 0.5) * laneHeight} isOwn={isOwn} />
      ))}
    </>
  )
}
