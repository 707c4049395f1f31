import { AppError } from '../../../errors.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { isImage, isPdf } from '../../evidence/media-type.ts'
import { attachment, serveFile } from '../../evidence/pages/reading.tsx'
import { agendaItems, agendaText } from '../agenda.ts'
import { deskFilters, isWaiting, nextWaiting } from '../desk.ts'
import { openDesk, openDocument, openQuestion, rememberVisit } from '../desk-usecases.ts'
import { saveJudgement, signPart } from '../judging.ts'
import { listMyReviews } from '../my-reviews.ts'
import { deskPath, donePath, reviewPath } from '../paths.ts'
import { judgementFormSchema } from '../schemas.ts'
import { AgendaPage, agendaWords } from './AgendaPage.tsx'
import { judgementValues } from './DecisionForm.tsx'
import { DeskPage } from './DeskPage.tsx'
import { registerPackPages } from './pack.ts'
import { ReviewPage } from './ReviewPage.tsx'
import { ReviewsPage } from './ReviewsPage.tsx'
import { reviewContext, titleOf } from './words.ts'

const idOf = (c: WebContext): string => c.req.param('reviewId')!

/** A whole number from 1 in the address, or null. */
function numberOf(c: WebContext, name: string): number | null {
  const asked = Number(c.req.query(name))
  return Number.isInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : null
}

async function list(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const rows = await inTransaction(services, c, (db) => listMyReviews(db, personOf(c), services.instruments))
  return page(c, services, { title: t('reviews.list.title') }, <ReviewsPage t={t} rows={rows} now={services.now()} />)
}

const readDesk = (c: WebContext, services: Services) =>
  inTransaction(services, c, (db) => openDesk(db, personOf(c), services.instruments, idOf(c), services.now()))

async function review(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const desk = await readDesk(c, services)
  const filter = deskFilters.find((each) => each === c.req.query('show')) ?? 'all'
  const told = (['signed', 'done'] as const).find((each) => each === c.req.query('notice')) ?? null
  const notice = told === 'done' && desk.questions.some(isWaiting) ? null : told
  return page(c, services, { title: reviewContext(desk.review) }, <ReviewPage t={t} desk={desk} filter={filter} notice={notice} />)
}

/** @param values what was typed; null = the form opens with what was decided last */
async function desk(c: WebContext, services: Services, values: FormValues | null, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const now = services.now()
  const request = { reviewId: idOf(c), questionId: c.req.param('questionId')!, document: numberOf(c, 'document') }
  const opened = await inTransaction(services, c, async (db) => {
    const found = await openQuestion(db, personOf(c), services.instruments, request, now)
    if (c.req.method === 'GET') await rememberVisit(db, found, now)
    return found
  })
  const file = opened.shown?.evidence.file ?? null
  const isDrawn = file !== null && (isPdf(file.mediaType) || isImage(file.mediaType))
  return page(
    c,
    services,
    {
      title: titleOf(t, opened, opened.question.id),
      isWide: true,
      status: errors === noErrors ? 200 : 422,
      scripts: ['client/desk.ts', ...(isDrawn ? ['client/evidence-reader.ts'] : [])],
      islands: {
        'desk-texts': textsUnder(t.language, 'reviews.script.'),
        ...(isDrawn && { 'reader-texts': textsUnder(t.language, 'evidence.reading.') }),
      },
    },
    <DeskPage
      t={t}
      opened={opened}
      page={numberOf(c, 'page')}
      now={now}
      values={values ?? judgementValues(t, opened.question.judgement)}
      errors={errors}
      isSaved={c.req.query('notice') === 'saved'}
    />,
  )
}

/** Saves, and goes on to the next question that waits if that is asked for; back to the list when none does. */
function decide(c: WebContext, services: Services): Promise<Response> {
  const reviewId = idOf(c)
  const questionId = c.req.param('questionId')!
  return handleForm(c, {
    schema: judgementFormSchema,
    run: async ({ after, ...form }) => {
      const next = await inTransaction(services, c, async (db) => {
        await saveJudgement(db, personOf(c), services.instruments, { ...form, reviewId, questionId }, services.now())
        if (after === 'here') return questionId
        const { questions } = await openDesk(db, personOf(c), services.instruments, reviewId, services.now())
        return nextWaiting(questions, questionId)
      })
      return next === null ? donePath(reviewId) : `${deskPath(reviewId, next)}?notice=saved`
    },
    again: (values, errors) => desk(c, services, values, errors),
  })
}

async function sign(c: WebContext, services: Services): Promise<Response> {
  await inTransaction(services, c, (db) => signPart(db, personOf(c), services.instruments, idOf(c), services.now()))
  return c.redirect(`${reviewPath(idOf(c))}?notice=signed`, 303)
}

async function agenda(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await readDesk(c, services)
  const withNotes = c.req.query('notes') === 'with'
  return page(c, services, { title: t('reviews.agenda.title') }, <AgendaPage t={t} desk={opened} withNotes={withNotes} />)
}

async function agendaFile(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await readDesk(c, services)
  const { city, wave } = opened.review
  const synthetic = city.isSynthetic ? `\n${t('app.synthetic.text')}` : ''
  const heading = `${t('reviews.agenda.title')}\n${reviewContext(opened.review)}${synthetic}`
  const text = agendaText(t, heading, agendaItems(opened), agendaWords(t, opened), c.req.query('notes') === 'with')
  return c.body(text, 200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Disposition': attachment(`agenda-${city.slug}-${wave.slug}${city.isSynthetic ? '-synthetic' : ''}.txt`),
    'Cache-Control': 'no-store',
  })
}

async function documentFile(c: WebContext, services: Services): Promise<Response> {
  const request = { reviewId: idOf(c), evidenceId: c.req.param('evidenceId')! }
  const { evidence } = await inTransaction(services, c, (db) => openDocument(db, personOf(c), services.instruments, request))
  if (evidence.file === null) throw new AppError('EVIDENCE_NOT_FOUND')
  return serveFile(c, services, evidence.file)
}

export function registerReviewPages(pages: Pages, services: Services): void {
  const base = '/reviews/:reviewId'
  pages.get('/reviews', 'review.work', (c) => list(c, services))
  pages.get(base, 'review.work', (c) => review(c, services))
  pages.post(`${base}/sign`, 'review.work', 'signReviewPart', (c) => sign(c, services))
  pages.get(`${base}/agenda`, 'review.work', (c) => agenda(c, services))
  pages.get(`${base}/agenda.txt`, 'review.work', (c) => agendaFile(c, services))
  pages.get(`${base}/documents/:evidenceId/file`, 'review.work', (c) => documentFile(c, services))
  pages.get(`${base}/questions/:questionId`, 'review.work', (c) => desk(c, services, null, noErrors))
  pages.post(`${base}/questions/:questionId`, 'review.work', 'saveJudgement', (c) => decide(c, services))
  registerPackPages(pages, services)
}
