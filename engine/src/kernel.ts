import {
  LANES,
  LN_2_HIGH,
  LN_2_LOW,
  LOG2_E,
  MAGIC,
  planLayout,
  POLYNOMIAL,
  viewKernel,
  type KernelLayout,
  type KernelShape,
  type KernelViews,
} from './kernel-layout.ts'

/** How the weighted sum of a run becomes its score: as it is, from logarithms (geometric), from reciprocals (harmonic). */
export type ScoreKind = 0 | 1 | 2

/**
 * The inner loops of the uncertainty analysis. A batch is 8 runs side by side that share one matrix; each run sees the
 * same operations in the same order whatever its neighbours, so results do not depend on how runs are dealt out.
 */
export interface Kernel {
  readonly name: 'reference' | 'wasm'
  readonly layout: KernelLayout
  readonly views: KernelViews
  /** Random factor of every node in every lane from `state`, which is spent by it; then effective weights: products of the weight shares down the tree. */
  drawWeights(): void
  /** scores = values of the matrix x effective weights. */
  scoreBatch(matrix: number): void
  /** Turns weighted sums into scores, snaps them for ranking and puts slope * score + offset into histogram cells. */
  finishBatch(kind: ScoreKind, slope: number, offset: number, perQuantum: number): void
  /** The unit has no score in this lane: it is ranked last of all and must be marked after ranking. After finishBatch. */
  markUnranked(unit: number, lane: number): void
  /** Ranks of one lane (1 = highest score, ties share the best) into column `at` of the block; counts ties. */
  rankLane(lane: number, at: number): void
  /** Adds the first `filled` runs of the block to the histograms. */
  countBlock(filled: number): void
  /** Adds the block to the pair counters; columns that are not filled must be 0. */
  countPairs(): void
}

/** From this number of units on, sorting beats insertion from the previous order. */
const SORT_FROM = 400
const BITS = new Float64Array(1)
const WORDS = new Int32Array(BITS.buffer)
/**
 * e^x with additions and multiplications only, so that it is the same on every machine, with and without WebAssembly.
 * @param x from -700 to 700
 * @returns e^x, relative error under 1e-15
 */
export function exponential(x: number): number {
  const k = x * LOG2_E + MAGIC - MAGIC
  const r = x - k * LN_2_HIGH - k * LN_2_LOW
  let p = POLYNOMIAL[0] as number
  for (let i = 1; i < 11; i++) p = p * r + (POLYNOMIAL[i] as number)
  WORDS[0] = 0
  WORDS[1] = (k + 1023) << 20
  return p * (BITS[0] as number)
}

/**
 * The kernel in plain TypeScript: slower, and the reference that the WebAssembly kernel must equal bit for bit.
 * @throws {ShapeError} when a size of the shape is out of range
 */
export function createReferenceKernel(shape: KernelShape): Kernel {
  const layout = planLayout(shape)
  const buffer = new ArrayBuffer(layout.bytes)
  const views = viewKernel(buffer, layout)
  const keys = new Float64Array(buffer, layout.offsets.keys, layout.unitsPadded * LANES)
  const sorted = new Int32Array(buffer, layout.offsets.sorted, layout.units)
  const sums = new Float64Array(buffer, layout.offsets.sums, (layout.nodes + 1) * LANES)
  for (let u = 0; u < layout.units; u++) views.order[u] = u
  return {
    name: 'reference',
    layout,
    views,
    drawWeights: () => drawWeights(views, sums),
    scoreBatch: (matrix) => scoreBatch(layout, views, matrix),
    finishBatch: (kind, slope, offset, perQuantum) => finishBatch(layout, views, keys, kind, slope, offset, perQuantum),
    markUnranked: (unit, lane) => {
      keys[unit * LANES + lane] = (1 + unit) * 1e200
    },
    rankLane: (lane, at) => rankLane(layout, views, keys, sorted, lane, at),
    countBlock: (filled) => countBlock(layout, views, filled),
    countPairs: () => countPairs(layout, views),
  }
}

function drawWeights(views: KernelViews, sums: Float64Array): void {
  const { parent, low, width, factor } = views
  sums.fill(0)
  for (let lane = 0; lane < LANES; lane++) {
    for (let i = 0; i < parent.length; i++) {
      const f = low[i]! + width[i]! * (nextRandom(views.state, lane) >>> 1)
      factor[i * LANES + lane] = f
      sums[parent[i]! * LANES + lane]! += f
    }
    spreadDown(views, sums, lane)
  }
}

/** One step of xoshiro128++ (Blackman and Vigna 2019) in one lane. */
function nextRandom(state: Uint32Array, lane: number): number {
  const s0 = state[lane]!,
    s1 = state[LANES + lane]!,
    s3 = state[3 * LANES + lane]!
  const sum = (s0 + s3) | 0
  const result = (((sum << 7) | (sum >>> 25)) + s0) >>> 0
  const s2 = state[2 * LANES + lane]! ^ s0
  const mixed = s3 ^ s1
  state[LANES + lane] = s1 ^ s2
  state[lane] = s0 ^ mixed
  state[2 * LANES + lane] = s2 ^ (s1 << 9)
  state[3 * LANES + lane] = (mixed << 11) | (mixed >>> 21)
  return result
}

