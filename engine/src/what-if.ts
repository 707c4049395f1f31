import { aggregatorAt } from './aggregate-tree.ts'
import { computeIndex, computeSteps, type IndexResult } from './compute.ts'
import { type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import { childrenByParent, type Framework } from './framework.ts'
import { linearise } from './uncertainty-matrices.ts'
import { chooseBest, type KnapsackSolution } from './knapsack.ts'
import type { Aggregation, Method } from './method.ts'

/** What is changed in a thought experiment; everything that is not named stays. */
export interface Changes {
  /** New raw values; null takes the value away. */
  readonly values?: readonly { readonly unit: string; readonly element: string; readonly value: number | null }[]
  /** Codes of elements that are left out, with everything below them. */
  readonly drop?: readonly string[]
  /** New weights by code. */
  readonly weights?: Readonly<Record<string, number>>
}

export interface WhatIfResult {
  readonly before: IndexResult
  readonly after: IndexResult
  /** Per unit: change of the index score and of the rank (negative: better); null when one of the two has none. */
  readonly changes: readonly { readonly unit: string; readonly score: number | null; readonly rank: number | null }[]
}

/**
 * Scores and ranks before and after changes. Data-dependent scales (min-max, z-scores) follow the changed data, as they would.
 * @throws {ShapeError} when a unit or element does not exist, or nothing is left to aggregate; else as `computeIndex`
 */
export function computeWhatIf(dataset: Dataset, framework: Framework, method: Method, changes: Changes): WhatIfResult {
  const before = computeIndex(dataset, framework, method)
  const changedFramework = changeFramework(framework, changes)
  const after = computeIndex(changeValues(dataset, changes), changedFramework, changeMethod(method, changes, changedFramework))
  const rootOf = (result: IndexResult, tree: Framework) => result.scores[tree.elements.findIndex(({ parent }) => parent === null)] ?? []
  const first = rootOf(before, framework),
    second = rootOf(after, changedFramework)
  const difference = (a: number | null | undefined, b: number | null | undefined) => (a == null || b == null ? null : b - a)
  return {
    before,
    after,
    changes: dataset.units.map((unit, u) => ({
      unit,
      score: difference(first[u], second[u]),
      rank: difference(before.ranks[u], after.ranks[u]),
    })),
  }
}

function changeValues(dataset: Dataset, { values = [] }: Changes): Dataset {
  const columns = dataset.columns.map((column) => column.slice())
  for (const { unit, element, value } of values) {
    const u = dataset.units.indexOf(unit),
      j = dataset.indicators.indexOf(element)
    if (u < 0) throw new ShapeError(`There is no unit "${unit}": correct the code of the changed value.`)
    if (j < 0) throw new ShapeError(`There is no indicator "${element}" in the data: correct the code of the changed value.`)
    if (value !== null && !Number.isFinite(value))
      throw new RangeError(`The changed value of "${element}" of "${unit}" is ${value}: give a finite number, or null.`)
    const column = columns[j]
    if (column) column[u] = value ?? NaN
  }
  return { ...dataset, columns }
}

function changeFramework(framework: Framework, { drop = [], weights = {} }: Changes): Framework {
  const codes = new Set(framework.elements.map(({ code }) => code))
  for (const code of [...drop, ...Object.keys(weights)])
    if (!codes.has(code)) throw new ShapeError(`There is no element "${code}" in the framework: correct the code.`)
  const gone = new Set(drop)
  const families = childrenByParent(framework)
  const queue = [...drop]
  for (let code = queue.shift(); code !== undefined; code = queue.shift()) {
    for (const child of families.get(code) ?? []) {
      gone.add(child.code)
      queue.push(child.code)
    }
  }
  const left = framework.elements
    .filter(({ code }) => !gone.has(code))
    .map((element) => ({ ...element, weight: weights[element.code] ?? element.weight }))
  const childless = left.find(({ code, level }) => level > 1 && !left.some(({ parent }) => parent === code))
  if (childless !== undefined)
    throw new ShapeError(
      `Without ${[...gone].map((code) => `"${code}"`).join(', ')} nothing is left below "${childless.code}": drop "${childless.code}" itself.`,
    )
  return { elements: left }
}

/** The method without rules for elements that are gone; expert weights give way to changed ones. */
function changeMethod(method: Method, { weights = {} }: Changes, framework: Framework): Method {
  const codes = new Set(framework.elements.map(({ code }) => code))
  const keep = <T>(table: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(table).filter(([code]) => codes.has(code)))
  const { weighting } = method
  return {
    ...method,
    uncertainty: null,
    denomination: keep(method.denomination),
    treatmentOf: keep(method.treatmentOf),
    normalisationOf: keep(method.normalisationOf),
    weighting: weighting.kind === 'byCode' ? { ...weighting, weights: keep({ ...weighting.weights, ...weights }) } : weighting,
  }
}

/** What a unit would gain if one leaf alone had the best normalised score. */
export interface LeafGain {
  readonly element: string
  /** Normalised score now; null = missing (it has dropped out and the gain is what joining with the best score brings). */
  readonly score: number | null
  /** Points of the index; never negative for a leaf that has a score at most `best`. */
  readonly gain: number
}

/** A unit's place in the nominal index, ready for many thought experiments about its normalised scores. */
export interface UnitScorer {
  /** Normalised scores by leaf; null = missing. */
  readonly scores: ReadonlyMap<string, number | null>
  /** Index score with some leaves changed; null when none is left. */
  indexWith(changed: ReadonlyMap<string, number | null>): number | null
}

/**
 * Prepares one unit: its normalised scores and the index as a function of them, with the scales of the data as they are.
 * @throws {ShapeError} when the unit does not exist or has been left out by screening, or the aggregation compares units; else as `computeIndex`
 */
export function createUnitScorer(dataset: Dataset, framework: Framework, method: Method, unit: string): UnitScorer {
  const { normalised, tree } = computeSteps(dataset, framework, method)
  const u = normalised.units.indexOf(unit)
  if (u < 0) throw new ShapeError(`There is no unit "${unit}" among what is scored.`)
  const scores = new Map(
    normalised.indicators.map((code, j): [string, number | null] => {
      const value = normalised.columns[j]?.[u] ?? NaN
      return [code, Number.isNaN(value) ? null : value]
    }),
  )
  return { scores, indexWith: (changed) => indexOf(framework, method.aggregation, tree.weights, new Map([...scores, ...changed])) }
}

function indexOf(
  framework: Framework,
  aggregation: Aggregation,
  weights: ReadonlyMap<string, number>,
  leaves: ReadonlyMap<string, number | null>,
): number | null {
  const families = childrenByParent(framework)
  const visit = (code: string, level: number): number | null => {
    const children = families.get(code)
    if (children === undefined) return leaves.get(code) ?? null
    const { kind } = aggregatorAt(aggregation, level)
    const place = kind === 'arithmetic' ? 0 : kind === 'geometric' ? 1 : kind === 'harmonic' ? 2 : null
    if (place === null)
      throw new ShapeError(`Gains for one unit need arithmetic, geometric or harmonic means, not "${kind}" (at "${code}").`)
    let sum = 0,
      present = 0,
      all = 0
    for (const child of children) {
      const weight = weights.get(child.code) ?? 0
      if (weight === 0) continue
      all += weight
      const value = visit(child.code, child.level)
      if (value === null) continue
      if (place !== 0 && !(value > 0)) throw new RangeError(`"${child.code}" would be ${value}: a ${kind} mean needs positive scores.`)
      sum += weight * linearise(value, place)
      present += weight
    }
    if (present === 0 || present < aggregation.minCoverage * all * (1 - 1e-12)) return null
    const mean = sum / present
    return place === 0 ? mean : place === 1 ? Math.exp(mean) : 1 / mean
  }
  const [root] = families.get(null) ?? []
  return root === undefined ? null : visit(root.code, root.level)
}

/**
 * The gain of every leaf for one unit, greatest first.
 * @param best normalised score that counts as full, for example 100
 * @throws as `createUnitScorer`
 */
export function leafGains(scorer: UnitScorer, best: number): LeafGain[] {
  const now = scorer.indexWith(new Map()) ?? 0
  const gains = [...scorer.scores].map(([element, score]) => ({
    element,
    score,
    gain: (scorer.indexWith(new Map([[element, best]])) ?? 0) - now,
  }))
  return gains.sort((a, b) => b.gain - a.gain || (a.element < b.element ? -1 : 1))
}

/** Something a unit could do: raise one leaf to a score, at an effort that the caller states. */
export interface Improvement {
  readonly element: string
  /** Normalised score afterwards, at least the present one. */
  readonly score: number
  /** > 0 in any unit; never assumed. */
  readonly effort: number
}

export interface ImprovementPlan {
  /** Chosen improvements in the order in which they were given. */
  readonly chosen: readonly Improvement[]
  readonly effort: number
  readonly indexBefore: number
  readonly indexAfter: number
  /** No affordable set can bring the index higher; equal to indexAfter (to rounding) when proven best. */
  readonly indexBound: number
  readonly isOptimal: boolean
}

/**
 * The set of improvements that raises a unit's index most within a budget; at most one per leaf. Means of one kind at all
 * levels add up on their own scale (values, logarithms, reciprocals), so that the search is exact (see `chooseBest`).
 * @param method the one that the scorer was made with
 * @throws {ShapeError} when an element does not exist or is missing, or means of several kinds are mixed; {RangeError} when
 *   an improvement lowers the score, or an effort or the budget is out of range
 */
export function bestImprovements(
  scorer: UnitScorer,
  framework: Framework,
  method: Method,
  improvements: readonly Improvement[],
  budget: number,
): ImprovementPlan {
  const before = scorer.indexWith(new Map())
  if (before === null) throw new ShapeError('The unit has no index score to improve.')
  const kind = onlyKind(framework, method)
  const options = improvements.map(({ element, score, effort }) => {
    const now = scorer.scores.get(element)
    if (now == null) throw new ShapeError(`"${element}" has no score to improve: correct the code, or answer it first.`)
    if (!(score >= now)) throw new RangeError(`"${element}" would fall from ${now} to ${score}: an improvement raises the score.`)
    const index = scorer.indexWith(new Map([[element, score]])) ?? before
    return { group: element, gain: Math.max(0, toScale(index, kind) - toScale(before, kind)), effort }
  })
  const solution = chooseBest(options, budget)
  return describePlan(scorer, improvements, before, kind, solution)
}

function describePlan(
  scorer: UnitScorer,
  improvements: readonly Improvement[],
  before: number,
  kind: 0 | 1 | 2,
  solution: KnapsackSolution,
): ImprovementPlan {
  const chosen = improvements.filter((_, i) => solution.chosen.includes(i))
  const after = scorer.indexWith(new Map(chosen.map(({ element, score }) => [element, score]))) ?? before
  return {
    chosen,
    effort: solution.effort,
    indexBefore: before,
    indexAfter: after,
    isOptimal: solution.isOptimal,
    indexBound: solution.isOptimal ? after : fromScale(toScale(before, kind) + solution.bound, kind),
  }
}

/** Rising scale on which the index is a weighted sum. */
function toScale(index: number, kind: 0 | 1 | 2): number {
  return kind === 2 ? -1 / index : linearise(index, kind)
}

function fromScale(value: number, kind: 0 | 1 | 2): number {
  return kind === 2 ? -1 / value : kind === 1 ? Math.exp(value) : value
}

function onlyKind(framework: Framework, method: Method): 0 | 1 | 2 {
  const parents = new Set(framework.elements.map(({ parent }) => parent))
  const kinds = new Set(
    framework.elements.filter(({ code }) => parents.has(code)).map(({ level }) => aggregatorAt(method.aggregation, level).kind),
  )
  const [kind = 'arithmetic'] = kinds
  if (kinds.size === 1 && kind === 'arithmetic') return 0
  if (kinds.size === 1 && kind === 'geometric') return 1
  if (kinds.size === 1 && kind === 'harmonic') return 2
  throw new ShapeError(
    `The best set of improvements is found for one kind of mean at all levels (arithmetic, geometric or harmonic), not for ${[...kinds].join(', ')}.`,
  )
}
