import { describe, expect, it } from 'vitest'
import golden from '../golden/multivariate.json' with { type: 'json' }
import { chiSquareUpperTail, fQuantile, fUpperTail, logGamma } from './distributions.ts'

// R 4.2.2: engine/golden/multivariate.R
const { chisq, f, qf, lgamma } = golden.probabilities as unknown as Record<string, number[][]>

describe('probability distributions', () => {
  it('agree with pchisq of R', () => {
    for (const [x, df, p] of chisq as [number, number, number][]) expect(chiSquareUpperTail(x, df) / p).toBeCloseTo(1, 9)
  })

  it('agree with pf and qf of R', () => {
    for (const [x, df1, df2, p] of f as [number, number, number, number][]) expect(fUpperTail(x, df1, df2) / p).toBeCloseTo(1, 9)
    for (const [p, df1, df2, x] of qf as [number, number, number, number][]) expect(fQuantile(p, df1, df2) / x).toBeCloseTo(1, 9)
  })

  it('agree with lgamma of R', () => {
    for (const [x, value] of lgamma as [number, number][]) expect(logGamma(x) / value).toBeCloseTo(1, 11)
  })

  it('hold at their ends', () => {
    expect(chiSquareUpperTail(0, 3)).toBe(1)
    expect(chiSquareUpperTail(Infinity, 3)).toBe(0)
    expect(fUpperTail(0, 3, 4)).toBe(1)
    expect(fUpperTail(Infinity, 3, 4)).toBe(0)
    // two degrees of freedom: exactly exp(-x / 2)
    expect(chiSquareUpperTail(7, 2)).toBeCloseTo(Math.exp(-3.5), 14)
  })

  it('refuse what is out of range', () => {
    expect(() => logGamma(0)).toThrow(RangeError)
    expect(() => chiSquareUpperTail(-1, 2)).toThrow(RangeError)
    expect(() => fUpperTail(1, 0, 2)).toThrow(RangeError)
    expect(() => fQuantile(1, 2, 2)).toThrow(RangeError)
  })
})
