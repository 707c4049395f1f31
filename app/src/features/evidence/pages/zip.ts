import { Readable } from 'node:stream'
import { AppError } from '../../../errors.ts'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { openQuestionnaire } from '../../assessments/usecases.ts'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import { arrange, type ArchiveTexts, writeArchive } from '../archive.ts'
import { listCitations } from '../citation-queries.ts'
import { viewerOf } from '../usecases.ts'
import { attachment } from './reading.tsx'

/** What the person reads of an assessment's evidence, question by question. */
async function collect(c: WebContext, services: Services) {
  const { assessment, instrument, whole, cited } = await inTransaction(services, c, async (db) => {
    const opened = await openQuestionnaire(db, personOf(c), services.instruments, c.req.param('assessmentId')!)
    const cityId = opened.assessment.city.id
    const permission = can(personOf(c), 'evidence.read', cityId)
    if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
    return { ...opened, cited: await listCitations(db, opened.assessment.id, viewerOf(personOf(c), cityId)) }
  })
  const wording = textOf(whole, c.get('t').language).questions
  const byQuestion = Map.groupBy(
    cited.filter(({ evidence }) => evidence.removedAt === null),
    ({ citation }) => citation.questionId,
  )
  const numbers = new Map(questionsOf(whole).map(({ id }, i) => [id, i + 1]))
  const questions = questionsOf(instrument).flatMap(({ id }) => {
    const found = byQuestion.get(id)
    return found === undefined ? [] : [{ number: numbers.get(id)!, id, wording: wording[id]!.question, cited: found }]
  })
  return { assessment, lines: arrange(questions) }
}

async function zip(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const { assessment, lines } = await collect(c, services)
  const texts: ArchiveTexts = {
    language: t.language,
    title: t('evidence.archive.title', { assessment: contextLine(assessment) }),
    synthetic: assessment.city.isSynthetic ? t('app.synthetic.text') : null,
    columns: {
      number: t('evidence.archive.number'),
      id: t('evidence.archive.id'),
      question: t('evidence.archive.question'),
      document: t('evidence.archive.document'),
      page: t('evidence.archive.page'),
      quotation: t('evidence.archive.quotation'),
      validUntil: t('evidence.archive.validUntil'),
      file: t('evidence.archive.file'),
      sha256: t('evidence.archive.sha256'),
    },
  }
  const name = `evidence-${assessment.city.slug}-${assessment.wave.slug}${assessment.city.isSynthetic ? '-synthetic' : ''}.zip`
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Disposition': attachment(name),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const bytes = Readable.from(writeArchive(services.config.dataDir, lines, texts, services.now()))
  return c.body(Readable.toWeb(bytes) as unknown as ReadableStream, 200, headers)
}

export function registerArchivePages(pages: Pages, services: Services): void {
  pages.get('/assessments/:assessmentId/evidence.zip', 'evidence.read', (c) => zip(c, services))
}
