import * as engine from '@tessera/engine'
import { describe, expect, it } from 'vitest'

// The examples that docs/method.md works out by hand, computed.

// The questionnaire of section A5: two dimensions, three indicators, six questions.
const option = (id: string, points: number) => ({ id, points })
const asked = (id: string, max: number, options: { id: string; points: number }[], more: object = {}) => ({
  id,
  type: 'single' as const,
  options: [...options, option('no', 0)],
  max,
  weight: 1,
  allowsNotApplicable: false,
  visibleIf: null,
  ...more,
})
const tiny: engine.Questionnaire = {
  dimensions: [
    {
      id: 'D1',
      set: 'core',
      indicators: [
        {
          id: 'I1',
          questions: [
            asked('q1', 4, [option('yes', 4), option('planned', 1)]),
            asked('q2', 4, [option('a', 2), option('b', 2), option('c', 1), option('none', 0)], { type: 'multiple' }),
          ],
        },
        {
          id: 'I2',
          questions: [
            asked('q3', 2, [option('yes', 2)]),
            asked('q4', 2, [option('yes', 2)], { weight: 2, visibleIf: { question: 'q3', options: ['yes'] } }),
          ],
        },
      ],
    },
    {
      id: 'D2',
      set: 'core',
      indicators: [
        {
          id: 'I3',
          questions: [
            asked('q5', 4, [option('much', 4)], { type: 'share', allowsNotApplicable: true }),
            asked('q6', 3, [option('yes', 3)]),
          ],
        },
      ],
    },
  ],
}
const plan = engine.prepareScoring(tiny, { id: 'equal', dimensions: { D1: 1, D2: 1 }, indicators: { I1: 1, I2: 1, I3: 1 } })
const sheet = new Map<string, engine.Answer>([
  ['q1', { kind: 'answered', options: ['planned'] }],
  ['q2', { kind: 'answered', options: ['a', 'b', 'c'] }],
  ['q3', { kind: 'answered', options: ['no'] }],
  ['q5', { kind: 'notApplicable' }],
  ['q6', { kind: 'notKnown' }],
])
const exactly = (value: engine.Fraction | null | undefined) =>
  value === null || value === undefined ? null : engine.fractionToString(value)
const columns = (...lists: number[][]) => lists.map((list) => Float64Array.from(list))
const mean = (kind: object) =>
  engine.aggregateColumns(columns([80], [20]), [1, 1], kind as engine.Aggregator, 0, { parent: 'P', children: ['a', 'b'], units: ['U'] })[0]

describe('the worked examples of docs/method.md', () => {
  it('A5 and A7: score, bounds, coverage, weights, gains and review', () => {
    const { indices, questions } = engine.scoreSheet(plan, sheet)
    expect([indices.core.score, indices.core.upper, indices.core.coverage].map(exactly)).toEqual(['125/8', '525/8', '1/2'])
    expect(['q1', 'q6'].map((id) => exactly(questions.get(id)?.effectiveWeight.core))).toEqual(['1/8', '1/2'])
    const gains = engine.gainsAtFullPoints(engine.scoreSheet(plan, sheet))
    expect(['q1', 'q2', 'q6'].map((id) => exactly(gains.get(id)?.core))).toEqual(['75/8', '0/1', '50/1'])
    const reviews = new Map<string, engine.ReviewDecision>([
      ['q1', { kind: 'agreed' }],
      ['q2', { kind: 'changed', points: 2 }],
      ['q3', { kind: 'needMore' }],
    ])
    const { core } = engine.scoreSheet(plan, sheet, { reviews }).indices
    expect([core.verifiedScore, core.verifiedShare].map(exactly)).toEqual(['75/4', '1/2'])
  })

  it('A8 and A9: ranks and quartiles', () => {
    expect(engine.rankScores([71.5, 64, 64, 52.25])).toEqual([1, 2, 2, 4])
    expect(engine.quartiles([40, 50, 55, 70, 90])).toEqual({ q1: 50, median: 55, q3: 70 })
  })

  it('B4 and B5: outliers and scales', () => {
    const values = Float64Array.from([2, 3, 4, 5, 6, 7, 8, 9, 10, 100])
    expect(engine.measureShape(values)?.skewness).toBeCloseTo(3.12, 2)
    expect(engine.measureShape(values)?.kurtosis).toBeCloseTo(9.8, 2)
    expect([...engine.winsorise(values, 5, engine.STANDARD_OUTLIER_RULE).values].at(-1)).toBe(10)
    const of25 = (kind: object, direction: 1 | -1 = 1) =>
      engine.normaliseColumn(Float64Array.from([10, 20, 25, 40, 60]), kind as never, {
        indicator: 'x',
        direction,
        units: ['A', 'B', 'C', 'D', 'E'],
      })[2]
    expect([
      of25({ kind: 'minmax', range: [0, 100] }),
      of25({ kind: 'minmax', range: [0, 100] }, -1),
      of25({ kind: 'percentile', ties: 'mean' }),
    ]).toEqual([30, 70, 0.5])
    expect(of25({ kind: 'zscore', mean: 0, sd: 1 })).toBeCloseTo(-0.308, 3)
    expect(of25({ kind: 'distanceToTarget', scale: 1, cap: true, targets: { x: 50 } })).toBeCloseTo(0.375, 12)
  })

  it('B7: means, pairwise comparison, benefit of the doubt', () => {
    expect(
      [{ kind: 'arithmetic' }, { kind: 'geometric' }, { kind: 'harmonic' }, { kind: 'mazziottaPareto', penalty: -1 }].map(
        (kind) => Math.round(mean(kind)! * 1e9) / 1e9,
      ),
    ).toEqual([50, 40, 32, 32])
    expect(mean({ kind: 'generalised', power: -2 })).toBeCloseTo(27.4, 1)
    expect([...engine.copelandScores(columns([80, 60, 40], [20, 50, 70], [30, 60, 50]), [2, 1, 1], 'share')]).toEqual([1, 1.25, 0.75])
    const best = engine.benefitOfDoubt(
      columns([80, 40, 40], [20, 60, 30]),
      { minShare: 0, maxShare: 1, scale: 100 },
      { parent: 'P', children: ['a', 'b'], units: ['A', 'B', 'C'] },
    )
    expect([...best.scores].map((score) => Math.round(score * 1e9) / 1e9)).toEqual([100, 100, 70])
  })

  it('B8, B11 to B13: correlation, agreement, choice, change', () => {
    expect(engine.correlate([1, 2, 3, 4], [2, 4, 5, 9], 'pearson').value).toBeCloseTo(0.965, 3)
    expect(
      engine.krippendorffAlpha(
        [
          [0, 0],
          [0, 0],
          [1, 0],
          [1, 1],
          [1, 1],
        ],
        'nominal',
      ),
    ).toBeCloseTo(0.64, 12)
    expect(engine.cohenKappa([0, 0, 1, 1, 1], [0, 0, 0, 1, 1]).value).toBeCloseTo(0.615, 3)
    expect(
      engine.decomposeChange(
        ['q1', 'q2'],
        [
          { score: 50, weight: 1 },
          { score: 0, weight: 1 },
        ],
        [
          { score: 50, weight: 1 },
          { score: 100, weight: 1 },
        ],
      ),
    ).toMatchObject({ before: 25, after: 75, parts: [{ fromScore: 0 }, { fromScore: 50 }] })
    expect(engine.compoundGrowth(100, 121, 2)).toBeCloseTo(0.1, 12)
  })
})
