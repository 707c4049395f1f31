import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UncertainAnswer } from './assumptions.ts'
import { computeIndex } from './compute.ts'
import { createDataset } from './dataset.ts'
import { describeRun } from './describe-run.ts'
import type { Framework } from './framework.ts'
import { createReferenceKernel } from './kernel.ts'
import { DEFAULT_METHOD, STANDARD_ASSUMPTIONS, STANDARD_OUTLIER_RULE, type Assumptions, type Method } from './method.ts'
import { createStream } from './random.ts'
import { createRangeRunner, mergeCounts, runRange } from './uncertainty-counts.ts'
import { createPlanner, planUncertainty, type UncertaintyRequest } from './uncertainty-plan.ts'
import { analyseUncertainty, countedQuantile } from './uncertainty.ts'

/** Two groups: a (weights 1, 2) and b (weights 1, 1, 1, one of them less-is-better), index weights 3 : 2. */
const FRAMEWORK: Framework = {
  elements: [
    { code: 'a1', level: 1, parent: 'a', weight: 1, direction: 1 },
    { code: 'a2', level: 1, parent: 'a', weight: 2, direction: 1 },
    { code: 'b1', level: 1, parent: 'b', weight: 1, direction: 1 },
    { code: 'b2', level: 1, parent: 'b', weight: 1, direction: -1 },
    { code: 'b3', level: 1, parent: 'b', weight: 1, direction: 1 },
    { code: 'a', level: 2, parent: 'index', weight: 3, direction: 1 },
    { code: 'b', level: 2, parent: 'index', weight: 2, direction: 1 },
    { code: 'index', level: 3, parent: null, weight: 1, direction: 1 },
  ],
}
const LEAVES = ['a1', 'a2', 'b1', 'b2', 'b3']
const NOTHING: Assumptions = { weights: null, normalisation: [], treatment: [], imputation: [], aggregation: [] }
const WEIGHTS_ONLY: Assumptions = { ...NOTHING, weights: { factor: [0.75, 1.25], levels: null } }

function sample(units: number, gaps = 0) {
  const random = createStream(5, 0, 77)
  const groups = { region: Array.from({ length: units }, (_, u) => (u % 2 === 0 ? 'north' : 'south')) }
  const values = Object.fromEntries(
    LEAVES.map((code, j) => [
      code,
      Array.from({ length: units }, (_, u) => {
        const value = 10 + 80 * random.nextUniform()
        if (random.nextUniform() < gaps) return null
        return j === 4 && u < 2 ? value * 40 : value // b3 is skewed, so that treatments differ
      }),
    ]),
  )
  return { units: Array.from({ length: units }, (_, u) => `u${u}`), values, groups }
}

const request = (over: Partial<UncertaintyRequest> = {}): UncertaintyRequest => ({
  dataset: createDataset(sample(12)),
  framework: FRAMEWORK,
  method: DEFAULT_METHOD,
  seed: 42,
  ...over,
})

/** Ranks of single runs by the deterministic chain, counted like the analysis counts them. */
function countByChain(asked: UncertaintyRequest, runs: number): number[][] {
  const spec = planUncertainty(asked)
  const counts = spec.units.map(() => new Array<number>(spec.units.length).fill(0))
  for (let run = 0; run < runs; run++) {
    const { weights, ...choices } = describeRun(asked, spec, run)
    const method: Method = { ...asked.method, ...choices, weighting: { kind: 'byCode', weights } }
    computeIndex(asked.dataset, asked.framework, method).ranks.forEach((rank, unit) => {
      const own = counts[unit]
      if (rank !== null && own) own[rank - 1] = (own[rank - 1] ?? 0) + 1
    })
  }
  return counts
}

const rankCountsOf = (asked: UncertaintyRequest, runs: number) => analyseUncertainty(asked, runs).units.map((unit) => [...unit.rankCounts])

