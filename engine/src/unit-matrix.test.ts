import { describe, expect, it } from 'vitest'
import { ShapeError } from './errors.ts'
import { checkCodes, checkUnitMatrix, completeRows, squaredDeviations, standardiseElements } from './unit-matrix.ts'

describe('unit matrix', () => {
  it('names the first cell that is no number and the first row that is too short', () => {
    expect(
      checkUnitMatrix([
        [1, null],
        [2, 3],
      ]),
    ).toBe(2)
    expect(() =>
      checkUnitMatrix(
        [
          [1, 2],
          [3, Infinity],
        ],
        'table',
      ),
    ).toThrow('Row 2, column 2 of the table is Infinity')
    expect(() => checkUnitMatrix([[1, 2], []])).toThrow(ShapeError)
  })

  it('wants one code per column, each once', () => {
    expect(() => checkCodes(['a'], 2)).toThrow('1 codes for 2 elements')
    expect(() => checkCodes(['a', 'a'], 2)).toThrow('Code a stands twice')
  })

  it('finds the units without a gap', () => {
    expect(
      completeRows([
        [1, 2],
        [null, 3],
        [4, 5],
      ]),
    ).toEqual({
      rows: [
        [1, 2],
        [4, 5],
      ],
      positions: [0, 2],
    })
  })

  it('has no variance where all values are equal, however they are rounded', () => {
    expect(squaredDeviations([0.1, 0.1, 0.1])).toBe(0)
    expect(squaredDeviations([1, 2, 3])).toBe(2)
  })

  it('gives z-scores with divisor n - 1, keeps gaps, and 0 for a constant', () => {
    // 1 2 3: mean 2, standard deviation 1
    expect(
      standardiseElements([
        [1, 7],
        [2, null],
        [3, 7],
        [null, 7],
      ]),
    ).toEqual([
      [-1, 0],
      [0, null],
      [1, 0],
      [null, 0],
    ])
  })
})
