import { cellAt, withColumns, type Cell, type Dataset } from './dataset.ts'
import { ruleFor, type Method, type Treatment } from './method.ts'
import { measureShape } from './moments.ts'
import { boxCox, rangeOf, shiftedLog } from './transform.ts'

/** What was done to one column. */
export interface TreatedColumn {
  readonly values: Float64Array
  /** none: left alone; winsorise, log, boxcox: what the values come from. */
  readonly applied: 'none' | 'winsorise' | 'log' | 'boxcox'
  /** Positions pulled in by Winsorisation, at either end; empty for the other kinds, which change every value. */
  readonly winsorised: readonly number[]
  /** Lambda of Box-Cox; null for the other kinds. */
  readonly lambda: number | null
  /** Whether the rule holds before and after; null: not assessable (fewer than four values, or all equal). */
  readonly passedBefore: boolean | null
  readonly passedAfter: boolean | null
  readonly skewness: { readonly before: number | null; readonly after: number | null }
  readonly kurtosis: { readonly before: number | null; readonly after: number | null }
}

/** A value that treatment changed. */
export interface ChangedPoint extends Cell {
  readonly before: number
  readonly after: number
  readonly by: 'winsorise' | 'log' | 'boxcox'
}

export interface TreatmentResult {
  readonly dataset: Dataset
  /** One report per indicator, in the order of the dataset; without the values. */
  readonly reports: readonly (Omit<TreatedColumn, 'values' | 'winsorised'> & { readonly indicator: string })[]
  /** Every changed value, by indicator and then by unit. */
  readonly changed: readonly ChangedPoint[]
}

interface Rule {
  readonly skewLimit: number
  readonly kurtosisLimit: number
}

/** Does the column keep the rule abs(skewness) < limit or excess kurtosis < limit (both type 2)? null: not assessable. */
export function passesOutlierRule(values: Float64Array, rule: Rule): boolean | null {
  const shape = measureShape(values)
  return shape && (Math.abs(shape.skewness) < rule.skewLimit || shape.kurtosis < rule.kurtosisLimit)
}

/**
 * Winsorise one column until the rule holds: the values at the end to which it is skewed (the high end when skewness
 * is >= 0) take the next value inwards, again and again, until at least `maxPoints` values have been changed. Tied
 * values move together, so a tie can exceed `maxPoints`. A step that would leave one value only is not taken.
 * @param values NaN = missing, stays NaN
 * @returns the new values and the positions changed, ascending
 * @see winsorise() of COINr (same rule, same count); OECD/JRC Handbook (2008), section 1.3 on outliers
 */
export function winsorise(
  values: Float64Array,
  maxPoints: number,
  rule: Rule,
): { readonly values: Float64Array; readonly changed: readonly number[] } {
  const result = values.slice()
  let high: number[] = []
  let low: number[] = []
  while (high.length + low.length < maxPoints && passesOutlierRule(result, rule) === false) {
    const { min, max } = rangeOf(result)
    const extreme = (measureShape(result)?.skewness ?? 0) >= 0 ? max : min
    const at = [...result.keys()].filter((i) => result[i] === extreme)
    const rest = rangeOf(result.filter((value) => value !== extreme))
    if (rest.min === rest.max) break
    for (const i of at) result[i] = extreme === max ? rest.max : rest.min
    if (extreme === max) high = at
    else low = at
  }
  return { values: result, changed: [...new Set([...high, ...low])].sort((a, b) => a - b) }
}

/**
 * Treat one column if it breaks the rule. Winsorisation first; where the rule is still broken after it, the fall-back
 * is applied to the original values (not to the Winsorised ones) and kept, as COINr does. Not assessable: left alone.
 * @param values NaN = missing, stays NaN
 * @see Treat() of COINr; JRC ten-step guide, step 4
 */
export function treatColumn(values: Float64Array, treatment: Treatment): TreatedColumn {
  if (treatment.kind === 'none') return report(values, values, 'none', null)
  const before = passesOutlierRule(values, treatment)
  if (before !== false) return report(values, values, 'none', treatment)
  if (treatment.kind === 'log') return report(values, shiftedLog(values), 'log', treatment)
  if (treatment.kind === 'boxcox') return withBoxCox(values, treatment.lambda, treatment)
  const { values: pulledIn, changed } = winsorise(values, treatment.maxPoints, treatment)
  if (treatment.fallback !== 'none' && passesOutlierRule(pulledIn, treatment) === false) {
    if (treatment.fallback === 'log') return report(values, shiftedLog(values), 'log', treatment)
    return withBoxCox(values, null, treatment)
  }
  return report(values, pulledIn, changed.length === 0 ? 'none' : 'winsorise', treatment, changed)
}

function withBoxCox(values: Float64Array, lambda: number | null, rule: Rule): TreatedColumn {
  const transformed = boxCox(values, lambda)
  return { ...report(values, transformed.values, 'boxcox', rule), lambda: transformed.lambda }
}

function report(
  before: Float64Array,
  after: Float64Array,
  applied: TreatedColumn['applied'],
  rule: Rule | null,
  winsorised: readonly number[] = [],
): TreatedColumn {
  const [shapeBefore, shapeAfter] = [measureShape(before), measureShape(after)]
  return {
    values: after,
    applied,
    winsorised,
    lambda: null,
    passedBefore: rule && passesOutlierRule(before, rule),
    passedAfter: rule && passesOutlierRule(after, rule),
    skewness: { before: shapeBefore?.skewness ?? null, after: shapeAfter?.skewness ?? null },
    kurtosis: { before: shapeBefore?.kurtosis ?? null, after: shapeAfter?.kurtosis ?? null },
  }
}

/**
 * Treat every indicator and list every changed value.
 * @param dataset NaN = missing; normally after imputation
 * @param method  `treatment` for all, `treatmentOf` for exceptions by indicator code
 */
export function treatDataset(dataset: Dataset, method: Pick<Method, 'treatment' | 'treatmentOf'>): TreatmentResult {
  const treated = dataset.indicators.map((indicator, i) => {
    return treatColumn(dataset.columns[i] as Float64Array, ruleFor(method.treatmentOf, indicator) ?? method.treatment)
  })
  return {
    dataset: withColumns(
      dataset,
      treated.map(({ values }) => values),
    ),
    reports: treated.map(({ applied, lambda, passedBefore, passedAfter, skewness, kurtosis }, i) => ({
      indicator: dataset.indicators[i] as string,
      applied,
      lambda,
      passedBefore,
      passedAfter,
      skewness,
      kurtosis,
    })),
    changed: treated.flatMap((column, i) => changedPoints(dataset, i, column)),
  }
}

function changedPoints(dataset: Dataset, i: number, column: TreatedColumn): ChangedPoint[] {
  const { applied, values } = column
  if (applied === 'none') return []
  const original = dataset.columns[i] as Float64Array
  const indicator = dataset.indicators[i] as string
  return dataset.units.flatMap((_, unit) => {
    const [before, after] = [original[unit] as number, values[unit] as number]
    return before === after || Number.isNaN(before) ? [] : [{ ...cellAt(dataset, unit, indicator), before, after, by: applied }]
  })
}
