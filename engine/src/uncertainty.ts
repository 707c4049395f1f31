import { planUncertainty, type UncertaintyRequest, type UncertaintySpec } from './uncertainty-plan.ts'
import { createRangeRunner, type RunCounts, type ScoreRanges } from './uncertainty-counts.ts'
import { SCORE_BINS } from './uncertainty-runs.ts'
import { listAlternatives, STANDARD_ANSWER_ASSUMPTIONS, type Alternatives, type AnswerAssumptions } from './assumptions.ts'
import type { Method } from './method.ts'
import { ENGINE_VERSION } from './version.ts'

/** Quantiles of a distribution; the 50 % interval is q25 to q75, the 90 % interval q5 to q95. */
export interface Quantiles {
  readonly q5: number
  readonly q25: number
  readonly median: number
  readonly q75: number
  readonly q95: number
}

/** How one unit fares over all runs. */
export interface UnitUncertainty {
  readonly unit: string
  readonly time: string | null
  /** Score and rank of the method itself; null = none. */
  readonly score: number | null
  readonly rank: number | null
  /** Runs in which the unit had a rank. */
  readonly rankedRuns: number
  /** Runs by rank, from rank 1; whole numbers that add up to rankedRuns. */
  readonly rankCounts: Uint32Array
  /** Mean and quantiles (R type 7) of the rank; null when it never had one. */
  readonly rankMean: number | null
  readonly rankQuantiles: Quantiles | null
  /** Quantiles of the score on the nominal scale, within `scoreResolution`; null as above. */
  readonly scoreQuantiles: Quantiles | null
  readonly scoreResolution: number
  /**
   * Positions of the units that it cannot be told apart from: neither is ahead in 95 % of the runs. Not a partition:
   * a and b, b and c may be indistinguishable and a and c not. Null when pairs are not counted.
   */
  readonly indistinguishable: readonly number[] | null
}

/** Result of an uncertainty analysis; it can be run again from method, assumptions, seed and runs alone. */
export interface UncertaintyResult {
  readonly engineVersion: string
  readonly method: Method
  readonly alternatives: Alternatives
  readonly answerAssumptions: AnswerAssumptions
  readonly seed: number
  readonly runs: number
  /** Runs without result, by reason; they are part of no distribution. */
  readonly failures: RunCounts['failures']
  readonly units: readonly UnitUncertainty[]
  /** Share of the successful runs in which a is strictly ahead of b; null when pairs are not counted. */
  readonly aheadShare: ((a: number, b: number) => number) | null
  /**
   * Smallest gap between two nominal scores from which on at least 95 % of the pairs can be told apart; null when no gap
   * does, or pairs are not counted.
   */
  readonly minimumDetectableDifference: number | null
}

const CONFIDENT = 0.95

/**
 * Uncertainty analysis in one call and one thread (see `createRangeRunner` for workers).
 * @param request what varies, and around which method
 * @param runs    whole number >= 1; 10 000 give each quantile to about one rank
 * @throws as `planUncertainty`; {RangeError} when `runs` is no whole number >= 1
 * @see OECD/JRC Handbook (2008), step 8; Saisana, Saltelli and Tarantola (2005)
 */
export function analyseUncertainty(request: UncertaintyRequest, runs: number): UncertaintyResult {
  requireRuns(runs)
  const spec = planUncertainty(request)
  const runner = createRangeRunner(spec)
  runner.runRange(0, runs)
  return summariseRuns(request, spec, runner.ranges, runner.counts())
}

/** Refuses a number of runs that is no whole number from 1 to 2^31. */
export function requireRuns(runs: number): void {
  if (!Number.isInteger(runs) || runs < 1 || runs > 2 ** 31)
    throw new RangeError(`${runs} runs: must be a whole number from 1 to 2147483648.`)
}

/** Distributions, probabilities and detectable differences from counts; `ranges` are those of any worker, they are all the same. */
export function summariseRuns(
  request: UncertaintyRequest,
  spec: UncertaintySpec,
  ranges: ScoreRanges,
  counts: RunCounts,
): UncertaintyResult {
  const n = spec.units.length
  const successful = counts.runs - counts.failures.reduce((sum, failure) => sum + failure.runs, 0)
  const aheadShare = spec.pairs && successful > 0 ? createAheadShare(n, counts, successful) : null
  const apart = (a: number, b: number) => aheadShare !== null && (aheadShare(a, b) >= CONFIDENT || aheadShare(b, a) >= CONFIDENT)
  return {
    engineVersion: ENGINE_VERSION,
    method: request.method,
    alternatives: listAlternatives(request.method, request.assumptions ?? null),
    answerAssumptions: request.answerAssumptions ?? STANDARD_ANSWER_ASSUMPTIONS,
    seed: spec.seed,
    runs: counts.runs,
    failures: counts.failures,
    units: spec.units.map((_, unit) => ({
      ...describeUnit(spec, ranges, counts, unit),
      indistinguishable: aheadShare && spec.units.flatMap((__, other) => (other === unit || apart(unit, other) ? [] : [other])),
    })),
    aheadShare,
    minimumDetectableDifference: aheadShare && detectableDifference(spec.nominalScores, apart),
  }
}

