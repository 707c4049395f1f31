import { createKernel } from './kernel-wasm.ts'
import { LANES, type KernelShape } from './kernel-layout.ts'
import type { Kernel } from './kernel.ts'
import { createStream, PURPOSES, streamStart } from './random.ts'
import { createBatch, type Batch } from './uncertainty-batch.ts'
import type { AnswerStreams } from './uncertainty-cells.ts'
import type { UncertaintySpec } from './uncertainty-plan.ts'

/** Cells of a unit's score histogram; the first and last hold what lies outside. */
export const SCORE_BINS = 514
const CAPACITY = 256
const UNRANKED_BIN = 0xffff

/** Runs to compute: the combination each uses, and where its random streams begin. */
export interface RunInputs {
  readonly count: number
  /** Position in the spec's variants. */
  readonly variants: Int32Array
  /** Run number of the streams. */
  readonly runs: Float64Array
  /** Added to the purpose of each stream: [run][weights, open, unverified, reviewed]; null: nothing. */
  readonly purposes: Int32Array | null
}

/** Told what was computed. */
export interface RunListener {
  /** Scores of a batch are in the kernel's views; `runs` are positions in the inputs. */
  onBatch?(runs: Int32Array, used: number, slope: number, offset: number): void
  /** The block has `filled` columns of ranks; `runs` are positions in the inputs. */
  onBlock(filled: number, runs: Int32Array): void
  onFailure(run: number, reason: string): void
}

/** Computes runs one block after the other. */
export interface Runner {
  readonly kernel: Kernel
  /** The greatest rank number marks a unit without a rank in that run. */
  readonly unranked: number
  /** The last block stays open until `flush`. */
  run(inputs: RunInputs, listener: RunListener): void
  flush(listener: RunListener): void
}

/**
 * Prepares a kernel for a specification.
 * @param makeKernel for tests; left out: the fastest that the machine allows
 */
export function createRunner(spec: UncertaintySpec, makeKernel: (shape: KernelShape) => Kernel = createKernel): Runner {
  const linear = [
    ...new Set(spec.variants.filter(({ path, failure }) => path === 'linear' && failure === null).map(({ matrix }) => matrix)),
  ]
  const kernel = makeKernel({
    units: spec.units.length,
    columns: spec.columns.length,
    nodes: spec.nodes.codes.length,
    matrices: linear.length,
    capacity: CAPACITY,
    bins: SCORE_BINS,
    pairs: spec.pairs,
  })
  fillKernel(spec, kernel, linear)
  const batches = spec.variants.map((variant): Batch | null =>
    variant.failure === null ? createBatch(spec, kernel, variant, linear.indexOf(variant.matrix)) : null,
  )
  const perQuantum = Math.min(1e9, 2 ** 45 / Math.max(1e-300, spec.greatest))
  const unranked = kernel.layout.rankBytes === 1 ? 0xff : 0xffff
  const blockRuns = new Int32Array(CAPACITY)
  let filled = 0
  function flush(listener: RunListener): void {
    if (filled === 0) return
    listener.onBlock(filled, blockRuns)
    kernel.views.ranks.fill(0)
    filled = 0
  }
  function runBatch(inputs: RunInputs, runs: Int32Array, used: number, listener: RunListener): void {
    const index = inputs.variants[runs[0] ?? 0] ?? 0
    const variant = spec.variants[index],
      batch = batches[index]
    if (variant === undefined || !batch) return
    const failed: (string | null)[] = []
    const answers = seedLanes(spec, kernel, inputs, runs)
    batch.compute(answers, failed)
    kernel.finishBatch(batch.kind, variant.slope, variant.offset, perQuantum)
    listener.onBatch?.(runs, used, variant.slope, variant.offset)
    if (filled + LANES > CAPACITY) flush(listener)
    for (let lane = 0; lane < used; lane++) {
      const run = runs[lane] ?? 0
      const reason = failed[lane] ?? null
      if (reason !== null) {
        listener.onFailure(run, reason)
        continue
      }
      rankLane(kernel, lane, filled, unranked, batch.mayHaveGaps)
      blockRuns[filled++] = run
    }
  }
  function run(inputs: RunInputs, listener: RunListener): void {
    const lanes = new Int32Array(LANES)
    for (const [variant, runs] of groupRuns(inputs, spec.variants.length)) {
      const failure = spec.variants[variant]?.failure ?? null
      if (failure !== null) {
        for (const each of runs) listener.onFailure(each, failure)
        continue
      }
      for (let at = 0; at < runs.length; at += LANES) {
        const used = Math.min(LANES, runs.length - at)
        for (let lane = 0; lane < LANES; lane++) lanes[lane] = runs[at + Math.min(lane, used - 1)] ?? 0
        runBatch(inputs, lanes, used, listener)
      }
    }
  }
  return { kernel, unranked, run, flush }
}

