import { ChartKey, type ChartKeyTexts } from './ChartKey.tsx'
import { ChartReading } from './ChartReading.tsx'
import { type Distribution, distributionHeight, DistributionMarks } from './DistributionMarks.tsx'
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
  return (
    <div class="chart distribution-strip">
      <ChartKey texts={keys} />
      <div data-chart role="group" aria-label={label} data-hint={readingHint}>
        <svg class="distribution-strip-track" height={distributionHeight(distribution) + 1} role="img" aria-label={label}>
          <DistributionMarks {...distribution} />
        </svg>
        <ScoreAxis />
        <ChartReading />
      </div>
    </div>
  )
}
