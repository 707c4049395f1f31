import { describe, expect, it } from 'vitest'
import {
  betaQuantiles,
  drawFromTable,
  drawReviewed,
  drawSecondReview,
  estimateDisagreement,
  estimateReviewErrors,
  REVIEW_ERROR_PRIOR,
} from './answer-errors.ts'
import { createStream } from './random.ts'

describe('betaQuantiles', () => {
  // scipy 1.17.1: scipy.stats.beta.ppf([1/8, 1/2, 7/8], a, b)
  it.each([
    [2, 8, [0.06932165874083068, 0.17961961198036097, 0.34686986390726043]],
    [4, 1, [0.5946035575013605, 0.8408964152537145, 0.9671682101338347]],
    [40, 200, [0.13936375524403805, 0.16573994550601728, 0.19457456547067714]],
  ])('equals the quantiles of Beta(%d, %d)', (a, b, expected) => {
    const table = betaQuantiles({ a, b })
    ;[1 / 8, 1 / 2, 7 / 8].forEach((p, i) => expect(Math.abs(drawFromTable(table, p) - (expected[i] ?? 0))).toBeLessThan(5e-4))
    expect([table[0], table[256]]).toEqual([0, 1])
  })

  it('refuses a parameter that is not positive', () => {
    expect(() => betaQuantiles({ a: 0, b: 1 })).toThrow('Beta distribution (0, 1): both parameters must be positive.')
  })
})

describe('estimateReviewErrors', () => {
  it('adds what was seen to the prior', () => {
    const model = estimateReviewErrors([
      { claimed: 100, reviewed: 50 },
      { claimed: 80, reviewed: 80 },
      { claimed: 60, reviewed: 80 },
      { claimed: 50, reviewed: 0 },
    ])
    // 3 of 4 changed, 2 of 3 lowered; losses 50/100 and 50/50, gain 20/40
    expect(model).toEqual({ changed: { a: 5, b: 9 }, lowered: { a: 6, b: 2 }, lossShares: [0.5, 1], gainShares: [0.5] })
    expect(estimateReviewErrors([])).toEqual(REVIEW_ERROR_PRIOR)
    expect(() => estimateReviewErrors([{ claimed: 101, reviewed: 0 }])).toThrow('Score 101 in a review')
  })
})

describe('estimateDisagreement', () => {
  it('adds what was seen to the prior', () => {
    expect(
      estimateDisagreement([
        [50, 50],
        [40, 65],
        [100, 0],
      ]),
    ).toEqual({ differs: { a: 4, b: 9 }, sizes: [25, 100] })
  })
})

describe('drawReviewed and drawSecondReview', () => {
  const draws = (draw: (random: ReturnType<typeof createStream>) => number) => {
    const random = createStream(1, 0, 1)
    return Array.from({ length: 20_000 }, () => draw(random))
  }
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

  it('loses and gains in the mean what the model says', () => {
    // changed 0.5; lowered 0.8 by a quarter or a half of 80 (mean 30), raised 0.2 by half of 20: 0.5 (-0.8 x 30 + 0.2 x 10) = -11
    const model = { ...REVIEW_ERROR_PRIOR, lossShares: [0.25, 0.5], gainShares: [0.5] }
    expect(Math.abs(meanOf(draws((random) => drawReviewed(80, model, 0.5, 0.8, random))) - 69)).toBeLessThan(0.5)
    expect(new Set(draws((random) => drawReviewed(80, model, 0, 0.8, random)))).toEqual(new Set([80]))
  })

  it('keeps a second score within 0 to 100 and even around the first', () => {
    const model = { differs: { a: 1, b: 1 }, sizes: [10, 30] }
    expect(Math.abs(meanOf(draws((random) => drawSecondReview(50, model, 1, random))) - 50)).toBeLessThan(0.7)
    expect(new Set(draws((random) => drawSecondReview(95, model, 1, random)))).toEqual(new Set([85, 65, 100]))
  })
})
