import { measureAvailability, screenUnits, type Availability } from './availability.ts'
import { cellAt, columnOf, withColumns, type Cell, type Dataset } from './dataset.ts'
import { denominate } from './denominate.ts'
import type { Framework } from './framework.ts'
import { imputeMissing, type ImputationResult } from './impute.ts'
import type { Method } from './method.ts'

/** The data after the steps that come before treatment, with what was done. */
export interface PreparedData {
  /** Leaves of the framework only, in its order; units that stayed only; denominated and imputed. */
  readonly dataset: Dataset
  /** Share of present values before imputation, for all units of the given data. */
  readonly availability: Availability
  /** Positions of the units that stayed, in the given data. */
  readonly kept: readonly number[]
  /** Units that screening left out. */
  readonly screened: readonly Omit<Cell, 'indicator'>[]
  readonly imputed: ImputationResult['imputed']
  readonly stillMissing: ImputationResult['stillMissing']
}

/**
 * The first steps of the chain, in this order: pick the framework's leaves, denominate, measure availability, screen
 * units, impute. Treatment, normalisation and aggregation follow; an uncertainty analysis that varies only those
 * prepares once.
 * @param framework sound (see `checkFramework`)
 * @throws as the steps: {ShapeError} for an indicator, size variable or group that does not exist, {RangeError} for
 *   values that a step cannot take; the message names them
 */
export function prepareData(
  dataset: Dataset,
  framework: Framework,
  method: Pick<Method, 'denomination' | 'screening' | 'imputation'>,
): PreparedData {
  const leaves = framework.elements.filter((element) => element.level === 1).map(({ code }) => code)
  const selected = withColumns(
    { ...dataset, indicators: leaves },
    leaves.map((code) => columnOf(dataset, code)),
  )
  const denominated = denominate(selected, method.denomination)
  const availability = measureAvailability(denominated, framework)
  const screening =
    method.screening === null
      ? { dataset: denominated, kept: denominated.units.map((_, unit) => unit), dropped: [] }
      : screenUnits(denominated, availability, method.screening.minAvailability)
  const imputation = imputeMissing(screening.dataset, framework, method.imputation)
  return {
    dataset: imputation.dataset,
    availability,
    kept: screening.kept,
    screened: screening.dropped.map((unit) => {
      const { unit: code, time } = cellAt(dataset, unit, '')
      return { unit: code, time }
    }),
    imputed: imputation.imputed,
    stillMissing: imputation.stillMissing,
  }
}
