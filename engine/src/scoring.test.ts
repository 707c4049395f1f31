import { describe, expect, it } from 'vitest'
import { chosen, equal, full, notApplicable, notKnown, question, questionnaire, score, text } from '../test/small-questionnaire.ts'
import { ShapeError } from './errors.ts'
import { fraction } from './fraction.ts'
import type { Answer, Questionnaire, WeightScheme } from './questionnaire.ts'
import { effectiveWeights, prepareScoring } from './scoring-plan.ts'
import { COVERAGE_THRESHOLD, gainsAtFullPoints, isProvisional, scoreQuestionnaire, scoreSheet } from './scoring.ts'

describe('scores at every level', () => {
  it('are weighted means of what lies below', () => {
    const { questions, indicators, dimensions, indices } = score()
    expect(text(questions.get('sch-02')?.score)).toBe('25/1') // 100 x 1 / 4
    expect(text(indicators.get('schools')?.score)).toBe('175/4') // (100 x 1 + 25 x 3) / 4 = 43.75
    expect(text(indicators.get('homes')?.score)).toBe('200/3') // 100 x 2 / 3
    expect(text(dimensions.get('lens')?.score)).toBe('1325/24') // (175/4 + 200/3) / 2 = (525 + 800) / 24
    expect(text(indices.core.score)).toBe('1325/48') // (1325/24 + 0) / 2
    expect(text(indices.extended.score)).toBe('3725/72') // (1325/24 + 0 + 100) / 3 = (1325 + 2400) / 72
  })

  it('use the weights of the scheme, by name', () => {
    const scheme: WeightScheme = {
      id: 'other',
      dimensions: { voice: 0.5, language: 1, lens: 1.5 },
      indicators: { homes: 3, schools: 1, voice: 9, language: 9 },
      questions: { 'sch-02': 1 },
    }
    const { indicators, dimensions, indices } = score({}, scheme)
    expect(text(indicators.get('schools')?.score)).toBe('125/2') // (100 + 25) / 2
    expect(text(dimensions.get('lens')?.score)).toBe('525/8') // (62.5 + 3 x 200/3) / 4 = 262.5 / 4
    expect(text(indices.core.score)).toBe('315/8') // 1.5 x 525/8 / 2.5 = 39.375
    expect(text(indices.extended.score)).toBe('2375/48') // (1.5 x 525/8 + 0.5 x 100) / 3 = (98.4375 + 50) / 3
  })

  it('keep a dimension and the indicator of the same name apart', () => {
    const { indicators, dimensions } = score({ 'lan-01': chosen('planned') })
    expect(text(indicators.get('language')?.score)).toBe('25/1')
    expect(text(indicators.get('language')?.effectiveWeight.core)).toBe('1/2')
    expect(dimensions.get('language')).toEqual(indicators.get('language'))
    expect([...indicators.keys()]).toEqual(['schools', 'homes', 'language', 'voice'])
  })

  it('are the same from a prepared plan', () => {
    expect(scoreSheet(prepareScoring(questionnaire, equal), new Map(Object.entries(full)))).toEqual(score())
  })
})

describe('points of a question', () => {
  it('add up over ticks, to the cap at most', () => {
    expect(text(score({ 'hom-01': chosen('b', 'c') }).questions.get('hom-01')?.score)).toBe('250/3') // 2.5 of 3
    expect(text(score({ 'hom-01': chosen('a', 'c') }).questions.get('hom-01')?.points)).toBe('3/1') // 3.5, capped
    expect(text(score({ 'hom-01': chosen('c', 'a', 'b') }).questions.get('hom-01')?.score)).toBe('100/1')
  })

  it('are 0 for "none", which is an answer', () => {
    expect(score({ 'hom-01': chosen('none') }).questions.get('hom-01')).toMatchObject({
      state: 'answered',
      points: fraction(0n),
      pointsOpen: fraction(0n),
    })
  })

  it('are missing when not applicable and open when not known', () => {
    const { questions } = score({ 'sch-01': notApplicable, 'lan-01': notKnown })
    expect(questions.get('sch-01')).toMatchObject({
      state: 'notApplicable',
      points: null,
      pointsOpen: null,
      score: null,
      max: fraction(4n),
    })
    expect(questions.get('lan-01')).toMatchObject({
      state: 'notKnown',
      points: fraction(0n),
      pointsOpen: fraction(4n),
      score: fraction(0n),
      upper: fraction(100n),
    })
  })
})

