import { quartiles } from './groups.ts'
import { STANDARD_OUTLIER_RULE } from './method.ts'
import { measureShape } from './moments.ts'
import { meanOf, presentValues, squaredDeviations } from './unit-matrix.ts'

/** Many units at one end of an indicator: it no longer tells them apart there. */
export interface EndEffect {
  readonly value: number
  readonly units: number
  /** Share of the present values, 0 to 1. */
  readonly share: number
}

/** The distribution of one indicator before imputation, treatment and normalisation. */
export interface IndicatorProfile {
  readonly element: string
  readonly present: number
  readonly missing: number
  /** Different values among the present ones. */
  readonly different: number
  /** All null when no value is present; in the unit of the indicator. */
  readonly minimum: number | null
  readonly q1: number | null
  readonly median: number | null
  readonly q3: number | null
  readonly maximum: number | null
  readonly mean: number | null
  /** Divisor n - 1; null under two values. */
  readonly standardDeviation: number | null
  /** Type 2; null under four values or when all are equal. */
  readonly skewness: number | null
  readonly excessKurtosis: number | null
  /** abs(skewness) >= 2 and excess kurtosis >= 3.5: outliers dominate; null when not assessable. */
  readonly breaksOutlierRule: boolean | null
  /** Positions of units more than three interquartile ranges beyond the quartiles (Tukey's outer fences). */
  readonly farOut: readonly number[]
  /** The best end, with at least 15 % of the values (and two units) at it; else null. The best end follows the direction. */
  readonly ceiling: EndEffect | null
  /** The same at the worst end. */
  readonly floor: EndEffect | null
}

const endShare = 0.15

/**
 * Describe one indicator as a statistician looks at it first.
 * @param element   its code
 * @param values    n raw values; null = missing
 * @param direction 1: more is better; -1: less is better
 * @returns numbers, outliers, and ceiling and floor effects
 * @throws {RangeError} when a value is not finite
 * @see McHorney and Tarlov (1995), Quality of Life Research 4, 293-307 (15 % at an end); JRC ten-step guide, step 4
 */
export function profileIndicator(element: string, values: readonly (number | null)[], direction: 1 | -1): IndicatorProfile {
  const present = presentValues(values)
  const counts = { element, present: present.length, missing: values.length - present.length, different: new Set(present).size }
  const shape = measureShape(Float64Array.from(present))
  const skewness = shape?.skewness ?? null
  const excessKurtosis = shape?.kurtosis ?? null
  const { skewLimit, kurtosisLimit } = STANDARD_OUTLIER_RULE
  const breaksOutlierRule =
    skewness === null || excessKurtosis === null ? null : Math.abs(skewness) >= skewLimit && excessKurtosis >= kurtosisLimit
  const shapes = { skewness, excessKurtosis, breaksOutlierRule }
  if (present.length === 0) return { ...counts, ...shapes, ...emptyProfile }
  const { q1, median, q3 } = quartiles(present)
  const minimum = present.reduce((a, b) => Math.min(a, b))
  const maximum = present.reduce((a, b) => Math.max(a, b))
  const [best, worst] = direction === 1 ? [maximum, minimum] : [minimum, maximum]
  return {
    ...counts,
    ...shapes,
    minimum,
    q1,
    median,
    q3,
    maximum,
    mean: meanOf(present),
    standardDeviation: present.length < 2 ? null : Math.sqrt(squaredDeviations(present) / (present.length - 1)),
    farOut: findFarOut(values, q1, q3),
    ceiling: minimum === maximum ? null : findEndEffect(present, best),
    floor: minimum === maximum ? null : findEndEffect(present, worst),
  }
}

const emptyProfile = {
  minimum: null,
  q1: null,
  median: null,
  q3: null,
  maximum: null,
  mean: null,
  standardDeviation: null,
  farOut: [],
  ceiling: null,
  floor: null,
} as const

/** Without spread between the quartiles there are no fences: then half of the units are equal, and the others would all be outliers. */
function findFarOut(values: readonly (number | null)[], q1: number, q3: number): number[] {
  const reach = 3 * (q3 - q1)
  if (reach === 0) return []
  return values.flatMap((value, unit) => (value !== null && (value < q1 - reach || value > q3 + reach) ? [unit] : []))
}

function findEndEffect(present: readonly number[], end: number): EndEffect | null {
  const units = present.filter((value) => value === end).length
  const share = units / present.length
  return units >= 2 && share >= endShare ? { value: end, units, share } : null
}