function spreadDown(views: KernelViews, sums: Float64Array, lane: number): void {
  const { parent, column, factor, effective } = views
  for (let k = lane; k < sums.length; k += LANES) sums[k] = 1 / sums[k]!
  // sums of the root are now 1 / sum; those of a node become effective weight / sum of its children's factors
  for (let i = 0; i < parent.length; i++) {
    const own = factor[i * LANES + lane]! * sums[parent[i]! * LANES + lane]!
    const col = column[i]!
    if (col >= 0) effective[col * LANES + lane] = own
    else sums[(i + 1) * LANES + lane] = own * sums[(i + 1) * LANES + lane]!
  }
}

function scoreBatch(layout: KernelLayout, views: KernelViews, matrix: number): void {
  const { columns, unitsPadded } = layout
  const { values, effective, scores } = views
  let x = matrix * unitsPadded * columns
  for (let u = 0; u < unitsPadded; u++, x += columns) {
    for (let half = 0; half < LANES; half += 4) {
      let a = 0,
        b = 0,
        c = 0,
        d = 0
      for (let j = 0, e = half; j < columns; j++, e += LANES) {
        const value = values[x + j]!
        a += effective[e]! * value
        b += effective[e + 1]! * value
        c += effective[e + 2]! * value
        d += effective[e + 3]! * value
      }
      const at = u * LANES + half
      scores[at] = a
      scores[at + 1] = b
      scores[at + 2] = c
      scores[at + 3] = d
    }
  }
}

function finishBatch(
  layout: KernelLayout,
  views: KernelViews,
  keys: Float64Array,
  kind: ScoreKind,
  slope: number,
  offset: number,
  perQuantum: number,
): void {
  const { scores, binLow, binScale, binBatch } = views
  const last = layout.bins - 1
  for (let u = 0; u < layout.units; u++) {
    const unitSlope = slope * binScale[u]!
    const unitOffset = (offset - binLow[u]!) * binScale[u]! + 0.5
    for (let k = u * LANES; k < u * LANES + LANES; k++) {
      let v = scores[k]!
      if (kind === 1) v = exponential(v)
      else if (kind === 2) v = 1 / v
      scores[k] = v
      keys[k] = v * -perQuantum + MAGIC - MAGIC
      const y = v * unitSlope + unitOffset
      binBatch[k] = (y > 0 ? (y < last ? y : last) : 0) + MAGIC - MAGIC
    }
  }
}

function rankLane(layout: KernelLayout, views: KernelViews, keys: Float64Array, sorted: Int32Array, lane: number, at: number): void {
  const { order, ranks, binBatch, bins } = views
  const { units, capacity } = layout
  if (units < SORT_FROM) insertAll(order, sorted, keys, lane)
  else {
    sorted.set(order)
    sorted.sort((u, v) => keys[u * LANES + lane]! - keys[v * LANES + lane]! || u - v)
  }
  let previous = -Infinity,
    rank = 0
  for (let p = 0; p < units; p++) {
    const u = sorted[p]!
    const key = keys[u * LANES + lane]!
    if (key !== previous) rank = p + 1
    else if (layout.pairs) countTies(views.neither, sorted, rank - 1, p, units)
    previous = key
    order[p] = u
    ranks[u * capacity + at] = rank
    bins[u * capacity + at] = binBatch[u * LANES + lane]!
  }
}

function insertAll(order: Int32Array, sorted: Int32Array, keys: Float64Array, lane: number): void {
  for (let p = 0; p < order.length; p++) {
    const u = order[p]!
    const key = keys[u * LANES + lane]!
    let q = p
    while (q > 0 && isBehind(keys, sorted[q - 1]!, key, u, lane)) {
      sorted[q] = sorted[q - 1]!
      q--
    }
    sorted[q] = u
  }
}

function isBehind(keys: Float64Array, v: number, key: number, u: number, lane: number): boolean {
  const other = keys[v * LANES + lane]!
  return other > key || (other === key && v > u)
}

function countTies(neither: Uint32Array, sorted: Int32Array, first: number, p: number, units: number): void {
  const u = sorted[p]!
  for (let q = first; q < p; q++) {
    const v = sorted[q]!
    neither[Math.min(u, v) * units + Math.max(u, v)]! += 1
  }
}

function countBlock(layout: KernelLayout, views: KernelViews, filled: number): void {
  const { units, capacity, bins: binCount } = layout
  const { ranks, bins, rankCounts, scoreCounts } = views
  for (let u = 0; u < units; u++) {
    for (let t = u * capacity; t < u * capacity + filled; t++) {
      const rank = ranks[t]!
      if (rank > 0 && rank <= units) rankCounts[u * units + rank - 1]! += 1
      const bin = bins[t]!
      if (bin < binCount) scoreCounts[u * binCount + bin]! += 1
    }
  }
}

function countPairs(layout: KernelLayout, views: KernelViews): void {
  const { units, capacity } = layout
  const { ranks, ahead } = views
  for (let a = 0; a < units; a++) {
    for (let b = a + 1; b < units; b++) {
      let count = 0
      for (let t = 0; t < capacity; t++) if (ranks[a * capacity + t]! < ranks[b * capacity + t]!) count++
      ahead[a * units + b]! += count
    }
  }
}
