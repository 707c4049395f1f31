import { benefitOfDoubt } from './benefit-of-doubt.ts'
import { copelandScores } from './copeland.ts'
import { CellError, ShapeError } from './errors.ts'
import type { Aggregator } from './method.ts'

/** The family of elements that is aggregated, by name, for messages. */
export interface Family {
  readonly parent: string
  readonly children: readonly string[]
  /** n unit codes. */
  readonly units: readonly string[]
}

/**
 * Scores of a parent from the scores of its children. A missing score drops out and the other weights are rescaled.
 * @param columns     m columns of n scores, NaN = missing
 * @param weights     m numbers >= 0, only their ratios count; a child with weight 0 plays no part at all
 * @param minCoverage 0-1: no score when the children that have one carry less than this share of the weight
 * @returns n scores; NaN when no weighted child has a score, or too few have
 * @throws {ShapeError} when the lengths differ; {RangeError} when all weights are 0 or one is negative; {CellError} naming unit
 *   and child when a score is zero or negative in a geometric or harmonic mean, or in a generalised mean that needs it positive
 * @see OECD/JRC Handbook (2008), section 1.6 (aggregation); a_amean, a_gmean, a_hmean, a_genmean, a_copeland of COINr
 */
export function aggregateColumns(
  columns: readonly Float64Array[],
  weights: readonly number[],
  aggregator: Aggregator,
  minCoverage: number,
  family: Family,
): Float64Array {
  checkFamily(columns, weights, family)
  const used = weights.flatMap((weight, child) => (weight > 0 ? [child] : []))
  const total = used.reduce((sum, child) => sum + (weights[child] as number), 0)
  const covered = coveredUnits(columns, weights, used, minCoverage * total)
  const ownColumns = used.map((child) => (columns[child] as Float64Array).map((score, unit) => (covered[unit] ? score : NaN)))
  const ownWeights = used.map((child) => weights[child] as number)
  const ownFamily = { ...family, children: used.map((child) => family.children[child] as string) }
  if (aggregator.kind === 'copeland') return copelandScores(ownColumns, ownWeights, aggregator.count)
  if (aggregator.kind === 'benefitOfDoubt') return benefitOfDoubt(ownColumns, aggregator, ownFamily).scores
  const mean = weightedMeanOf(aggregator)
  return Float64Array.from(family.units, (_, unit) => {
    const scores: number[] = []
    const scoreWeights: number[] = []
    ownColumns.forEach((column, child) => {
      const score = column[unit] as number
      if (Number.isNaN(score)) return
      checkPositive(score, aggregator, ownFamily, unit, child)
      scores.push(score)
      scoreWeights.push(ownWeights[child] as number)
    })
    return scores.length === 0 ? NaN : mean(scores, scoreWeights, () => `unit "${family.units[unit]}", element "${family.parent}"`)
  })
}

function checkFamily(columns: readonly Float64Array[], weights: readonly number[], { parent, children, units }: Family): void {
  if (columns.length !== weights.length || columns.length !== children.length || columns.some(({ length }) => length !== units.length)) {
    throw new ShapeError(
      `"${parent}" has ${children.length} children, ${columns.length} columns and ${weights.length} weights: give one each, with one score per unit`,
    )
  }
  const bad = weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)))
  if (bad >= 0) throw new RangeError(`The weight of "${children[bad]}" is ${weights[bad]}: a weight is a finite number of at least 0`)
  if (!weights.some((weight) => weight > 0))
    throw new RangeError(`All children of "${parent}" have weight 0: give one of them a positive weight`)
}

function coveredUnits(columns: readonly Float64Array[], weights: readonly number[], used: readonly number[], least: number): boolean[] {
  const units = columns[0]?.length ?? 0
  return Array.from({ length: units }, (_, unit) => {
    let present = 0
    for (const child of used) if (!Number.isNaN(columns[child]?.[unit])) present += weights[child] as number
    return present >= least * (1 - 1e-12) // a share such as 0.65 must not fail by its last bit
  })
}

