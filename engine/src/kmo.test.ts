import { describe, expect, it } from 'vitest'
import golden from '../golden/multivariate.json' with { type: 'json' }
import { measureAdequacy, testSphericity } from './kmo.ts'

const codes = ['a', 'b', 'c', 'd', 'e']
const complete = golden.rows.filter((row) => !row.includes(null)).map((row) => row.slice(0, 5))

describe('measureAdequacy', () => {
  it('is one half for two elements, whatever their correlation', () => {
    // with two elements the partial correlation is the correlation itself
    const found = measureAdequacy(
      [
        [1, 1],
        [2, 3],
        [3, 2],
        [4, 4],
      ],
      ['a', 'b'],
    )
    expect(found).toMatchObject({ status: 'assessed', overall: expect.closeTo(0.5, 12), units: 4 })
  })

  it('agrees with psych 2.2.9', () => {
    const found = measureAdequacy(complete, codes)
    if (found.status === 'notAssessable') throw new Error(found.reason)
    expect(found.overall).toBeCloseTo(golden.kmo.overall, 10)
    found.elements.forEach(({ value }, i) => expect(value).toBeCloseTo(golden.kmo.elements[i] as number, 10))
  })

  it('says why it cannot be assessed', () => {
    expect(
      measureAdequacy(
        [
          [1, 2],
          [2, 1],
          [3, 5],
        ].map(([a, b]) => [a as number, b as number, (a as number) + (b as number)]),
        ['a', 'b', 'c'],
      ),
    ).toMatchObject({ status: 'notAssessable', reason: 'singular' })
    expect(
      measureAdequacy(
        [
          [1, 2],
          [2, 2],
          [3, 2],
        ],
        ['a', 'b'],
      ),
    ).toMatchObject({ reason: 'noVariance', elements: ['b'] })
    expect(
      measureAdequacy(
        [
          [1, 2],
          [2, null],
          [3, 2],
        ],
        ['a', 'b'],
      ),
    ).toMatchObject({ reason: 'fewUnits', units: 2 })
    expect(measureAdequacy([[1], [2], [3]], ['a'])).toMatchObject({ reason: 'fewElements' })
  })
})

describe('testSphericity', () => {
  it('agrees with psych 2.2.9', () => {
    const found = testSphericity(complete, codes)
    if (found.status === 'notAssessable') throw new Error(found.reason)
    expect(found.statistic).toBeCloseTo(golden.bartlett.statistic, 9)
    expect(found.degreesOfFreedom).toBe(golden.bartlett.degreesOfFreedom)
    expect(found.pValue / golden.bartlett.pValue).toBeCloseTo(1, 9)
  })

  it('gives 0 and probability 1 for elements without any correlation', () => {
    // a full factorial: every correlation is exactly 0
    const found = testSphericity(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      ['a', 'b'],
    )
    expect(found).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 1 })
  })
})
