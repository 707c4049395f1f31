import { notAssessable, type NotAssessable } from './assessable.ts'
import { createStream, PURPOSES } from './random.ts'
import { checkUnitMatrix, presentValues, type UnitMatrix } from './unit-matrix.ts'

/** What a difference between two ratings means: none, order, distance, or distance relative to size. */
export type RatingMetric = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export interface AgreementOptions {
  readonly metric: RatingMetric
  /** Whole number >= 0; the same seed gives the same interval. */
  readonly seed: number
  /** Bootstrap resamples of units, at least 100. */
  readonly resamples?: number
  /** Probability of the interval, strictly between 0 and 1. */
  readonly level?: number
  /** Units with at least two ratings that must be there, at least 2. */
  readonly minimumUnits?: number
}

export interface Agreement {
  readonly status: 'assessed'
  /** At most 1; 0 = as by chance; negative = systematic disagreement. */
  readonly alpha: number
  /** Bounds of the bootstrap interval, and its probability. */
  readonly low: number
  readonly high: number
  readonly level: number
  /** Units with at least two ratings, and the ratings in them. */
  readonly units: number
  readonly ratings: number
  /** reliable from 0.8, tentative from 0.667, else insufficient (Krippendorff's customary limits). */
  readonly verdict: 'reliable' | 'tentative' | 'insufficient'
  readonly resamples: number
  /** Resamples without any variance, in which alpha does not exist; the interval rests on the others. */
  readonly resamplesWithoutVariance: number
  readonly seed: number
}

type Counts = readonly number[]

/**
 * Krippendorff's alpha: agreement of raters corrected for chance, with any number of raters and gaps.
 * @param ratings n units x m raters; null = not rated; units with under two ratings do not count
 * @param metric  nominal, ordinal, interval or ratio
 * @returns at most 1, or null when there is no variance among the ratings that count
 * @throws {ShapeError} for a ragged matrix; {RangeError} for a rating that is not finite, or negative with `ratio`
 * @see Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania
 */
export function krippendorffAlpha(ratings: UnitMatrix, metric: RatingMetric): number | null {
  const { values, units } = countRatings(ratings, metric)
  return alphaOf(units, values, metric)
}

/**
 * Krippendorff's alpha with a bootstrap interval (units drawn with replacement, percentiles of type 7) and a verdict.
 * Never a number where it would mislead: not assessable without variance or under 30 units.
 * @param ratings n units x m raters; null = not rated
 * @param options metric, seed, number of resamples (1000), level (0.95), minimum of units (30)
 * @returns alpha with its interval, or not assessable with the reason
 * @throws {ShapeError} for a ragged matrix; {RangeError} for a rating or an option out of range
 * @see Zapf et al. (2016), BMC Medical Research Methodology 16:93, on the bootstrap over units
 */
export function assessAgreement(ratings: UnitMatrix, options: AgreementOptions): Agreement | NotAssessable {
  const { metric, seed, resamples = 1000, level = 0.95, minimumUnits = 30 } = options
  checkOptions(seed, resamples, level, minimumUnits)
  const { values, units } = countRatings(ratings, metric)
  if (units.length < minimumUnits) return notAssessable('fewUnits', units.length)
  const alpha = alphaOf(units, values, metric)
  if (alpha === null) return notAssessable('noVariance', units.length)
  const drawn = drawAlphas(units, values, metric, seed, resamples)
  return {
    status: 'assessed',
    alpha,
    low: quantileOfSorted(drawn, (1 - level) / 2),
    high: quantileOfSorted(drawn, (1 + level) / 2),
    level,
    units: units.length,
    ratings: units.reduce((sum, counts) => sum + total(counts), 0),
    verdict: alpha >= 0.8 ? 'reliable' : alpha >= 0.667 ? 'tentative' : 'insufficient',
    resamples,
    resamplesWithoutVariance: resamples - drawn.length,
    seed,
  }
}

