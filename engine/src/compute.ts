import { aggregateTree, type AggregatedTree } from './aggregate-tree.ts'
import { selectUnits, toNullable, type Cell, type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import { checkFramework, type Framework } from './framework.ts'
import type { ImputedCell } from './impute.ts'
import { checkMethod } from './method-check.ts'
import { ruleFor, type Method } from './method.ts'
import { normaliseDataset } from './normalise.ts'
import { prepareData, type PreparedData } from './prepare.ts'
import { rankScores } from './ranks.ts'
import { treatDataset, type ChangedPoint, type TreatmentResult } from './treat.ts'
import { ENGINE_VERSION } from './version.ts'
import { effectiveShares, shareOfSiblings } from './weights.ts'

/** A weight as it was used. */
export interface UsedWeight {
  readonly code: string
  /** null, or the point in time when each is computed by itself. */
  readonly time: string | null
  /** Share among its siblings, 0-1. */
  readonly share: number
  /** Share of the index when every level is an arithmetic mean, 0-1. */
  readonly effective: number
}

/** Scores and ranks of one dataset under one method, with every flag. It can be computed again from dataset, framework and method. */
export interface IndexResult {
  readonly engineVersion: string
  readonly method: Method
  /** n units as in the dataset; screened ones have null everywhere. */
  readonly units: readonly string[]
  readonly times: readonly (string | null)[] | null
  /** Element codes in the order of the framework; leaves are on the normalised scale. */
  readonly elements: readonly string[]
  /** One list of n scores per element, in the order of `elements`; null = no score. */
  readonly scores: readonly (readonly (number | null)[])[]
  /** n ranks of the index, 1 = highest, from scores snapped to 1e-9; null = no score. */
  readonly ranks: readonly (number | null)[]
  readonly weights: readonly UsedWeight[]
  /** n units: share of indicators that are present before imputation, 0-1. */
  readonly availability: readonly number[]
  readonly screened: readonly Omit<Cell, 'indicator'>[]
  readonly imputed: readonly ImputedCell[]
  readonly stillMissing: readonly Cell[]
  readonly treatments: readonly (TreatmentResult['reports'][number] & { readonly time: string | null })[]
  readonly changed: readonly ChangedPoint[]
  /** Elements that run against their siblings (weights from principal components only). */
  readonly opposed: readonly string[]
}

/**
 * A composite index from numeric data, the whole deterministic chain: denominate, screen, impute, treat, normalise,
 * weight, aggregate, rank.
 * @param dataset   n units; its columns hold at least the leaves of the framework
 * @param framework one sound tree (see `checkFramework`)
 * @param method    every choice (see `parseMethod`)
 * @returns scores at every level in the order of the dataset's units
 * @throws {ShapeError} when framework, method and data do not fit each other, naming what does not; {RangeError} when a
 *   step has no answer for the values it gets, naming unit and element
 * @see OECD/JRC Handbook (2008), steps 3 to 7
 */
export function computeIndex(dataset: Dataset, framework: Framework, method: Method): IndexResult {
  const problems = [...checkFramework(framework), ...checkMethod(method, framework, dataset)]
  if (problems.length > 0) throw new ShapeError(problems.join('\n'))
  const times = [...new Set(dataset.times ?? [])]
  if (method.time === 'pooled' || times.length < 2) return computePart(dataset, framework, method, null)
  const parts = times.map((time) => {
    const rows = dataset.units.flatMap((_, unit) => (dataset.times?.[unit] === time ? [unit] : []))
    return { rows, result: computePart(selectUnits(dataset, rows), framework, method, time) }
  })
  return joinParts(dataset, parts)
}

/** Treated and normalised values and the aggregated tree, for whoever wants the steps in between. */
export interface IndexSteps {
  readonly prepared: PreparedData
  readonly treatment: TreatmentResult
  readonly normalised: Dataset
  readonly tree: AggregatedTree
}

/** The chain with its intermediate data; units that screening left out are not in them. Arguments and errors as `computeIndex`. */
export function computeSteps(dataset: Dataset, framework: Framework, method: Method): IndexSteps {
  const prepared = prepareData(dataset, framework, method)
  const treatment = treatDataset(prepared.dataset, method)
  checkUnits(treatment, method)
  const normalised = normaliseDataset(treatment.dataset, framework, method)
  return { prepared, treatment, normalised, tree: aggregateTree(normalised, framework, method) }
}

/** Goalposts and targets are in raw units: they mean nothing for an indicator that treatment has put on another scale. */
function checkUnits(treatment: TreatmentResult, method: Method): void {
  for (const { indicator, applied } of treatment.reports) {
    const { kind } = ruleFor(method.normalisationOf, indicator) ?? method.normalisation
    if ((applied === 'log' || applied === 'boxcox') && (kind === 'goalposts' || kind === 'distanceToTarget')) {
      throw new RangeError(
        `Indicator "${indicator}" was put on another scale by treatment (${applied}), where its ${kind === 'goalposts' ? 'goalposts' : 'target'} ` +
          `in raw units mean nothing: leave it untreated or without fall-back (treatmentOf), or normalise it otherwise (normalisationOf)`,
      )
    }
  }
}

function computePart(dataset: Dataset, framework: Framework, method: Method, time: string | null): IndexResult {
  const { prepared, treatment, tree } = computeSteps(dataset, framework, method)
  const elements = framework.elements.map(({ code }) => code)
  const scores = elements.map((code) => spread(tree.scores.get(code) as Float64Array, prepared.kept, dataset.units.length))
  const root = framework.elements.findIndex(({ parent }) => parent === null)
  const shares = shareOfSiblings(framework, tree.weights)
  const effective = effectiveShares(framework, tree.weights)
  return {
    engineVersion: ENGINE_VERSION,
    method,
    elements,
    scores,
    units: dataset.units,
    times: dataset.times,
    ranks: rankScores(scores[root] as (number | null)[], method.ranking.ties),
    weights: elements.map((code) => ({ code, time, share: shares.get(code) as number, effective: effective.get(code) as number })),
    availability: prepared.availability.byUnit,
    screened: prepared.screened,
    imputed: prepared.imputed,
    stillMissing: prepared.stillMissing,
    treatments: treatment.reports.map((report) => ({ ...report, time })),
    changed: treatment.changed,
    opposed: tree.opposed,
  }
}

/** Scores of the units that stayed, put back to their places among all units. */
function spread(column: Float64Array, kept: readonly number[], units: number): (number | null)[] {
  const scores = Array.from({ length: units }, (): number | null => null)
  toNullable(column).forEach((score, i) => (scores[kept[i] as number] = score))
  return scores
}

function joinParts(dataset: Dataset, parts: readonly { readonly rows: readonly number[]; readonly result: IndexResult }[]): IndexResult {
  const [first] = parts
  if (first === undefined) throw new ShapeError('The data have no point in time')
  const place = <T>(pick: (result: IndexResult) => readonly T[]): T[] => {
    const byUnit = new Map(parts.flatMap(({ rows, result }) => pick(result).map((value, i) => [rows[i] as number, value] as const)))
    return dataset.units.map((_, unit) => byUnit.get(unit) as T)
  }
  const chain = <T>(pick: (result: IndexResult) => readonly T[]): T[] => parts.flatMap(({ result }) => pick(result))
  return {
    ...first.result,
    units: dataset.units,
    times: dataset.times,
    scores: first.result.elements.map((_, element) => place((result) => result.scores[element] as (number | null)[])),
    ranks: place((result) => result.ranks),
    availability: place((result) => result.availability),
    weights: chain((result) => result.weights),
    screened: chain((result) => result.screened),
    imputed: chain((result) => result.imputed),
    stillMissing: chain((result) => result.stillMissing),
    treatments: chain((result) => result.treatments),
    changed: chain((result) => result.changed),
    opposed: [...new Set(chain((result) => result.opposed))],
  }
}
