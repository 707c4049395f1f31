import type { Quantiles } from '@tessera/engine'
import type { VNode } from 'preact'
import type { Translator } from '../../../text/text.ts'

interface RankRowMarksProps {
  readonly x: (value: number) => number
  readonly y: number
  readonly rank: number
  readonly quantiles: Quantiles | null
}

/** Rank of one unit: thin line 90 %, broad band 50 %, dot the rank by the method itself. */
export function RankRowMarks({ x, y, rank, quantiles }: RankRowMarksProps) {
  return (
    <>
      {quantiles !== null && (
        <>
          <line class="m-wide" x1={x(quantiles.q5)} x2={x(quantiles.q95)} y1={y} y2={y} />
          <line class="m-wide" x1={x(quantiles.q5)} x2={x(quantiles.q5)} y1={y - 3} y2={y + 3} />
          <line class="m-wide" x1={x(quantiles.q95)} x2={x(quantiles.q95)} y1={y - 3} y2={y + 3} />
          <rect class="m-half" x={x(quantiles.q25) - 1} width={x(quantiles.q75) - x(quantiles.q25) + 2} y={y - 4} height={8} />
        </>
      )}
      <circle class="m-dot" cx={x(rank)} cy={y} r={4} />
    </>
  )
}

/** The signs of the chart of ranks, named. */
export function rankKey(t: Translator): { sign: VNode; text: string }[] {
  return [
    { sign: <circle class="m-dot" cx={14} cy={7} r={4} />, text: t('index-report.key.rank') },
    { sign: <rect class="m-half" x={3} y={3} width={22} height={8} />, text: t('index-report.key.fifty') },
    { sign: <path class="m-wide" d="M2 7H26M2 4V10M26 4V10" />, text: t('index-report.key.ninety') },
  ]
}
