import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/multivariate.json' with { type: 'json' }
import { correlate, correlateElements, flagCorrelations, type CorrelationKind } from './correlation.ts'
import { ShapeError } from './errors.ts'

const kinds: readonly CorrelationKind[] = ['pearson', 'spearman', 'kendall']

describe('correlate', () => {
  it('gives the linear coefficient of a case worked out by hand', () => {
    // deviations -1.5 -0.5 0.5 1.5 and -1.5 0.5 -0.5 1.5: 4 / sqrt(5 * 5)
    expect(correlate([1, 2, 3, 4], [1, 3, 2, 4]).value).toBeCloseTo(0.8, 14)
  })

  it('counts concordant and discordant pairs with ties for tau-b', () => {
    // pairs of (1,1)(2,1)(2,3)(4,2): 3 concordant ((1,1)-(2,3), (1,1)-(4,2), (2,1)-(4,2)), 1 discordant ((2,3)-(4,2)),
    // one tie in x, one in y: (3 - 1) / sqrt((6 - 1) (6 - 1)) = 0.4
    expect(correlate([1, 2, 2, 4], [1, 1, 3, 2], 'kendall').value).toBeCloseTo(0.4, 14)
  })

  it('uses only the units that have both values', () => {
    const found = correlate([1, null, 2, 3, 4, 9], [1, 50, 3, 2, 4, null])
    expect(found).toEqual({ value: expect.closeTo(0.8, 14), pairs: 4 })
  })

  it('refuses to judge two pairs or a constant element', () => {
    expect(correlate([1, 2, null], [5, 7, 9])).toEqual({ value: null, pairs: 2 })
    for (const kind of kinds) expect(correlate([1, 2, 3], [7, 7, 7], kind)).toEqual({ value: null, pairs: 3 })
  })

  it('does not mistake rounding of a constant decimal for variance', () => {
    expect(correlate([0.1, 0.1, 0.1], [1, 2, 3]).value).toBeNull()
  })

  it('names lists that do not fit and values that are no numbers', () => {
    expect(() => correlate([1, 2], [1])).toThrow(ShapeError)
    expect(() => correlate([1, 2, Number.NaN], [1, 2, 3])).toThrow(/column 3 of the pair of elements is NaN/)
  })

  it('does not change when units are shuffled, shifted or rescaled', () => {
    const pair = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }))
    const sample = fc.array(pair, { minLength: 3, maxLength: 30 })
    fc.assert(
      fc.property(sample, fc.constantFrom(...kinds), fc.integer({ min: 1, max: 9 }), (pairs, kind, factor) => {
        const x = pairs.map(([a]) => a)
        const y = pairs.map(([, b]) => b)
        const plain = correlate(x, y, kind).value
        const other = correlate(
          [...x].reverse().map((a) => a * factor + 5),
          [...y].reverse(),
          kind,
        ).value
        const opposite = correlate(
          x.map((a) => -a),
          y,
          kind,
        ).value
        if (plain === null) expect(other).toBeNull()
        else {
          expect(other).toBeCloseTo(plain, 12)
          expect(opposite).toBeCloseTo(-plain, 12)
          expect(Math.abs(plain)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('correlateElements', () => {
  // R 4.2.2, cor(..., use = "pairwise.complete.obs"): engine/golden/multivariate.R
  it.each(kinds)('agrees with R on 20 units with gaps: %s', (kind) => {
    const { values, pairs } = correlateElements(golden.rows, kind)
    golden.correlations[kind].forEach((row, a) => row.forEach((value, b) => expect(values[a]?.[b]).toBeCloseTo(value, 10)))
    expect(pairs[0]?.[1]).toBe(18) // u03 lacks b, u14 lacks a
    expect(pairs[2]?.[2]).toBe(20)
  })

  it('names a ragged row', () => {
    expect(() => correlateElements([[1, 2], [3]])).toThrow(/Row 2 of the matrix has 1 cells, the first row has 2/)
  })
})

describe('flagCorrelations', () => {
  it('flags elements that repeat or oppose each other', () => {
    const flags = flagCorrelations(correlateElements(golden.rows), golden.codes)
    const redundant = flags.filter(({ kind }) => kind === 'redundant').map(({ elements }) => elements.join(' '))
    const opposed = flags.filter(({ kind }) => kind === 'opposed').map(({ elements }) => elements.join(' '))
    expect(redundant).toEqual(['a f']) // 0.996; a b is 0.891
    expect(opposed).toEqual(['a d', 'b d', 'c d', 'd e', 'd f'])
  })

  it('looks only within groups when groups are given', () => {
    const flags = flagCorrelations(correlateElements(golden.rows), golden.codes, ['x', 'x', 'x', 'y', 'y', 'z'])
    expect(flags.map(({ kind, elements }) => [kind, ...elements])).toEqual([['opposed', 'd', 'e']])
  })

  it('refuses limits that overlap and codes that do not fit', () => {
    const correlations = correlateElements(golden.rows)
    expect(() => flagCorrelations(correlations, golden.codes, null, { redundant: 0.2, opposed: 0.5 })).toThrow(RangeError)
    expect(() => flagCorrelations(correlations, ['a'])).toThrow(/1 codes for 6 elements/)
    expect(() => flagCorrelations(correlations, ['a', 'a', 'c', 'd', 'e', 'f'])).toThrow(/Code a stands twice/)
  })
})
