import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../golden/krippendorff.json' with { type: 'json' }
import { ShapeError } from './errors.ts'
import { assessAgreement, krippendorffAlpha, type RatingMetric } from './krippendorff.ts'

const metrics: readonly RatingMetric[] = ['nominal', 'ordinal', 'interval', 'ratio']

/** Published tables have one row per observer; the engine has one row per unit. */
function byUnit(observers: readonly (readonly (number | null)[])[]): (number | null)[][] {
  return (observers[0] ?? []).map((_, unit) => observers.map((row) => row[unit] ?? null))
}

/** 40 units, two raters, who differ on every fifth unit by one step. */
const forty = Array.from({ length: 40 }, (_, i) => [i % 4, i % 5 === 0 ? ((i % 4) + 1) % 4 : i % 4])

describe('krippendorffAlpha', () => {
  it('gives the published values of the example with four observers and twelve units', () => {
    // Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: .743, .815, .849, .797
    const ratings = byUnit(golden.cases[0]?.observers ?? [])
    const rounded = metrics.map((metric) => krippendorffAlpha(ratings, metric)?.toFixed(3))
    expect(rounded).toEqual(['0.743', '0.815', '0.849', '0.797'])
  })

  // engine/golden/krippendorff.py, Python 3.11 with exact fractions, sharing no code
  it.each(golden.cases)('agrees to 1e-9 with exact fractions: $name', ({ observers, alpha }) => {
    for (const metric of metrics) {
      const found = krippendorffAlpha(byUnit(observers), metric) as number
      expect(Math.abs(found - alpha[metric])).toBeLessThan(1e-9)
    }
  })

  it('ignores units that only one rater judged', () => {
    const ratings = byUnit(golden.cases[1]?.observers ?? [])
    expect(krippendorffAlpha([...ratings, [9, null], [null, null]], 'nominal')).toBe(krippendorffAlpha(ratings, 'nominal'))
  })

  it('is not a number without variance', () => {
    expect(
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
          [7, null],
        ],
        'interval',
      ),
    ).toBeNull()
    expect(krippendorffAlpha([], 'nominal')).toBeNull()
  })

  it('refuses negative ratings under the ratio metric and ragged tables', () => {
    expect(() => krippendorffAlpha([[1, -2]], 'ratio')).toThrow(/Rating -2 is negative/)
    expect(() => krippendorffAlpha([[1, 2], [1]], 'nominal')).toThrow(ShapeError)
  })

  it('does not depend on the order of units or raters', () => {
    const rating = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null })
    const table = fc.array(fc.tuple(rating, rating, rating), { minLength: 2, maxLength: 15 })
    fc.assert(
      fc.property(table, fc.constantFrom(...metrics), (rows, metric) => {
        const plain = krippendorffAlpha(rows, metric)
        const other = krippendorffAlpha(
          [...rows].reverse().map((row) => [...row].reverse()),
          metric,
        )
        if (plain === null) expect(other).toBeNull()
        else expect(other).toBeCloseTo(plain, 12)
      }),
    )
  })
})

describe('assessAgreement', () => {
  it('gives alpha with an interval around it, the same for the same seed', () => {
    const found = assessAgreement(forty, { metric: 'ordinal', seed: 1 })
    expect(found).toEqual(assessAgreement(forty, { metric: 'ordinal', seed: 1 }))
    if (found.status === 'notAssessable') throw new Error(found.reason)
    expect(found.low).toBeLessThan(found.alpha)
    expect(found.high).toBeGreaterThan(found.alpha)
    expect(found).toMatchObject({ units: 40, ratings: 80, level: 0.95, resamples: 1000, resamplesWithoutVariance: 0, seed: 1 })
  })

  it('moves its interval with the seed, a little', () => {
    const one = assessAgreement(forty, { metric: 'nominal', seed: 1 })
    const two = assessAgreement(forty, { metric: 'nominal', seed: 2 })
    if (one.status === 'notAssessable' || two.status === 'notAssessable') throw new Error('not assessable')
    expect(one.alpha).toBe(two.alpha)
    expect(Math.abs(one.low - two.low)).toBeLessThan(0.05)
  })

  it('covers the standard error that theory gives for two raters and two categories', () => {
    // 200 units, half 0, half 1, one in ten in disagreement: alpha is near 1 - 2 d with d the share of disagreement,
    // so its standard error is near 2 sqrt(0.1 * 0.9 / 200) = 0.0424 and the 95 % interval is about 0.166 wide
    const rows = Array.from({ length: 200 }, (_, i) => [i % 2, i % 10 < 1 || i % 20 === 11 ? 1 - (i % 2) : i % 2])
    const disagreement = rows.filter(([a, b]) => a !== b).length / 200
    const found = assessAgreement(rows, { metric: 'nominal', seed: 3, resamples: 4000 })
    if (found.status === 'notAssessable') throw new Error(found.reason)
    const expected = 2 * 1.96 * 2 * Math.sqrt((disagreement * (1 - disagreement)) / 200)
    expect(Math.abs((found.high - found.low) / expected - 1)).toBeLessThan(0.1)
  })

  it('names its verdict by the customary limits', () => {
    const verdictOf = (differing: number) => {
      const rows = Array.from({ length: 60 }, (_, i) => [i % 2, i < differing ? 1 - (i % 2) : i % 2])
      const found = assessAgreement(rows, { metric: 'nominal', seed: 1, resamples: 100 })
      return found.status === 'assessed' ? found.verdict : null
    }
    // 120 ratings, half of each kind, d units in disagreement: alpha = 1 - 119 d / (60 * 60): 0.934, 0.736, 0.504
    expect([verdictOf(2), verdictOf(8), verdictOf(15)]).toEqual(['reliable', 'tentative', 'insufficient'])
  })

  it('is not assessable under 30 units or without variance', () => {
    expect(assessAgreement(forty.slice(0, 29), { metric: 'ordinal', seed: 1 })).toMatchObject({
      status: 'notAssessable',
      reason: 'fewUnits',
      units: 29,
    })
    const single = forty.map(([a], i) => (i < 29 ? [a as number, a as number] : [a as number, null]))
    expect(assessAgreement(single, { metric: 'ordinal', seed: 1 })).toMatchObject({ reason: 'fewUnits', units: 29 })
    expect(
      assessAgreement(
        forty.map(() => [3, 3]),
        { metric: 'ordinal', seed: 1 },
      ),
    ).toMatchObject({ reason: 'noVariance', units: 40 })
  })

  it('counts resamples without variance instead of hiding them', () => {
    const rows = Array.from({ length: 30 }, (_, i) => (i === 0 ? [1, 0] : [1, 1]))
    const found = assessAgreement(rows, { metric: 'nominal', seed: 5 })
    if (found.status === 'notAssessable') throw new Error(found.reason)
    // (29 / 30)^30 = 0.362 of the resamples miss the only unit that differs
    expect(Math.abs(found.resamplesWithoutVariance / 1000 - 0.362)).toBeLessThan(0.06)
  })

  it('refuses options out of range', () => {
    expect(() => assessAgreement(forty, { metric: 'nominal', seed: 0.5 })).toThrow(/Seed 0.5/)
    expect(() => assessAgreement(forty, { metric: 'nominal', seed: 1, resamples: 10 })).toThrow(/10 resamples/)
    expect(() => assessAgreement(forty, { metric: 'nominal', seed: 1, level: 1 })).toThrow(/Level 1/)
    expect(() => assessAgreement(forty, { metric: 'nominal', seed: 1, minimumUnits: 1 })).toThrow(/Minimum of 1/)
  })
})