function fillKernel(spec: UncertaintySpec, { views, layout }: Kernel, linear: readonly number[]): void {
  const { nodes } = spec
  views.parent.set(nodes.parent)
  views.column.set(nodes.column)
  for (let i = 0; i < nodes.codes.length; i++) {
    const low = nodes.low[i] ?? 0,
      width = (nodes.high[i] ?? 0) - low
    views.width[i] = width / 2 ** 31
    views.low[i] = low + width / 2 ** 32
  }
  linear.forEach((matrix, k) => {
    const start = k * layout.unitsPadded * layout.columns
    spec.matrices[matrix]?.forEach((value, i) => (views.values[start + i] = Number.isNaN(value) ? 0 : value))
  })
}

/** Runs of the same combination together: they share a matrix. */
function groupRuns({ count, variants }: RunInputs, choices: number): Map<number, Int32Array> {
  const sizes = new Int32Array(choices)
  for (let i = 0; i < count; i++) sizes[variants[i] ?? 0]! += 1
  const groups = new Map<number, Int32Array>()
  for (let v = 0; v < choices; v++) if ((sizes[v] ?? 0) > 0) groups.set(v, new Int32Array(sizes[v] ?? 0))
  const filled = new Int32Array(choices)
  for (let i = 0; i < count; i++) {
    const v = variants[i] ?? 0
    const group = groups.get(v)
    if (group) group[filled[v]!++] = i
  }
  return groups
}

function seedLanes(spec: UncertaintySpec, kernel: Kernel, inputs: RunInputs, runs: Int32Array): AnswerStreams[] {
  const { state } = kernel.views
  const answers: AnswerStreams[] = []
  for (let lane = 0; lane < LANES; lane++) {
    const run = runs[lane] ?? 0
    const number = inputs.runs[run] ?? 0
    const added = (place: number) => inputs.purposes?.[run * 4 + place] ?? 0
    const start = streamStart(spec.seed, number, PURPOSES.weights + added(0))
    state[lane] = start[0]
    state[LANES + lane] = start[1]
    state[2 * LANES + lane] = start[2]
    state[3 * LANES + lane] = start[3]
    if (spec.cells === null) continue
    answers.push({
      open: createStream(spec.seed, number, PURPOSES.open + added(1)),
      unverified: createStream(spec.seed, number, PURPOSES.unverified + added(2)),
      reviewed: createStream(spec.seed, number, PURPOSES.reviewed + added(3)),
    })
  }
  return answers
}

/** Ranks one lane; units without a score get the mark `unranked`, and no comparison with them counts for anyone. */
function rankLane(kernel: Kernel, lane: number, at: number, unranked: number, mayHaveGaps: boolean): void {
  const { layout, views } = kernel
  const { units, capacity, pairs } = layout
  const gaps: number[] = []
  if (mayHaveGaps) for (let u = 0; u < units; u++) if (Number.isNaN(views.scores[u * LANES + lane])) gaps.push(u)
  for (const u of gaps) kernel.markUnranked(u, lane)
  kernel.rankLane(lane, at)
  if (gaps.length === 0) return
  const isGap = new Uint8Array(units)
  for (const u of gaps) {
    isGap[u] = 1
    views.ranks[u * capacity + at] = unranked
    views.bins[u * capacity + at] = UNRANKED_BIN
  }
  if (pairs) for (const u of gaps) discountPairs(kernel, u, isGap)
}

function discountPairs({ layout: { units }, views }: Kernel, u: number, isGap: Uint8Array): void {
  for (let v = 0; v < units; v++) {
    if (v === u || (isGap[v] === 1 && v < u)) continue // two units without a score: once
    const cell = Math.min(u, v) * units + Math.max(u, v)
    views.neither[cell]! += 1
    // a smaller rank number than the mark: countPairs will count v ahead, wrongly
    if (v < u && isGap[v] === 0) views.ahead[cell]! -= 1
  }
}
