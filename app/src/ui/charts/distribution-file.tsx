import { chartFile, type ChartFileTexts, fileMargin, fileWidth } from './chart-file.tsx'
import { anchorAt, distributionHeight, DistributionMarks } from './DistributionMarks.tsx'
import type { DistributionStripProps } from './DistributionStrip.tsx'
import { at } from './position.ts'
import { AxisTexts } from './ScoreAxis.tsx'

const labelHeight = 24

/** The distribution as an SVG file for download. */
export function distributionFile(
  texts: ChartFileTexts,
  { keys, ...distribution }: Omit<DistributionStripProps, 'label' | 'readingHint'>,
): string {
  const height = distributionHeight(distribution)
  const { own } = distribution
  const content = (
    <svg x="12" y={labelHeight} width={fileWidth - 2 * fileMargin - 24} height={height + 24} overflow="visible">
      {own && (
        <text class="chart-own-text" x={at(own.score)} y="-8" text-anchor={anchorAt(own.score)}>
          {own.text}
        </text>
      )}
      <DistributionMarks {...distribution} />
      <AxisTexts y={height + 18} />
    </svg>
  )
  return chartFile(texts, { height: labelHeight + height + 28, keys, content })
}
