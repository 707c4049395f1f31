import { describe, expect, it } from 'vitest'
import { ShapeError } from './errors.ts'
import { compareRanks } from './rank-shift.ts'

describe('compareRanks', () => {
  it('measures shifts worked out by hand', () => {
    // shifts 0, +2, -1, -1: mean 1, one of four stays
    expect(compareRanks([1, 2, 3, 4], [1, 4, 2, 3])).toEqual({
      ranks: [1, 4, 2, 3],
      mean: 1,
      largest: { unit: 1, shift: 2 },
      unchanged: 0.25,
      compared: 4,
      correlation: expect.closeTo(0.4, 12), // 1 - 6 (4 + 1 + 1) / (4 * 15)
    })
  })

  it('compares only units with a rank in both', () => {
    expect(compareRanks([1, null, 2], [2, 1, null])).toMatchObject({ mean: 1, compared: 1, correlation: null })
  })

  it('has no numbers without common units, and refuses lists that do not fit', () => {
    expect(compareRanks([null], [1])).toEqual({ ranks: [1], mean: null, largest: null, unchanged: null, correlation: null, compared: 0 })
    expect(() => compareRanks([1], [])).toThrow(ShapeError)
  })
})
