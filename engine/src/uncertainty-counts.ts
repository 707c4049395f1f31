import { ShapeError } from './errors.ts'
import { LANES, type KernelShape } from './kernel-layout.ts'
import type { Kernel } from './kernel.ts'
import { philox, PURPOSES } from './random.ts'
import type { UncertaintySpec } from './uncertainty-plan.ts'
import { createRunner, SCORE_BINS, type RunInputs, type Runner, type RunListener } from './uncertainty-runs.ts'

/** What a number of runs has counted; whole numbers only, so that adding up does not depend on order. */
export interface RunCounts {
  /** Runs that were computed, failed ones included. */
  readonly runs: number
  /** Runs without result by reason, and one of them to look at. */
  readonly failures: readonly { readonly reason: string; readonly runs: number; readonly example: number }[]
  /** [unit][rank - 1]. */
  readonly rankCounts: Uint32Array
  /** [unit][cell] over the range of the unit. */
  readonly scoreCounts: Uint32Array
  /** [a * units + b], a < b: runs with a ahead of b, runs with neither ahead; empty when pairs are not counted. */
  readonly ahead: Uint32Array
  readonly neither: Uint32Array
}

/** Range of each unit's score histogram: lower edge of the second cell, and cells per point (0: a single value). */
export interface ScoreRanges {
  readonly low: Float64Array
  readonly cellsPerPoint: Float64Array
}

const CHUNK = 2048
const PILOT_RUNS = 256

/**
 * Combination of choices of every run in a range, each an independent draw from the run's own block of random bits.
 * @param from, to first run and the one after the last
 */
export function drawChoices(spec: UncertaintySpec, from: number, to: number): RunInputs {
  const count = to - from
  const variants = new Int32Array(count),
    runs = new Float64Array(count)
  const key: [number, number] = [spec.seed >>> 0, Math.floor(spec.seed / 4294967296)]
  for (let i = 0; i < count; i++) {
    const run = from + i
    runs[i] = run
    if (spec.variants.length > 1) {
      const words = philox([run >>> 0, Math.floor(run / 4294967296), PURPOSES.choices, 0], key)
      variants[i] = variantAt(
        spec,
        words.map((word) => (word + 0.5) / 4294967296),
      )
    }
  }
  return { count, variants, runs, purposes: null }
}

/**
 * The combination that four uniform numbers stand for.
 * @param uniforms of imputation, treatment, normalisation, aggregation, each within 0-1
 */
export function variantAt(spec: UncertaintySpec, uniforms: readonly number[]): number {
  return spec.choices.reduce((place, options, i) => place * options + Math.min(options - 1, Math.floor((uniforms[i] ?? 0) * options)), 0)
}

/**
 * Range of each unit's scores over the first 256 runs, widened by half on either side. Every worker finds the same.
 */
function pilotRanges(spec: UncertaintySpec, runner: Runner): ScoreRanges {
  const n = spec.units.length
  const least = new Float64Array(n).fill(Infinity),
    most = new Float64Array(n).fill(-Infinity)
  const { scores } = runner.kernel.views
  const listener: RunListener = {
    onBatch(_, used, slope, offset) {
      for (let u = 0; u < n; u++) {
        for (let lane = 0; lane < used; lane++) {
          const score = (scores[u * LANES + lane] ?? NaN) * slope + offset
          if (score < (least[u] ?? 0)) least[u] = score
          if (score > (most[u] ?? 0)) most[u] = score
        }
      }
    },
    onBlock() {},
    onFailure() {},
  }
  runner.run(drawChoices(spec, 0, PILOT_RUNS), listener)
  runner.flush(listener)
  runner.kernel.views.neither.fill(0)
  runner.kernel.views.ahead.fill(0)
  const low = new Float64Array(n),
    cellsPerPoint = new Float64Array(n)
  for (let u = 0; u < n; u++) {
    const a = least[u] ?? 0,
      b = most[u] ?? 0
    const width = 2 * (b - a)
    const isSpread = width > 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
    low[u] = Number.isFinite(a) ? (isSpread ? a - width / 4 : a) : 0
    cellsPerPoint[u] = isSpread ? (SCORE_BINS - 2) / width : 0
  }
  return { low, cellsPerPoint }
}

