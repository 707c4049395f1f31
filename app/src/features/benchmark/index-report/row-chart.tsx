import { scaleLinear } from 'd3-scale'
import type { VNode } from 'preact'

/** One row of a chart: a name, and marks drawn along the axis. */
export interface ChartRow {
  readonly key: string
  readonly label: string
  /** Marks of the row around its middle line y; `x` turns a value into a place. */
  readonly draw: (x: (value: number) => number, y: number) => VNode
}

interface RowChartProps {
  /** Unique on the page. */
  readonly id: string
  readonly title: string
  readonly rows: readonly ChartRow[]
  /** Least and greatest value of the axis. */
  readonly domain: readonly [number, number]
  /** Places of the ticks; none: chosen. */
  readonly ticks?: readonly number[]
  readonly formatTick: (value: number) => string
  readonly axis: string
  readonly rowHeight?: number
}

const width = 900
const labelWidth = 224
const top = 40
const right = 24

/** Rows of marks over one horizontal axis; the grammar of every chart of the report but the correlation map. */
export function RowChart({ id, title, rows, domain, ticks, formatTick, axis, rowHeight = 20 }: RowChartProps) {
  const [low, high] = domain
  const scale = scaleLinear([low, high === low ? low + 1 : high], [labelWidth, width - right])
  const height = top + rows.length * rowHeight + 8
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-svg`}>
      <title id={`${id}-svg`}>{title}</title>
      <text x={labelWidth} y={12} class="tick">
        {axis}
      </text>
      {(ticks ?? scale.ticks(8)).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={scale(tick)} x2={scale(tick)} y1={top - 6} y2={height - 8} />
          <text class="tick" x={scale(tick)} y={top - 12} text-anchor="middle">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {rows.map(({ key, label, draw }, i) => {
        const y = top + (i + 0.5) * rowHeight
        return (
          <g key={key}>
            <text x={labelWidth - 10} y={y + 4} text-anchor="end">
              {shorten(label)}
            </text>
            {draw(scale, y)}
          </g>
        )
      })}
    </svg>
  )
}

/** Names that do not fit are cut; the table below gives them in full. */
export function shorten(label: string, most = 29): string {
  return label.length <= most ? label : `${label.slice(0, most - 1).trimEnd()}…`
}

/** Whole-numbered ticks from 1 to n, about eight of them, both ends among them. */
export function rankTicks(n: number): number[] {
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000].find((each) => n / each <= 10) ?? n
  const inner = Array.from({ length: Math.floor(n / step) }, (_, i) => (i + 1) * step)
  return [...new Set([1, ...inner.filter((tick) => n - tick >= step / 2 && tick > 1), n])]
}
