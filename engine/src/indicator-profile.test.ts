import { describe, expect, it } from 'vitest'
import { profileIndicator } from './indicator-profile.ts'

describe('profileIndicator', () => {
  it('describes a distribution worked out by hand', () => {
    // 1 2 3 4 5: quartiles 2 3 4, mean 3, variance 10 / 4, symmetric: skewness 0, excess kurtosis -1.2 (type 2)
    expect(profileIndicator('a', [5, null, 1, 4, 2, 3], 1)).toEqual({
      element: 'a',
      present: 5,
      missing: 1,
      different: 5,
      minimum: 1,
      q1: 2,
      median: 3,
      q3: 4,
      maximum: 5,
      mean: 3,
      standardDeviation: expect.closeTo(Math.sqrt(2.5), 12),
      skewness: 0,
      excessKurtosis: expect.closeTo(-1.2, 12),
      breaksOutlierRule: false,
      farOut: [],
      ceiling: null,
      floor: null,
    })
  })

  it('names units far out and a distribution that outliers dominate', () => {
    const found = profileIndicator('a', [1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 1)
    expect(found.farOut).toEqual([9]) // quartiles 3.25 and 7.75, fence at 7.75 + 3 * 4.5 = 21.25
    expect(found.breaksOutlierRule).toBe(true)
  })

  it('finds ceiling and floor effects, turned round where less is better', () => {
    const values = [100, 100, 100, 40, 50, 60, 70, 80, 0, 0]
    expect(profileIndicator('a', values, 1)).toMatchObject({
      ceiling: { value: 100, units: 3, share: 0.3 },
      floor: { value: 0, units: 2, share: 0.2 },
    })
    expect(profileIndicator('a', values, -1)).toMatchObject({ ceiling: { value: 0, units: 2 }, floor: { value: 100, units: 3 } })
  })

  it('sees no end effect in a single best unit or in a constant', () => {
    expect(profileIndicator('a', [1, 2, 3], 1)).toMatchObject({ ceiling: null, floor: null })
    expect(profileIndicator('a', [7, 7, 7, 7], 1)).toMatchObject({
      ceiling: null,
      different: 1,
      skewness: null,
      breaksOutlierRule: null,
      standardDeviation: 0,
    })
  })

  it('has no numbers when nothing is present, and none of spread for one value', () => {
    expect(profileIndicator('a', [null, null], 1)).toMatchObject({ present: 0, missing: 2, median: null, mean: null, farOut: [] })
    expect(profileIndicator('a', [3], 1)).toMatchObject({ mean: 3, standardDeviation: null })
  })

  it('does not call half of the units outliers when the quartiles are equal', () => {
    expect(profileIndicator('a', [5, 5, 5, 5, 5, 5, 5, 9], 1).farOut).toEqual([])
  })
})