/** Runs ranges of a specification and keeps the counts; make one per worker and use it for many ranges. */
export interface RangeRunner {
  readonly ranges: ScoreRanges
  readonly kernelName: Kernel['name']
  /** Memory of the kernel, whatever the number of runs. */
  readonly memoryBytes: number
  /** Computes the runs from `from` to before `to`; each run is the same whatever the range. */
  runRange(from: number, to: number): void
  /** Copies of what has been counted so far. */
  counts(): RunCounts
}

/**
 * Prepares a specification for runs. Memory does not depend on their number.
 * @param makeKernel for tests; left out: the fastest that the machine allows
 */
export function createRangeRunner(spec: UncertaintySpec, makeKernel?: (shape: KernelShape) => Kernel): RangeRunner {
  const runner = createRunner(spec, makeKernel)
  const { kernel } = runner
  const ranges = pilotRanges(spec, runner)
  kernel.views.binLow.set(ranges.low)
  kernel.views.binScale.set(ranges.cellsPerPoint)
  let done = 0,
    first = 0
  const failures = new Map<string, { runs: number; example: number }>()
  const listener: RunListener = {
    onBlock(filled) {
      kernel.countBlock(filled)
      if (spec.pairs) kernel.countPairs()
    },
    onFailure(position, reason) {
      const known = failures.get(reason)
      const run = first + position
      failures.set(reason, { runs: (known?.runs ?? 0) + 1, example: Math.min(known?.example ?? run, run) })
    },
  }
  return {
    ranges,
    kernelName: kernel.name,
    memoryBytes: kernel.layout.bytes,
    runRange(from, to) {
      for (first = from; first < to; first += CHUNK) runner.run(drawChoices(spec, first, Math.min(to, first + CHUNK)), listener)
      runner.flush(listener)
      done += to - from
    },
    counts: () => ({
      runs: done,
      failures: listFailures(failures),
      rankCounts: kernel.views.rankCounts.slice(),
      scoreCounts: kernel.views.scoreCounts.slice(),
      ahead: kernel.views.ahead.slice(),
      neither: kernel.views.neither.slice(),
    }),
  }
}

function listFailures(failures: ReadonlyMap<string, { runs: number; example: number }>): RunCounts['failures'] {
  return [...failures].map(([reason, counted]) => ({ reason, ...counted })).sort((a, b) => (a.reason < b.reason ? -1 : 1))
}

/**
 * Computes a range of runs at once: what a worker does that is used only once.
 * @returns counts to be merged with those of the other ranges
 */
export function runRange(spec: UncertaintySpec, from: number, to: number, makeKernel?: (shape: KernelShape) => Kernel): RunCounts {
  const runner = createRangeRunner(spec, makeKernel)
  runner.runRange(from, to)
  return runner.counts()
}

/**
 * Adds up the counts of several workers; the order does not matter.
 * @throws {ShapeError} when there are none, or they are not of the same specification
 */
export function mergeCounts(parts: readonly RunCounts[]): RunCounts {
  const [head, ...rest] = parts
  if (head === undefined) throw new ShapeError('There are no counts to merge: run at least one range.')
  const add = (name: 'rankCounts' | 'scoreCounts' | 'ahead' | 'neither') => {
    const sum = head[name].slice()
    for (const part of rest) {
      if (part[name].length !== sum.length) throw new ShapeError('Counts of different specifications cannot be merged.')
      part[name].forEach((count, i) => (sum[i]! += count))
    }
    return sum
  }
  const failures = new Map<string, { runs: number; example: number }>()
  for (const { reason, runs, example } of parts.flatMap((part) => part.failures)) {
    const known = failures.get(reason)
    failures.set(reason, { runs: (known?.runs ?? 0) + runs, example: Math.min(known?.example ?? example, example) })
  }
  return {
    runs: parts.reduce((sum, part) => sum + part.runs, 0),
    failures: listFailures(failures),
    rankCounts: add('rankCounts'),
    scoreCounts: add('scoreCounts'),
    ahead: add('ahead'),
    neither: add('neither'),
  }
}