/** Lowest score that a mean can take: the greatest lower bound and whether it is allowed itself. */
function lowerBound(aggregator: Aggregator): 'any' | 'positive' | 'notNegative' {
  switch (aggregator.kind) {
    case 'geometric':
    case 'harmonic':
      return 'positive'
    case 'generalised':
      return aggregator.power === 1 ? 'any' : aggregator.power > 0 ? 'notNegative' : 'positive'
    default:
      return 'any'
  }
}

const MEAN_NAMES: Partial<Record<Aggregator['kind'], string>> = { geometric: 'a geometric mean', harmonic: 'a harmonic mean' }

function checkPositive(score: number, aggregator: Aggregator, family: Family, unit: number, child: number): void {
  const bound = lowerBound(aggregator)
  if (bound === 'any' || score > 0 || (bound === 'notNegative' && score === 0)) return
  const mean = MEAN_NAMES[aggregator.kind] ?? 'this generalised mean'
  const [name, element] = [family.units[unit] as string, family.children[child] as string]
  throw new CellError(
    `Unit "${name}" has ${score} in element "${element}": ${mean} (of "${family.parent}") needs ` +
      `${bound === 'positive' ? 'positive scores' : 'scores of at least 0'}; normalise to a range above 0, for example minmax:1:100, or choose another aggregation`,
    { unit: name, element, value: score },
  )
}

type WeightedMean = (scores: readonly number[], weights: readonly number[], place: () => string) => number

function weightedMeanOf(aggregator: Exclude<Aggregator, { kind: 'copeland' | 'benefitOfDoubt' }>): WeightedMean {
  switch (aggregator.kind) {
    case 'arithmetic':
      return arithmeticMean
    case 'geometric':
      return geometricMean
    case 'harmonic':
      return (scores, weights) =>
        1 /
        arithmeticMean(
          scores.map((score) => 1 / score),
          weights,
        )
    case 'generalised':
      return generalisedMean(aggregator.power)
    case 'mazziottaPareto':
      return (scores, weights, place) => mazziottaPareto(scores, weights, aggregator.penalty, place)
  }
}

/** sum(w x) / sum(w), at least one score, weights positive. */
function arithmeticMean(scores: readonly number[], weights: readonly number[]): number {
  let [sum, total] = [0, 0]
  for (let i = 0; i < scores.length; i++) {
    sum += (weights[i] as number) * (scores[i] as number)
    total += weights[i] as number
  }
  return sum / total
}

/** exp(sum(w ln x) / sum(w)), scores positive. */
function geometricMean(scores: readonly number[], weights: readonly number[]): number {
  return Math.exp(arithmeticMean(scores.map(Math.log), weights))
}

/** (sum(w x^p) / sum(w))^(1/p); for p = 0 its limit, the geometric mean. */
function generalisedMean(power: number): WeightedMean {
  if (power === 0) return geometricMean
  if (power === 1) return arithmeticMean
  return (scores, weights) =>
    arithmeticMean(
      scores.map((score) => score ** power),
      weights,
    ) **
    (1 / power)
}

/**
 * M + penalty x S^2 / M, with M the weighted mean and S the standard deviation (divisor sum of weights) across the
 * children: an unbalanced profile costs points (penalty -1) or, where a high score is bad, adds them (1).
 * @see Mazziotta and Pareto (2016), Social Indicators Research 127, 983-1003 (there on scores with mean 100, sd 10)
 */
function mazziottaPareto(scores: readonly number[], weights: readonly number[], penalty: 1 | -1, place: () => string): number {
  const mean = arithmeticMean(scores, weights)
  const variance = arithmeticMean(
    scores.map((score) => (score - mean) * (score - mean)),
    weights,
  )
  if (variance === 0) return mean
  if (!(mean > 0))
    throw new RangeError(
      `The mean of ${place()} is ${mean}: Mazziotta-Pareto divides by it; normalise to a positive scale, for example zscore:100:10`,
    )
  return mean + (penalty * variance) / mean
}
