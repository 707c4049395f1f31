import { describe, expect, it } from 'vitest'
import { ShapeError } from './errors.ts'
import { type Fraction, fractionToString } from './fraction.ts'
import type { Answer, Question, Questionnaire, WeightScheme } from './questionnaire.ts'
import type { ReviewDecision } from './review-decision.ts'
import { scoreQuestionnaire } from './scoring.ts'

const question = (id: string, changes: Partial<Question> = {}): Question => ({
  id,
  type: 'single',
  options: [
    { id: 'yes', points: 4 },
    { id: 'planned', points: 1 },
    { id: 'no', points: 0 },
  ],
  max: 4,
  weight: 1,
  allowsNotApplicable: true,
  visibleIf: null,
  ...changes,
})

/** One dimension, indicators first (a weight 1, b weight 3) and second (p; c and below it g are asked when p is yes). */
const questionnaire: Questionnaire = {
  dimensions: [
    {
      id: 'd',
      set: 'core',
      indicators: [
        { id: 'first', questions: [question('a'), question('b', { weight: 3 })] },
        {
          id: 'second',
          questions: [
            question('p'),
            question('c', { visibleIf: { question: 'p', options: ['yes'] } }),
            question('g', { visibleIf: { question: 'c', options: ['yes'] } }),
          ],
        },
      ],
    },
  ],
}
const scheme: WeightScheme = { id: 's', dimensions: { d: 1 }, indicators: { first: 1, second: 1 } }

const chosen = (option: string): Answer => ({ kind: 'answered', options: [option] })
const agreed: ReviewDecision = { kind: 'agreed' }
const notSupported: ReviewDecision = { kind: 'notSupported' }
const needMore: ReviewDecision = { kind: 'needMore' }
const changed = (points: number): ReviewDecision => ({ kind: 'changed', points })

const score = (answers: Record<string, Answer>, reviews: Record<string, ReviewDecision>) =>
  scoreQuestionnaire(questionnaire, new Map(Object.entries(answers)), scheme, { reviews: new Map(Object.entries(reviews)) })
const text = (value: Fraction | null | undefined) => (value == null ? null : fractionToString(value))
/** Verified score, verified upper and share of one question. */
const verified = (id: string, answers: Record<string, Answer>, reviews: Record<string, ReviewDecision>) => {
  const found = score(answers, reviews).questions.get(id)
  return [text(found?.verifiedScore), text(found?.verifiedUpper), text(found?.verifiedShare)]
}

const answers = { a: chosen('yes'), b: chosen('planned'), p: chosen('yes'), c: chosen('yes'), g: chosen('no') }

describe('a decision and the points that count', () => {
  it.each<[string, ReviewDecision, (string | null)[]]>([
    ['agreed keeps the points of the city', agreed, ['25/1', '25/1', '1/1']],
    ['agreed with a note keeps them too', { kind: 'agreedWithNote' }, ['25/1', '25/1', '1/1']],
    ['changed takes the points of the expert', changed(2), ['50/1', '50/1', '1/1']],
    ['not supported earns nothing', notSupported, ['0/1', '0/1', '1/1']],
    ['need more is open: nothing, or in the bound everything', needMore, ['0/1', '100/1', '1/1']],
  ])('%s', (_, decision, expected) => {
    expect(verified('b', answers, { b: decision })).toEqual(expected)
  })

  it('leaves the self-reported score as it was', () => {
    const [before, after] = [score(answers, {}), score(answers, { a: notSupported, b: needMore })]
    expect(after.indices.core.score).toEqual(before.indices.core.score)
    expect(after.indices.core.coverage).toEqual(before.indices.core.coverage)
  })

  it('agrees that an open question is open', () => {
    expect(verified('b', { ...answers, b: { kind: 'notKnown' } }, { b: agreed })).toEqual(['0/1', '100/1', '1/1'])
  })
})

describe('the verified score', () => {
  it('is missing where nothing is reviewed, with share 0', () => {
    expect(score(answers, {}).indices.core).toMatchObject({ verifiedScore: null, verifiedUpper: null })
    expect(text(score(answers, {}).indices.core.verifiedShare)).toBe('0/1')
  })

  it('counts reviewed questions only and rescales the weights', () => {
    const { indicators, indices } = score(answers, { b: changed(3), p: agreed, c: changed(0) })
    expect(text(indicators.get('first')?.verifiedScore)).toBe('75/1') // b alone
    expect(text(indicators.get('first')?.verifiedShare)).toBe('3/4')
    expect(text(indicators.get('second')?.verifiedScore)).toBe('50/1') // (100 + 0) / 2
    expect(text(indicators.get('second')?.verifiedShare)).toBe('2/3')
    expect(text(indices.core.verifiedScore)).toBe('125/2') // (75 + 50) / 2
    expect(text(indices.core.verifiedShare)).toBe('17/24') // (3/4 + 2/3) / 2
  })

  it('leaves out an indicator without a reviewed question', () => {
    const { indices } = score(answers, { a: agreed })
    expect(text(indices.core.verifiedScore)).toBe('100/1')
    expect(text(indices.core.verifiedShare)).toBe('1/8') // 1/4 of first, half of the index
  })
})

