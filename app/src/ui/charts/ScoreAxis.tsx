import { at, axisTicks } from './position.ts'

/** The numbers 0 to 100 above or below a track, as an SVG of the track's width. */
export function ScoreAxis() {
  return (
    <svg class="chart-axis" height="20" aria-hidden="true" focusable="false">
      <AxisTexts y={14} />
    </svg>
  )
}

/** The numbers alone, for a drawing that has a place for them. */
export function AxisTexts({ y }: { y: number }) {
  return (
    <>
      {axisTicks.map((tick) => (
        <text class="chart-tick" key={tick} x={at(tick)} y={y} text-anchor="middle">
          {tick}
        </text>
      ))}
    </>
  )
}
