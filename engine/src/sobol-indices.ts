import { ShapeError } from './errors.ts'
import { createStream, PURPOSES } from './random.ts'

/** Share of the output's variance that goes with one input, with the bounds of its bootstrap interval. */
export interface IndexEstimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** First-order index: what fixing the input would take away on average. Total index: what remains when all others are fixed. */
export interface SobolIndices {
  readonly first: IndexEstimate
  readonly total: IndexEstimate
}

export interface BootstrapOptions {
  readonly seed: number
  /** Resamples, >= 100; left out: 1 000. */
  readonly replicates?: number
  /** Share of the resamples between low and high, 0-1; left out: 0.95. */
  readonly confidence?: number
}

/**
 * Sobol indices from a radial design: f at n points A, n points B, and for every input i at A with coordinate i from B.
 * First order: mean of (f(B) - m) (f(AB_i) - f(A)) / V, centred by the mean m of A and B so that a large mean does no harm;
 * total: mean of (f(A) - f(AB_i))^2 / 2 V (Jansen), which is never negative. V is the variance of A and B together. The
 * bootstrap draws rows with replacement and estimates V again each time.
 * @param a, b n finite outputs each, n >= 2
 * @param mixed one list of n outputs per input
 * @returns one pair of indices per input; null when the output does not vary
 * @throws {ShapeError} when the lengths differ or there are fewer than 2 rows
 * @see Saltelli et al. (2010), Computer Physics Communications 181, 259-270; Jansen (1999); Owen (2013) on centring
 */
export function estimateSobol(
  a: Float64Array,
  b: Float64Array,
  mixed: readonly Float64Array[],
  options: BootstrapOptions,
): SobolIndices[] | null {
  const n = a.length
  if (n < 2) throw new ShapeError(`${n} rows: Sobol indices need at least 2.`)
  if ([b, ...mixed].some((column) => column.length !== n))
    throw new ShapeError('Sobol indices: A, B and the mixed columns must have the same number of rows.')
  const every = new Float64Array(n).fill(1)
  const values = computeIndices(a, b, mixed, every)
  if (values === null) return null
  const { replicates = 1000, confidence = 0.95 } = options
  const draws = Array.from({ length: replicates }, (_, r) => computeIndices(a, b, mixed, drawCounts(n, options.seed, r)))
  const known = draws.filter((draw) => draw !== null)
  const interval = (value: number, sample: number[]): IndexEstimate => {
    sample.sort((x, y) => x - y)
    return { value, low: quantile(sample, (1 - confidence) / 2), high: quantile(sample, (1 + confidence) / 2) }
  }
  return values.map(({ first, total }, i) => ({
    first: interval(
      first,
      known.map((draw) => draw[i]?.first ?? 0),
    ),
    total: interval(
      total,
      known.map((draw) => draw[i]?.total ?? 0),
    ),
  }))
}

/** How often each row is in one resample. */
function drawCounts(n: number, seed: number, replicate: number): Float64Array {
  const random = createStream(seed, replicate, PURPOSES.bootstrap)
  const counts = new Float64Array(n)
  for (let i = 0; i < n; i++) counts[Math.floor(random.nextUniform() * n)]! += 1
  return counts
}

/** First-order and total index per input from weighted rows, without intervals; null when there is no variance. */
export function computeIndices(
  a: Float64Array,
  b: Float64Array,
  mixed: readonly Float64Array[],
  counts: Float64Array,
): { first: number; total: number }[] | null {
  const n = counts.reduce((sum, count) => sum + count, 0)
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += counts[i]! * (a[i]! + b[i]!)
  const mean = sum / (2 * n)
  let squares = 0
  for (let i = 0; i < a.length; i++) squares += counts[i]! * ((a[i]! - mean) ** 2 + (b[i]! - mean) ** 2)
  const variance = squares / (2 * n - 1)
  if (!(variance > 1e-24 * (1 + mean * mean))) return null
  return mixed.map((column) => {
    let first = 0,
      total = 0
    for (let i = 0; i < a.length; i++) {
      const step = column[i]! - a[i]!
      first += counts[i]! * (b[i]! - mean) * step
      total += counts[i]! * step * step
    }
    return { first: first / n / variance, total: total / (2 * n) / variance }
  })
}

function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p
  const below = Math.floor(position)
  const low = sorted[below] ?? NaN
  return low + (position - below) * ((sorted[Math.min(sorted.length - 1, below + 1)] ?? low) - low)
}
