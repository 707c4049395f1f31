import { compareAlternatives, listStandardAlternatives, type Alternative, type AlternativeResult } from './alternatives.ts'
import { assessFamily, type FamilyCoherence } from './coherence.ts'
import { computeIndex, computeSteps, type IndexResult } from './compute.ts'
import { correlateElements, defaultCorrelationLimits, type CorrelationLimits, type CorrelationMatrix } from './correlation.ts'
import { toNullable, type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import { childrenByParent, type Framework } from './framework.ts'
import { profileIndicator, type IndicatorProfile } from './indicator-profile.ts'
import { measureInfluence, type ElementInfluence } from './influence.ts'
import { leaveOneOut, type LeftOut } from './leave-one-out.ts'
import type { Method } from './method.ts'
import { prepareData } from './prepare.ts'
import type { UnitMatrix } from './unit-matrix.ts'

export interface AuditOptions {
  /** When two siblings are redundant or opposed. */
  readonly limits?: CorrelationLimits
  /** Methods to compare with; default: `listStandardAlternatives`. */
  readonly alternatives?: readonly Alternative[]
}

/** The statistician's page: everything that is asked first of an index, from one call. */
export interface IndexAudit {
  readonly engineVersion: string
  /** Scores, ranks, weights, availability per unit, imputed cells and treated points, with the method. */
  readonly result: IndexResult
  /** Indicator code and the share of units that have a value, 0 to 1. */
  readonly availability: readonly { readonly element: string; readonly share: number }[]
  /** One per indicator: distribution, outliers, ceiling and floor effects, of the denominated raw values. */
  readonly profiles: readonly IndicatorProfile[]
  /** Pearson correlations of all normalised indicators, more is better. */
  readonly correlations: CorrelationMatrix & { readonly codes: readonly string[] }
  /** One per element with children: correlations with flags, alpha, KMO, Bartlett, principal components. */
  readonly families: readonly FamilyCoherence[]
  /** Effective against nominal weights of every element below the index. */
  readonly influence: readonly ElementInfluence[]
  /** Rank shifts when each element below the index is left out. */
  readonly leftOut: readonly LeftOut[]
  /** Rank shifts under other methods. */
  readonly alternatives: readonly AlternativeResult[]
}

/**
 * Audit an index in one call: availability, distributions, outliers, ceiling effects, correlations with flags, alpha,
 * KMO, principal components, effective against nominal weights, leave-one-out and the rank shifts of other methods.
 * @param dataset   n units; its columns hold at least the leaves of the framework
 * @param framework sound (see `checkFramework`)
 * @param method    every choice; `time` must be pooled, or the data must hold one point in time
 * @returns all parts; what is not assessable or fails says why; positions of units refer to the dataset
 * @throws {ShapeError}, {RangeError} as `computeIndex` for the nominal method; {ShapeError} for several separate points in time
 * @see OECD/JRC Handbook (2008), steps 3 to 8; the audits of the JRC competence centre
 */
export function auditIndex(dataset: Dataset, framework: Framework, method: Method, options: AuditOptions = {}): IndexAudit {
  if (method.time === 'separate' && new Set(dataset.times ?? []).size > 1) {
    throw new ShapeError(
      'The method treats each point in time by itself: keep the rows of one point in time, or treat all of them on one scale (time: pooled)',
    )
  }
  const result = computeIndex(dataset, framework, method)
  const { prepared, normalised } = computeSteps(dataset, framework, method)
  const scores = new Map(result.elements.map((code, i) => [code, result.scores[i] as readonly (number | null)[]]))
  const weights = new Map(result.weights.map(({ code, effective }) => [code, effective]))
  const leaves = framework.elements.filter(({ level }) => level === 1).map(({ code }) => code)
  const nominal = prepared.kept.map((unit) => result.ranks[unit] ?? null)
  const { byIndicator } = prepared.availability
  return {
    engineVersion: result.engineVersion,
    result,
    availability: leaves.map((element) => ({ element, share: byIndicator.get(element) ?? 0 })),
    profiles: profileIndicators(dataset, framework, method),
    correlations: { ...correlateElements(matrixOf(scores, leaves)), codes: leaves },
    families: assessFamilies(framework, scores, options.limits ?? defaultCorrelationLimits),
    influence: measureInfluence(framework, scores, weights),
    leftOut: leaveOneOut(normalised, framework, method, nominal).map((one) => spreadShift(one, prepared.kept, dataset.units.length)),
    alternatives: compareAlternatives(
      dataset,
      framework,
      result.ranks,
      options.alternatives ?? listStandardAlternatives(method, dataset.units.length),
    ),
  }
}

/** Profiles of the raw values of all units: denominated, nothing screened, imputed or treated. */
function profileIndicators(dataset: Dataset, framework: Framework, method: Method): IndicatorProfile[] {
  const { denomination } = method
  const raw = prepareData(dataset, framework, { denomination, screening: null, imputation: { kind: 'none' } }).dataset
  const directions = new Map(framework.elements.map(({ code, direction }) => [code, direction]))
  return raw.indicators.map((code, i) => profileIndicator(code, toNullable(raw.columns[i] as Float64Array), directions.get(code) ?? 1))
}

function assessFamilies(
  framework: Framework,
  scores: ReadonlyMap<string, readonly (number | null)[]>,
  limits: CorrelationLimits,
): FamilyCoherence[] {
  const families = childrenByParent(framework)
  return framework.elements.flatMap(({ code }) => {
    const children = families.get(code)?.map((child) => child.code) ?? []
    return children.length === 0 ? [] : [assessFamily(code, matrixOf(scores, children), children, limits)]
  })
}

function matrixOf(scores: ReadonlyMap<string, readonly (number | null)[]>, codes: readonly string[]): UnitMatrix {
  const columns = codes.map((code) => scores.get(code) ?? [])
  return (columns[0] ?? []).map((_, unit) => columns.map((column) => column[unit] ?? null))
}

/** Ranks of the units that stayed, put back to their places among all units. */
function spreadShift(one: LeftOut, kept: readonly number[], units: number): LeftOut {
  const { shift } = one
  if (shift === null) return one
  const ranks = new Array<number | null>(units).fill(null)
  kept.forEach((unit, i) => (ranks[unit] = shift.ranks[i] ?? null))
  const largest = shift.largest && { ...shift.largest, unit: kept[shift.largest.unit] as number }
  return { ...one, shift: { ...shift, ranks, largest } }
}
