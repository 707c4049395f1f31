import {
  ASSUMPTION_NAMES,
  listAlternatives,
  STANDARD_ANSWER_ASSUMPTIONS,
  type Alternatives,
  type AnswerAssumptions,
  type AssumptionName,
} from './assumptions.ts'
import { ShapeError } from './errors.ts'
import type { Method } from './method.ts'
import { philox, PURPOSES } from './random.ts'
import { computeIndices, estimateSobol, type SobolIndices } from './sobol-indices.ts'
import { createSobolSequence, type SobolSequence } from './sobol-sequence.ts'
import { variantAt, type RunCounts } from './uncertainty-counts.ts'
import { planUncertainty, type UncertaintyRequest, type UncertaintySpec } from './uncertainty-plan.ts'
import { createRunner, type RunInputs, type RunListener } from './uncertainty-runs.ts'
import { ENGINE_VERSION } from './version.ts'

/** Ranks of every run of some rows of the design. A row is a run A, a run B, and per assumption A with that one from B. */
export interface DesignRanks {
  readonly from: number
  readonly to: number
  /** [row - from][run of the row][unit]; 0 = no rank in that run. */
  readonly ranks: Uint16Array
  /** 1 where a run of the row failed: the row is left out. */
  readonly failed: Uint8Array
  readonly failures: RunCounts['failures']
}

/** Sobol indices of one assumption for the mean absolute rank shift. */
export interface AssumptionSensitivity extends SobolIndices {
  readonly assumption: AssumptionName
}

/** Which assumptions move the ranks, and by how much. It can be run again from method, assumptions, seed and rows alone. */
export interface SensitivityResult {
  readonly engineVersion: string
  readonly method: Method
  readonly alternatives: Alternatives
  readonly answerAssumptions: AnswerAssumptions
  readonly seed: number
  /** Rows of the design, and those left out because one of their runs failed. */
  readonly rows: number
  readonly failedRows: number
  readonly failures: RunCounts['failures']
  /** Runs in all: rows x (assumptions + 2). */
  readonly runs: number
  /** Mean over the rows of the mean over units of the distance between rank and nominal rank. */
  readonly meanRankShift: number | null
  /** Null when the ranks never move in the mean. Intervals are 95 %. */
  readonly assumptions: readonly AssumptionSensitivity[] | null
  /** For each unit the variance of its rank and each assumption's first-order and total share of it; null without variance. */
  readonly units: readonly {
    readonly unit: string
    readonly rankVariance: number
    readonly shares: readonly { readonly assumption: AssumptionName; readonly first: number; readonly total: number }[] | null
  }[]
}

const PURPOSE_A = 16
const PURPOSE_B = 32
const ROWS_PER_CHUNK = 128
const STREAMS = ['weights', 'open', 'unverified', 'reviewed'] as const
const CHOICES = ['imputation', 'treatment', 'normalisation', 'aggregation'] as const

/**
 * Sensitivity analysis in one call and one thread (see `runRows` for workers): variance-based, on a scrambled Sobol design
 * for the choices; the many weights and the many answers are each one group, drawn from random streams of A and B.
 * @param rows base size of the design, a whole number >= 16, best a power of two
 * @throws as `planUncertainty`; {RangeError} when `rows` is out of range; {ShapeError} when nothing varies
 * @see Saltelli et al. (2010); OECD/JRC Handbook (2008), step 8
 */
export function analyseSensitivity(request: UncertaintyRequest, rows: number): SensitivityResult {
  requireRows(rows)
  const spec = planUncertainty({ ...request, pairs: false })
  return summariseSensitivity(request, spec, [runRows(spec, 0, rows)])
}

/** Refuses a number of rows that is no whole number from 16 to 2^24. */
export function requireRows(rows: number): void {
  if (!Number.isInteger(rows) || rows < 16 || rows > 2 ** 24)
    throw new RangeError(`${rows} rows: must be a whole number from 16 to 16777216.`)
}

/**
 * Computes rows `from` to before `to` of the design; each row is the same whatever the range.
 * @throws {ShapeError} when no assumption varies
 */
export function runRows(spec: UncertaintySpec, from: number, to: number): DesignRanks {
  if (spec.varied.length === 0) throw new ShapeError('No assumption varies: give at least one with more than one alternative.')
  const perRow = spec.varied.length + 2,
    n = spec.units.length
  const runner = createRunner({ ...spec, pairs: false })
  const { capacity } = runner.kernel.layout
  const ranks = new Uint16Array((to - from) * perRow * n),
    failed = new Uint8Array(to - from)
  const failures = new Map<string, { runs: number; example: number }>()
  const sequence = designSequence(spec)
  let first = from
  const listener: RunListener = {
    onBlock(filled, runs) {
      for (let t = 0; t < filled; t++) {
        const start = ((first - from) * perRow + (runs[t] ?? 0)) * n
        for (let u = 0; u < n; u++) {
          const rank = runner.kernel.views.ranks[u * capacity + t] ?? 0
          ranks[start + u] = rank === runner.unranked ? 0 : rank
        }
      }
    },
    onFailure(run, reason) {
      const known = failures.get(reason)
      const row = first + Math.floor(run / perRow)
      failed[row - from] = 1
      failures.set(reason, { runs: (known?.runs ?? 0) + 1, example: Math.min(known?.example ?? row, row) })
    },
  }
  for (; first < to; first += ROWS_PER_CHUNK) {
    runner.run(designInputs(spec, sequence, first, Math.min(to, first + ROWS_PER_CHUNK)), listener)
    runner.flush(listener)
  }
  return { from, to, ranks, failed, failures: [...failures].map(([reason, counted]) => ({ reason, ...counted })) }
}

