import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appFolder, instrumentFolder } from '../../paths.ts'
import { translator } from '../../text/text.ts'
import { loadInstrument } from '../instrument/load.ts'
import { questionsOf, type Instrument } from '../instrument/instrument.ts'
import { areaText } from './pages/ProfilePage.tsx'
import { profileOf } from './profile.ts'
import { answerWord, isSameChoice, quickInstrument, toAnswer } from './quickcheck.ts'
import { makeSheet, parseSheet, readSheet } from './sheet.ts'

const instrument = loadInstrument(instrumentFolder)
const now = new Date('2026-07-01T10:00:00Z')
const said = (questionId: string, ...options: string[]) => ({ questionId, options, missing: null, reason: null, explanation: null })
const notKnown = (questionId: string) => ({ questionId, options: null, missing: 'not-known' as const, reason: null, explanation: null })
const areaOf = (answers: Parameters<typeof profileOf>[1], id: string) =>
  profileOf(instrument, answers).areas.find(({ dimension }) => dimension.id === id)!

describe('the quick check', () => {
  it('asks the anchor questions and nothing else, in every area that has one', () => {
    const quick = quickInstrument(instrument)
    const anchors = questionsOf(instrument).filter(({ anchor }) => anchor)
    expect(questionsOf(quick).map(({ id }) => id)).toEqual(anchors.map(({ id }) => id))
    expect(questionsOf(quick)).toHaveLength(22)
    expect(quickInstrument(instrument)).toBe(quick)
  })

  it('leaves out areas without an anchor, with their weights, and asks without a condition that nobody can know', () => {
    const tiny = loadInstrument(join(appFolder, 'test/tiny-instrument'))
    const marked: Instrument = {
      ...tiny,
      dimensions: tiny.dimensions.map((dimension) => ({
        ...dimension,
        indicators: dimension.indicators.map((indicator) => ({
          ...indicator,
          questions: indicator.questions.map((question) => ({ ...question, anchor: question.visibleIf !== null })),
        })),
      })),
    }
    const conditional = questionsOf(tiny).filter(({ visibleIf }) => visibleIf !== null)
    expect(conditional.length).toBeGreaterThan(0)
    const quick = quickInstrument(marked)
    expect(questionsOf(quick).map(({ id, visibleIf }) => [id, visibleIf])).toEqual(conditional.map(({ id }) => [id, null]))
    expect(Object.keys(quick.schemes[0]!.dimensions)).toEqual(quick.dimensions.map(({ id }) => id))
    expect(() => profileOf(marked, [])).not.toThrow()
  })
})

describe('the provisional profile', () => {
  it('scores an area exactly over its anchor questions, with their own weights', () => {
    // com-02 (weight 1.5): planned, 1 of 5; com-09 (weight 1): group, 3 of 4 -> 100 x (1.5 x 1/5 + 1 x 3/4) / 2.5 = 42
    const area = areaOf([said('com-02', 'planned'), said('com-09', 'group')], 'commitment')
    expect(area).toMatchObject({ score: 42, exact: '42/1', upper: 42, answered: 2, asked: 2, total: 10 })
    expect(area.questions.map(({ points, max }) => [points, max])).toEqual([
      [1, 5],
      [3, 4],
    ])
  })

  it('counts an open question as nothing and says what it could add', () => {
    // com-09 open: 100 x 1.5 x 1/5 / 2.5 = 12; with full points 100 x (0.3 + 1) / 2.5 = 52
    for (const answers of [[said('com-02', 'planned')], [said('com-02', 'planned'), notKnown('com-09')]])
      expect(areaOf(answers, 'commitment')).toMatchObject({ score: 12, upper: 52, answered: 1 })
  })

  it('gives no score to an area without an answer, rather than 0', () => {
    expect(areaOf([said('com-02', 'yes')], 'media')).toMatchObject({ score: null, upper: null, answered: 0, asked: 1 })
    expect(areaOf([notKnown('mdc-02')], 'media')).toMatchObject({ score: null, answered: 0 })
  })

  it('leaves out what does not apply', () => {
    // mix of pupils does not apply; teachers 2 of 4; only education was answered, the other five headings of the area are open
    const spared = { questionId: 'edu-01', options: null, missing: 'not-applicable' as const, reason: null, explanation: null }
    const area = areaOf([spared, said('edu-02', '25-to-50')], 'lens')
    expect(area.questions.find(({ rules }) => rules.id === 'edu-01')).toMatchObject({ points: null, state: 'notApplicable' })
    expect(area.exact).toBe('25/3') // (50 + 0 + 0 + 0 + 0 + 0) / 6 indicators
  })

  it('says in words how little it rests on', () => {
    const t = translator('en')
    expect(areaText(t, areaOf([], 'media'))).toBe('No anchor question of this area is answered. Nothing can be said about it.')
    expect(areaText(t, areaOf([said('com-02', 'planned')], 'commitment'))).toBe(
      '12.0 of 100 on 2 anchor questions; the whole area has 10 questions. One of them is open: the score could rise to 52.0.',
    )
    expect(areaText(t, areaOf([said('med-01', 'specialised')], 'mediation'))).toContain('earns all points. The other 2 questions')
  })
})

