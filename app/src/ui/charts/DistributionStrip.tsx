/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an inline drawing cannot be an img element */
import { ChartKey, type ChartKeyTexts } from './ChartKey.tsx'
import { ChartReading } from './ChartReading.tsx'
import { anchorAt, type Distribution, distributionHeight, DistributionMarks, type OwnScore } from './DistributionMarks.tsx'
import { at } from './position.ts'
import { ScoreAxis } from './ScoreAxis.tsx'

/** Props of DistributionStrip. */
export interface DistributionStripProps extends Distribution {
  /** The whole chart in words, for screen readers. */
  label: string
  keys: ChartKeyTexts
  readingHint: string
}

/** All cities on one axis from 0 to 100, with the own one among them. */
export function DistributionStrip({ label, keys, readingHint, ...distribution }: DistributionStripProps) {
  const { own } = distribution
  return (
    <div class="chart distribution-strip">
      <ChartKey texts={keys} />
      <figure class="chart-plot" data-chart aria-label={label} data-hint={readingHint}>
        {own && <OwnLabel {...own} />}
        <svg class="distribution-strip-track" height={distributionHeight(distribution) + 1} role="img" aria-label={label}>
          <DistributionMarks {...distribution} />
        </svg>
        <ScoreAxis />
        <ChartReading />
      </figure>
    </div>
  )
}

/** Words above the own line. An empty drawing as wide as the score is large pushes them there, without inline styles. */
function OwnLabel({ score, text }: OwnScore) {
  return (
    <div class={`chart-own-label anchor-${anchorAt(score)}`}>
      <svg width={at(score)} height="1" aria-hidden="true" focusable="false" />
      <span>{text}</span>
    </div>
  )
}
