import { ShapeError } from './errors.ts'
import { checkUnitMatrix, type UnitMatrix } from './unit-matrix.ts'

/** How much a disagreement counts: by steps between categories, or by their square. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

export interface Kappa {
  /** At most 1; 0 = as by chance; null when no units count or both raters use one and the same category only. */
  readonly value: number | null
  /** Share of agreement that was seen, and that chance would give, 0 to 1 (weighted where weights apply). */
  readonly observed: number | null
  readonly expected: number | null
  /** Units rated by everybody; only these count. */
  readonly units: number
}

export interface CohenOptions {
  readonly weights?: KappaWeights
  /** All categories in ascending order, also those that nobody used; default: the ratings that occur, ascending. */
  readonly categories?: readonly number[]
}

const nothing: Kappa = { value: null, observed: null, expected: null, units: 0 }

/**
 * Cohen's kappa of two raters, plain or weighted by the steps between ordered categories.
 * @param first   n ratings; null = not rated
 * @param second  n ratings of the same units; null = not rated
 * @param options weights (none) and the ordered categories
 * @returns kappa over the units that both rated
 * @throws {ShapeError} when the lengths differ; {RangeError} when a rating is not finite or not among the categories
 * @see Cohen (1960), Educational and Psychological Measurement 20, 37-46; Cohen (1968), Psychological Bulletin 70, 213-220
 */
export function cohenKappa(first: readonly (number | null)[], second: readonly (number | null)[], options: CohenOptions = {}): Kappa {
  if (first.length !== second.length) {
    throw new ShapeError(`${first.length} and ${second.length} ratings: both raters need one entry per unit, null where not rated`)
  }
  const ratings = first.map((rating, unit) => [rating, second[unit] ?? null])
  checkUnitMatrix(ratings, 'table of ratings')
  const pairs = ratings.filter((row): row is [number, number] => !row.includes(null))
  if (pairs.length === 0) return nothing
  const categories = options.categories ?? [...new Set(pairs.flat())].sort((a, b) => a - b)
  const places = pairs.map(([a, b]) => [placeOf(a, categories), placeOf(b, categories)] as const)
  const disagreement = (a: number, b: number) => stepWeight(a, b, options.weights ?? 'none', categories.length)
  const seen = places.reduce((sum, [a, b]) => sum + disagreement(a, b), 0) / pairs.length
  const byChance = expectedDisagreement(places, categories.length, disagreement)
  const value = byChance === 0 ? null : 1 - seen / byChance
  return { value, observed: 1 - seen, expected: 1 - byChance, units: pairs.length }
}

function placeOf(rating: number, categories: readonly number[]): number {
  const place = categories.indexOf(rating)
  if (place < 0) throw new RangeError(`Rating ${rating} is not among the categories ${categories.join(', ')}: name them all`)
  return place
}

/** 0 for agreement, 1 for the largest possible disagreement. */
function stepWeight(a: number, b: number, weights: KappaWeights, count: number): number {
  if (a === b) return 0
  if (weights === 'none') return 1
  const steps = Math.abs(a - b) / (count - 1)
  return weights === 'linear' ? steps : steps ** 2
}

function expectedDisagreement(
  places: readonly (readonly [number, number])[],
  count: number,
  disagreement: (a: number, b: number) => number,
): number {
  const rows = new Array<number>(count).fill(0)
  const columns = new Array<number>(count).fill(0)
  for (const [a, b] of places) {
    rows[a] = (rows[a] as number) + 1
    columns[b] = (columns[b] as number) + 1
  }
  let sum = 0
  rows.forEach((row, a) => columns.forEach((column, b) => (sum += row * column * disagreement(a, b))))
  return sum / places.length ** 2
}

/**
 * Fleiss' kappa of any fixed number of raters and unordered categories.
 * @param ratings n units x m raters; null = not rated; a unit that somebody did not rate is left out
 * @returns kappa over the units that everybody rated
 * @throws {ShapeError} for a ragged matrix or under two raters; {RangeError} for a rating that is not finite
 * @see Fleiss (1971), Psychological Bulletin 76, 378-382
 */
export function fleissKappa(ratings: UnitMatrix): Kappa {
  const raters = checkUnitMatrix(ratings, 'table of ratings')
  if (ratings.length > 0 && raters < 2) throw new ShapeError(`${raters} rater: agreement needs at least two columns`)
  const complete = ratings.filter((row): row is number[] => !row.includes(null))
  if (complete.length === 0) return nothing
  const totals = new Map<number, number>()
  let observed = 0
  for (const row of complete) {
    const counts = new Map<number, number>()
    for (const rating of row) counts.set(rating, (counts.get(rating) ?? 0) + 1)
    for (const [rating, count] of counts) {
      totals.set(rating, (totals.get(rating) ?? 0) + count)
      observed += count * (count - 1)
    }
  }
  observed /= complete.length * raters * (raters - 1)
  const all = complete.length * raters
  const expected = [...totals.values()].reduce((sum, count) => sum + (count / all) ** 2, 0)
  const value = totals.size < 2 ? null : (observed - expected) / (1 - expected)
  return { value, observed, expected, units: complete.length }
}
