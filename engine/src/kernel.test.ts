import { describe, expect, it } from 'vitest'
import { LANES, type KernelShape } from './kernel-layout.ts'
import { createWasmKernel } from './kernel-wasm.ts'
import { createReferenceKernel, exponential, type Kernel } from './kernel.ts'
import { createStream } from './random.ts'

const SHAPE: KernelShape = { units: 7, columns: 5, nodes: 7, matrices: 2, capacity: 32, bins: 10, pairs: true }

/** Two groups of 2 and 3 leaves; random values, two units alike. */
function fill(kernel: Kernel): Kernel {
  const { views, layout } = kernel
  const random = createStream(11, 0, 1)
  views.parent.set([0, 0, 1, 1, 2, 2, 2])
  views.column.set([-1, -1, 0, 1, 2, 3, 4])
  for (let i = 0; i < layout.nodes; i++) {
    views.low[i] = 0.75
    views.width[i] = 0.5 / 2 ** 31
  }
  for (let i = 0; i < views.values.length; i++) views.values[i] = 1 + 3 * random.nextUniform()
  for (let i = 0; i < layout.columns; i++) views.values[layout.columns + i] = views.values[i] ?? 0
  views.binLow.fill(1)
  views.binScale.fill(2)
  return kernel
}

/** 32 runs: matrices and kinds in turn, unit 3 without a score in the second lane of the last batch. */
function runAll(kernel: Kernel): Kernel {
  const random = createStream(12, 0, 1)
  for (let batch = 0; batch < 4; batch++) {
    for (let i = 0; i < kernel.views.state.length; i++) kernel.views.state[i] = random.nextWord()
    kernel.drawWeights()
    kernel.scoreBatch(batch % 2)
    kernel.finishBatch((batch % 3) as 0 | 1 | 2, 1.5, 0.25, 1e9)
    if (batch === 3) kernel.markUnranked(3, 1)
    for (let lane = 0; lane < LANES; lane++) kernel.rankLane(lane, batch * LANES + lane)
  }
  kernel.countBlock(32)
  kernel.countPairs()
  return kernel
}

describe('exponential', () => {
  it('equals e^x to 1e-15 over the range that scores need', () => {
    for (let x = -20; x <= 20; x += 0.0137) {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-15)
    }
    expect(exponential(0)).toBe(1)
  })
})

describe('createReferenceKernel', () => {
  it('turns equal factors into the products of weight shares down the tree', () => {
    const kernel = fill(createReferenceKernel(SHAPE))
    kernel.views.low.set([3, 1, 1, 1, 2, 1, 1])
    kernel.views.width.fill(0)
    kernel.drawWeights()
    // group weights 3 : 1; leaves 1 : 1 and 2 : 1 : 1
    const lane0 = [0, 1, 2, 3, 4].map((column) => kernel.views.effective[column * LANES])
    ;[0.375, 0.375, 0.125, 0.0625, 0.0625].forEach((weight, i) => expect(lane0[i]).toBeCloseTo(weight, 14))
  })

  it('gives the better rank to the higher score, the best rank to ties, and counts pairs and ties', () => {
    const kernel = createReferenceKernel({ ...SHAPE, units: 4 })
    const { views } = kernel
    ;[50, 70, 50 + 2e-10, 60].forEach((score, unit) => views.scores.fill(score, unit * LANES, unit * LANES + LANES))
    kernel.finishBatch(0, 1, 0, 1e9)
    for (let lane = 0; lane < LANES; lane++) kernel.rankLane(lane, lane)
    expect([0, 1, 2, 3].map((unit) => views.ranks[unit * 32])).toEqual([3, 1, 3, 2]) // 2e-10 apart is a tie
    kernel.countBlock(LANES)
    kernel.countPairs()
    expect([...views.rankCounts]).toEqual([0, 0, 8, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 8, 0, 0])
    expect([...views.ahead]).toEqual([0, 0, 0, 0, 0, 0, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0])
    expect([...views.neither]).toEqual([0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('puts a score into the cell of its histogram, and what lies outside into the first and last', () => {
    const kernel = createReferenceKernel({ ...SHAPE, units: 4 })
    const { views } = kernel
    views.binLow.fill(0)
    views.binScale.fill(8 / 100) // 8 inner cells over 0-100
    ;[-5, 1, 99, 105].forEach((score, unit) => views.scores.fill(score, unit * LANES, unit * LANES + LANES))
    kernel.finishBatch(0, 1, 0, 1e9)
    expect([0, 1, 2, 3].map((unit) => views.binBatch[unit * LANES])).toEqual([0, 1, 8, 9])
  })

  it('refuses sizes that it cannot hold', () => {
    expect(() => createReferenceKernel({ ...SHAPE, units: 0 })).toThrow('Kernel units 0: must be a whole number from 1 to 65000.')
    expect(() => createReferenceKernel({ ...SHAPE, capacity: 33 })).toThrow('multiple of 32')
  })
})

describe('createWasmKernel', () => {
  it.each([7, 254, 255, 450])('equals the reference bit for bit with %i units', (units) => {
    const shape = { ...SHAPE, units }
    const wasm = createWasmKernel(shape)
    if (wasm === null) throw new Error('This runtime has no WebAssembly with SIMD.')
    const expected = runAll(fill(createReferenceKernel(shape))).views
    const actual = runAll(fill(wasm)).views
    for (const name of ['effective', 'scores', 'order', 'ranks', 'bins', 'rankCounts', 'scoreCounts', 'ahead', 'neither'] as const) {
      expect([name, actual[name].findIndex((value, i) => !Object.is(value, expected[name][i]))]).toEqual([name, -1])
    }
  })
})