describe('"not applicable" under review', () => {
  const absent = { ...answers, b: { kind: 'notApplicable' } as const }

  it('drops out when the expert agrees', () => {
    const { indicators } = score(absent, { a: agreed, b: agreed })
    expect(text(indicators.get('first')?.verifiedScore)).toBe('100/1')
    expect(text(indicators.get('first')?.verifiedShare)).toBe('1/1')
  })

  it('comes back with no points when the expert refuses it', () => {
    const { indicators } = score(absent, { a: agreed, b: notSupported })
    expect(text(indicators.get('first')?.score)).toBe('100/1')
    expect(text(indicators.get('first')?.verifiedScore)).toBe('25/1') // (100 x 1 + 0 x 3) / 4
    expect(text(indicators.get('first')?.verifiedShare)).toBe('1/1')
  })

  it('comes back into the share as well', () => {
    expect(text(score(absent, { b: notSupported }).indicators.get('first')?.verifiedShare)).toBe('3/4') // without the refusal a would be all
    expect(verified('b', absent, { b: changed(4) })).toEqual(['100/1', '100/1', '1/1'])
    expect(verified('b', absent, { b: needMore })).toEqual(['0/1', '100/1', '1/1'])
  })
})

describe('hidden questions are reviewed with their parent', () => {
  const hidden = { ...answers, p: chosen('planned') }

  it('so that a review of every question shown is a full review', () => {
    const result = score(hidden, { a: agreed, b: agreed, p: agreed })
    expect(text(result.indices.core.verifiedShare)).toBe('1/1')
    expect(result.indices.core.verifiedScore).toEqual(result.indices.core.score)
  })

  it('and are not reviewed while it is not', () => {
    expect(verified('c', hidden, { a: agreed })).toEqual([null, null, '0/1'])
  })

  it.each<[string, Record<string, Answer>, ReviewDecision, (string | null)[]]>([
    ['earn nothing when the expert finds another option that hides them', hidden, changed(0), ['0/1', '0/1', '1/1']],
    ['are open when the expert finds that they should have been shown', hidden, changed(4), ['0/1', '100/1', '1/1']],
    ['are open when the points fit no option', hidden, changed(2.5), ['0/1', '100/1', '1/1']],
    ['are open when more is needed', hidden, needMore, ['0/1', '100/1', '1/1']],
    ['earn nothing when the parent is refused', hidden, notSupported, ['0/1', '0/1', '1/1']],
    ['stay open below a parent that is open', { ...answers, p: { kind: 'notKnown' } }, agreed, ['0/1', '100/1', '1/1']],
    ['drop out with a parent that is not applicable', { ...answers, p: { kind: 'notApplicable' } }, agreed, [null, null, null]],
    ['come back with nothing when that is refused', { ...answers, p: { kind: 'notApplicable' } }, notSupported, ['0/1', '0/1', '1/1']],
  ])('%s', (_, sheet, decision, expected) => {
    expect(verified('c', sheet, { p: decision })).toEqual(expected)
    expect(verified('g', sheet, { p: decision })).toEqual(expected) // and so does the question below
  })

  it('but take a decision of their own first', () => {
    expect(verified('c', hidden, { p: changed(4), c: changed(1) })).toEqual(['25/1', '25/1', '1/1'])
  })

  it.each<[string, Question['type'], string, ReviewDecision, string[]]>([
    // Two options earn 1 point; only one shows the question. The city's own option is known, the expert's is not.
    [
      'earn nothing when the agreed option hides them, though another with as many points would not',
      'single',
      'late',
      agreed,
      ['0/1', '0/1', '1/1'],
    ],
    ['are open when one of the options with the points of the expert shows them', 'single', 'no', changed(1), ['0/1', '100/1', '1/1']],
    // Ticks that add up to 2 may or may not contain the one that shows the question.
    ['are open when the expert gives a parent with ticks any points', 'multiple', 'late', changed(2), ['0/1', '100/1', '1/1']],
    ['earn nothing when the expert gives such a parent none', 'multiple', 'late', changed(0), ['0/1', '0/1', '1/1']],
  ])('%s', (_, type, option, decision, expected) => {
    const options = [
      { id: 'early', points: 1 },
      { id: 'late', points: 1 },
      { id: 'other', points: 2 },
      { id: 'no', points: 0 },
    ]
    const questions = [question('p', { type, options }), question('c', { visibleIf: { question: 'p', options: ['early'] } })]
    const small: Questionnaire = { dimensions: [{ id: 'd', set: 'core', indicators: [{ id: 'i', questions }] }] }
    const own = scoreQuestionnaire(
      small,
      new Map([['p', chosen(option)]]),
      { id: 's', dimensions: { d: 1 }, indicators: { i: 1 } },
      { reviews: new Map([['p', decision]]) },
    ).questions.get('c')
    expect([own?.verifiedScore, own?.verifiedUpper, own?.verifiedShare].map(text)).toEqual(expected)
  })

  it('while a question that is shown always needs its own', () => {
    expect(verified('c', answers, { p: notSupported })).toEqual([null, null, '0/1'])
  })
})

describe('a wrong review is refused', () => {
  it('for a question that does not exist', () => {
    expect(() => score(answers, { z: agreed })).toThrow(ShapeError)
    expect(() => score(answers, { z: agreed })).toThrow('Review of z: there is no such question')
  })

  it.each([-1, 4.5, Number.NaN])('with %d points of 4', (points) => {
    expect(() => score(answers, { a: changed(points) })).toThrow(RangeError)
    expect(() => score(answers, { a: changed(points) })).toThrow(`Review of a: ${points} points; changed points lie between 0 and 4.`)
  })

  it('of a kind that does not exist', () => {
    expect(() => score(answers, { a: { kind: 'liked' } as unknown as ReviewDecision })).toThrow('"liked" is no kind of decision')
  })
})
