import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ShapeError } from './errors.ts'
import { compoundGrowth, decomposeChange, findCommonGoalposts } from './panel.ts'

describe('findCommonGoalposts', () => {
  it('takes the range over all waves', () => {
    expect(
      findCommonGoalposts(
        [
          [
            [1, null],
            [5, null],
          ],
          [
            [3, null],
            [9, null],
            [null, null],
          ],
        ],
        ['a', 'b'],
      ),
    ).toEqual([
      { element: 'a', low: 1, high: 9 },
      { element: 'b', low: null, high: null },
    ])
  })

  it('refuses no waves and waves of another shape', () => {
    expect(() => findCommonGoalposts([], ['a'])).toThrow(/No wave/)
    expect(() => findCommonGoalposts([[[1]], [[1, 2]]], ['a'])).toThrow(ShapeError)
  })
})

describe('decomposeChange', () => {
  it('gives each question its weight times its change when weights stay', () => {
    const found = decomposeChange(
      ['a', 'b'],
      [
        { score: 40, weight: 1 },
        { score: 80, weight: 3 },
      ],
      [
        { score: 60, weight: 1 },
        { score: 76, weight: 3 },
      ],
    )
    // 0.25 * 20 = 5 and 0.75 * -4 = -3; index 70 -> 72
    expect(found).toEqual({
      before: 70,
      after: 72,
      change: 2,
      parts: [
        { question: 'a', fromScore: 5, fromWeight: 0 },
        { question: 'b', fromScore: -3, fromWeight: 0 },
      ],
    })
  })

  it('shows a question that drops out as a change of weight', () => {
    const found = decomposeChange(
      ['a', 'b'],
      [
        { score: 40, weight: 1 },
        { score: 80, weight: 1 },
      ],
      [
        { score: null, weight: 0 },
        { score: 80, weight: 1 },
      ],
    )
    // index 60 -> 80, level 70: a (0 - 0.5) (40 - 70) = 15, b (1 - 0.5) (80 - 70) = 5
    expect(found.parts).toEqual([
      { question: 'a', fromScore: 0, fromWeight: 15 },
      { question: 'b', fromScore: 0, fromWeight: 5 },
    ])
  })

  it('adds up to the change without remainder', () => {
    const entry = fc.tuple(fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }), fc.integer({ min: 0, max: 9 }))
    const wave = fc.array(entry, { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(wave, wave, (first, second) => {
        const toScores = (rows: typeof first) => rows.map(([score, weight]) => ({ score, weight: score === null ? 0 : weight }))
        const before = toScores(first)
        const after = toScores(second)
        fc.pre([before, after].every((rows) => rows.some(({ weight }) => weight > 0)))
        const found = decomposeChange(['a', 'b', 'c', 'd'], before, after)
        const sum = found.parts.reduce((total, part) => total + part.fromScore + part.fromWeight, 0)
        expect(sum).toBeCloseTo(found.change, 9)
      }),
    )
  })

  it('refuses a weight without score, negative weights and lengths that differ', () => {
    const fine = [{ score: 1, weight: 1 }]
    expect(() => decomposeChange(['a'], [{ score: null, weight: 1 }], fine)).toThrow(/a has weight 1 but no score in the earlier wave/)
    expect(() => decomposeChange(['a'], fine, [{ score: 1, weight: -1 }])).toThrow(/Weight -1 of a in the later wave/)
    expect(() => decomposeChange(['a'], fine, [{ score: 1, weight: 0 }])).toThrow(/All weights of the later wave are 0/)
    expect(() => decomposeChange(['a', 'b'], fine, fine)).toThrow(ShapeError)
  })
})

describe('compoundGrowth', () => {
  it('gives the constant rate that leads from the first to the last value', () => {
    expect(compoundGrowth(100, 121, 2)).toBeCloseTo(0.1, 14)
    expect(compoundGrowth(50, 25, 1)).toBe(-0.5)
    expect(compoundGrowth(50, 0, 3)).toBe(-1)
  })

  it('does not exist without a positive start', () => {
    expect(compoundGrowth(0, 20, 2)).toBeNull()
    expect(compoundGrowth(-5, 20, 2)).toBeNull()
    expect(compoundGrowth(null, 20, 2)).toBeNull()
    expect(compoundGrowth(20, -1, 2)).toBeNull()
  })

  it('refuses no time and values that are no numbers', () => {
    expect(() => compoundGrowth(1, 2, 0)).toThrow(/0 periods/)
    expect(() => compoundGrowth(1, Number.NaN, 1)).toThrow(RangeError)
  })
})
