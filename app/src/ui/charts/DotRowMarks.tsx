import { at, axisTicks, between } from './position.ts'

/** The numbers of one row, 0–100; null or absent is drawn as nothing. */
export interface DotRowScores {
  own: number | null
  /** What open answers could still add: the highest score that is possible. */
  upper?: number | null
  /** The own score of the wave before. */
  previous?: number | null
  groupMedian?: number | null
  groupDots?: readonly number[]
  /** The middle half of all cities. */
  bandLow?: number | null
  bandHigh?: number | null
  networkMedian?: number | null
  /** Not reviewed yet: a dashed ring around the own dot. */
  provisional?: boolean
}

/** Height of the track of one row, in pixels. */
export const rowHeight = 32

const middle = rowHeight / 2

/** The light lines at 0, 25, 50, 75 and 100. */
export function GridLines({ height }: { height: number }) {
  return (
    <>
      {axisTicks.map((tick) => (
        <line class="chart-gridline" key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2={height} />
      ))}
    </>
  )
}

/** All marks of one row, from the back to the front; positions in percent, sizes in pixels. */
export function DotRowMarks(row: DotRowScores) {
  const { bandLow, bandHigh, networkMedian, groupDots = [], groupMedian } = row
  return (
    <>
      {isScore(bandLow) && isScore(bandHigh) && (
        <rect class="mark-band" x={at(bandLow)} width={between(bandLow, bandHigh)} y="6" height={rowHeight - 12} />
      )}
      <GridLines height={rowHeight} />
      {isScore(networkMedian) && (
        <line class="mark-network" x1={at(networkMedian)} x2={at(networkMedian)} y1="6" y2={rowHeight - 6} />
      )}
      {groupDots.map((score, i) => (
        <circle class="mark-peer" key={i} cx={at(score)} cy={middle} r="3" />
      ))}
      {isScore(groupMedian) && <PeerMedian x={at(groupMedian)} y={middle} />}
      <OwnMarks {...row} />
    </>
  )
}

/** A diamond; a small SVG of its own, because a path knows no percent. */
export function PeerMedian({ x, y }: { x: string | number; y: number }) {
  return (
    <svg x={x} y={y} overflow="visible">
      <path class="mark-peer-median" d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z" />
    </svg>
  )
}

function OwnMarks({ own, upper, previous, provisional = false }: DotRowScores) {
  return (
    <>
      {isScore(own) && isScore(upper) && upper > own && (
        <>
          <line class="mark-upper" x1={at(own)} x2={at(upper)} y1={middle} y2={middle} />
          <line class="mark-upper-end" x1={at(upper)} x2={at(upper)} y1={middle - 5} y2={middle + 5} />
        </>
      )}
      {isScore(own) && isScore(previous) && (
        <line class="mark-change" x1={at(previous)} x2={at(own)} y1={middle} y2={middle} />
      )}
      {isScore(previous) && <circle class="mark-previous" cx={at(previous)} cy={middle} r="5" />}
      {isScore(own) && provisional && <circle class="mark-provisional" cx={at(own)} cy={middle} r="10" />}
      {isScore(own) && <circle class="mark-own" cx={at(own)} cy={middle} r="6" />}
    </>
  )
}

function isScore(score: number | null | undefined): score is number {
  return score !== null && score !== undefined
}
