import { describe, expect, it } from 'vitest'
import golden from '../golden/agreement.json' with { type: 'json' }
import { intraclassCorrelations, type IntraclassCorrelations } from './icc.ts'

/** Shrout and Fleiss (1979), table 2: six targets, four judges. */
const table = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
]

function assessed(rows: (number | null)[][], level?: number): IntraclassCorrelations {
  const found = intraclassCorrelations(rows, level)
  if (found.status === 'notAssessable') throw new Error(found.reason)
  return found
}

describe('intraclassCorrelations', () => {
  it('gives the published values of Shrout and Fleiss', () => {
    const { icc1, icc2, icc3, icc1k, icc2k, icc3k } = assessed(table)
    const rounded = [icc1, icc2, icc3, icc1k, icc2k, icc3k].map(({ value }) => value?.toFixed(2))
    expect(rounded).toEqual(['0.17', '0.29', '0.71', '0.44', '0.62', '0.91'])
  })

  it('agrees with psych 2.2.9 in value, F test and interval', () => {
    // engine/golden/agreement.R, ICC(lmer = FALSE)
    const { icc1, icc2, icc3, icc1k, icc2k, icc3k } = assessed(table)
    const { value, f, df1, df2, pValue, low, high } = golden.icc
    ;[icc1, icc2, icc3, icc1k, icc2k, icc3k].forEach((found, i) => {
      expect(found.value).toBeCloseTo(value[i] as number, 10)
      expect(found.f).toBeCloseTo(f[i] as number, 10)
      expect(found.degreesOfFreedom).toEqual([df1[i], df2[i]])
      expect(found.pValue / (pValue[i] as number)).toBeCloseTo(1, 8)
      expect(found.low).toBeCloseTo(low[i] as number, 9)
      expect(found.high).toBeCloseTo(high[i] as number, 9)
    })
  })

  it('leaves out units that somebody did not rate', () => {
    const found = assessed([...table, [3, null, 4, 5]])
    expect(found.units).toBe(6)
    expect(found.icc2.value).toBe(assessed(table).icc2.value)
  })

  it('is 1 for raters who agree perfectly, with nothing to divide by in the F test', () => {
    const found = assessed([
      [1, 1],
      [2, 2],
      [5, 5],
    ])
    expect(found.icc1).toMatchObject({ value: 1, f: null, pValue: 0, low: 1, high: 1 })
    expect(found.icc2).toMatchObject({ value: 1, low: 1, high: 1 })
    expect(found.icc3k).toMatchObject({ value: 1 })
  })

  it('separates consistency from absolute agreement', () => {
    // the second rater always gives two more: between 2 * 4 / ... consistent, but not the same
    const found = assessed([
      [1, 3],
      [2, 4],
      [5, 7],
    ])
    expect(found.icc3.value).toBe(1)
    // between = 2 * (26 / 3) / 2 = 26/3, judges = 3 * 2 = 6, error 0: (26/3) / (26/3 + 2 * 6 / 3) = 13/19
    expect(found.icc2.value).toBeCloseTo(13 / 19, 12)
    expect(found.icc2.low).not.toBeNull()
  })

  it('never returns an infinite number when units do not differ in their means', () => {
    const found = assessed([
      [1, 3],
      [3, 1],
      [2, 2],
    ])
    expect(found.icc1.value).toBe(-1)
    expect(found.icc1k.value).toBeNull()
    expect(JSON.stringify(found)).not.toMatch(/Infinity|NaN/)
  })

  it('is not assessable under two units or without variance, and refuses one rater or a level of 1', () => {
    expect(
      intraclassCorrelations([
        [1, 2],
        [null, 2],
      ]),
    ).toMatchObject({ status: 'notAssessable', reason: 'fewUnits', units: 1 })
    expect(
      intraclassCorrelations([
        [2, 2],
        [2, 2],
      ]),
    ).toMatchObject({ reason: 'noVariance' })
    expect(
      intraclassCorrelations([
        [2, 3],
        [2, 3],
      ]),
    ).toMatchObject({ reason: 'noVariance' })
    expect(() => intraclassCorrelations([[1], [2]])).toThrow(/at least two columns/)
    expect(() => intraclassCorrelations(table, 1)).toThrow(/Level 1/)
  })
})
