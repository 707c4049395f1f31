import { beforeAll, describe, expect, it } from 'vitest'
import { type InboxDocument, listInboxTexts, readInboxDocuments } from '../../../test/inbox-files.ts'
import { instrumentFolder } from '../../paths.ts'
import { extractPages } from '../evidence/extract.ts'
import { loadInstrument } from '../instrument/load.ts'
import { indexQuestions, proposeQuestions } from './propose.ts'

const documents = readInboxDocuments()
const ranks = new Map<InboxDocument, number>() // position of the right question among the proposals; -1 = not there

/** Share of documents whose question is among the first three proposals. */
const shareOf = (those: readonly InboxDocument[]): number => those.filter((each) => ranks.get(each)! >= 0).length / those.length
const said = (those: readonly InboxDocument[]): string => `${(100 * shareOf(those)).toFixed(1)} % of ${those.length}`

beforeAll(async () => {
  const index = indexQuestions(loadInstrument(instrumentFolder))
  for (const document of documents) {
    const text = (await extractPages(document.bytes, document.mediaType)).join(' ')
    expect(text).toMatch(/Invented document for tests|Erfundenes Dokument für Tests/)
    const proposals = proposeQuestions(index, { name: document.name, sha256: null, text }, [])
    ranks.set(
      document,
      proposals.findIndex(({ questionId }) => questionId === document.questionId),
    )
  }
}, 60_000)

describe('80 short documents of cities', () => {
  it('are as many, in both languages, in four formats, and about 60 questions and more', () => {
    expect(new Set(documents.map(({ name }) => name.replace(/\.\w+$/, '.txt')))).toEqual(new Set(listInboxTexts()))
    expect(
      Object.fromEntries(Object.entries(Object.groupBy(documents, ({ language }) => language)).map(([k, v]) => [k, v.length])),
    ).toEqual({ de: 40, en: 40 })
    for (const ending of ['pdf', 'docx', 'odt'])
      expect(documents.filter(({ name }) => name.endsWith(`.${ending}`)).length).toBeGreaterThanOrEqual(4)
    expect(new Set(documents.map(({ questionId }) => questionId)).size).toBeGreaterThanOrEqual(60)
  })

  it.each([
    ['all', () => true],
    ['German', ({ language }: InboxDocument) => language === 'de'],
    ['English', ({ language }: InboxDocument) => language === 'en'],
    ['the half that was written last', ({ part }: InboxDocument) => part === 2],
  ])('find their question among the first three in 70 % of the cases and more: %s', (name, wanted) => {
    const those = documents.filter(wanted)
    console.info(`right question among the first three, ${name}: ${said(those)}`)
    expect(shareOf(those)).toBeGreaterThanOrEqual(0.7)
  })
})
