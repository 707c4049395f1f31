import { describe, expect, it } from 'vitest'
import { createDataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { DEFAULT_METHOD, type Assumptions } from './method.ts'
import { createStream } from './random.ts'
import { analyseSensitivity, runRows, summariseSensitivity } from './sensitivity.ts'
import { planUncertainty, type UncertaintyRequest } from './uncertainty-plan.ts'

const FRAMEWORK: Framework = {
  elements: [
    ...['x', 'y', 'z'].map((code) => ({ code, level: 1, parent: 'index', weight: 1, direction: 1 as const })),
    { code: 'index', level: 2, parent: null, weight: 1, direction: 1 },
  ],
}

function sample(units: number) {
  const random = createStream(8, 0, 55)
  const column = () => Array.from({ length: units }, () => 1 + 99 * random.nextUniform() ** 3)
  return createDataset({ units: Array.from({ length: units }, (_, u) => `u${u}`), values: { x: column(), y: column(), z: column() } })
}

const ASSUMPTIONS: Assumptions = {
  weights: { factor: [0.75, 1.25], levels: null },
  imputation: [],
  treatment: [],
  normalisation: [
    { kind: 'minmax', range: [1, 100] },
    { kind: 'zscore', mean: 10, sd: 2 },
  ],
  aggregation: [
    { byLevel: [{ kind: 'arithmetic' }], minCoverage: 0 },
    { byLevel: [{ kind: 'geometric' }], minCoverage: 0 },
  ],
}
const request = (over: Partial<UncertaintyRequest> = {}): UncertaintyRequest => ({
  dataset: sample(20),
  framework: FRAMEWORK,
  seed: 4,
  assumptions: ASSUMPTIONS,
  method: { ...DEFAULT_METHOD, normalisation: { kind: 'minmax', range: [1, 100] } },
  ...over,
})

describe('analyseSensitivity', () => {
  it('lists the assumptions that vary, with indices whose intervals hold them and totals not below zero', () => {
    const result = analyseSensitivity(request(), 128)
    expect(result.assumptions?.map(({ assumption }) => assumption)).toEqual(['normalisation', 'aggregation', 'weights'])
    expect(result.runs).toBe(128 * 5)
    for (const { first, total } of result.assumptions ?? []) {
      expect(first.low).toBeLessThanOrEqual(first.value)
      expect(first.high).toBeGreaterThanOrEqual(first.value)
      expect(total.low).toBeGreaterThanOrEqual(0)
    }
    expect(result.meanRankShift).toBeGreaterThan(0)
  })

  it('gives everything to the only assumption that varies', () => {
    const result = analyseSensitivity(request({ assumptions: { ...ASSUMPTIONS, normalisation: [], aggregation: [] } }), 4096)
    // one input: f(AB) = f(B), so first order and total both estimate 1, here to about 0.02
    expect(result.assumptions?.[0]?.first.value).toBeCloseTo(1, 1)
    expect(result.assumptions?.[0]?.total.value).toBeCloseTo(1, 1)
    expect(result.units.every(({ rankVariance, shares }) => (rankVariance === 0) === (shares === null))).toBe(true)
  })

  it('gives nothing to an assumption that moves no rank', () => {
    // min-max 1-100 and 2-101: the same ranks with arithmetic means
    const normalisation = [
      { kind: 'minmax' as const, range: [1, 100] as const },
      { kind: 'minmax' as const, range: [2, 101] as const },
    ]
    const result = analyseSensitivity(request({ assumptions: { ...ASSUMPTIONS, aggregation: [], normalisation } }), 64)
    const found = result.assumptions?.find(({ assumption }) => assumption === 'normalisation')
    expect(found?.total.value).toBe(0)
    expect(found?.first.value).toBe(0)
  })

  it('treats each kind of unsettled answer as an assumption of its own', () => {
    const result = analyseSensitivity(
      request({
        assumptions: { ...ASSUMPTIONS, weights: null, normalisation: [], aggregation: [] },
        answers: [
          { kind: 'open', unit: 'u0', element: 'x', lower: 1, upper: 100 },
          { kind: 'unverified', unit: 'u1', element: 'y' },
        ],
      }),
      64,
    )
    expect(result.assumptions?.map(({ assumption }) => assumption)).toEqual(['open', 'unverified'])
  })

  it('gives the same numbers however the rows are dealt out', () => {
    const asked = request()
    const spec = planUncertainty(asked)
    const parts = [runRows(spec, 40, 64), runRows(spec, 0, 7), runRows(spec, 7, 40)]
    expect(summariseSensitivity(asked, spec, parts)).toEqual(analyseSensitivity(asked, 64))
    expect(() => summariseSensitivity(asked, spec, parts.slice(0, 2))).toThrow('missing or stand twice')
  })

  it('leaves out and counts rows with a failed run', () => {
    const result = analyseSensitivity(
      request({
        assumptions: {
          ...ASSUMPTIONS,
          normalisation: [
            { kind: 'minmax', range: [1, 100] },
            { kind: 'minmax', range: [0, 100] },
          ],
        },
      }),
      64,
    )
    expect(result.failedRows).toBeGreaterThan(0)
    expect(result.failedRows).toBeLessThan(64)
    expect(result.failures[0]?.reason).toContain('a geometric mean needs positive scores')
  })

  it('refuses too few rows, and an analysis in which nothing varies', () => {
    expect(() => analyseSensitivity(request(), 8)).toThrow('8 rows: must be a whole number from 16')
    expect(() =>
      analyseSensitivity(request({ assumptions: { ...ASSUMPTIONS, weights: null, normalisation: [], aggregation: [] } }), 16),
    ).toThrow('No assumption varies')
  })
})
