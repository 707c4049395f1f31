import { chartFile, type ChartFileTexts, fileMargin, fileWidth, wrapText } from './chart-file.tsx'
import { LetterMark, type LetterRowChartProps, LetterRowMarks, rowHeight } from './LetterRowChart.tsx'
import { AxisTexts } from './ScoreAxis.tsx'

const labelWidth = 232
const valueWidth = 112
const axisHeight = 24
const keyHeight = 26
const trackWidth = fileWidth - 2 * fileMargin - labelWidth - valueWidth

/** The rows of letters as an SVG file for download. */
export function letterRowFile(
  texts: ChartFileTexts,
  { letters, rows, bandText, medianText }: Omit<LetterRowChartProps, 'label' | 'readingHint'>,
): string {
  const keysHeight = letters.length * keyHeight + 8
  let top = keysHeight + axisHeight
  const drawn = rows.map((row) => {
    const height = rowHeight(row)
    const y = top
    top += height + 4
    return { row, y, height }
  })
  const content = (
    <>
      {letters.map(({ letter, text, isOwn }, i) => (
        <g key={letter}>
          <LetterMark letter={letter} x="12" y={i * keyHeight + 4} isOwn={isOwn} />
          <text class="file-key" x="32" y={i * keyHeight + 9}>
            {text}
          </text>
        </g>
      ))}
      <svg x={labelWidth} y={keysHeight} width={trackWidth} height={axisHeight} overflow="visible">
        <AxisTexts y={14} />
      </svg>
      {drawn.map(({ row, y, height }) => (
        <g key={row.id}>
          {wrapText(row.label, 15, labelWidth - 24)
            .slice(0, 2)
            .map((line, n, lines) => (
              <text class="file-text" key={line} x="0" y={y + height / 2 + 5 + (n - (lines.length - 1) / 2) * 16}>
                {line}
              </text>
            ))}
          <svg x={labelWidth} y={y} width={trackWidth} height={height} overflow="visible">
            <LetterRowMarks row={row} height={height} />
          </svg>
          <text class="file-value" x={labelWidth + trackWidth + valueWidth} y={y + height / 2 + 5} text-anchor="end">
            {row.valueText}
          </text>
        </g>
      ))}
    </>
  )
  return chartFile(texts, { height: top, keys: { band: bandText, networkMedian: medianText }, content })
}