function createAheadShare(n: number, { ahead, neither }: RunCounts, successful: number): (a: number, b: number) => number {
  return (a, b) => {
    if (a === b) return 0
    const cell = Math.min(a, b) * n + Math.max(a, b)
    const first = ahead[cell] ?? 0
    return (a < b ? first : successful - first - (neither[cell] ?? 0)) / successful
  }
}

function describeUnit(
  spec: UncertaintySpec,
  ranges: ScoreRanges,
  counts: RunCounts,
  unit: number,
): Omit<UnitUncertainty, 'indistinguishable'> {
  const n = spec.units.length
  const rankCounts = counts.rankCounts.slice(unit * n, (unit + 1) * n)
  const scoreCounts = counts.scoreCounts.subarray(unit * SCORE_BINS, (unit + 1) * SCORE_BINS)
  const rankedRuns = rankCounts.reduce((sum, count) => sum + count, 0)
  const score = spec.nominalScores[unit] ?? NaN
  const perPoint = ranges.cellsPerPoint[unit] ?? 0
  const has = rankedRuns > 0
  return {
    unit: spec.units[unit] ?? '',
    time: spec.times?.[unit] ?? null,
    score: Number.isNaN(score) ? null : score,
    rank: spec.nominalRanks[unit] || null,
    rankedRuns,
    rankCounts,
    rankMean: has ? rankCounts.reduce((sum, count, i) => sum + count * (i + 1), 0) / rankedRuns : null,
    rankQuantiles: has ? quantilesBy((p) => countedQuantile(rankCounts, rankedRuns, p)) : null,
    scoreQuantiles: has ? quantilesBy((p) => cellQuantile(scoreCounts, rankedRuns, p, ranges.low[unit] ?? 0, perPoint)) : null,
    scoreResolution: perPoint > 0 ? 1 / perPoint : 0,
  }
}

function quantilesBy(at: (p: number) => number): Quantiles {
  return { q5: at(0.05), q25: at(0.25), median: at(0.5), q75: at(0.75), q95: at(0.95) }
}

/** Quantile (R type 7) of the whole numbers 1, 2, ... from how often each occurs. */
export function countedQuantile(counts: Uint32Array, total: number, p: number): number {
  const position = (total - 1) * p
  const below = Math.floor(position)
  const low = countedAt(counts, below),
    high = countedAt(counts, Math.min(total - 1, below + 1))
  return low + (position - below) * (high - low)
}

function countedAt(counts: Uint32Array, position: number): number {
  let passed = 0
  for (let i = 0; i < counts.length; i++) {
    passed += counts[i] ?? 0
    if (passed > position) return i + 1
  }
  return counts.length
}

/** Quantile from a histogram whose first and last cells hold what lies outside; uniform within a cell. */
function cellQuantile(counts: Uint32Array, total: number, p: number, low: number, perPoint: number): number {
  if (perPoint === 0) return low
  const wanted = total * p
  let passed = counts[0] ?? 0
  if (passed >= wanted) return low
  for (let i = 1; i < SCORE_BINS - 1; i++) {
    const count = counts[i] ?? 0
    if (count > 0 && passed + count >= wanted) return low + (i - 1 + (wanted - passed) / count) / perPoint
    passed += count
  }
  return low + (SCORE_BINS - 2) / perPoint
}

function detectableDifference(scores: Float64Array, apart: (a: number, b: number) => boolean): number | null {
  const gaps: { gap: number; apart: boolean }[] = []
  for (let a = 0; a < scores.length; a++) {
    for (let b = a + 1; b < scores.length; b++) {
      const gap = Math.abs((scores[a] ?? NaN) - (scores[b] ?? NaN))
      if (!Number.isNaN(gap)) gaps.push({ gap, apart: apart(a, b) })
    }
  }
  gaps.sort((a, b) => b.gap - a.gap)
  let told = 0
  let smallest: number | null = null
  gaps.forEach((pair, i) => {
    if (pair.apart) told++
    const isLastOfGap = gaps[i + 1]?.gap !== pair.gap
    if (isLastOfGap && told >= CONFIDENT * (i + 1)) smallest = pair.gap
  })
  return smallest
}