describe('a question that is not applicable', () => {
  it('drops out and the other weights are rescaled', () => {
    const { indicators, questions, dimensions } = score({ 'sch-01': notApplicable })
    expect(text(indicators.get('schools')?.score)).toBe('25/1') // sch-02 alone
    expect(text(indicators.get('schools')?.coverage)).toBe('1/1')
    expect(text(questions.get('sch-02')?.effectiveWeight.core)).toBe('1/4') // all of schools = half of lens = half of core
    expect(text(questions.get('sch-02')?.nominalWeight.core)).toBe('3/16')
    expect(text(questions.get('sch-01')?.effectiveWeight.core)).toBe('0/1')
    expect(text(dimensions.get('lens')?.score)).toBe('275/6') // (25 + 200/3) / 2
  })

  it('takes its indicator and dimension along when nothing else is there', () => {
    const { indicators, dimensions, indices, questions } = score({ 'lan-01': notApplicable })
    for (const level of [indicators.get('language'), dimensions.get('language')]) {
      expect(level).toMatchObject({ score: null, upper: null, coverage: null, verifiedScore: null, verifiedShare: null })
      expect(text(level?.effectiveWeight.core)).toBe('0/1')
      expect(text(level?.nominalWeight.core)).toBe('1/2')
    }
    expect(text(indices.core.score)).toBe('1325/24') // lens alone
    expect(text(questions.get('hom-01')?.effectiveWeight.core)).toBe('1/2')
    expect(text(questions.get('hom-01')?.effectiveWeight.extended)).toBe('1/4')
  })

  it('leaves no index when nothing is applicable', () => {
    const only: Questionnaire = { dimensions: [{ id: 'd', set: 'core', indicators: [{ id: 'i', questions: [question('q')] }] }] }
    const { indices } = scoreQuestionnaire(only, new Map([['q', notApplicable]]), { id: 's', dimensions: { d: 1 }, indicators: { i: 1 } })
    expect(indices.core).toMatchObject({ score: null, coverage: null, effectiveWeight: { core: fraction(0n) } })
    expect(isProvisional(indices.core)).toBe(true)
  })
})

describe('open questions', () => {
  it('earn nothing, everything in the upper bound, and lower the coverage by their weight', () => {
    const { indicators, indices } = score({ 'sch-02': { kind: 'notAnswered' } })
    const schools = indicators.get('schools')
    expect(text(schools?.score)).toBe('25/1') // (100 + 0 x 3) / 4
    expect(text(schools?.upper)).toBe('100/1')
    expect(text(schools?.coverage)).toBe('1/4')
    expect(text(indices.core.coverage)).toBe('13/16') // 1 - 3/4 x 1/2 x 1/2
    expect(text(indices.extended.coverage)).toBe('7/8') // 1 - 3/4 x 1/2 x 1/3
    expect(text(indices.core.upper)).toBe('125/3') // ((100 + 200/3) / 2 + 0) / 2
  })

  it('are those that the map leaves out, too', () => {
    const answers = new Map(Object.entries(full))
    answers.delete('sch-02')
    expect(scoreQuestionnaire(questionnaire, answers, equal)).toEqual(score({ 'sch-02': { kind: 'notAnswered' } }))
  })

  it('leave an empty sheet with score 0, upper 100, coverage 0', () => {
    const { indices } = scoreQuestionnaire(questionnaire, new Map(), equal)
    expect(indices.extended).toMatchObject({ score: fraction(0n), upper: fraction(100n), coverage: fraction(0n) })
  })
})

describe('coverage under 65 %', () => {
  it('makes a level provisional; 65 % itself does not', () => {
    expect(text(COVERAGE_THRESHOLD)).toBe('13/20')
    expect(isProvisional({ coverage: fraction(13n, 20n) })).toBe(false)
    expect(isProvisional({ coverage: fraction(13n * 10n ** 30n - 1n, 20n * 10n ** 30n) })).toBe(true)
    expect(isProvisional({ coverage: null })).toBe(true)
  })

  it('is judged level by level', () => {
    const { indicators, indices } = score({ 'sch-02': notKnown })
    expect(isProvisional(indicators.get('schools') ?? { coverage: null })).toBe(true) // 1/4
    expect(isProvisional(indices.core)).toBe(false) // 13/16
  })
})

