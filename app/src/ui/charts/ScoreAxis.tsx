import { at, axisTicks } from './position.ts'

/** How a number of the axis is written, where it stands for something else than a score. */
export type TickText = (tick: number) => string

/** The numbers 0 to 100 above or below a track of a page; a style sheet spreads them evenly. */
export function ScoreAxis({ tickText = String }: { tickText?: TickText }) {
  return (
    <div class="chart-axis" aria-hidden="true">
      {axisTicks.map((tick) => (
        <span key={tick}>{tickText(tick)}</span>
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