describe('answers', () => {
  it('keep the rules of their question', () => {
    const question = questionsOf(instrument).find(({ id }) => id === 'com-02')!
    expect(toAnswer(question, { options: ['yes'] })).toMatchObject({ options: ['yes'], missing: null })
    expect(toAnswer(question, { options: ['perhaps'] })).toBeNull()
    expect(toAnswer(question, { options: ['yes', 'no'] })).toBeNull()
    expect(toAnswer(question, { missing: 'not-applicable' })).toBeNull()
  })

  it('are the same in any order of the options', () => {
    expect(isSameChoice(said('lan-01', 'childcare', 'open-to-all'), said('lan-01', 'open-to-all', 'childcare'))).toBe(true)
    expect(isSameChoice(said('lan-01', 'childcare'), notKnown('lan-01'))).toBe(false)
    expect([answerWord(said('lan-01', 'a', 'b')), answerWord(notKnown('x'))]).toEqual(['a;b', 'not-known'])
  })
})

describe('the file of a quick check', () => {
  const answers = [said('com-02', 'yes'), said('lan-01', 'childcare', 'open-to-all'), notKnown('mdc-02')]
  const text = JSON.stringify(makeSheet(instrument, [...answers, { ...said('med-01'), options: null }], 'en', now))

  it('gives back what was put in, with instrument, version and mark, and leaves out what was not answered', () => {
    const sheet = parseSheet(text)!
    expect(sheet).toMatchObject({
      kind: 'quick-check',
      instrument: { id: instrument.id, version: instrument.version },
      madeAt: now.toISOString(),
    })
    const read = readSheet(sheet, instrument)
    expect([read.problems, read.answers]).toEqual([[], answers])
    expect(parseSheet(`\uFEFF${text}`)).toEqual(sheet)
  })

  it.each([
    ['no JSON', 'com-02,yes'],
    ['another kind of file', JSON.stringify({ ...JSON.parse(text), kind: 'assessment' })],
    ['a format of later', JSON.stringify({ ...JSON.parse(text), formatVersion: 2 })],
    ['answers that are no words', JSON.stringify({ ...JSON.parse(text), answers: [{ question: 'com-02', answer: { $gt: '' } }] })],
    ['more than fits', text.padEnd(70_000)],
  ])('is refused with %s', (_, wrong) => expect(parseSheet(wrong)).toBeNull())

  it('names each answer that the questionnaire does not know, and takes the others', () => {
    const sheet = makeSheet(instrument, answers, 'en', now)
    const rows = [
      ...sheet.answers,
      { question: 'old-01', answer: 'yes' },
      { question: 'com-09', answer: 'group;unit' },
      { question: 'com-02', answer: 'no' },
    ]
    const read = readSheet({ ...sheet, answers: rows }, instrument)
    expect(read.answers.map(({ questionId }) => questionId)).toEqual(['com-02', 'lan-01', 'mdc-02'])
    expect(read.problems.map(({ line, rule }) => [line, rule])).toEqual([
      [4, 'cli.sheet.questionUnknown'],
      [5, 'cli.sheet.oneOption'],
      [6, 'cli.sheet.questionRepeated'],
    ])
  })
})
