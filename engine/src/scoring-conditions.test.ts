import { describe, expect, it } from 'vitest'
import { chosen, notApplicable, notKnown, question, text, ticks } from '../test/small-questionnaire.ts'
import { fraction } from './fraction.ts'
import type { Answer, Questionnaire, WeightScheme } from './questionnaire.ts'
import { scoreQuestionnaire } from './scoring.ts'

describe('conditions', () => {
  const shownIf = (parent: string, ...options: string[]) => ({ visibleIf: { question: parent, options } })
  // Stands before its parent on purpose; p -> c -> g is a chain.
  const chained: Questionnaire = {
    dimensions: [
      {
        id: 'd',
        set: 'core',
        indicators: [
          {
            id: 'i',
            questions: [question('c', shownIf('p', 'yes')), question('p'), question('g', shownIf('c', 'yes', 'planned')), question('x')],
          },
        ],
      },
    ],
  }
  const one: WeightScheme = { id: 's', dimensions: { d: 1 }, indicators: { i: 1 } }
  const sheet = (answers: Record<string, Answer>) =>
    scoreQuestionnaire(chained, new Map(Object.entries({ x: chosen('yes'), ...answers })), one)
  const states = (answers: Record<string, Answer>) => ['p', 'c', 'g'].map((id) => sheet(answers).questions.get(id)?.state)

  it('show a question whose parent was answered so', () => {
    expect(states({ p: chosen('yes'), c: chosen('planned'), g: chosen('no') })).toEqual(['answered', 'answered', 'answered'])
  })

  it('score a hidden question 0 and as covered when the parent was answered otherwise, whatever it was answered before', () => {
    const answers = { p: chosen('planned'), c: chosen('yes'), g: chosen('yes') }
    expect(states(answers)).toEqual(['answered', 'hiddenScoredZero', 'hiddenScoredZero'])
    const { indices, questions } = sheet(answers)
    expect(text(indices.core.score)).toBe('125/4') // (25 + 0 + 0 + 100) / 4: the points stay obtainable
    expect(text(indices.core.upper)).toBe('125/4')
    expect(text(indices.core.coverage)).toBe('1/1')
    expect(questions.get('c')).toMatchObject({
      points: fraction(0n),
      pointsOpen: fraction(0n),
      score: fraction(0n),
      coverage: fraction(1n),
    })
  })

  it('do not let a "not applicable" stand that was given before the question was hidden', () => {
    expect(text(sheet({ p: chosen('no'), c: notApplicable }).indices.core.score)).toBe('25/1') // 100 / 4
  })

  it('drop a hidden question with a parent that is not applicable', () => {
    expect(states({ p: notApplicable, c: chosen('yes') })).toEqual(['notApplicable', 'hiddenNotApplicable', 'hiddenNotApplicable'])
    expect(text(sheet({ p: notApplicable }).indices.core.score)).toBe('100/1') // x alone
  })

  it('leave a hidden question open below an open parent', () => {
    expect(states({ c: chosen('yes') })).toEqual(['notAnswered', 'hiddenOpen', 'hiddenOpen'])
    const { indices } = sheet({ p: notKnown, c: chosen('yes') })
    expect(text(indices.core.score)).toBe('25/1')
    expect(text(indices.core.upper)).toBe('100/1')
    expect(text(indices.core.coverage)).toBe('1/4')
  })

  it('pass on what the question in the middle counts as', () => {
    expect(states({ p: chosen('yes'), c: notApplicable, g: chosen('yes') })).toEqual(['answered', 'notApplicable', 'hiddenNotApplicable'])
    expect(states({ p: chosen('yes'), c: notKnown })).toEqual(['answered', 'notKnown', 'hiddenOpen'])
    expect(states({ p: chosen('yes'), c: chosen('no') })).toEqual(['answered', 'answered', 'hiddenScoredZero'])
  })

  it('are met by any of the ticks of a multiple parent', () => {
    const ticked: Questionnaire = {
      dimensions: [
        {
          id: 'd',
          set: 'core',
          indicators: [
            { id: 'i', questions: [question('m', { type: 'multiple', options: ticks, max: 3 }), question('c', shownIf('m', 'a', 'b'))] },
          ],
        },
      ],
    }
    const state = (...options: string[]) =>
      scoreQuestionnaire(
        ticked,
        new Map([
          ['m', chosen(...options)],
          ['c', chosen('yes')],
        ]),
        one,
      ).questions.get('c')?.state
    expect(state('c', 'b')).toBe('answered')
    expect(state('c')).toBe('hiddenScoredZero')
  })
})
