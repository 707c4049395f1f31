import { describe, expect, it } from 'vitest'
import golden from '../golden/agreement.json' with { type: 'json' }
import { ShapeError } from './errors.ts'
import { cohenKappa, fleissKappa } from './kappa.ts'

const { first, second, plain, linear, quadratic } = golden.kappa

describe('cohenKappa', () => {
  it('gives a case worked out by hand', () => {
    // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5
    const ratings = [
      [1, 1, 20],
      [1, 0, 5],
      [0, 1, 10],
      [0, 0, 15],
    ].flatMap(([a, b, n]) => new Array(n as number).fill([a, b])) as [number, number][]
    const found = cohenKappa(
      ratings.map(([a]) => a),
      ratings.map(([, b]) => b),
    )
    expect(found).toEqual({
      value: expect.closeTo(0.4, 14),
      observed: expect.closeTo(0.7, 14),
      expected: expect.closeTo(0.5, 14),
      units: 50,
    })
  })

  // engine/golden/agreement.R: psy 1.2 (plain, quadratic), psych 2.2.9 (linear)
  it('agrees with R, plain and weighted', () => {
    expect(cohenKappa(first, second).value).toBeCloseTo(plain, 12)
    expect(cohenKappa(first, second, { weights: 'linear' }).value).toBeCloseTo(linear, 12)
    expect(cohenKappa(first, second, { weights: 'quadratic' }).value).toBeCloseTo(quadratic, 12)
  })

  it('counts only units that both rated', () => {
    const found = cohenKappa([...first, null, 3], [...second, 2, null])
    expect(found).toMatchObject({ value: expect.closeTo(plain, 12), units: first.length })
  })

  it('counts steps over categories that nobody used when they are named', () => {
    // ratings 1 and 4 only: without the categories 2 and 3 they would be neighbours; the ratio stays the same
    const a = [1, 4, 4, 1]
    const b = [1, 4, 1, 1]
    expect(cohenKappa(a, b, { weights: 'linear', categories: [1, 2, 3, 4] }).value).toBeCloseTo(cohenKappa(a, b).value as number, 12)
    // 1 1 / 1 2 / 4 4: seen 1/3 of a third; chance (2 * 1 * 1/3 + 2 * 1 * 1 + 1 * 1 * 1 + 1 * 1 * 2/3) / 9 = 4.333 / 9
    const found = cohenKappa([1, 1, 4], [1, 2, 4], { weights: 'linear', categories: [1, 2, 3, 4] })
    expect(found.value).toBeCloseTo(1 - 1 / 9 / (13 / 27), 12)
  })

  it('is not a number when only one category is used or nothing is rated', () => {
    expect(cohenKappa([2, 2], [2, 2]).value).toBeNull()
    expect(cohenKappa([null], [2])).toEqual({ value: null, observed: null, expected: null, units: 0 })
  })

  it('names wrong lengths and ratings outside the categories', () => {
    expect(() => cohenKappa([1], [1, 2])).toThrow(ShapeError)
    expect(() => cohenKappa([1, 5], [1, 2], { categories: [1, 2, 3] })).toThrow(/Rating 5 is not among the categories 1, 2, 3/)
  })
})

describe('fleissKappa', () => {
  it('gives the published value of ten subjects and fourteen raters', () => {
    // Fleiss (1971) worked example as given in textbooks: kappa 0.210 from observed 0.378 and expected 0.213
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]
    const ratings = table.map((counts) => counts.flatMap((count, category) => new Array<number>(count).fill(category)))
    const found = fleissKappa(ratings)
    expect(found.observed?.toFixed(3)).toBe('0.378')
    expect(found.expected?.toFixed(3)).toBe('0.213')
    expect(found.value?.toFixed(3)).toBe('0.210')
  })

  it('gives a case worked out by hand', () => {
    // units 1 1 1 / 1 1 2 / 2 2 2: observed (6 + 2 + 6) / 18, expected (5/9)^2 + (4/9)^2 = 41/81
    const found = fleissKappa([
      [1, 1, 1],
      [1, 1, 2],
      [2, 2, 2],
      [2, null, 2],
    ])
    expect(found.value).toBeCloseTo((7 / 9 - 41 / 81) / (40 / 81), 14)
    expect(found.units).toBe(3)
  })

  it('is not a number without variance, and needs two raters', () => {
    expect(
      fleissKappa([
        [1, 1],
        [1, 1],
      ]).value,
    ).toBeNull()
    expect(fleissKappa([]).value).toBeNull()
    expect(() => fleissKappa([[1], [2]])).toThrow(/at least two columns/)
  })
})
