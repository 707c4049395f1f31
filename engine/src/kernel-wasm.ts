import { KERNEL_BINARY } from './kernel-binary.ts'
import { CONSTANTS, planLayout, viewKernel, type KernelLayout, type KernelShape } from './kernel-layout.ts'
import { createReferenceKernel, type Kernel } from './kernel.ts'

// The few parts of the WebAssembly interface that are used; the engine is compiled without the browser's types.
interface Memory {
  readonly buffer: ArrayBuffer
}
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => Memory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: { env: { memory: Memory } }) => { readonly exports: unknown }
}

type Call = (...numbers: number[]) => void
type Exports = Readonly<
  Record<'drawWeights' | 'scoreBatch' | 'finishBatch' | 'rank8' | 'rank16' | 'count8' | 'count16' | 'pairs8' | 'pairs16', Call>
>

let compiled: object | null | undefined

/** The module, compiled once per thread; null where WebAssembly with SIMD is missing or forbidden by a security policy. */
function compileModule(): object | null {
  if (compiled !== undefined) return compiled
  try {
    compiled = new WebAssembly.Module(Uint8Array.from(decodeBase64(KERNEL_BINARY)))
  } catch {
    compiled = null
  }
  return compiled
}

function decodeBase64(text: string): number[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const bytes: number[] = []
  let bits = 0,
    held = 0
  for (const letter of text) {
    if (letter === '=') break
    held = ((held << 6) | alphabet.indexOf(letter)) & 0xffff
    bits += 6
    if (bits >= 8) bytes.push((held >>> (bits -= 8)) & 0xff)
  }
  return bytes
}

/**
 * The fastest kernel that this machine allows: WebAssembly with SIMD, otherwise plain TypeScript. Both give equal bytes.
 * @throws {ShapeError} when a size of the shape is out of range
 */
export function createKernel(shape: KernelShape): Kernel {
  return createWasmKernel(shape) ?? createReferenceKernel(shape)
}

/**
 * The kernel in WebAssembly.
 * @returns null where WebAssembly with SIMD is not available
 * @throws {ShapeError} when a size of the shape is out of range
 */
export function createWasmKernel(shape: KernelShape): Kernel | null {
  const layout = planLayout(shape)
  const module = compileModule()
  if (module === null) return null
  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / 65_536) })
  const instance = new WebAssembly.Instance(module, { env: { memory } })
  return bindKernel(layout, memory.buffer, instance.exports as Exports)
}

function bindKernel(layout: KernelLayout, buffer: ArrayBuffer, wasm: Exports): Kernel {
  const views = viewKernel(buffer, layout)
  const keys = new BigInt64Array(buffer, layout.offsets.keys, layout.unitsPadded * 8)
  const { units, columns, nodes, capacity, bins, unitsPadded, offsets: at, rankBytes } = layout
  const [rank, count, pairs] = rankBytes === 1 ? [wasm.rank8, wasm.count8, wasm.pairs8] : [wasm.rank16, wasm.count16, wasm.pairs16]
  const matrixBytes = unitsPadded * columns * 8
  for (let u = 0; u < units; u++) views.order[u] = u
  new Float64Array(buffer, at.constants, CONSTANTS.length * 2).set(CONSTANTS.flatMap((value) => [value, value]))
  return {
    name: 'wasm',
    layout,
    views,
    drawWeights: () =>
      wasm.drawWeights(at.state, nodes, at.parent, at.column, at.low, at.width, at.factor, at.sums, at.effective, at.constants),
    scoreBatch: (matrix) => wasm.scoreBatch(at.values + matrix * matrixBytes, at.effective, at.scores, unitsPadded, columns),
    finishBatch: (kind, slope, offset, perQuantum) =>
      wasm.finishBatch(
        at.scores,
        at.keys,
        at.binBatch,
        at.binLow,
        at.binScale,
        at.constants,
        units,
        kind,
        slope,
        offset,
        perQuantum,
        bins - 1,
      ),
    markUnranked: (unit, lane) => {
      keys[unit * 8 + lane] = (((1n << 46n) + BigInt(unit)) << 16n) | BigInt(unit)
    },
    rankLane: (lane, column) =>
      rank(
        at.keys,
        lane,
        at.order,
        at.sorted,
        units,
        at.bucketOf,
        at.bucketCounts,
        at.ranks,
        at.binBatch,
        at.bins,
        capacity,
        column,
        at.neither,
        layout.pairs ? 1 : 0,
      ),
    countBlock: (filled) => count(at.ranks, at.bins, units, capacity, filled, at.rankCounts, at.scoreCounts, bins),
    countPairs: () => pairs(at.ranks, units, capacity, at.ahead),
  }
}
