import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/chain.json' with { type: 'json' }
import { balanceWeights } from './balanced-weights.ts'
import { benefitOfDoubt } from './benefit-of-doubt.ts'
import type { Framework } from './framework.ts'
import { maximiseLinear } from './linear-programme.ts'
import { effectiveShares, pcaWeights, resolveWeights, shareOfSiblings } from './weights.ts'

const transpose = (cols: readonly (readonly number[])[]) => (cols[0] ?? []).map((_, i) => cols.map((col) => col[i] as number))
const expectAll = (got: readonly number[], want: readonly number[], digits = 10) => {
  expect(got).toHaveLength(want.length)
  got.forEach((value, i) => expect(value).toBeCloseTo(want[i] as number, digits))
}

const framework: Framework = {
  elements: [
    { code: 'a', level: 1, parent: 'P', weight: 1, direction: 1 },
    { code: 'b', level: 1, parent: 'P', weight: 3, direction: 1 },
    { code: 'c', level: 1, parent: 'Q', weight: 5, direction: 1 },
    { code: 'P', level: 2, parent: 'I', weight: 2, direction: 1 },
    { code: 'Q', level: 2, parent: 'I', weight: 8, direction: 1 },
    { code: 'I', level: 3, parent: null, weight: 7, direction: 1 },
  ],
}

describe('resolveWeights', () => {
  it('takes the framework, equal or expert weights, by code', () => {
    expect([...resolveWeights(framework, { kind: 'given' }).values()]).toEqual([1, 3, 5, 2, 8, 7])
    expect([...resolveWeights(framework, { kind: 'equal' }).values()]).toEqual([1, 1, 1, 1, 1, 1])
    expect(resolveWeights(framework, { kind: 'byCode', weights: { Q: 4, a: 0 } })).toEqual(
      new Map([
        ['a', 0],
        ['b', 3],
        ['c', 5],
        ['P', 2],
        ['Q', 4],
        ['I', 7],
      ]),
    )
  })

  it('names an element that does not exist, a negative weight and a family of zeros', () => {
    expect(() => resolveWeights(framework, { kind: 'byCode', weights: { z: 1 } })).toThrow(/"z", which is not in the framework/)
    expect(() => resolveWeights(framework, { kind: 'byCode', weights: { a: -1 } })).toThrow(/weight of "a" is -1/)
    expect(() => resolveWeights(framework, { kind: 'byCode', weights: { c: 0 } })).toThrow(/All children of "Q" have weight 0/)
  })
})

describe('effectiveShares', () => {
  it('multiplies the shares on the way up', () => {
    // P 0.2, Q 0.8; a 1/4 of P, b 3/4 of P, c all of Q
    const given = resolveWeights(framework, { kind: 'given' })
    expect(Object.fromEntries(effectiveShares(framework, given))).toEqual({
      a: 0.05,
      b: expect.closeTo(0.15, 15),
      c: 0.8,
      P: 0.2,
      Q: 0.8,
      I: 1,
    })
    expect(shareOfSiblings(framework, given).get('b')).toBe(0.75)
  })
})

describe('pcaWeights', () => {
  it('squares the loadings of the first component, as prcomp in R gives them (golden/chain.R)', () => {
    const { weights, explained, opposed } = pcaWeights(transpose(golden.weightData), ['b', 'd', 'e', 'a'])
    expectAll(weights, golden.pca)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(explained).toBeGreaterThan(0.25)
    expect(opposed.length).toBeLessThanOrEqual(2)
  })

  it('names the element that runs against the others', () => {
    expect(
      pcaWeights(
        [
          [1, 2, -1],
          [2, 4, -2.5],
          [3, 7, -3],
          [4, 7, -4],
        ],
        ['x', 'y', 'z'],
      ).opposed,
    ).toEqual(['z'])
  })

  it('says why there are none', () => {
    expect(() =>
      pcaWeights(
        [
          [1, 2],
          [1, 3],
          [1, 4],
        ],
        ['x', 'y'],
      ),
    ).toThrow(/Principal component weights of x, y do not exist/)
  })
})

