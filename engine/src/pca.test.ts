import { describe, expect, it } from 'vitest'
import golden from '../golden/multivariate.json' with { type: 'json' }
import { findComponents } from './pca.ts'

const codes = ['a', 'b', 'c', 'd', 'e']
const five = golden.rows.map((row) => row.slice(0, 5))
// complete in all six elements, as in the R script
const positions = golden.rows.flatMap((row, i) => (row.includes(null) ? [] : [i]))
const matrix = five.map((row, i) => (positions.includes(i) ? row : row.map(() => null)))

function assessed(rows: (number | null)[][], names: string[]) {
  const found = findComponents(rows, names)
  if (found.status === 'notAssessable') throw new Error(found.reason)
  return found
}

describe('findComponents', () => {
  it('splits two elements into 1 + r and 1 - r', () => {
    // r = 0.8, worked out in the test of the correlation
    const found = assessed(
      [
        [1, 1],
        [2, 3],
        [3, 2],
        [4, 4],
      ],
      ['a', 'b'],
    )
    expect(found.eigenvalues[0]).toBeCloseTo(1.8, 12)
    expect(found.shares[1]).toBeCloseTo(0.1, 12)
    expect(found.loadings[0]?.[0]).toBeCloseTo(Math.sqrt(0.9), 12)
    expect(found.aboveOne).toBe(1)
  })

  it('agrees with prcomp of R 4.2.2 up to the sign of a component', () => {
    const found = assessed(matrix, codes)
    golden.pca.eigenvalues.forEach((value, c) => {
      expect(found.eigenvalues[c]).toBeCloseTo(value, 10)
      const vector = golden.pca.vectors.map((row) => row[c] as number)
      const sign = Math.sign(vector.reduce((sum, entry) => sum + entry, 0))
      vector.forEach((entry, j) => expect(found.vectors[j]?.[c]).toBeCloseTo(entry * sign, 9))
      golden.pca.scores.forEach((row, i) => expect(found.scores[positions[i] as number]?.[c]).toBeCloseTo((row[c] as number) * sign, 9))
    })
  })

  it('gives no scores to a unit with a gap', () => {
    const found = assessed(matrix, codes)
    expect(found.units).toBe(16)
    expect(found.scores[2]).toEqual([null, null, null, null, null])
  })

  it('shares add up to 1, also when elements repeat each other', () => {
    const found = assessed(
      complete().map((row) => [...row, row[0] as number]),
      [...codes, 'again'],
    )
    expect(found.cumulative.at(-1)).toBeCloseTo(1, 12)
    expect(found.eigenvalues.at(-1)).toBeCloseTo(0, 12)
    expect(Math.min(...found.eigenvalues)).toBeGreaterThanOrEqual(0)
  })

  it('names the constant element', () => {
    expect(
      findComponents(
        [
          [1, 5],
          [2, 5],
          [3, 5],
        ],
        ['a', 'b'],
      ),
    ).toEqual({
      status: 'notAssessable',
      reason: 'noVariance',
      units: 3,
      elements: ['b'],
    })
  })
})

function complete(): number[][] {
  return positions.map((i) => five[i] as number[])
}
