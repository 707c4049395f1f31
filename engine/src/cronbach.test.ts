import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/multivariate.json' with { type: 'json' }
import { assessConsistency } from './cronbach.ts'

describe('assessConsistency', () => {
  it('gives alpha of a case worked out by hand', () => {
    // columns 1 2 3 and 1 3 2: variances 1 and 1, sums 2 5 5 with variance 3: 2 (1 - 2 / 3) = 2/3
    const found = assessConsistency(
      [
        [1, 1],
        [2, 3],
        [3, 2],
      ],
      ['a', 'b'],
    )
    expect(found.alpha).toBeCloseTo(2 / 3, 14)
    expect(found.elements).toEqual([
      { element: 'a', alphaIfDeleted: null, itemRest: expect.closeTo(0.5, 14) },
      { element: 'b', alphaIfDeleted: null, itemRest: expect.closeTo(0.5, 14) },
    ])
  })

  it('agrees with psych 2.2.9 on four elements', () => {
    // engine/golden/multivariate.R: complete rows of all six elements, columns a b c f
    const complete = golden.rows.filter((row) => !row.includes(null))
    const found = assessConsistency(
      complete.map(([a, b, c, , , f]) => [a, b, c, f] as number[]),
      ['a', 'b', 'c', 'f'],
    )
    expect(found.units).toBe(16)
    expect(found.alpha).toBeCloseTo(golden.alpha.alpha, 10)
    found.elements.forEach((element, i) => {
      expect(element.alphaIfDeleted).toBeCloseTo(golden.alpha.ifDeleted[i] as number, 10)
      expect(element.itemRest).toBeCloseTo(golden.alpha.itemRest[i] as number, 10)
    })
  })

  it('leaves out units with a gap', () => {
    const found = assessConsistency(
      [
        [1, 1],
        [2, 3],
        [null, 9],
        [3, 2],
      ],
      ['a', 'b'],
    )
    expect(found).toMatchObject({ units: 3, alpha: expect.closeTo(2 / 3, 14) })
  })

  it('is not a number for one element, one unit or no variance', () => {
    expect(assessConsistency([[1], [2]], ['a']).alpha).toBeNull()
    expect(assessConsistency([[1, 2]], ['a', 'b']).alpha).toBeNull()
    expect(
      assessConsistency(
        [
          [1, 2],
          [1, 2],
        ],
        ['a', 'b'],
      ).alpha,
    ).toBeNull()
    expect(assessConsistency([], ['a', 'b'])).toMatchObject({ alpha: null, units: 0 })
  })

  it('is 1 for identical elements with variance', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 6 }), (column, width) => {
        fc.pre(new Set(column).size > 1)
        const codes = Array.from({ length: width }, (_, i) => `q${i}`)
        expect(
          assessConsistency(
            column.map((value) => codes.map(() => value)),
            codes,
          ).alpha,
        ).toBeCloseTo(1, 12)
      }),
    )
  })
})