describe('balanceWeights', () => {
  it('agrees with the closed form where all weights are positive (golden/chain.R)', () => {
    expectAll(balanceWeights(transpose(golden.weightData.slice(0, 2)), ['b', 'd'], [1, 2]), golden.balancedTwo)
  })

  it('agrees with quadprog in R where some weights end at 0 (golden/chain.R)', () => {
    const matrix = transpose(golden.balancedData)
    const codes = ['1', '2', '3', '4', '5']
    expectAll(balanceWeights(matrix, codes, [1, 1, 1, 1, 1]), golden.balancedEqual)
    expectAll(balanceWeights(matrix, codes, [1, 4, 1, 1, 1]), golden.balancedImportance)
  })

  it('gives the same weights in whatever order and unit the elements come', () => {
    const [x, y, z] = golden.balancedData as [number[], number[], number[]]
    const plain = balanceWeights(transpose([x, y, z]), ['x', 'y', 'z'], [1, 2, 3])
    expectAll(balanceWeights(transpose([z, x, y]), ['z', 'x', 'y'], [3, 1, 2]), [plain[2], plain[0], plain[1]] as number[])
    expectAll(balanceWeights(transpose([x, y, z].map((col) => col.map((value) => value * 10 + 3))), ['x', 'y', 'z'], [2, 4, 6]), plain)
  })

  it('makes every element correlate equally with the mean when nothing stands in the way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), { minLength: 8, maxLength: 20 }),
        (noise) => {
          const rows = noise.map(([a, b], i) => [i * 9 + a, i * 9 + b])
          const weights = balanceWeights(rows, ['x', 'y'], [1, 1])
          const mean = rows.map((row) => row.reduce((sum, value, j) => sum + value * (weights[j] as number), 0))
          expect(
            correlate(
              rows.map((row) => row[0] as number),
              mean,
            ),
          ).toBeCloseTo(
            correlate(
              rows.map((row) => row[1] as number),
              mean,
            ),
            8,
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('names what stands in the way', () => {
    expect(() =>
      balanceWeights(
        [
          [1, 2],
          [2, 4],
          [3, 6],
          [4, 8],
        ],
        ['x', 'y'],
        [1, 1],
      ),
    ).toThrow(/linearly dependent/)
    expect(() =>
      balanceWeights(
        [
          [1, 2],
          [1, 4],
          [1, 5],
          [1, 8],
        ],
        ['x', 'y'],
        [1, 1],
      ),
    ).toThrow(/"x" has the same score/)
    expect(() =>
      balanceWeights(
        [
          [1, 2],
          [2, 4],
        ],
        ['x', 'y'],
        [1, 1],
      ),
    ).toThrow(/2 units without a gap/)
    expect(() =>
      balanceWeights(
        [
          [1, 2],
          [2, 1],
          [3, 3],
        ],
        ['x', 'y'],
        [1, 0],
      ),
    ).toThrow(/importance of "y" is 0/)
  })
})

function correlate(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  const [ma, mb] = [mean(a), mean(b)]
  const cross = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] as number) - my), 0)
  return cross(a, ma, b, mb) / Math.sqrt(cross(a, ma, a, ma) * cross(b, mb, b, mb))
}

describe('maximiseLinear', () => {
  it('finds the corner of a small textbook programme', () => {
    // 3x + 5y with x <= 4, 2y <= 12, 3x + 2y <= 18: 36 at (2, 6) (Hillier and Lieberman, Wyndor Glass)
    expect(
      maximiseLinear(
        [3, 5],
        [
          [1, 0],
          [0, 2],
          [3, 2],
        ],
        [4, 12, 18],
      ),
    ).toEqual({ value: 36, solution: [2, 6] })
  })

  it('ends on a programme that cycles without a rule for ties', () => {
    // Beale (1955): 0.75 x - 150 y + 0.02 z - 6 w, greatest value 0.05
    const { value } = maximiseLinear(
      [0.75, -150, 0.02, -6],
      [
        [0.25, -60, -0.04, 9],
        [0.5, -90, -0.02, 3],
        [0, 0, 1, 0],
      ],
      [0, 0, 1],
    )
    expect(value).toBeCloseTo(0.05, 12)
  })

  it('says that there is no upper bound', () => {
    expect(() => maximiseLinear([1, 1], [[1, 0]], [1])).toThrow(/no upper bound/)
  })
})

describe('benefitOfDoubt', () => {
  const columns = golden.bodData.map((column) => Float64Array.from(column))
  const family = { parent: 'I', children: ['a', 'b', 'c'], units: ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'] }

  it('gives the scores of lpSolve in R (golden/chain.R), with weights that let nobody exceed 1', () => {
    const { scores, weights } = benefitOfDoubt(columns, { minShare: 0, maxShare: 1, scale: 1 }, family)
    expectAll([...scores], golden.bod)
    const peaks = golden.bodData.map((column) => Math.max(...column))
    for (const own of weights) {
      const best = Math.max(
        ...family.units.map((_, j) =>
          golden.bodData.reduce((sum, column, c) => sum + ((own?.[c] as number) * (column[j] as number)) / (peaks[c] as number), 0),
        ),
      )
      expect(best).toBeLessThanOrEqual(1 + 1e-9)
    }
  })

  it('keeps the shares of the own score within their limits (lpSolve, golden/chain.R)', () => {
    const without5 = columns.map((column) => column.filter((_, unit) => unit !== 4))
    const limits = { minShare: 0.2, maxShare: 0.5, scale: 100 }
    const { scores } = benefitOfDoubt(without5, limits, { ...family, units: family.units.filter((unit) => unit !== 'u5') })
    expectAll(
      [...scores],
      golden.bodShares.map((score) => score * 100),
      8,
    )
    expect(() => benefitOfDoubt(columns, limits, family)).toThrow(/Unit "u5" has 0 in element "a": it cannot give it a share of 0.2/)
  })

  it('does not depend on the unit of a child, and gives a missing child no weight', () => {
    const limits = { minShare: 0, maxShare: 1, scale: 1 }
    const scaled = columns.map((column, c) => column.map((score) => score * (c + 1) * 100))
    expectAll([...benefitOfDoubt(scaled, limits, family).scores], golden.bod)
    const gap = columns.map((column, c) => column.map((score, unit) => (unit === 0 && c !== 0 ? NaN : score)))
    expect(benefitOfDoubt(gap, limits, family).weights[0]).toEqual([expect.closeTo(1, 12), null, null])
    expect(() => benefitOfDoubt([Float64Array.of(1, -2)], limits, { parent: 'I', children: ['a'], units: ['x', 'y'] })).toThrow(
      /Unit "y" has -2 in element "a"/,
    )
  })
})
