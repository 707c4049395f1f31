import { cellAt, columnOf, groupOf, withColumns, type Cell, type Dataset } from './dataset.ts'
import { childrenByParent, type Framework } from './framework.ts'
import type { Imputation } from './method.ts'

/** A value that was estimated. */
export interface ImputedCell extends Cell {
  readonly value: number
}

export interface ImputationResult {
  readonly dataset: Dataset
  /** Every estimated cell, by indicator and then by unit. */
  readonly imputed: readonly ImputedCell[]
  /** Cells for which there was nothing to estimate from (an empty group, no sibling); they stay missing. */
  readonly stillMissing: readonly Cell[]
}

/**
 * Estimate missing values by a simple rule; every estimate is listed.
 * mean, median: of the indicator over all units. groupMean, groupMedian: over the units of the same group; a unit
 * without a group keeps its gap. row: mean of the unit's other indicators under the same parent, each brought to 0-1 by
 * min-max with its direction, brought back to the indicator's own range. Estimates never feed other estimates.
 * @param dataset   NaN = missing
 * @param framework sound; needed for `row` only
 * @throws {ShapeError} when the group column does not exist
 * @see OECD/JRC Handbook (2008), step 3, section 1.3; i_mean, i_median, i_mean_grp, i_median_grp and impute_by = "row" of COINr
 */
export function imputeMissing(dataset: Dataset, framework: Framework, imputation: Imputation): ImputationResult {
  const estimate = estimator(dataset, framework, imputation)
  const imputed: ImputedCell[] = []
  const stillMissing: Cell[] = []
  const columns = dataset.columns.map((column, i) => {
    if (!column.some(Number.isNaN)) return column
    const indicator = dataset.indicators[i] as string
    const valueFor = estimate(indicator, column)
    return column.map((value, unit) => {
      if (!Number.isNaN(value)) return value
      const guess = valueFor(unit)
      const cell = cellAt(dataset, unit, indicator)
      if (Number.isNaN(guess)) stillMissing.push(cell)
      else imputed.push({ ...cell, value: guess })
      return guess
    })
  })
  return { dataset: withColumns(dataset, columns), imputed, stillMissing }
}

/** For one indicator: unit position -> estimate, NaN when there is none. */
type Estimator = (indicator: string, column: Float64Array) => (unit: number) => number

function estimator(dataset: Dataset, framework: Framework, imputation: Imputation): Estimator {
  switch (imputation.kind) {
    case 'none':
      return () => () => NaN
    case 'mean':
    case 'median': {
      const summary = imputation.kind === 'mean' ? meanOfPresent : medianOfPresent
      return (_, column) => {
        const value = summary(column)
        return () => value
      }
    }
    case 'groupMean':
    case 'groupMedian':
      return byGroup(groupOf(dataset, imputation.group), imputation.kind === 'groupMean' ? meanOfPresent : medianOfPresent)
    case 'row':
      return bySiblings(dataset, framework)
  }
}

function byGroup(labels: readonly (string | null)[], summary: (values: Iterable<number>) => number): Estimator {
  return (_, column) => {
    const values = new Map<string, number[]>()
    labels.forEach((label, unit) => {
      if (label === null) return
      const members = values.get(label) ?? []
      members.push(column[unit] as number)
      values.set(label, members)
    })
    const estimates = new Map([...values].map(([label, members]) => [label, summary(members)]))
    return (unit) => {
      const label = labels[unit] ?? null
      return label === null ? NaN : (estimates.get(label) ?? NaN)
    }
  }
}

function bySiblings(dataset: Dataset, framework: Framework): Estimator {
  const elements = new Map(framework.elements.map((element) => [element.code, element]))
  const families = childrenByParent(framework)
  const scaleOf = (code: string) => {
    const column = columnOf(dataset, code)
    const present = column.filter((value) => !Number.isNaN(value))
    const low = present.reduce((least, value) => Math.min(least, value), Infinity)
    const high = present.reduce((most, value) => Math.max(most, value), -Infinity)
    return { column, low, span: high - low, direction: elements.get(code)?.direction ?? 1 }
  }
  return (indicator) => {
    const family = families.get(elements.get(indicator)?.parent ?? null) ?? []
    const own = scaleOf(indicator)
    // A column with one value only says nothing about its siblings.
    const siblings = family.filter(({ code, level }) => level === 1 && code !== indicator).map(({ code }) => scaleOf(code))
    const telling = siblings.filter(({ span }) => span > 0)
    return (unit) => {
      const share = meanOfPresent(
        telling.map(({ column, low, span, direction }) => {
          const position = ((column[unit] as number) - low) / span
          return direction === 1 ? position : 1 - position
        }),
      )
      return own.low + (own.direction === 1 ? share : 1 - share) * own.span
    }
  }
}

/** Mean of the numbers that are not NaN; NaN when there is none. */
function meanOfPresent(values: Iterable<number>): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return sum / count
}

/** Median of the numbers that are not NaN; the mean of the two middle ones when their number is even. */
function medianOfPresent(values: Iterable<number>): number {
  const sorted = [...values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length % 2 === 1) return sorted[middle] as number
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}
