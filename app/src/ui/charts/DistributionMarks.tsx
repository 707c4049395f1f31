import { GridLines } from './DotRowMarks.tsx'
import { binScores, stackDots } from './distribution.ts'
import { at, between, round } from './position.ts'

/** What a distribution draws. */
export interface Distribution {
  /** One entry for each city, 0–100. */
  cities: readonly { score: number; reading?: string }[]
  /** The own city, with the words beside its line. It is not one of `cities`. */
  own?: { score: number; text: string; reading?: string } | null
  /** The middle half of all cities. */
  quartiles?: readonly [number, number]
  median?: number
  /** How a bar is read, where there are too many cities for dots. */
  binReading?: (from: number, to: number, count: number) => string
}

const dotLimit = 400
const labelHeight = 28
const dotStep = 7
const barHeight = 112

/** Height of the drawing above its axis, in pixels. */
export function distributionHeight({ cities }: Distribution): number {
  if (cities.length > dotLimit) return labelHeight + barHeight
  const levels = Math.max(1, ...placedDots(cities).map(({ level }) => level + 1))
  return labelHeight + Math.max(56, levels * dotStep + 8)
}

/** The scores of a distribution as dots, or above 400 cities as bars of one point. */
export function DistributionMarks(props: Distribution) {
  const { cities, own, quartiles, median } = props
  const height = distributionHeight(props)
  return (
    <>
      {quartiles !== undefined && (
        <rect class="mark-band" x={at(quartiles[0])} width={between(...quartiles)} y={labelHeight} height={height - labelHeight} />
      )}
      <svg y={labelHeight} overflow="visible">
        <GridLines height={height - labelHeight} />
      </svg>
      {cities.length > dotLimit ? <Bars {...props} height={height} /> : <Dots {...props} height={height} />}
      {median !== undefined && <line class="mark-network" x1={at(median)} x2={at(median)} y1={labelHeight} y2={height} />}
      <line class="chart-baseline" x1="0" x2="100%" y1={height} y2={height} />
      {own && <OwnMark {...own} height={height} />}
    </>
  )
}

function placedDots(cities: Distribution['cities']) {
  return stackDots(cities.map(({ score }) => score), 1.3)
}

function Dots({ cities, height }: Distribution & { height: number }) {
  return (
    <>
      {placedDots(cities).map(({ index, score, level }) => (
        <circle class="mark-city" key={index} cx={at(score)} cy={height - 6 - level * dotStep} r="3" data-reading={cities[index]?.reading} />
      ))}
    </>
  )
}

function Bars({ cities, binReading, height }: Distribution & { height: number }) {
  const bins = binScores(cities.map(({ score }) => score), 1)
  const most = Math.max(1, ...bins.map(({ count }) => count))
  return (
    <>
      {bins.filter(({ count }) => count > 0).map(({ from, to, count }) => {
        const barTop = round((barHeight * count) / most)
        const reading = binReading?.(from, to, count)
        return <rect class="mark-bar" key={from} x={at(from)} width="0.85%" y={height - barTop} height={barTop} data-reading={reading} />
      })}
    </>
  )
}

function OwnMark({ score, text, reading = text, height }: { score: number; text: string; reading?: string; height: number }) {
  const anchor = score < 25 ? 'start' : score > 75 ? 'end' : 'middle'
  return (
    <g data-reading={reading}>
      <line class="mark-own-line" x1={at(score)} x2={at(score)} y1={labelHeight - 6} y2={height} />
      <circle class="mark-own" cx={at(score)} cy={height - 6} r="6" />
      <text class="chart-own-text" x={at(score)} y={labelHeight - 12} text-anchor={anchor}>
        {text}
      </text>
    </g>
  )
}
