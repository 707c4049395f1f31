import { describe, expect, it } from 'vitest'
import type { Question, Questionnaire, WeightScheme } from './questionnaire.ts'
import { checkQuestionnaire, checkWeightScheme } from './questionnaire-check.ts'

const question = (id: string, changes: Partial<Question> = {}): Question => ({
  id,
  type: 'single',
  options: [
    { id: 'yes', points: 2 },
    { id: 'no', points: 0 },
  ],
  max: 2,
  weight: 1,
  allowsNotApplicable: false,
  visibleIf: null,
  ...changes,
})

const asking = (...questions: Question[]): Questionnaire => ({
  dimensions: [{ id: 'd', set: 'core', indicators: [{ id: 'i', questions }] }],
})

describe('checking a questionnaire', () => {
  it('has nothing to say about a sound one, whose indicator may be called as its dimension', () => {
    const child = question('b', { visibleIf: { question: 'a', options: ['yes'] } })
    expect(
      checkQuestionnaire({ dimensions: [{ id: 'media', set: 'core', indicators: [{ id: 'media', questions: [child, question('a')] }] }] }),
    ).toEqual([])
  })

  it('refuses what is empty', () => {
    expect(checkQuestionnaire({ dimensions: [] })).toEqual(['The questionnaire has no dimensions.'])
    expect(checkQuestionnaire({ dimensions: [{ id: 'd', set: 'core', indicators: [] }] })).toEqual(['Dimension d has no indicators.'])
    expect(checkQuestionnaire(asking())).toEqual(['Indicator i has no questions.'])
    expect(checkQuestionnaire(asking(question('a', { options: [] })))).toEqual(['Question a has no options.'])
  })

  it('names an id that stands twice', () => {
    expect(checkQuestionnaire(asking(question('a'), question('a')))).toEqual(['Question a stands 2 times: an id belongs to one only.'])
    const { dimensions } = asking(question('a'))
    expect(
      checkQuestionnaire({
        dimensions: [...dimensions, { id: 'd', set: 'extended', indicators: [{ id: 'i', questions: [question('b')] }] }],
      }),
    ).toEqual(['Dimension d stands 2 times: an id belongs to one only.', 'Indicator i stands 2 times: an id belongs to one only.'])
  })

  it.each<[string, Partial<Question>, string]>([
    ['no points obtainable', { max: 0, options: [{ id: 'no', points: 0 }] }, 'Question a has max 0'],
    ['negative weight', { weight: -1 }, 'Question a has weight -1'],
    ['negative points', { options: [{ id: 'no', points: -1 }] }, 'Question a, option "no": -1 points'],
    ['points that are no number', { options: [{ id: 'no', points: Number.NaN }] }, 'Question a, option "no": NaN points'],
    [
      'points above max',
      { options: [{ id: 'yes', points: 3 }] },
      'Question a, option "yes": 3 points are more than the question\'s max 2.',
    ],
    [
      'a "none" that earns',
      { type: 'multiple', options: [{ id: 'none', points: 1 }] },
      'Question a, option "none" must earn 0 points, not 1.',
    ],
    [
      'an option twice',
      {
        options: [
          { id: 'no', points: 0 },
          { id: 'no', points: 1 },
        ],
      },
      'Question a: option no stands 2 times',
    ],
    ['an unknown parent', { visibleIf: { question: 'z', options: ['yes'] } }, 'Question a depends on question z, which does not exist.'],
    [
      'an unknown option of the parent',
      { visibleIf: { question: 'b', options: ['maybe'] } },
      'Question a depends on option "maybe" of question b',
    ],
    [
      'a condition without options',
      { visibleIf: { question: 'b', options: [] } },
      'Question a depends on question b but names no option of it.',
    ],
    ['a condition on itself', { visibleIf: { question: 'a', options: ['yes'] } }, 'Question a depends on itself: a -> a.'],
  ])('refuses %s', (_, changes, message) => {
    const messages = checkQuestionnaire(asking(question('a', changes), question('b')))
    expect(messages).toHaveLength(1)
    expect(messages[0]).toContain(message)
  })

  it('lets ticks add up to more than a cap', () => {
    expect(
      checkQuestionnaire(
        asking(
          question('a', {
            type: 'multiple',
            options: [
              { id: 'x', points: 3 },
              { id: 'none', points: 0 },
            ],
          }),
        ),
      ),
    ).toEqual([])
  })

  it('spells out a circle of conditions, and does not hang on a question that leads into one', () => {
    const on = (parent: string) => ({ visibleIf: { question: parent, options: ['yes'] } })
    expect(checkQuestionnaire(asking(question('a', on('b')), question('b', on('a')), question('c', on('a'))))).toEqual([
      'Question a depends on itself: a -> b -> a.',
      'Question b depends on itself: b -> a -> b.',
    ])
  })
})

describe('checking a weight scheme', () => {
  const questionnaire: Questionnaire = {
    dimensions: [
      {
        id: 'd',
        set: 'core',
        indicators: [
          { id: 'i', questions: [question('a')] },
          { id: 'j', questions: [question('b')] },
        ],
      },
      { id: 'e', set: 'extended', indicators: [{ id: 'k', questions: [question('c')] }] },
    ],
  }
  const scheme: WeightScheme = { id: 'mine', dimensions: { d: 1, e: 1 }, indicators: { i: 1, j: 0.5, k: 1 } }
  const check = (changes: Partial<WeightScheme>) => checkWeightScheme(questionnaire, { ...scheme, ...changes })

  it('has nothing to say about one that fits', () => {
    expect(check({})).toEqual([])
    expect(check({ questions: { b: 2 } })).toEqual([])
  })

  it('names what it leaves out and what does not exist', () => {
    expect(check({ dimensions: { d: 1, f: 1 }, questions: { z: 1 } })).toEqual([
      'Weight scheme mine has no weight for dimension e: name every dimension.',
      'Weight scheme mine names dimension f, which does not exist.',
      'Weight scheme mine names question z, which does not exist.',
    ])
    expect(check({ indicators: {} })).toHaveLength(3)
  })

  it('refuses weights that are negative or no number', () => {
    expect(check({ indicators: { i: -1, j: Number.NaN, k: 1 } })).toEqual([
      'Weight scheme mine: indicator i has weight -1; a weight is a number of at least 0.',
      'Weight scheme mine: indicator j has weight NaN; a weight is a number of at least 0.',
    ])
  })

  it('refuses siblings without any weight', () => {
    expect(check({ indicators: { i: 0, j: 0, k: 1 } })).toEqual([
      'Weight scheme mine: all indicators of dimension d have weight 0; give at least one a positive weight.',
    ])
    expect(check({ questions: { b: 0 } })).toEqual([
      'Weight scheme mine: all questions of indicator j have weight 0; give at least one a positive weight.',
    ])
    expect(check({ dimensions: { d: 0, e: 1 } })).toEqual([
      'Weight scheme mine: all core dimensions have weight 0; give at least one a positive weight.',
    ])
  })
})
