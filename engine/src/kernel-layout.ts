import { ShapeError } from './errors.ts'

/** Runs that are computed side by side. */
export const LANES = 8

/** 1.5 x 2^52: adding and taking away rounds to the nearest whole number, half to even. */
export const MAGIC = 6755399441055744
export const LOG2_E = 1.4426950408889634
/** ln 2 in two parts, the first with so few digits that a whole multiple of it is exact. */
export const LN_2_HIGH = 0.69314718036912381649
export const LN_2_LOW = 1.90821492927058770002e-10
/** Near-minimax on [-ln2/2, ln2/2], greatest relative error 3.3e-16 (mpmath 1.3.0, chebyfit), highest power first. */
export const POLYNOMIAL: readonly number[] = [
  2.762635737968284e-7, 2.764018096215644e-6, 2.4801504346665615e-5, 1.984117027004143e-4, 1.388888893248886e-3, 8.333333385668096e-3,
  4.166666666657314e-2, 0.16666666666554403, 0.5000000000000006, 1.0000000000000067, 1,
]

/** Constants of the WebAssembly kernel, by place. */
export const CONSTANTS: readonly number[] = [MAGIC, LOG2_E, LN_2_HIGH, LN_2_LOW, MAGIC + 1023, 1, ...POLYNOMIAL]

/** Size of the problem that a kernel is built for. */
export interface KernelShape {
  /** Units that are ranked, 1 to 65 000. */
  readonly units: number
  /** Leaves of the framework, one column each, >= 1. */
  readonly columns: number
  /** Elements of the framework without the root. */
  readonly nodes: number
  /** Matrices of normalised values (or their logarithms, reciprocals) that are kept. */
  readonly matrices: number
  /** Runs per counting block: a multiple of 32, at most 4 064. */
  readonly capacity: number
  /** Cells of the score histogram of a unit, the first and last for what lies outside, >= 3 and <= 65 000. */
  readonly bins: number
  /** Whether P(a ahead of b) is counted: n x n counters. */
  readonly pairs: boolean
}

/** Where each array begins in the kernel's memory, in bytes. */
export interface KernelLayout extends KernelShape {
  /** Units rounded up to a multiple of 4, so that the matrix product needs no rest. */
  readonly unitsPadded: number
  /** Bytes per rank: 1 up to 254 units, else 2. */
  readonly rankBytes: 1 | 2
  readonly offsets: Readonly<Record<ArrayName, number>>
  readonly bytes: number
}

type ArrayName =
  | 'constants'
  | 'state'
  | 'parent'
  | 'column'
  | 'low'
  | 'width'
  | 'factor'
  | 'sums'
  | 'effective'
  | 'values'
  | 'scores'
  | 'keys'
  | 'binBatch'
  | 'binLow'
  | 'binScale'
  | 'order'
  | 'sorted'
  | 'bucketOf'
  | 'bucketCounts'
  | 'ranks'
  | 'bins'
  | 'rankCounts'
  | 'scoreCounts'
  | 'ahead'
  | 'neither'

/**
 * Places every array of a kernel one after the other, each on a border of 64 bytes.
 * @throws {ShapeError} when a size is not a whole number in its range
 */
export function planLayout(shape: KernelShape): KernelLayout {
  requireWhole('units', shape.units, 1, 65_000)
  requireWhole('columns', shape.columns, 1, 1e6)
  requireWhole('capacity', shape.capacity, 32, 4064)
  requireWhole('bins', shape.bins, 3, 65_000)
  if (shape.capacity % 32 !== 0) throw new ShapeError(`Kernel capacity ${shape.capacity}: must be a multiple of 32.`)
  const unitsPadded = Math.ceil(shape.units / 4) * 4
  const rankBytes = shape.units <= 254 ? 1 : 2
  let bytes = 1024 // the first bytes stay unused, so that no array lies at address 0
  const offsets = {} as Record<ArrayName, number>
  for (const [name, size] of arraySizes(shape, unitsPadded, rankBytes)) {
    offsets[name] = bytes
    bytes += Math.ceil(size / 64) * 64
  }
  return { ...shape, unitsPadded, rankBytes, offsets, bytes }
}

