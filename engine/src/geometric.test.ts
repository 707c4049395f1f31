import { describe, expect, it } from 'vitest'
import { geometricScores } from './geometric.ts'
import type { Answer, Question, Questionnaire, WeightScheme } from './questionnaire.ts'
import { prepareScoring } from './scoring-plan.ts'
import { scoreSheet } from './scoring.ts'

const question = (id: string, weight = 1): Question => ({
  id,
  type: 'share',
  options: [0, 1, 2, 3, 4].map((points) => ({ id: `p${points}`, points })),
  max: 4,
  weight,
  allowsNotApplicable: true,
  visibleIf: null,
})

const questionnaire: Questionnaire = {
  dimensions: [
    {
      id: 'd',
      set: 'core',
      indicators: [
        { id: 'i', questions: [question('a'), question('b', 3)] },
        { id: 'j', questions: [question('c')] },
      ],
    },
    { id: 'e', set: 'extended', indicators: [{ id: 'k', questions: [question('x'), question('z', 0)] }] },
  ],
}
const scheme: WeightScheme = { id: 's', dimensions: { d: 1, e: 1 }, indicators: { i: 1, j: 1, k: 1 } }
const plan = prepareScoring(questionnaire, scheme)
const points = (a: number, b: number, c: number, x: number): Map<string, Answer> =>
  new Map(Object.entries({ a, b, c, x, z: 0 }).map(([id, p]) => [id, { kind: 'answered', options: [`p${p}`] }]))
const score = (answers: Map<string, Answer>, lowest?: number) => geometricScores(plan, scoreSheet(plan, answers), lowest)

describe('geometric scores', () => {
  it('are weighted geometric means of question scores on 1-100', () => {
    const { indicators, dimensions, indices } = score(points(0, 4, 1, 2))
    // Python 3.11.7, math.sqrt. 0 -> 1, 100 -> 100, 25 -> 25.75, 50 -> 50.5
    expect(indicators.get('i')).toBeCloseTo(31.622776601683793, 12) // (1 x 100^3)^(1/4) = 10^1.5
    expect(indicators.get('j')).toBeCloseTo(25.75, 12)
    expect(dimensions.get('d')).toBeCloseTo(28.53570565963557, 12) // sqrt(31.6227766... x 25.75)
    expect(indices.core).toBeCloseTo(28.53570565963557, 12)
    expect(indices.extended).toBeCloseTo(37.96120566857165, 12) // sqrt(28.535705... x 50.5)
  })

  it('run from 1 to 100', () => {
    expect(score(points(0, 0, 0, 0)).indices.extended).toBe(1)
    expect(score(points(4, 4, 4, 4)).indices.extended).toBeCloseTo(100, 12)
    expect(score(new Map()).indices.core).toBe(1) // open questions stand at the lowest value
  })

  it('leave out what is not applicable', () => {
    const answers = points(4, 4, 0, 0).set('c', { kind: 'notApplicable' }).set('x', { kind: 'notApplicable' })
    const { indicators, dimensions, indices } = score(answers)
    expect(indicators.get('j')).toBeNull()
    expect(dimensions.get('e')).toBeNull()
    expect(indices.extended).toBeCloseTo(100, 12)
  })

  it('name the question when a score of 0 makes the mean uncomputable', () => {
    expect(() => score(points(4, 0, 4, 4), 0)).toThrow(RangeError)
    expect(() => score(points(4, 0, 4, 4), 0)).toThrow('Question b has score 0')
    // z has score 0 as well but carries no weight; (50 x 100)^(1/2) on 0-100
    expect(score(points(2, 2, 4, 4), 0).dimensions.get('d')).toBeCloseTo(70.71067811865476, 12)
  })

  it('refuse a lowest value outside 0 to 100', () => {
    expect(() => score(points(1, 1, 1, 1), -1)).toThrow('The lowest value is -1')
    expect(() => score(points(1, 1, 1, 1), 100)).toThrow(RangeError)
  })
})
