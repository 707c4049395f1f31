import { at, axisTicks } from './position.ts'

/** The numbers 0 to 100 above or below a track of a page; a style sheet spreads them evenly. */
export function ScoreAxis() {
  return (
    <div class="chart-axis" aria-hidden="true">
      {axisTicks.map((tick) => (
        <span key={tick}>{tick}</span>
      ))}
    </div>
  )
}

/** The same numbers in a drawing. */
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