function arraySizes(shape: KernelShape, unitsPadded: number, rankBytes: number): [ArrayName, number][] {
  const { units, columns, nodes, matrices, capacity, bins } = shape
  const row = LANES * 8
  const pairBytes = shape.pairs ? units * units * 4 : 0
  return [
    ['constants', CONSTANTS.length * 16],
    ['state', 4 * LANES * 4],
    ['parent', nodes * 4],
    ['column', nodes * 4],
    ['low', nodes * 8],
    ['width', nodes * 8],
    ['factor', nodes * row],
    ['sums', (nodes + 1) * row],
    ['effective', columns * row],
    ['values', matrices * unitsPadded * columns * 8],
    ['scores', unitsPadded * row],
    ['keys', unitsPadded * row],
    ['binBatch', units * LANES * 2],
    ['binLow', units * 8],
    ['binScale', units * 8],
    ['order', units * 4],
    ['sorted', units * 8],
    ['bucketOf', units * 4],
    ['bucketCounts', (units + 1) * 4],
    ['ranks', units * capacity * rankBytes],
    ['bins', units * capacity * 2],
    ['rankCounts', units * units * 4],
    ['scoreCounts', units * bins * 4],
    ['ahead', pairBytes],
    ['neither', pairBytes],
  ]
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new ShapeError(`Kernel ${name} ${value}: must be a whole number from ${least} to ${most}.`)
}

/** The arrays of a kernel, as views of its memory. `[unit][lane]` means unit * LANES + lane. */
export interface KernelViews {
  /** xoshiro128++ states, [word][lane]. */
  readonly state: Uint32Array
  /** Per node: 0 for a child of the root, else 1 + index of the parent node; parents stand before children. */
  readonly parent: Int32Array
  /** Per node: its column when it is a leaf, else -1. */
  readonly column: Int32Array
  /** Per node: factor = low + width * (random 31-bit integer). */
  readonly low: Float64Array
  readonly width: Float64Array
  /** The factors drawn last, [node][lane]. */
  readonly factor: Float64Array
  /** Effective weights, [column][lane]; they add up to 1 over the columns. */
  readonly effective: Float64Array
  /** [matrix][unit padded][column]. */
  readonly values: Float64Array
  /** Scores of a batch, [unit][lane]. */
  readonly scores: Float64Array
  readonly binBatch: Uint16Array
  /** Score at the lower edge of a unit's second histogram cell, and cells per point. */
  readonly binLow: Float64Array
  readonly binScale: Float64Array
  /** Units from best to worst in the last ranked run: where the next insertion begins. */
  readonly order: Int32Array
  /** Ranks of a block, [unit][run]; 0 = not filled, the greatest number = not ranked in this run. */
  readonly ranks: Uint8Array | Uint16Array
  readonly bins: Uint16Array
  /** [unit][rank - 1]. */
  readonly rankCounts: Uint32Array
  /** [unit][cell]. */
  readonly scoreCounts: Uint32Array
  /** [a * units + b] for a < b: runs with a ahead, and runs with neither ahead (tie, or one of them not ranked). */
  readonly ahead: Uint32Array
  readonly neither: Uint32Array
}

/** Views of all arrays of a layout on its memory. */
export function viewKernel(buffer: ArrayBuffer, layout: KernelLayout): KernelViews {
  const { units, columns, nodes, matrices, capacity, bins, unitsPadded, offsets, pairs } = layout
  const f64 = (name: ArrayName, length: number) => new Float64Array(buffer, offsets[name], length)
  const i32 = (name: ArrayName, length: number) => new Int32Array(buffer, offsets[name], length)
  const u32 = (name: ArrayName, length: number) => new Uint32Array(buffer, offsets[name], length)
  const u16 = (name: ArrayName, length: number) => new Uint16Array(buffer, offsets[name], length)
  const cells = pairs ? units * units : 0
  return {
    state: u32('state', 4 * LANES),
    parent: i32('parent', nodes),
    column: i32('column', nodes),
    low: f64('low', nodes),
    width: f64('width', nodes),
    factor: f64('factor', nodes * LANES),
    effective: f64('effective', columns * LANES),
    values: f64('values', matrices * unitsPadded * columns),
    scores: f64('scores', unitsPadded * LANES),
    binBatch: u16('binBatch', units * LANES),
    binLow: f64('binLow', units),
    binScale: f64('binScale', units),
    order: i32('order', units),
    ranks: layout.rankBytes === 1 ? new Uint8Array(buffer, offsets.ranks, units * capacity) : u16('ranks', units * capacity),
    bins: u16('bins', units * capacity),
    rankCounts: u32('rankCounts', units * units),
    scoreCounts: u32('scoreCounts', units * bins),
    ahead: u32('ahead', cells),
    neither: u32('neither', cells),
  }
}