describe('analyseUncertainty', () => {
  it('ranks every run as the deterministic chain does with the parameters of that run', () => {
    const asked = request()
    expect(rankCountsOf(asked, 60)).toEqual(countByChain(asked, 60))
  })

  it('does so with gaps, other imputations, mixed and harmonic means, thresholds and Copeland', () => {
    const asked = request({
      dataset: createDataset(sample(10, 0.1)),
      method: { ...DEFAULT_METHOD, normalisation: { kind: 'minmax', range: [1, 100] } },
      assumptions: {
        weights: { factor: [0.5, 1.5], levels: [1] },
        normalisation: [],
        treatment: [{ kind: 'none' }, { kind: 'winsorise', maxPoints: 2, fallback: 'none', ...STANDARD_OUTLIER_RULE }],
        imputation: [{ kind: 'none' }, { kind: 'mean' }, { kind: 'groupMean', group: 'region' }],
        aggregation: [
          { byLevel: [{ kind: 'geometric' }], minCoverage: 0.6 },
          { byLevel: [{ kind: 'harmonic' }, { kind: 'arithmetic' }], minCoverage: 0 },
          { byLevel: [{ kind: 'arithmetic' }, { kind: 'copeland', count: 'share' }], minCoverage: 0 },
        ],
      },
    })
    const expected = countByChain(asked, 80)
    expect(rankCountsOf(asked, 80)).toEqual(expected)
    expect(expected.some((counts) => counts.reduce((sum, count) => sum + count, 0) < 80)).toBe(true) // some runs leave units without a rank
  })

  it('has intervals of no width around the nominal rank and score when nothing varies', () => {
    const result = analyseUncertainty(request({ assumptions: NOTHING }), 100)
    for (const { rank, score, rankQuantiles, scoreQuantiles, rankedRuns } of result.units) {
      expect(rankedRuns).toBe(100)
      expect(rankQuantiles).toEqual({ q5: rank, q25: rank, median: rank, q75: rank, q95: rank })
      expect(scoreQuantiles?.q5).toBeCloseTo(score ?? NaN, 9)
      expect(scoreQuantiles?.q95).toBe(scoreQuantiles?.q5)
    }
    expect(result.failures).toEqual([])
  })

  it('contains the nominal rank of a zero-noise run in every interval, whatever the data', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 5 }), { minLength: 2, maxLength: 9 }),
        (rows) => {
          const values = Object.fromEntries(LEAVES.map((code, j) => [code, [...rows.map((row) => row[j] ?? 0), 0, 9]]))
          const dataset = createDataset({ units: values.a1?.map((_, u) => `u${u}`) ?? [], values })
          for (const { rank, rankQuantiles } of analyseUncertainty(request({ dataset, assumptions: NOTHING }), 32).units) {
            expect([rankQuantiles?.q5, rankQuantiles?.q95]).toEqual([rank, rank])
          }
        },
      ),
      { numRuns: 25, seed: 1 },
    )
  })

  it('gives the same numbers to a unit wherever it stands in the data', () => {
    const data = sample(9, 0.05)
    const order = [4, 2, 8, 0, 6, 1, 7, 3, 5]
    const pick = <T>(list: readonly T[]) => order.map((u) => list[u] as T)
    const values = Object.fromEntries(LEAVES.map((code) => [code, pick(data.values[code] ?? [])]))
    const shuffled = createDataset({ units: pick(data.units), values })
    const answers: UncertainAnswer[] = [
      { kind: 'open', unit: 'u3', element: 'a1', lower: 0, upper: 100 },
      { kind: 'open', unit: 'u1', element: 'b1', lower: 20, upper: 60 },
    ]
    const first = analyseUncertainty(request({ dataset: createDataset({ units: data.units, values: data.values }), answers }), 500)
    const second = analyseUncertainty(request({ dataset: shuffled, answers: [...answers].reverse() }), 500)
    for (const unit of first.units) {
      const { indistinguishable: _, ...same } = second.units.find((other) => other.unit === unit.unit) ?? unit
      expect(same).toMatchObject({ rankCounts: unit.rankCounts, rankQuantiles: unit.rankQuantiles, rankedRuns: unit.rankedRuns })
    }
  })

  it('does not depend on the order in which the framework lists its elements', () => {
    const framework = { elements: [...FRAMEWORK.elements].reverse() }
    expect(rankCountsOf(request({ framework }), 200)).toEqual(rankCountsOf(request(), 200))
  })

  it('finds the probability that a is ahead of b where it can be worked out', () => {
    // One level, two leaves with weights f1, f2 uniform on 0.75-1.25. a = (100, 0), b = (49, 49): a leads when the share of
    // f1 exceeds 0.49, f1 > (49 / 51) f2. Area of the square below the line f1 = c f2 for c = 49/51: with t = f2, f1 runs from
    // 0.75 to c t where c t > 0.75, that is t > 0.75 / c = 0.780612: integral of (c t - 0.75) dt / 0.25 from there to 1.25
    // = (c (1.25^2 - 0.780612^2) / 2 - 0.75 (1.25 - 0.780612)) / 0.25 = 0.4233...; P(a ahead) = 1 - that.
    const framework: Framework = {
      elements: [
        { code: 'x', level: 1, parent: 'index', weight: 1, direction: 1 },
        { code: 'y', level: 1, parent: 'index', weight: 1, direction: 1 },
        { code: 'index', level: 2, parent: null, weight: 1, direction: 1 },
      ],
    }
    const dataset = createDataset({ units: ['a', 'b'], values: { x: [100, 49], y: [0, 49] } })
    const method: Method = { ...DEFAULT_METHOD, normalisation: { kind: 'none' } }
    const c = 49 / 51,
      start = 0.75 / c
    const behind = ((c * (1.25 ** 2 - start ** 2)) / 2 - 0.75 * (1.25 - start)) / 0.25
    const result = analyseUncertainty({ dataset, framework, method, seed: 3, assumptions: WEIGHTS_ONLY }, 40_000)
    expect(Math.abs((result.aheadShare?.(0, 1) ?? 0) - (1 - behind))).toBeLessThan(0.01) // standard error 0.0025
    expect((result.aheadShare?.(0, 1) ?? 0) + (result.aheadShare?.(1, 0) ?? 0)).toBeCloseTo(1, 12) // no ties
    expect(result.units[0]?.indistinguishable).toEqual([1])
    // scores of a are 100 f1 / (f1 + f2), from 37.5 to 62.5, symmetric around 50
    expect(result.units[0]?.scoreQuantiles?.median).toBeCloseTo(50, 0)
    expect(result.units[1]?.scoreQuantiles?.q95).toBeCloseTo(49, 9)
    // the only pair (gap 1) cannot be told apart, so no difference is detectable
    expect(result.minimumDetectableDifference).toBeNull()
  })

  it('counts neither of two equal units ahead, and gives them the same ranks', () => {
    const data = sample(6)
    for (const code of LEAVES) data.values[code]?.splice(5, 1, data.values[code]?.[2] ?? null)
    const result = analyseUncertainty(request({ dataset: createDataset(data) }), 300)
    expect(result.aheadShare?.(2, 5)).toBe(0)
    expect(result.aheadShare?.(5, 2)).toBe(0)
    expect(result.units[2]?.rankCounts).toEqual(result.units[5]?.rankCounts)
  })

  it('counts and explains runs that have no result, and leaves them out of every distribution', () => {
    const assumptions: Assumptions = {
      ...NOTHING,
      aggregation: [
        { byLevel: [{ kind: 'arithmetic' }], minCoverage: 0 },
        { byLevel: [{ kind: 'geometric' }], minCoverage: 0 },
      ],
    }
    const result = analyseUncertainty(request({ assumptions }), 1000) // min-max 0-100: zeros
    expect(result.failures).toHaveLength(1)
    expect(result.failures[0]?.reason).toMatch(/^Unit "u\d+" has 0 in element "a1": a geometric mean needs positive scores/)
    const failed = result.failures[0]?.runs ?? 0
    expect(Math.abs(failed - 500)).toBeLessThan(80) // standard error 16
    expect(result.units[0]?.rankedRuns).toBe(1000 - failed)
  })

  it('keeps the score scale of the method when another normalisation varies', () => {
    const assumptions: Assumptions = { ...NOTHING, normalisation: [{ kind: 'minmax', range: [0, 1] }] }
    const result = analyseUncertainty(request({ assumptions }), 50)
    for (const { score, scoreQuantiles } of result.units) expect(scoreQuantiles?.median).toBeCloseTo(score ?? NaN, 9)
  })

  it('refuses a number of runs that is none, and a method for several points in time', () => {
    expect(() => analyseUncertainty(request(), 0)).toThrow('0 runs: must be a whole number from 1')
    const dataset = createDataset({ ...sample(4), times: ['1', '1', '2', '2'] })
    expect(() => planUncertainty(request({ dataset, method: { ...DEFAULT_METHOD, time: 'separate' } }))).toThrow('one point at a time')
  })
})

