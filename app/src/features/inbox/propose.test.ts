import { describe, expect, it } from 'vitest'
import { instrumentFolder } from '../../paths.ts'
import { loadInstrument } from '../instrument/load.ts'
import { indexQuestions, namedQuestion, proposeQuestions } from './propose.ts'
import { featuresOf, wordsOf } from './words.ts'

const index = indexQuestions(loadInstrument(instrumentFolder))
const document = (name: string, text = '') => ({ name, sha256: null, text })

describe('words', () => {
  it('lose case and accents, and are cut into beginnings and pieces', () => {
    expect(wordsOf('Größe, 12 Übungs-Räume')).toEqual(['grosse', 'ubungs', 'raume'])
    expect([...featuresOf('Schulamt').keys()]).toEqual(['^schulam', 'schul', 'chula', 'hulam', 'ulamt'])
  })

  it('meet in compounds and forms', () => {
    const shared = [...featuresOf('Dolmetscherpool').keys()].filter((feature) => featuresOf('Dolmetschen').has(feature))
    expect(shared.length).toBeGreaterThan(3)
  })
})

describe('what speaks for a question', () => {
  it('is its key or number in the name of the file', () => {
    expect(namedQuestion(index, 'com-02_Strategie.pdf')).toBe('com-02')
    expect(namedQuestion(index, 'EDU 03 elternarbeit.docx')).toBe('edu-03')
    expect(namedQuestion(index, 'Frage 12 Anlage.pdf')).toBe('edu-02')
    expect(namedQuestion(index, 'Bericht 2024.pdf')).toBeNull()
    expect(namedQuestion(index, 'Frage 900.pdf')).toBeNull()
    expect(namedQuestion(index, 'Q12 minutes.pdf')).toBe('edu-02')
  })

  it('is not the number of a letter, the quarter of a year or the end of a word', () => {
    for (const name of ['Pressemitteilung Nr. 12.pdf', 'minutes no 7.pdf', 'budget Q3.pdf', 'Telecom-02.pdf'])
      expect([name, namedQuestion(index, name)]).toEqual([name, null])
  })

  it('is that the same file, or one of the same name in another year, was filed there before', () => {
    const earlier = [{ questionId: 'lea-03', sha256: 'abc', name: 'Satzung Integrationsbeirat 2022.pdf' }]
    expect(proposeQuestions(index, { name: 'scan0001.pdf', sha256: 'abc', text: '' }, earlier)[0]).toMatchObject({
      questionId: 'lea-03',
      because: 'earlier',
    })
    expect(proposeQuestions(index, document('Satzung Integrationsbeirat 2026.pdf'), earlier)[0]).toMatchObject({
      questionId: 'lea-03',
      because: 'earlier',
    })
  })

  it('is not a name under which many things were filed, but the same file still is', () => {
    const earlier = ['com-01', 'lea-03', 'edu-03', 'nei-01'].map((questionId, i) => ({
      questionId,
      sha256: `hash ${i}`,
      name: `Protokoll 202${i}.pdf`,
    }))
    expect(proposeQuestions(index, document('Protokoll 2026.pdf'), earlier).some(({ because }) => because === 'earlier')).toBe(false)
    expect(proposeQuestions(index, { name: 'Protokoll 2026.pdf', sha256: 'hash 2', text: '' }, earlier)[0]).toMatchObject({
      questionId: 'edu-03',
      because: 'earlier',
    })
  })

  it('stays within the questions that somebody answers', () => {
    const statute = document('Satzung Beirat 2026.pdf', 'Der Beirat für Migration berät Rat und Verwaltung. Er hat 15 Mitglieder.')
    const own = proposeQuestions(index, statute, [], (id) => id.startsWith('lea'))
    expect(own[0]?.questionId).toBe('lea-03')
    expect(own.every(({ questionId }) => questionId.startsWith('lea'))).toBe(true)
    expect(proposeQuestions(index, statute, [], () => false)).toEqual([])
  })

  it('never is a question that the questionnaire does not have', () => {
    const earlier = [{ questionId: 'old-99', sha256: 'abc', name: 'x' }]
    expect(proposeQuestions(index, { name: 'scan.pdf', sha256: 'abc', text: '' }, earlier)).toEqual([])
  })
})