function checkOptions(seed: number, resamples: number, level: number, minimumUnits: number): void {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`Seed ${seed}: give a whole number of at least 0`)
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new RangeError(`${resamples} resamples: give a whole number of at least 100`)
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`Level ${level}: give a number strictly between 0 and 1`)
  if (!Number.isInteger(minimumUnits) || minimumUnits < 2) {
    throw new RangeError(`Minimum of ${minimumUnits} units: give a whole number of at least 2`)
  }
}

/** Different values, ascending, and how often each was given to every unit that has at least two ratings. */
function countRatings(ratings: UnitMatrix, metric: RatingMetric): { values: number[]; units: Counts[] } {
  checkUnitMatrix(ratings, 'table of ratings')
  const paired = ratings.map(presentValues).filter((present) => present.length >= 2)
  const values = [...new Set(paired.flat())].sort((a, b) => a - b)
  if (metric === 'ratio' && (values[0] ?? 0) < 0) {
    throw new RangeError(`Rating ${values[0]} is negative: the ratio metric needs ratings of at least 0`)
  }
  const place = new Map(values.map((value, i) => [value, i]))
  const units = paired.map((present) => {
    const counts = new Array<number>(values.length).fill(0)
    for (const value of present) counts[place.get(value) as number] = (counts[place.get(value) as number] as number) + 1
    return counts
  })
  return { values, units }
}

/** 1 - (n - 1) x observed disagreement within units / expected disagreement over all pairs. */
function alphaOf(units: readonly Counts[], values: readonly number[], metric: RatingMetric): number | null {
  const marginals = values.map((_, v) => units.reduce((sum, counts) => sum + (counts[v] as number), 0))
  const difference = squaredDifferences(values, marginals, metric)
  const expected = disagreement(marginals, difference)
  if (expected === 0) return null
  let observed = 0
  for (const counts of units) observed += disagreement(counts, difference) / (total(counts) - 1)
  return 1 - ((total(marginals) - 1) * observed) / expected
}

/** Sum of the squared differences over all unordered pairs of unequal ratings. */
function disagreement(counts: Counts, difference: readonly Counts[]): number {
  const present = counts.flatMap((count, v) => (count > 0 ? [v] : []))
  let sum = 0
  present.forEach((a, i) => {
    for (const b of present.slice(0, i)) {
      sum += (counts[a] as number) * (counts[b] as number) * (difference[a]?.[b] as number)
    }
  })
  return sum
}

/** Squared difference of every value with every smaller one (lower triangle). */
function squaredDifferences(values: readonly number[], marginals: Counts, metric: RatingMetric): number[][] {
  let reached = 0
  const middles = marginals.map((count) => (reached += count) - count / 2)
  return values.map((a, i) =>
    values.slice(0, i).map((b, j) => {
      if (metric === 'nominal') return 1
      // ratings up to here, ends counted half: the same as the sum over the ranks in between
      if (metric === 'ordinal') return ((middles[i] as number) - (middles[j] as number)) ** 2
      return metric === 'interval' ? (a - b) ** 2 : ((a - b) / (a + b)) ** 2
    }),
  )
}

/** Alphas of resampled units, ascending; resamples without variance are left out. */
function drawAlphas(units: readonly Counts[], values: readonly number[], metric: RatingMetric, seed: number, resamples: number): number[] {
  const random = createStream(seed, 0, PURPOSES.bootstrap)
  const draw = () => units[Math.floor(random.nextUniform() * units.length)] as Counts
  const drawn: number[] = []
  for (let i = 0; i < resamples; i++) {
    const alpha = alphaOf(units.map(draw), values, metric)
    if (alpha !== null) drawn.push(alpha)
  }
  return drawn.sort((a, b) => a - b)
}

/** Quantile of type 7 of a sorted list that is not empty. */
function quantileOfSorted(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] as number
  const above = sorted[Math.ceil(place)] as number
  return below + (above - below) * (place - Math.floor(place))
}

function total(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