describe('runRange and mergeCounts', () => {
  it('give the same bytes however the runs are dealt out', () => {
    const spec = planUncertainty(request({ dataset: createDataset(sample(12, 0.03)) }))
    const whole = runRange(spec, 0, 5000)
    const parts = [runRange(spec, 3001, 5000), runRange(spec, 0, 17), runRange(spec, 17, 3001)]
    expect(mergeCounts(parts)).toEqual(whole)
    const stepwise = createRangeRunner(spec)
    for (let from = 0; from < 5000; from += 700) stepwise.runRange(from, Math.min(5000, from + 700))
    expect(stepwise.counts()).toEqual(whole)
  })

  it('give the same bytes with and without WebAssembly', () => {
    const spec = planUncertainty(request({ dataset: createDataset(sample(12, 0.03)) }))
    expect(runRange(spec, 0, 1500)).toEqual(runRange(spec, 0, 1500, createReferenceKernel))
  })

  it('give other draws for another seed', () => {
    expect(runRange(planUncertainty(request({ seed: 1 })), 0, 500).rankCounts).not.toEqual(
      runRange(planUncertainty(request({ seed: 2 })), 0, 500).rankCounts,
    )
  })
})

describe('createPlanner', () => {
  it('plans moved weights as if the framework had them', () => {
    const plan = createPlanner(request())
    plan(null)
    const moved = plan({ b: 0, a2: 5 })
    const elements = FRAMEWORK.elements.map((element) => ({
      ...element,
      weight: ({ b: 0, a2: 5 } as Record<string, number>)[element.code] ?? element.weight,
    }))
    const anew = planUncertainty(request({ framework: { elements } }))
    expect(moved.nominalScores).toEqual(anew.nominalScores)
    expect(runRange(moved, 0, 300)).toEqual(runRange(anew, 0, 300))
    expect(runRange(plan(null), 0, 300)).toEqual(runRange(planUncertainty(request()), 0, 300))
  })
})

