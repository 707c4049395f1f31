import { chartFile, type ChartFileTexts, fileMargin, fileWidth, wrapText } from './chart-file.tsx'
import type { DotRowChartProps } from './DotRowChart.tsx'
import { DotRowMarks } from './DotRowMarks.tsx'
import { AxisTexts } from './ScoreAxis.tsx'

const labelWidth = 232
const valueWidth = 96
const axisHeight = 24
const rowHeight = 36
const trackWidth = fileWidth - 2 * fileMargin - labelWidth - valueWidth

/** The dot rows as an SVG file for download. */
export function dotRowFile(texts: ChartFileTexts, { rows, keys }: Pick<DotRowChartProps, 'rows' | 'keys'>): string {
  const content = (
    <>
      <svg x={labelWidth} width={trackWidth} height={axisHeight} overflow="visible">
        <AxisTexts y={14} />
      </svg>
      {rows.map((row, i) => {
        const lines = wrapText(row.label, 15, labelWidth - 24).slice(0, 2)
        const top = axisHeight + i * rowHeight
        return (
          <g key={row.id}>
            {lines.map((line, n) => (
              <text class="file-text" key={line} x="0" y={top + rowHeight / 2 + 5 + (n - (lines.length - 1) / 2) * 16}>
                {line}
              </text>
            ))}
            <svg x={labelWidth} y={top} width={trackWidth} height={rowHeight} overflow="visible">
              <DotRowMarks {...row} />
            </svg>
            <text class="file-value" x={labelWidth + trackWidth + valueWidth} y={top + rowHeight / 2 + 5} text-anchor="end">
              {row.valueText}
            </text>
          </g>
        )
      })}
    </>
  )
  return chartFile(texts, { height: axisHeight + rows.length * rowHeight, keys, content })
}
