import type { Answer } from '@tessera/engine'
import { scoreSheet } from '@tessera/engine'
import { describe, expect, it } from 'vitest'
import { noExclusions } from '../assessments/scope.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { parseElement, toColumns } from './elements.ts'
import { changedQuestions, type FrozenContent } from './frozen.ts'
import { toCsv } from './csv.ts'
import { planOf, scoreAssessment } from './results.ts'

const question = (id: string, max: number, rest: Partial<QuestionRules> = {}): QuestionRules => ({
  id,
  type: 'single',
  options: [
    { id: 'yes', points: max },
    { id: 'partly', points: 1 },
    { id: 'no', points: 0 },
  ],
  max,
  weight: 1,
  allowsNotApplicable: true,
  visibleIf: null,
  evidence: 'optional',
  fields: [],
  source: '',
  anchor: false,
  facts: [],
  ...rest,
})

/** Core: area a (questions a1 of 4 and a2 of 2 points), area b (b1 of 3). Extended only: area c (c1 of 1). */
const instrument = {
  id: 'tiny',
  version: '1',
  licence: '',
  languages: ['en'],
  clusters: [],
  texts: {},
  dimensions: [
    { id: 'a', set: 'core', indicators: [{ id: 'a', questions: [question('a1', 4), question('a2', 2)] }] },
    { id: 'b', set: 'core', indicators: [{ id: 'b', questions: [question('b1', 3)] }] },
    { id: 'c', set: 'extended', indicators: [{ id: 'c', questions: [question('c1', 1)] }] },
  ],
  schemes: [{ id: 'by-dimension', isDefault: true, dimensions: { a: 1, b: 1, c: 1 }, indicators: { a: 1, b: 1, c: 1 } }],
} as unknown as Instrument

const chosen = (option: string): Answer => ({ kind: 'answered', options: [option] })
// a1: 1 of 4 = 25; a2 open = 0; so a = 12.5, at most 62.5, half covered. b1: 3 of 3 = 100. c1: does not apply.
const answers = new Map<string, Answer>([
  ['a1', chosen('partly')],
  ['a2', { kind: 'notKnown' }],
  ['b1', chosen('yes')],
  ['c1', { kind: 'notApplicable' }],
])

describe('scores of an assessment', () => {
  const scores = scoreAssessment(instrument, answers, null)

  it('gives score, bound and coverage of every level, unrounded and as exact text', () => {
    expect(scores.scheme).toBe('by-dimension')
    expect(scores.indices.core).toEqual({
      id: 'core',
      score: 56.25,
      upper: 81.25,
      coverage: 0.75,
      isProvisional: false,
      exact: { score: '225/4', upper: '325/4', coverage: '3/4' },
    })
    expect(scores.dimensions[0]).toMatchObject({ id: 'a', score: 12.5, upper: 62.5, coverage: 0.5, isProvisional: true })
    // c does not apply, so the extended index rests on a and b alone
    expect(scores.indices.extended.score).toBe(56.25)
    expect(scores.dimensions[2]).toMatchObject({ id: 'c', score: null, upper: null, coverage: null, isProvisional: true })
  })

  it('gives the points of every question, its share of the index and what full points would gain', () => {
    const [a1, a2, b1, c1] = scores.questions
    expect(a1).toEqual({
      id: 'a1',
      state: 'answered',
      points: 1,
      max: 4,
      score: 25,
      exact: '25/1',
      effectiveWeight: { core: 0.25, extended: 0.25 },
      gain: { core: 18.75, extended: 18.75 },
    })
    expect(a2).toMatchObject({ state: 'notKnown', points: 0, score: 0, gain: { core: 25, extended: 25 } })
    expect(b1).toMatchObject({ points: 3, score: 100, effectiveWeight: { core: 0.5, extended: 0.5 }, gain: { core: 0, extended: 0 } })
    expect(c1).toMatchObject({ state: 'notApplicable', points: null, score: null, effectiveWeight: { core: 0, extended: 0 }, gain: null })
  })

  it('refuses a weighting that the instrument does not have', () => {
    expect(() => scoreAssessment(instrument, answers, 'by-mood')).toThrow('RESULT_NOT_FOUND')
  })
})

describe('the arrays of a stored result', () => {
  const { plan } = planOf(instrument, null)
  const columns = toColumns(plan, scoreSheet(plan, answers))

  it('stand in the documented order of elements', () => {
    expect(columns.elements).toEqual([
      'core',
      'extended',
      'dimension:a',
      'dimension:b',
      'dimension:c',
      'indicator:a',
      'indicator:b',
      'indicator:c',
      'geometric:core',
      'geometric:extended',
      'question:a1',
      'question:a2',
      'question:b1',
      'question:c1',
    ])
  })

  it('hold NaN and an empty text where nothing applies', () => {
    const c = columns.elements.indexOf('dimension:c')
    expect([columns.scores[c], columns.uppers[c], columns.coverages[c], columns.exactScores[c]]).toEqual([NaN, NaN, NaN, ''])
  })

  it('hold exact scores, and for the geometric check a number only', () => {
    expect(columns.exactScores[0]).toBe('225/4')
    // On 1-100: a1 25.75, a2 1, so a = sqrt(25.75); b = 100; core = sqrt(sqrt(25.75) * 100)
    expect(columns.scores[columns.elements.indexOf('geometric:core')]).toBeCloseTo(Math.sqrt(Math.sqrt(25.75) * 100), 9)
    expect(columns.exactScores[columns.elements.indexOf('geometric:core')]).toBe('')
  })
})

describe('elements in addresses', () => {
  it('are an index, an area or an indicator of the instrument; nothing else', () => {
    expect(parseElement(instrument, 'core')).toEqual({ kind: 'index', id: 'core' })
    expect(parseElement(instrument, 'dimension:b')).toEqual({ kind: 'dimension', id: 'b' })
    expect(parseElement(instrument, 'indicator:c')).toEqual({ kind: 'indicator', id: 'c' })
    for (const odd of ['', 'b', 'dimension:x', 'dimension:__proto__', 'question:a1', 'geometric:core', '../core'])
      expect(parseElement(instrument, odd)).toBeNull()
  })
})

describe('what changed since handing in', () => {
  it('names questions with a newer version and those answered for the first time', () => {
    const content = {
      answers: [
        { questionId: 'a1', version: 1 },
        { questionId: 'a2', version: 3 },
      ],
    } as FrozenContent
    const now = new Map([
      ['a1', { version: 2 }],
      ['a2', { version: 3 }],
      ['b1', { version: 1 }],
    ])
    expect(changedQuestions(content, now, noExclusions)).toEqual(['a1', 'b1'])
  })
})

describe('tables as CSV', () => {
  it('quote what needs it, keep numbers whole and disarm formulas', () => {
    expect(
      toCsv(
        ['name', 'score'],
        [
          ['A, "B"', 1 / 3],
          ['=SUM(A1)', -1.5],
          ['Ø', null],
        ],
      ),
    ).toBe('name,score\r\n"A, ""B""",0.3333333333333333\r\n\'=SUM(A1),-1.5\r\nØ,\r\n')
  })
})
