import type { Answer } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { scoreAssessment } from '../results/results.ts'
import { neverSaved, type StoredAnswer, toEngineAnswers } from './answer.ts'
import { areaProgress, progressOf, questionStatuses } from './assessment.ts'
import { exclusionsOf, noExclusions, scopeProgress, type ScopeStatement, scopeVersion } from './scope.ts'

const question = (id: string, max: number): QuestionRules => ({
  id,
  type: 'single',
  options: [
    { id: 'yes', points: max },
    { id: 'partly', points: 1 },
    { id: 'no', points: 0 },
  ],
  max,
  weight: 1,
  allowsNotApplicable: false,
  visibleIf: null,
  evidence: 'optional',
  fields: [],
  source: '',
  anchor: false,
  facts: [],
})

/** Area a: a1 (4 points), a2 (2), a3 (1). Area b: b1 (2). The scope "schools" holds a2 and b1. */
const instrument = {
  id: 'tiny',
  version: '1',
  licence: '',
  languages: ['en'],
  clusters: [],
  texts: {},
  scopes: [
    { id: 'schools', questions: ['a2', 'b1'] },
    { id: 'housing', questions: ['a3'] },
  ],
  dimensions: [
    { id: 'a', set: 'core', indicators: [{ id: 'a', questions: [question('a1', 4), question('a2', 2), question('a3', 1)] }] },
    { id: 'b', set: 'core', indicators: [{ id: 'b', questions: [question('b1', 2)] }] },
  ],
  schemes: [{ id: 'by-dimension', isDefault: true, dimensions: { a: 1, b: 1 }, indicators: { a: 1, b: 1 } }],
} as unknown as Instrument

const statement = (scopeId: string, version: number, isResponsible: boolean | null, reason: string | null = null): ScopeStatement => ({
  scopeId,
  version,
  isResponsible,
  reason,
  statedAt: '2026-03-01T10:00:00.000Z',
  author: null,
})

const answered = (questionId: string, option: string): StoredAnswer => ({ ...neverSaved(questionId), version: 1, options: [option] })
// a1: 1 of 4 = 25; a2: 2 of 2 = 100; a3: 0 of 1 = 0; b1 is open.
const answers = new Map([answered('a1', 'partly'), answered('a2', 'yes'), answered('a3', 'no')].map((each) => [each.questionId, each]))
const schoolsElsewhere = exclusionsOf(instrument, [statement('schools', 1, false, 'Region')])
const score = (exclusions: ReadonlyMap<string, { scopeId: string; reason: string }>) =>
  scoreAssessment(instrument, toEngineAnswers(answers.values(), exclusions), null)

describe('what a city is not responsible for', () => {
  it('excludes the questions of the scope with the reason, and nothing as long as nothing is said', () => {
    expect([...schoolsElsewhere]).toEqual([
      ['a2', { scopeId: 'schools', reason: 'Region' }],
      ['b1', { scopeId: 'schools', reason: 'Region' }],
    ])
    expect(exclusionsOf(instrument, []).size).toBe(0)
    expect(exclusionsOf(instrument, [statement('schools', 1, true), statement('housing', 1, null)]).size).toBe(0)
  })

  it('follows the newest statement, in whatever order they come', () => {
    const history = [statement('schools', 2, true), statement('schools', 1, false, 'Region')]
    expect(exclusionsOf(instrument, history).size).toBe(0)
    expect(exclusionsOf(instrument, [...history, statement('schools', 3, false, 'State')]).get('a2')?.reason).toBe('State')
    expect(scopeVersion(history)).toBe(2)
    expect(scopeVersion([...history, statement('housing', 1, true)])).toBe(3)
  })

  it('knows no scopes in an instrument from before there were any', () => {
    expect(exclusionsOf({}, [statement('schools', 1, false, 'Region')]).size).toBe(0)
    expect(scopeProgress({}, [])).toEqual({ answered: 0, all: 0 })
  })

  it('counts the subjects that were answered; one that was taken back is open again', () => {
    expect(scopeProgress(instrument, [statement('schools', 1, false, 'Region')])).toEqual({ answered: 1, all: 2 })
    expect(scopeProgress(instrument, [statement('schools', 1, false, 'Region'), statement('schools', 2, null)]).answered).toBe(0)
  })
})

describe('what the engine scores', () => {
  it('without exclusions is the answers alone', () => {
    // a = (25 + 100 + 0) / 3 = 125/3; b open = 0, at most 100; core = 125/6, at most 425/6, coverage 1/2
    expect(score(noExclusions).indices.core.exact).toEqual({ score: '125/6', upper: '425/6', coverage: '1/2' })
  })

  it('leaves excluded questions out and rescales the others, whatever was answered there', () => {
    // a2 and b1 drop out: a = (25 + 0) / 2 = 12.5, b has nothing left; core rests on a alone: 25/2, fully covered
    const scores = score(schoolsElsewhere)
    expect(scores.indices.core.exact).toEqual({ score: '25/2', upper: '25/2', coverage: '1/1' })
    expect(scores.dimensions.map(({ exact }) => exact.score)).toEqual(['25/2', null])
    expect(scores.questions.map(({ state }) => state)).toEqual(['answered', 'notApplicable', 'answered', 'notApplicable'])
  })

  it('still refuses "not applicable" for a question under no scope', () => {
    const sheet = new Map<string, Answer>([['a1', { kind: 'notApplicable' }]])
    expect(() => scoreAssessment(instrument, sheet, null)).toThrow('not applicable')
  })
})

describe('progress', () => {
  it('does not count what is not asked, and keeps its answer', () => {
    const statuses = questionStatuses(instrument, answers, schoolsElsewhere)
    expect(statuses.get('a2')).toMatchObject({ state: 'excluded', lacksReason: false, answer: { options: ['yes'] } })
    expect(progressOf(statuses.values())).toEqual({ answered: 2, asked: 2 })
    expect(areaProgress(instrument, statuses).map(({ state }) => state)).toEqual(['completed', 'completed'])
    expect(progressOf(questionStatuses(instrument, answers, noExclusions).values())).toEqual({ answered: 3, asked: 4 })
  })
})
