import { Readable } from 'node:stream'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { arrange, fileEntries, writeZip } from '../../evidence/archive.ts'
import { attachment } from '../../evidence/pages/reading.tsx'
import { questionNumbers, textOf } from '../../instrument/instrument.ts'
import { choiceWords } from '../../partners/pages/answer-words.ts'
import { languageName } from '../../translations/pages/words.ts'
import type { DeskQuestion } from '../desk.ts'
import { listDocuments, openDesk, type OpenedDesk } from '../desk-usecases.ts'
import { type DeskDocument, isOpenDocument } from '../documents.ts'
import { type PackedQuestion, type PackText, packTextEntries, type PackTexts } from '../pack.ts'
import { noDecisionText, reviewContext } from './words.ts'

const nonEmpty = (texts: readonly (string | null)[]): string[] => texts.filter((text) => text !== null)

/** The city's own words, then the translations that were handed in with them. */
function textsOf(t: Translator, { content }: OpenedDesk, { id, answer }: DeskQuestion): PackText[] {
  const own: PackText = {
    heading: t('reviews.answer.original', { language: languageName(t, answer?.language ?? null) }),
    language: answer?.language ?? null,
    texts: nonEmpty([answer?.reason ?? null, answer?.explanation ?? null]),
  }
  const translations = (content.translations ?? [])
    .filter(({ questionId }) => questionId === id)
    .map(({ language, reason, explanation }) => ({
      heading: t('reviews.answer.translation', { language: languageName(t, language) }),
      language,
      texts: nonEmpty([reason, explanation]),
    }))
  return [own, ...translations].filter(({ texts }) => texts.length > 0)
}

function packed(t: Translator, desk: OpenedDesk, documents: readonly DeskDocument[]): PackedQuestion[] {
  const numbers = questionNumbers(desk.instrument)
  const wording = textOf(desk.instrument, t.language).questions
  return desk.questions.map((question) => {
    const { id, answer } = question
    const { question: words, hint, whatCounts } = wording[id]!
    const refused = documents.filter((document) => document.citation.questionId === id && !isOpenDocument(document))
    return {
      number: numbers.get(id)!,
      id,
      wording: words,
      whatCounts: `${hint} ${whatCounts}`,
      choice: choiceWords(t, desk.instrument, id, answer ?? { options: null, missing: null }),
      withoutDecision: noDecisionText(t, desk, question),
      texts: textsOf(t, desk, question),
      refused: refused.map(
        ({ citation, refusal }) => `${t(`evidence.kind.${citation.kind as 'other'}`)}: ${t(`reviews.document.${refusal!}`)}`,
      ),
    }
  })
}

const packWords = (t: Translator, { review }: OpenedDesk): PackTexts => ({
  language: t.language,
  title: t('reviews.pack.title', { review: reviewContext(review) }),
  lead: t('reviews.pack.lead'),
  synthetic: review.city.isSynthetic ? t('app.synthetic.text') : null,
  answer: t('reviews.pack.answer'),
  whatCounts: t('reviews.answer.whatCounts'),
  documents: t('reviews.document.title'),
  page: (page) => t('evidence.page', { page }),
  columns: {
    number: t('evidence.archive.number'),
    id: t('evidence.archive.id'),
    question: t('evidence.archive.question'),
    answer: t('reviews.pack.answer'),
    text: t('reviews.pack.text'),
    document: t('evidence.archive.document'),
    page: t('evidence.archive.page'),
    quotation: t('evidence.archive.quotation'),
    file: t('evidence.archive.file'),
    sha256: t('evidence.archive.sha256'),
  },
})

async function pack(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const { desk, documents } = await inTransaction(services, c, async (db) => {
    const opened = await openDesk(db, personOf(c), services.instruments, c.req.param('reviewId')!, services.now())
    return { desk: opened, documents: await listDocuments(db, opened, opened.questionIds) }
  })
  const questions = packed(t, desk, documents)
  const lines = arrange(
    questions.map(({ number, id, wording }) => ({
      number,
      id,
      wording,
      cited: documents.filter(isOpenDocument).filter(({ citation }) => citation.questionId === id),
    })),
  )
  const { city, wave } = desk.review
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Disposition': attachment(`review-${city.slug}-${wave.slug}${city.isSynthetic ? '-synthetic' : ''}.zip`),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const entries = [...packTextEntries(questions, lines, packWords(t, desk)), ...fileEntries(lines)]
  const bytes = Readable.from(writeZip(services.config.dataDir, entries, services.now()))
  return c.body(Readable.toWeb(bytes) as unknown as ReadableStream, 200, headers)
}

export function registerPackPages(pages: Pages, services: Services): void {
  pages.get('/reviews/:reviewId/pack.zip', 'review.work', (c) => pack(c, services))
}
