/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an inline drawing cannot be an img element */
import { at, between } from './position.ts'

/** Props of IntervalBar. */
export interface IntervalBarProps {
  /** The whole bar in words. */
  reading: string
  value: number | null
  /** The range that holds half of the cases; drawn dark. */
  inner?: readonly [number, number]
  /** The range that holds 90 % of the cases, or the bounds; drawn pale. */
  outer?: readonly [number, number]
  /** First and last value of the axis; from high to low for ranks, where 1 stands at the right. */
  domain?: readonly [number, number]
  /** Words under the ends of the axis, such as "0" and "100". */
  ends: readonly [string, string]
  /** Beside the bar: "64, could be 61 to 72". */
  valueText: string
}

const height = 24

/** A dot in two nested bars: how sure a number is. */
export function IntervalBar(props: IntervalBarProps) {
  const { reading, value, inner, outer, domain = [0, 100], ends, valueText } = props
  return (
    <div class="interval-bar">
      <p class="interval-bar-value">{valueText}</p>
      <svg class="interval-bar-track" height={height} role="img" aria-label={reading}>
        <line class="chart-baseline" x1="0" x2="100%" y1={height / 2} y2={height / 2} />
        {outer !== undefined && <Bar className="mark-outer" range={outer} domain={domain} thickness={8} />}
        {inner !== undefined && <Bar className="mark-inner" range={inner} domain={domain} thickness={8} />}
        {value !== null && <circle class="mark-own" cx={at(value, domain)} cy={height / 2} r="6" />}
      </svg>
      <div class="interval-bar-ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
    </div>
  )
}

interface BarProps {
  className: string
  range: readonly [number, number]
  domain: readonly [number, number]
  thickness: number
}

function Bar({ className, range, domain, thickness }: BarProps) {
  const [low, high] = domain[0] <= domain[1] ? range : [range[1], range[0]]
  return (
    <rect class={className} x={at(low, domain)} width={between(low, high, domain)} y={(height - thickness) / 2} height={thickness} rx="2" />
  )
}