describe('effective weights', () => {
  it('are the share of each index that a question carries', () => {
    const weights = effectiveWeights(questionnaire, equal)
    // sch-02: 3/4 of schools, half of lens, half of core or a third of extended
    expect([...weights].map(([id, { core, extended }]) => [id, text(core), text(extended)])).toEqual([
      ['sch-01', '1/16', '1/24'],
      ['sch-02', '3/16', '1/8'],
      ['hom-01', '1/4', '1/6'],
      ['lan-01', '1/2', '1/3'],
      ['voi-01', '0/1', '1/3'],
    ])
  })

  it('of the levels above are the sums of those below', () => {
    const { indices, dimensions, indicators } = score()
    expect(text(indicators.get('schools')?.effectiveWeight.core)).toBe('1/4')
    expect(text(dimensions.get('lens')?.effectiveWeight.extended)).toBe('1/3')
    expect(text(indices.core.effectiveWeight.core)).toBe('1/1')
    expect(text(indices.extended.effectiveWeight.extended)).toBe('1/1')
  })
})

describe('what the city loses', () => {
  it('is the effective weight times the missing part of the score', () => {
    const gains = gainsAtFullPoints(score({ 'sch-01': notApplicable, 'lan-01': notKnown }))
    expect(gains.get('sch-01')).toBeNull()
    expect(text(gains.get('sch-02')?.core)).toBe('75/4') // 1/4 x 75, as sch-01 has dropped out
    expect(text(gains.get('lan-01')?.core)).toBe('50/1') // open: all of its half
    expect(text(gains.get('voi-01')?.extended)).toBe('0/1') // nothing is missing
    expect(text(gains.get('hom-01')?.extended)).toBe('50/9') // 1/6 x 100/3
  })
})

describe('wrong input is refused, naming question, option and rule', () => {
  it.each<[string, Record<string, Answer>, string]>([
    ['an unknown question', { 'sch-99': chosen('yes') }, 'Answer to sch-99: there is no such question'],
    ['an unknown option', { 'sch-01': chosen('maybe') }, 'Answer to sch-01: option "maybe" does not exist; choose from yes, planned, no.'],
    [
      'two options where one is due',
      { 'sch-01': chosen('yes', 'no') },
      'Answer to sch-01: options "yes" and "no" are chosen, but a single question takes exactly one.',
    ],
    ['"not applicable" where it is not allowed', { 'sch-02': notApplicable }, 'Answer to sch-02: "not applicable" is not allowed'],
    ['an answer without options', { 'hom-01': chosen() }, 'Answer to hom-01: it counts as answered but no option is chosen'],
    ['an option twice', { 'hom-01': chosen('a', 'a') }, 'Answer to hom-01: option "a" is chosen twice'],
    ['"none" and something', { 'hom-01': chosen('none', 'a') }, 'Answer to hom-01: option "none" is chosen together with others'],
    ['an unknown kind', { 'sch-01': { kind: 'skipped' } as unknown as Answer }, 'Answer to sch-01: "skipped" is no kind of answer.'],
  ])('%s', (_, changes, message) => {
    expect(() => score(changes)).toThrow(ShapeError)
    expect(() => score(changes)).toThrow(message)
  })

  it('a questionnaire or a scheme that breaks a rule', () => {
    expect(() => score({}, { ...equal, dimensions: { lens: 1 } })).toThrow('Weight scheme equal has no weight for dimension language')
    expect(() => effectiveWeights({ dimensions: [] }, equal)).toThrow('The questionnaire has no dimensions.')
  })

  it('an aggregation that is not exact', () => {
    const options = { aggregation: 'geometric' } as unknown as { aggregation: 'arithmetic' }
    expect(() => scoreQuestionnaire(questionnaire, new Map(), equal, options)).toThrow('geometricScores')
  })
})
