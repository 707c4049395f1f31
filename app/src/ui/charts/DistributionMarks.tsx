import { GridLines } from './DotRowMarks.tsx'
import { binScores, stackDots } from './distribution.ts'
import { at, between, round } from './position.ts'

/** What a distribution draws. */
export interface Distribution {
  /** One entry for each city, 0–100. */
  cities: readonly { score: number; reading?: string }[]
  /** The own city, with the words above its line. It may be one of `cities` or not. */
  own?: OwnScore | null
  /** The middle half of all cities. */
  quartiles?: readonly [number, number]
  median?: number
  /** How a bar is read, where there are too many cities for dots. */
  binReading?: (from: number, to: number, count: number) => string
}

/** The own city in a distribution. */
export interface OwnScore {
  score: number
  text: string
  reading?: string
}

const dotLimit = 400
const dotStep = 7
const barHeight = 112

/** Height of the drawing above its axis, in pixels. */
export function distributionHeight({ cities }: Distribution): number {
  if (cities.length > dotLimit) return barHeight + 8
  const levels = Math.max(1, ...placedDots(cities).map(({ level }) => level + 1))
  return Math.max(56, levels * dotStep + 12)
}

/** Where words at a score are anchored, so that they stay inside the drawing. */
export function anchorAt(score: number): 'start' | 'middle' | 'end' {
  if (score < 30) return 'start'
  return score > 70 ? 'end' : 'middle'
}

/** The scores of a distribution as dots, or above 400 cities as bars of one point. */
export function DistributionMarks(props: Distribution) {
  const { cities, own, quartiles, median } = props
  const height = distributionHeight(props)
  return (
    <>
      {quartiles !== undefined && <rect class="mark-band" x={at(quartiles[0])} width={between(...quartiles)} y="0" height={height} />}
      <svg height={height} overflow="visible">
        <GridLines />
      </svg>
      {median !== undefined && <line class="mark-network" x1={at(median)} x2={at(median)} y1="0" y2={height} />}
      {cities.length > dotLimit ? <Bars {...props} height={height} /> : <Dots {...props} height={height} />}
      <line class="chart-baseline" x1="0" x2="100%" y1={height} y2={height} />
      {own && (
        <g data-reading={own.reading ?? own.text}>
          <line class="mark-own-line" x1={at(own.score)} x2={at(own.score)} y1="-4" y2={height} />
          <circle class="mark-own" cx={at(own.score)} cy={height - 6} r="6" />
        </g>
      )}
    </>
  )
}

function placedDots(cities: Distribution['cities']) {
  return stackDots(cities.map(({ score }) => score))
}

function Dots({ cities, height }: Distribution & { height: number }) {
  return (
    <>
      {placedDots(cities).map(({ index, score, level }) => (
        <circle
          class="mark-city"
          key={index}
          cx={at(score)}
          cy={height - 6 - level * dotStep}
          r="3"
          data-reading={cities[index]?.reading}
        />
      ))}
    </>
  )
}

function Bars({ cities, binReading, height }: Distribution & { height: number }) {
  const bins = binScores(
    cities.map(({ score }) => score),
    1,
  )
  const most = Math.max(1, ...bins.map(({ count }) => count))
  return (
    <>
      {bins
        .filter(({ count }) => count > 0)
        .map(({ from, to, count }) => {
          const bar = round((barHeight * count) / most)
          const reading = binReading?.(from, to, count)
          return <rect class="mark-bar" key={from} x={at(from + 0.1)} width="0.8%" y={height - bar} height={bar} data-reading={reading} />
        })}
    </>
  )
}