/** Dimensions 0-3: choices of A, 4-7: of B. */
function designSequence({ seed }: UncertaintySpec): SobolSequence {
  const [scramble] = philox([0, 0, PURPOSES.scramble, 0], [seed >>> 0, Math.floor(seed / 4294967296)])
  return createSobolSequence(2 * CHOICES.length, scramble)
}

function designInputs(spec: UncertaintySpec, sequence: SobolSequence, from: number, to: number): RunInputs {
  const perRow = spec.varied.length + 2,
    count = (to - from) * perRow
  const inputs = { count, variants: new Int32Array(count), runs: new Float64Array(count), purposes: new Int32Array(count * 4) }
  for (let i = 0; i < count; i++) {
    const row = from + Math.floor(i / perRow),
      place = i % perRow
    // place 0: all from A; 1: all from B; then A with one assumption from B
    const isFromB = (name: AssumptionName) => place === 1 || spec.varied[place - 2] === name
    inputs.variants[i] = variantAt(
      spec,
      CHOICES.map((name, d) => sequence.at(row, d + (isFromB(name) ? CHOICES.length : 0))),
    )
    inputs.runs[i] = row
    STREAMS.forEach((name, k) => (inputs.purposes[i * 4 + k] = isFromB(name) ? PURPOSE_B : PURPOSE_A))
  }
  return inputs
}

/**
 * Indices from the ranks of all rows, however they were dealt out.
 * @param parts together rows 0 to the last, in any order
 * @throws {ShapeError} when a row is missing or fewer than two rows are without failure
 */
export function summariseSensitivity(request: UncertaintyRequest, spec: UncertaintySpec, parts: readonly DesignRanks[]): SensitivityResult {
  const sorted = [...parts].sort((a, b) => a.from - b.from)
  const rows = sorted.at(-1)?.to ?? 0
  if (sorted.some((part, i) => part.from !== (sorted[i - 1]?.to ?? 0)))
    throw new ShapeError('Rows of the sensitivity design are missing or stand twice.')
  const perRow = spec.varied.length + 2
  const good = sorted.flatMap((part) =>
    Array.from({ length: part.to - part.from }, (_, i) => ({ part, i })).filter(({ i }) => part.failed[i] === 0),
  )
  const runsOf = (output: (ranks: Uint16Array, start: number) => number) =>
    Array.from({ length: perRow }, (_, place) =>
      Float64Array.from(good, ({ part, i }) => output(part.ranks, (i * perRow + place) * spec.units.length)),
    )
  const [a, b, ...mixed] = runsOf((ranks, start) => meanShift(spec.nominalRanks, ranks, start))
  if (a === undefined || b === undefined || good.length < 2)
    throw new ShapeError(`Only ${good.length} of ${rows} rows have no failed run: ${sorted[0]?.failures[0]?.reason ?? 'give more rows.'}`)
  const indices = estimateSobol(a, b, mixed, { seed: spec.seed })
  return {
    engineVersion: ENGINE_VERSION,
    method: request.method,
    alternatives: listAlternatives(request.method, request.assumptions ?? null),
    answerAssumptions: request.answerAssumptions ?? STANDARD_ANSWER_ASSUMPTIONS,
    seed: spec.seed,
    rows,
    failedRows: rows - good.length,
    failures: sorted.flatMap((part) => part.failures),
    runs: rows * perRow,
    meanRankShift: a.reduce((sum, shift) => sum + shift, 0) / a.length,
    assumptions: indices && indices.map((pair, i) => ({ assumption: spec.varied[i] ?? ASSUMPTION_NAMES[0], ...pair })),
    units: spec.units.map((unit, u) => ({
      unit,
      ...shareOut(
        runsOf((ranks, start) => ranks[start + u] ?? 0),
        spec.varied,
      ),
    })),
  }
}

/** Mean distance between rank and nominal rank over the units that have both. */
function meanShift(nominal: Int32Array, ranks: Uint16Array, start: number): number {
  let sum = 0,
    count = 0
  for (let u = 0; u < nominal.length; u++) {
    const rank = ranks[start + u] ?? 0,
      own = nominal[u] ?? 0
    if (rank === 0 || own === 0) continue
    sum += Math.abs(rank - own)
    count++
  }
  return count === 0 ? 0 : sum / count
}

function shareOut(runs: readonly Float64Array[], varied: readonly AssumptionName[]) {
  const isRanked = Uint8Array.from(runs[0] ?? [], (_, row) => (runs.every((run) => (run[row] ?? 0) > 0) ? 1 : 0))
  const [a = new Float64Array(0), b = new Float64Array(0), ...mixed] = runs.map((run) => run.filter((_, row) => isRanked[row] === 1))
  const both = [...a, ...b]
  const mean = both.reduce((sum, rank) => sum + rank, 0) / Math.max(1, both.length)
  const rankVariance = both.reduce((sum, rank) => sum + (rank - mean) ** 2, 0) / Math.max(1, both.length - 1)
  const shares = a.length < 2 ? null : computeIndices(a, b, mixed, new Float64Array(a.length).fill(1))
  return { rankVariance, shares: shares && shares.map((pair, i) => ({ assumption: varied[i] ?? ASSUMPTION_NAMES[0], ...pair })) }
}
