import { notAssessable, type NotAssessable } from './assessable.ts'
import { fQuantile, fUpperTail } from './distributions.ts'
import { ShapeError } from './errors.ts'
import { checkUnitMatrix, completeRows, meanOf, squaredDeviations, type UnitMatrix } from './unit-matrix.ts'

/** One coefficient with the F test of "no agreement" and its confidence interval. */
export interface IntraclassCorrelation {
  /** At most 1; may be negative; null when it falls below every bound (units do not differ in their means). */
  readonly value: number | null
  /** >= 0; null when the raters agree perfectly, so that there is nothing to divide by. */
  readonly f: number | null
  readonly degreesOfFreedom: readonly [number, number]
  readonly pValue: number
  readonly low: number | null
  readonly high: number | null
}

/** Shrout and Fleiss' six forms; those with k are the reliability of the mean of all raters. */
export interface IntraclassCorrelations {
  readonly status: 'assessed'
  /** Each unit has its own raters. */
  readonly icc1: IntraclassCorrelation
  /** The raters are a sample of many; their levels count (absolute agreement). */
  readonly icc2: IntraclassCorrelation
  /** The raters are the only ones; their levels do not count (consistency). */
  readonly icc3: IntraclassCorrelation
  readonly icc1k: IntraclassCorrelation
  readonly icc2k: IntraclassCorrelation
  readonly icc3k: IntraclassCorrelation
  /** Units rated by everybody, which alone are used, and raters. */
  readonly units: number
  readonly raters: number
  /** Probability of the intervals. */
  readonly level: number
}

interface MeanSquares {
  readonly units: number
  readonly raters: number
  readonly between: number
  readonly within: number
  readonly judges: number
  readonly error: number
}

/**
 * Intraclass correlations of numeric ratings, in Shrout and Fleiss' six forms.
 * @param ratings n units x k raters; null = not rated; a unit that somebody did not rate is left out
 * @param level   probability of the confidence intervals, strictly between 0 and 1
 * @returns six coefficients with F test and interval, or not assessable under two complete units or without variance
 * @throws {ShapeError} for a ragged matrix or under two raters; {RangeError} for a rating that is not finite or a level out of range
 * @see Shrout and Fleiss (1979), Psychological Bulletin 86, 420-428
 */
export function intraclassCorrelations(ratings: UnitMatrix, level = 0.95): IntraclassCorrelations | NotAssessable {
  const raters = checkUnitMatrix(ratings, 'table of ratings')
  if (ratings.length > 0 && raters < 2) throw new ShapeError(`${raters} rater: agreement needs at least two columns`)
  if (!(level > 0 && level < 1)) throw new RangeError(`Level ${level}: give a number strictly between 0 and 1`)
  const { rows } = completeRows(ratings)
  if (rows.length < 2) return notAssessable('fewUnits', rows.length)
  const squares = analyseVariance(rows, raters)
  if (squares.between === 0 && squares.error === 0) return notAssessable('noVariance', rows.length)
  const tail = (1 - level) / 2
  const one = oneWay(squares, tail)
  const two = twoWayRandom(squares, tail)
  const three = twoWayMixed(squares, tail)
  return {
    status: 'assessed',
    icc1: one.single,
    icc2: two.single,
    icc3: three.single,
    icc1k: one.mean,
    icc2k: two.mean,
    icc3k: three.mean,
    units: rows.length,
    raters,
    level,
  }
}

function analyseVariance(rows: readonly (readonly number[])[], raters: number): MeanSquares {
  const units = rows.length
  const columns = Array.from({ length: raters }, (_, j) => meanOf(rows.map((row) => row[j] as number)))
  const sumWithin = rows.reduce((sum, row) => sum + squaredDeviations(row), 0)
  const unitMeans = rows.map((row) => meanOf(row))
  const grand = meanOf(unitMeans)
  let sumError = 0
  rows.forEach((row, i) =>
    row.forEach((value, j) => (sumError += (value - (unitMeans[i] as number) - (columns[j] as number) + grand) ** 2)),
  )
  return {
    units,
    raters,
    between: (raters * squaredDeviations(unitMeans)) / (units - 1),
    within: sumWithin / (units * (raters - 1)),
    judges: (units * squaredDeviations(columns)) / (raters - 1),
    error: sumError / ((units - 1) * (raters - 1)),
  }
}

type Pair = { readonly single: IntraclassCorrelation; readonly mean: IntraclassCorrelation }

function oneWay({ units, raters, between, within }: MeanSquares, tail: number): Pair {
  return fromRatio(between, within, units - 1, units * (raters - 1), raters, tail)
}

function twoWayMixed({ units, raters, between, error }: MeanSquares, tail: number): Pair {
  return fromRatio(between, error, units - 1, (units - 1) * (raters - 1), raters, tail)
}

/** Forms 1 and 3: everything follows from one variance ratio. */
function fromRatio(between: number, noise: number, df1: number, df2: number, raters: number, tail: number): Pair {
  const f = noise === 0 ? Infinity : between / noise
  const test = { f: finiteOrNull(f), degreesOfFreedom: [df1, df2] as const, pValue: fUpperTail(f, df1, df2) }
  const lowF = f / fQuantile(1 - tail, df1, df2)
  const highF = f * fQuantile(1 - tail, df2, df1)
  const single = (ratio: number) => (ratio === Infinity ? 1 : (ratio - 1) / (ratio + raters - 1))
  const mean = (ratio: number) => finiteOrNull(1 - 1 / ratio)
  return {
    single: { value: single(f), ...test, low: single(lowF), high: single(highF) },
    mean: { value: mean(f), ...test, low: mean(lowF), high: mean(highF) },
  }
}

/** Form 2: the interval uses Satterthwaite's degrees of freedom. */
function twoWayRandom(squares: MeanSquares, tail: number): Pair {
  const { units: n, raters: k, between, judges, error } = squares
  const value = (between - error) / (between + (k - 1) * error + (k * (judges - error)) / n)
  const meanValue = (between - error) / (between + (judges - error) / n)
  const df: readonly [number, number] = [n - 1, (n - 1) * (k - 1)]
  const f = error === 0 ? Infinity : between / error
  const test = { f: finiteOrNull(f), degreesOfFreedom: df, pValue: fUpperTail(f, df[0], df[1]) }
  const { low, high } = randomBounds(squares, value, tail)
  const ofMean = (single: number) => finiteOrNull((single * k) / (1 + single * (k - 1)))
  return {
    single: { value: finiteOrNull(value), ...test, low: finiteOrNull(low), high: finiteOrNull(high) },
    mean: { value: finiteOrNull(meanValue), ...test, low: ofMean(low), high: ofMean(high) },
  }
}

function randomBounds(squares: MeanSquares, value: number, tail: number): { low: number; high: number } {
  const { units: n, raters: k, between, judges, error } = squares
  if (error === 0 && judges === 0) return { low: 1, high: 1 }
  // the ratio of judges to error, multiplied through by error so that perfect consistency does no harm
  const a = k * value * judges
  const b = (n * (1 + (k - 1) * value) - k * value) * error
  const freedom = ((k - 1) * (n - 1) * (a + b) ** 2) / ((n - 1) * a ** 2 + b ** 2)
  const upper = fQuantile(1 - tail, n - 1, freedom)
  const lower = fQuantile(1 - tail, freedom, n - 1)
  const noise = k * judges + (k * n - k - n) * error
  return {
    low: (n * (between - upper * error)) / (upper * noise + n * between),
    high: (n * (lower * between - error)) / (noise + n * lower * between),
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