describe('countedQuantile', () => {
  // R 4.x, type 7 by its definition: ranks 1 1 2 3 3 3 5; position (7 - 1) p
  it('equals R type 7 on the listed ranks', () => {
    const counts = Uint32Array.of(2, 1, 3, 0, 1)
    expect(countedQuantile(counts, 7, 0)).toBe(1)
    expect(countedQuantile(counts, 7, 0.25)).toBe(1.5) // position 1.5: between 1 and 2
    expect(countedQuantile(counts, 7, 0.5)).toBe(3)
    expect(countedQuantile(counts, 7, 0.95)).toBeCloseTo(4.4, 12) // position 5.7: 3 + 0.7 x 2
    expect(countedQuantile(counts, 7, 1)).toBe(5)
  })
})

describe('listAlternatives through planUncertainty', () => {
  it('names an assumption that does not exist, one that is left out, a repeated alternative and an impossible factor', () => {
    const plan = (assumptions: object) => () => planUncertainty(request({ assumptions: assumptions as Assumptions }))
    expect(plan({ ...NOTHING, wieghts: null })).toThrow(
      'There is no assumption "wieghts": known are weights, normalisation, treatment, imputation, aggregation.',
    )
    expect(plan({ ...NOTHING, normalisation: [...STANDARD_ASSUMPTIONS.normalisation, ...STANDARD_ASSUMPTIONS.normalisation] })).toThrow(
      'Assumption "normalisation" lists',
    )
    expect(plan({ ...NOTHING, weights: { factor: [0, 1], levels: null } })).toThrow('factors 0 to 1')
    expect(plan({ ...NOTHING, weights: { factor: [0.5, 1], levels: [7] } })).toThrow('level 7')
  })
})
