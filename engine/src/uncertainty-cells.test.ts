import { describe, expect, it } from 'vitest'
import { STANDARD_ANSWER_ASSUMPTIONS, type UncertainAnswer } from './assumptions.ts'
import { createDataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { DEFAULT_METHOD, type Assumptions, type Method } from './method.ts'
import { planUncertainty, type UncertaintyRequest } from './uncertainty-plan.ts'
import { analyseUncertainty } from './uncertainty.ts'

const NOTHING: Assumptions = { weights: null, normalisation: [], treatment: [], imputation: [], aggregation: [] }

describe('unsettled answers', () => {
  const framework: Framework = {
    elements: [
      { code: 'q1', level: 1, parent: 'index', weight: 1, direction: 1 },
      { code: 'q2', level: 1, parent: 'index', weight: 1, direction: 1 },
      { code: 'index', level: 2, parent: null, weight: 1, direction: 1 },
    ],
  }
  const dataset = createDataset({ units: ['a', 'b', 'c'], values: { q1: [0, 50, 100], q2: [50, 50, 50] } })
  const method: Method = { ...DEFAULT_METHOD, normalisation: { kind: 'none' } }
  const base: UncertaintyRequest = { dataset, framework, method, seed: 9, assumptions: NOTHING }

  it('takes an open answer anywhere between its bounds, all equally likely', () => {
    const answers: UncertainAnswer[] = [{ kind: 'open', unit: 'a', element: 'q1', lower: 0, upper: 100 }]
    const { units, aheadShare } = analyseUncertainty({ ...base, answers }, 20_000)
    // index of a = (x + 50) / 2 with x uniform on 0-100: 25 to 75; b has 50, c has 75
    expect(units[0]?.score).toBe(25)
    expect(Math.abs((units[0]?.scoreQuantiles?.q5 ?? 0) - 27.5)).toBeLessThan(0.4)
    expect(Math.abs((units[0]?.scoreQuantiles?.q75 ?? 0) - 62.5)).toBeLessThan(0.6)
    expect(Math.abs((aheadShare?.(0, 1) ?? 0) - 0.5)).toBeLessThan(0.015)
    expect(units[1]?.scoreQuantiles?.q95).toBe(50)
  })

  it('fills a missing value that is open, and rescales where nothing is assumed', () => {
    const gap = createDataset({ units: ['a', 'b', 'c'], values: { q1: [null, 50, 100], q2: [50, 50, 50] } })
    const answers: UncertainAnswer[] = [{ kind: 'open', unit: 'a', element: 'q1', lower: 80, upper: 80 }]
    expect(analyseUncertainty({ ...base, dataset: gap, answers }, 40).units[0]?.scoreQuantiles?.median).toBe(65)
    const none = { ...STANDARD_ANSWER_ASSUMPTIONS, open: null }
    expect(analyseUncertainty({ ...base, dataset: gap, answers, answerAssumptions: none }, 40).units[0]?.scoreQuantiles?.median).toBe(50)
  })

  it('lowers an unverified answer as often as the error model says', () => {
    // Beta(20 000, 20 000) is 1/2 to 0.005: half of the runs lose everything (loss share 1), so c falls from 75 to 25, behind b.
    const unverified = { changed: { a: 20_000, b: 20_000 }, lowered: { a: 1e6, b: 1e-6 }, lossShares: [1], gainShares: [] }
    const answers: UncertainAnswer[] = [{ kind: 'unverified', unit: 'c', element: 'q1' }]
    const result = analyseUncertainty({ ...base, answers, answerAssumptions: { ...STANDARD_ANSWER_ASSUMPTIONS, unverified } }, 20_000)
    expect(Math.abs((result.aheadShare?.(1, 2) ?? 0) - 0.5)).toBeLessThan(0.02)
    expect(result.units[2]?.scoreQuantiles?.q5).toBeCloseTo(25, 0)
    expect(result.units[2]?.scoreQuantiles?.q95).toBeCloseTo(75, 0)
  })

  it('puts an open answer on goalposts even where every unit left the question open', () => {
    const open = createDataset({ units: ['a', 'b'], values: { q1: [0, 0], q2: [50, 50] } })
    const posts = { q1: [0, 100] as const, q2: [0, 100] as const }
    const scaled: Method = { ...method, normalisation: { kind: 'goalposts', range: [1, 100], cap: true, posts } }
    const answers: UncertainAnswer[] = [{ kind: 'open', unit: 'a', element: 'q1', lower: 100, upper: 100 }]
    // q1 = 100, q2 = 1 + 99 / 2 = 50.5: index 75.25
    expect(analyseUncertainty({ ...base, dataset: open, method: scaled, answers }, 40).units[0]?.scoreQuantiles?.median).toBeCloseTo(
      75.25,
      9,
    )
  })

  it('names an answer that does not exist, has no score, stands twice or has no bounds', () => {
    const plan =
      (...answers: UncertainAnswer[]) =>
      () =>
        planUncertainty({ ...base, answers })
    expect(plan({ kind: 'unverified', unit: 'z', element: 'q1' })).toThrow('There is no unit "z"')
    expect(plan({ kind: 'unverified', unit: 'a', element: 'q9' })).toThrow('There is no leaf "q9"')
    expect(plan({ kind: 'open', unit: 'a', element: 'q1', lower: 5, upper: 1 })).toThrow('Answer "q1" of "a" lies between 5 and 1')
    expect(plan({ kind: 'unverified', unit: 'a', element: 'q1' }, { kind: 'reviewed', unit: 'a', element: 'q1' })).toThrow('stands twice')
  })

  it('fails runs in which a geometric mean meets an answer worth 0', () => {
    const positive = createDataset({ units: ['a', 'b'], values: { q1: [10, 50], q2: [50, 50] } })
    const geometric: Method = { ...method, aggregation: { byLevel: [{ kind: 'geometric' }], minCoverage: 0 } }
    const answers: UncertainAnswer[] = [{ kind: 'open', unit: 'a', element: 'q1', lower: 0, upper: 0 }]
    const result = analyseUncertainty({ ...base, dataset: positive, method: geometric, answers }, 10)
    expect(result.failures[0]?.runs).toBe(10)
    expect(result.units[0]?.rankQuantiles).toBeNull()
  })
})
