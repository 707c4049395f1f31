import { describe, expect, it } from 'vitest'
import { createDataset } from './dataset.ts'
import type { Framework } from './framework.ts'
import { DEFAULT_METHOD, type Method } from './method.ts'
import { bestImprovements, computeWhatIf, createUnitScorer, leafGains } from './what-if.ts'

/** Index = mean of A (weight 1) and B (weight 1); A = q1, q2; B = q3 (weight 3), q4 (weight 1). Effective: 25, 25, 37.5, 12.5 %. */
const FRAMEWORK: Framework = {
  elements: [
    { code: 'q1', level: 1, parent: 'A', weight: 1, direction: 1 },
    { code: 'q2', level: 1, parent: 'A', weight: 1, direction: 1 },
    { code: 'q3', level: 1, parent: 'B', weight: 3, direction: 1 },
    { code: 'q4', level: 1, parent: 'B', weight: 1, direction: 1 },
    { code: 'A', level: 2, parent: 'index', weight: 1, direction: 1 },
    { code: 'B', level: 2, parent: 'index', weight: 1, direction: 1 },
    { code: 'index', level: 3, parent: null, weight: 1, direction: 1 },
  ],
}
const METHOD: Method = { ...DEFAULT_METHOD, normalisation: { kind: 'none' } }
const DATA = createDataset({ units: ['x', 'y'], values: { q1: [0, 60], q2: [50, 60], q3: [80, 60], q4: [20, 60] } })
// index of x: A = 25, B = (240 + 20) / 4 = 65, index 45; y: 60

describe('computeWhatIf', () => {
  it('shows new scores and ranks after changed values, dropped elements and moved weights', () => {
    const raised = computeWhatIf(DATA, FRAMEWORK, METHOD, { values: [{ unit: 'x', element: 'q1', value: 100 }] })
    expect(raised.changes).toEqual([
      { unit: 'x', score: 25, rank: -1 },
      { unit: 'y', score: 0, rank: 1 },
    ])
    const dropped = computeWhatIf(DATA, FRAMEWORK, METHOD, { drop: ['A'] })
    expect(dropped.changes.map(({ score }) => score)).toEqual([20, 0]) // x: 65
    const moved = computeWhatIf(DATA, FRAMEWORK, METHOD, { weights: { B: 3 } })
    expect(moved.changes.map(({ score }) => score)).toEqual([10, 0]) // x: (25 + 3 x 65) / 4 = 55
  })

  it('names what does not exist, and an element that would be left empty', () => {
    const change = (changes: Parameters<typeof computeWhatIf>[3]) => () => computeWhatIf(DATA, FRAMEWORK, METHOD, changes)
    expect(change({ values: [{ unit: 'z', element: 'q1', value: 1 }] })).toThrow('There is no unit "z"')
    expect(change({ weights: { C: 1 } })).toThrow('There is no element "C"')
    expect(change({ drop: ['q1', 'q2'] })).toThrow('nothing is left below "A"')
  })
})

describe('leafGains', () => {
  it('gives the effective weight times what is missing to the best score, greatest first', () => {
    const gains = leafGains(createUnitScorer(DATA, FRAMEWORK, METHOD, 'x'), 100)
    // q1: 0.25 x 100, q2: 0.25 x 50, q4: 0.125 x 80, q3: 0.375 x 20
    expect(gains.map(({ element, gain }) => [element, Number(gain.toFixed(9))])).toEqual([
      ['q1', 25],
      ['q2', 12.5],
      ['q4', 10],
      ['q3', 7.5],
    ])
  })

  it('counts a missing leaf as one that would join', () => {
    const data = createDataset({ units: ['x'], values: { q1: [null], q2: [50], q3: [50], q4: [50] } })
    const gains = leafGains(createUnitScorer(data, FRAMEWORK, METHOD, 'x'), 100)
    expect(gains.find(({ element }) => element === 'q1')).toEqual({ element: 'q1', score: null, gain: 12.5 }) // A from 50 to 75
  })
})

describe('bestImprovements', () => {
  const improvements = [
    { element: 'q1', score: 50, effort: 2 },
    { element: 'q1', score: 100, effort: 5 },
    { element: 'q2', score: 100, effort: 3 },
    { element: 'q3', score: 100, effort: 1 },
    { element: 'q4', score: 100, effort: 3 },
  ]

  it('finds the best affordable set, one improvement per question', () => {
    // gains 12.5, 25, 12.5, 7.5, 10. Budget 6: q1 to 100 and q3 = 32.5; q1 to 50, q2, q3 = 32.5 too, at the same effort 6
    const plan = bestImprovements(createUnitScorer(DATA, FRAMEWORK, METHOD, 'x'), FRAMEWORK, METHOD, improvements, 6)
    expect(plan.indexBefore).toBe(45)
    expect(plan.indexAfter).toBeCloseTo(77.5, 9)
    expect(plan).toMatchObject({ effort: 6, isOptimal: true })
    expect(bestImprovements(createUnitScorer(DATA, FRAMEWORK, METHOD, 'x'), FRAMEWORK, METHOD, improvements, 3).chosen).toEqual([
      improvements[0],
      improvements[3],
    ])
  })

  it('is exact for geometric means, where gains do not add up', () => {
    const data = createDataset({ units: ['x'], values: { q1: [10], q2: [50], q3: [80], q4: [20] } })
    const method: Method = { ...METHOD, aggregation: { byLevel: [{ kind: 'geometric' }], minCoverage: 0 } }
    const scorer = createUnitScorer(data, FRAMEWORK, method, 'x')
    let best = 0
    for (let set = 0; set < 32; set++) {
      const chosen = improvements.filter((_, i) => (set >> i) & 1)
      if (new Set(chosen.map(({ element }) => element)).size < chosen.length) continue
      if (chosen.reduce((sum, { effort }) => sum + effort, 0) > 6) continue
      best = Math.max(best, scorer.indexWith(new Map(chosen.map(({ element, score }) => [element, score]))) ?? 0)
    }
    expect(bestImprovements(scorer, FRAMEWORK, method, improvements, 6).indexAfter).toBeCloseTo(best, 9)
  })

  it('refuses what is no improvement, has no effort, or cannot be solved exactly', () => {
    const scorer = createUnitScorer(DATA, FRAMEWORK, METHOD, 'x')
    const plan =
      (improvement: object, method = METHOD) =>
      () =>
        bestImprovements(scorer, FRAMEWORK, method, [{ element: 'q3', score: 90, effort: 1, ...improvement }], 5)
    expect(plan({ score: 70 })).toThrow('"q3" would fall from 80 to 70')
    expect(plan({ effort: 0 })).toThrow('an effort is given, never assumed')
    expect(plan({ element: 'q9' })).toThrow('"q9" has no score to improve')
    const mixed: Method = { ...METHOD, aggregation: { byLevel: [{ kind: 'arithmetic' }, { kind: 'geometric' }], minCoverage: 0 } }
    expect(plan({}, mixed)).toThrow('not for arithmetic, geometric')
  })
})
