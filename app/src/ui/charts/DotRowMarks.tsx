import { at, axisTicks, between } from './position.ts'

/** The numbers of one row, 0–100; null or absent is drawn as nothing. */
export interface DotRowScores {
  /** Null = no score; absent = the row is about a group, not about one city. */
  own?: number | null
  /** Any city's score, where the reader's own is only one of many. */
  city?: number | null
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

/** The light lines at 0, 25, 50, 75 and 100, from top to bottom. */
export function GridLines() {
  return (
    <>
      {axisTicks.map((tick) => (
        <line class="chart-gridline" key={tick} x1={at(tick)} x2={at(tick)} y1="0" y2="100%" />
      ))}
    </>
  )
}

/** All marks of one row, from the back to the front: positions in percent of the track, sizes in pixels. */
export function DotRowMarks(row: DotRowScores) {
  const { bandLow, bandHigh } = row
  return (
    <>
      {isScore(bandLow) && isScore(bandHigh) && (
        <svg y="50%" overflow="visible">
          <rect class="mark-band" x={at(bandLow)} width={between(bandLow, bandHigh)} y="-10" height="20" />
        </svg>
      )}
      <GridLines />
      <svg y="50%" overflow="visible">
        <OtherMarks {...row} />
        <OwnMarks {...row} />
      </svg>
    </>
  )
}

function OtherMarks({ networkMedian, groupDots = [], groupMedian, city }: DotRowScores) {
  return (
    <>
      {isScore(networkMedian) && <line class="mark-network" x1={at(networkMedian)} x2={at(networkMedian)} y1="-10" y2="10" />}
      {groupDots.map((score, i) => (
        <circle class="mark-peer" key={i} cx={at(score)} cy="0" r="3" />
      ))}
      {isScore(groupMedian) && <PeerMedian x={at(groupMedian)} y={0} />}
      {isScore(city) && <circle class="mark-city" cx={at(city)} cy="0" r="5" />}
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
          <line class="mark-upper" x1={at(own)} x2={at(upper)} y1="0" y2="0" />
          <line class="mark-upper-end" x1={at(upper)} x2={at(upper)} y1="-5" y2="5" />
        </>
      )}
      {isScore(own) && isScore(previous) && <line class="mark-change" x1={at(previous)} x2={at(own)} y1="0" y2="0" />}
      {isScore(previous) && <circle class="mark-previous" cx={at(previous)} cy="0" r="5" />}
      {isScore(own) && provisional && <circle class="mark-provisional" cx={at(own)} cy="0" r="10" />}
      {isScore(own) && <circle class="mark-own" cx={at(own)} cy="0" r="6" />}
    </>
  )
}

function isScore(score: number | null | undefined): score is number {
  return score !== null && score !== undefined
}
