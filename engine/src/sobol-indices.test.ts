import { describe, expect, it } from 'vitest'
import { createSobolSequence } from './sobol-sequence.ts'
import { estimateSobol } from './sobol-indices.ts'

/** Outputs of a function of k uniform numbers on a scrambled Sobol design with n rows. */
function evaluate(f: (u: readonly number[]) => number, k: number, n: number) {
  const sequence = createSobolSequence(2 * k, 2026)
  const point = (row: number, fromB: (d: number) => boolean) =>
    f(Array.from({ length: k }, (_, d) => sequence.at(row, fromB(d) ? d + k : d)))
  const column = (fromB: (d: number) => boolean) => Float64Array.from({ length: n }, (_, row) => point(row, fromB))
  return { a: column(() => false), b: column(() => true), mixed: Array.from({ length: k }, (_, i) => column((d) => d === i)) }
}

describe('estimateSobol', () => {
  it('finds the indices of the Ishigami function', () => {
    // f = sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x uniform on -pi to pi. Closed form (Homma and Saltelli 1996):
    // V1 = (1 + 0.1 pi^4 / 5)^2 / 2, V2 = 49 / 8, V13 = 0.01 pi^8 (1 / 18 - 1 / 50), V = V1 + V2 + V13
    const v1 = (1 + (0.1 * Math.PI ** 4) / 5) ** 2 / 2,
      v2 = 49 / 8,
      v13 = 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50)
    const v = v1 + v2 + v13
    const { a, b, mixed } = evaluate(
      (u) => {
        const [x1 = 0, x2 = 0, x3 = 0] = u.map((each) => Math.PI * (2 * each - 1))
        return Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1)
      },
      3,
      4096,
    )
    const indices = estimateSobol(a, b, mixed, { seed: 1, replicates: 100 })
    ;[v1 / v, v2 / v, 0].forEach((first, i) => expect(Math.abs((indices?.[i]?.first.value ?? 9) - first)).toBeLessThan(0.02))
    ;[(v1 + v13) / v, v2 / v, v13 / v].forEach((total, i) => expect(Math.abs((indices?.[i]?.total.value ?? 9) - total)).toBeLessThan(0.01))
  })

  it('finds the indices of an additive function, first order equal to total, however large its mean', () => {
    // f = 1e6 + 1 u1 + 2 u2 + 3 u3: shares 1 : 4 : 9 of 14
    const { a, b, mixed } = evaluate(([u1 = 0, u2 = 0, u3 = 0]) => 1e6 + u1 + 2 * u2 + 3 * u3, 3, 2048)
    const indices = estimateSobol(a, b, mixed, { seed: 1, replicates: 100 })
    ;[1 / 14, 4 / 14, 9 / 14].forEach((share, i) => {
      expect(Math.abs((indices?.[i]?.first.value ?? 9) - share)).toBeLessThan(0.01)
      expect(Math.abs((indices?.[i]?.total.value ?? 9) - share)).toBeLessThan(0.01)
    })
  })

  it('gives intervals that hold the estimate, narrow with more rows, and are the same for the same seed', () => {
    const at = (n: number, seed: number) => {
      const { a, b, mixed } = evaluate(([u1 = 0, u2 = 0]) => u1 * u2 + u1, 2, n)
      return estimateSobol(a, b, mixed, { seed, replicates: 300 })?.[0]?.total ?? { value: 0, low: 0, high: 0 }
    }
    const small = at(64, 5),
      large = at(1024, 5)
    expect(small.low).toBeLessThan(small.value)
    expect(small.high).toBeGreaterThan(small.value)
    expect(large.high - large.low).toBeLessThan((small.high - small.low) / 2) // about a quarter
    expect(at(64, 5)).toEqual(small)
    expect(at(64, 6).low).not.toBe(small.low)
  })

  it('works out a case by hand', () => {
    // a = 0 2, b = 2 0, mixed = b: mean 1, V = 4 / 3; first = ((1)(2) + (-1)(-2)) / 2 / V = 1.5; total = (4 + 4) / 4 / V = 1.5
    const indices = estimateSobol(Float64Array.of(0, 2), Float64Array.of(2, 0), [Float64Array.of(2, 0)], { seed: 1, replicates: 100 })
    expect(indices?.[0]?.first.value).toBeCloseTo(1.5, 12)
    expect(indices?.[0]?.total.value).toBeCloseTo(1.5, 12)
  })

  it('says null without variance and refuses lists of different lengths', () => {
    const flat = new Float64Array(8).fill(3)
    expect(estimateSobol(flat, flat, [flat], { seed: 1 })).toBeNull()
    expect(() => estimateSobol(flat, flat.slice(1), [flat], { seed: 1 })).toThrow('same number of rows')
    expect(() => estimateSobol(flat.slice(7), flat.slice(7), [], { seed: 1 })).toThrow('at least 2')
  })
})
