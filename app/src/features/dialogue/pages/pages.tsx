import type { Db } from '../../../db/open.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { patchOfForm } from '../../assessments/pages/form-patch.ts'
import { finishQuery, openCityReview, openQuery, replyToQuery } from '../answering.ts'
import { askQuery, closeQuery, openQueries, withdrawQuery } from '../asking.ts'
import { openDecisions, replyToDecision } from '../decisions.ts'
import { askForm, closeForm, emptyForm, replyForm, shareForm, textForm } from '../schemas.ts'
import { closeReview, openDialogue, shareDecisions } from '../sharing.ts'
import { cityNotices, CityQueryPage } from './CityQueryPage.tsx'
import { CityReviewPage } from './CityReviewPage.tsx'
import { DecisionsPage } from './DecisionsPage.tsx'
import { DialoguePage, leadNotices } from './DialoguePage.tsx'
import { expertNotices, ExpertQueryPage } from './ExpertQueryPage.tsx'

const reviewOf = (c: WebContext): string => c.req.param('reviewId')!
const questionOf = (c: WebContext) => ({ reviewId: reviewOf(c), questionId: c.req.param('questionId')! })
const queryOf = (c: WebContext) => ({ reviewId: reviewOf(c), queryId: c.req.param('queryId')! })
const noticeOf = <N extends string>(c: WebContext, known: readonly N[], errors: FormErrors): N | null =>
  errors === noErrors ? (known.find((each) => each === c.req.query('done')) ?? null) : null
const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)

async function showExpert(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const now = services.now()
  const opened = await inTransaction(services, c, (db) => openQueries(db, personOf(c), services.instruments, questionOf(c)))
  const done = noticeOf(c, expertNotices, errors)
  const content = <ExpertQueryPage t={t} opened={opened} values={values} errors={errors} now={now} done={done} />
  return page(c, services, { title: t('dialogue.expert.page'), status: statusOf(errors) }, content)
}

async function showQuery(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openQuery(db, personOf(c), services.instruments, queryOf(c)))
  const done = noticeOf(c, cityNotices, errors)
  const content = <CityQueryPage t={t} opened={opened} values={values} errors={errors} done={done} now={services.now()} />
  return page(c, services, { title: t('dialogue.query.title'), status: statusOf(errors) }, content)
}

async function showDecisions(
  c: WebContext,
  services: Services,
  typed: { questionId: string; values: FormValues; errors: FormErrors } | null,
): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openDecisions(db, personOf(c), services.instruments, reviewOf(c), services.now()))
  const isDone = typed === null && c.req.query('done') === 'replied'
  const content = <DecisionsPage t={t} opened={opened} typed={typed} isDone={isDone} />
  return page(c, services, { title: t('dialogue.decisions.title'), status: typed === null ? 200 : 422 }, content)
}

async function showDialogue(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const person = personOf(c)
  const opened = await inTransaction(services, c, (db) => openDialogue(db, person, services.instruments, reviewOf(c)))
  const props = { opened, values, errors, isLead: can(person, 'reviews.manage').ok, now: services.now() }
  const content = <DialoguePage t={t} {...props} done={noticeOf(c, leadNotices, errors)} />
  return page(c, services, { title: t('dialogue.lead.title'), status: statusOf(errors) }, content)
}

export function registerDialoguePages(pages: Pages, services: Services): void {
  registerExpertPages(pages, services)
  registerCityPages(pages, services)
  registerLeadPages(pages, services)
}

function registerExpertPages(pages: Pages, services: Services): void {
  const base = '/reviews/:reviewId/questions/:questionId/query'
  const address = (c: WebContext) => `/reviews/${reviewOf(c)}/questions/${c.req.param('questionId')}/query`
  const again = (c: WebContext) => (values: FormValues, errors: FormErrors) => showExpert(c, services, values, errors)
  pages.get(base, 'review.work', (c) => showExpert(c, services, {}, noErrors))
  pages.post(base, 'review.work', 'askQuery', (c) =>
    handleForm(c, {
      schema: askForm,
      run: async (input, key) => {
        await askQuery(services, personOf(c), { ...questionOf(c), ...input, language: c.get('language'), key }, services.now())
        return `${address(c)}?done=asked`
      },
      again: again(c),
    }),
  )
  const step = (name: 'close' | 'withdraw', operation: string, done: string, work: (c: WebContext) => Promise<unknown>) =>
    pages.post(`${base}/:queryId/${name}`, 'review.work', operation, (c) =>
      handleForm(c, {
        schema: emptyForm,
        run: async () => {
          await work(c)
          return `${address(c)}?done=${done}`
        },
        again: again(c),
      }),
    )
  step('close', 'closeQuery', 'closed', (c) =>
    inTransaction(services, c, (db) => closeQuery(db, personOf(c), services.instruments, queryOf(c), services.now())),
  )
  step('withdraw', 'withdrawQuery', 'withdrawn', (c) => withdrawQuery(services, personOf(c), queryOf(c), services.now()))
}

/** Without a choice of the form there is no new answer; a form always shows the whole answer. */
async function reply(
  c: WebContext,
  services: Services,
  db: Db,
  values: FormValues,
  input: { text: string; done: boolean; answerVersion: number },
  key: string,
) {
  const { instruments } = services
  const { instrument, query } = await openQuery(db, personOf(c), instruments, queryOf(c))
  const patch = values.explanation === undefined ? null : patchOfForm(instrument, query.questionId, values)
  const { text, done: isDone, answerVersion } = input
  const request = { ...queryOf(c), text, isDone, answerVersion, patch, language: c.get('language'), key }
  return replyToQuery(db, personOf(c), instruments, request, services.now())
}

function registerCityPages(pages: Pages, services: Services): void {
  const { instruments } = services
  const query = '/reviews/:reviewId/queries/:queryId'
  const address = (c: WebContext) => `/reviews/${reviewOf(c)}/queries/${c.req.param('queryId')}`
  const again = (c: WebContext) => (values: FormValues, errors: FormErrors) => showQuery(c, services, values, errors)
  pages.get('/reviews/:reviewId/city', 'review.read', async (c) => {
    const t = c.get('t')
    const opened = await inTransaction(services, c, (db) => openCityReview(db, personOf(c), instruments, reviewOf(c)))
    return page(c, services, { title: t('dialogue.city.title') }, <CityReviewPage t={t} opened={opened} now={services.now()} />)
  })
  pages.get(query, 'review.read', (c) => showQuery(c, services, {}, noErrors))
  pages.post(query, 'review.reply', 'replyToQuery', (c) =>
    handleForm(c, {
      schema: replyForm,
      run: async (input, key, values) => {
        await inTransaction(services, c, (db) => reply(c, services, db, values, input, key))
        return `${address(c)}?done=${input.done ? 'handedBack' : 'replied'}`
      },
      again: again(c),
    }),
  )
  pages.post(`${query}/finish`, 'review.reply', 'finishQuery', (c) =>
    handleForm(c, {
      schema: emptyForm,
      run: async () => {
        await inTransaction(services, c, (db) => finishQuery(db, personOf(c), instruments, queryOf(c), services.now()))
        return `${address(c)}?done=handedBack`
      },
      again: again(c),
    }),
  )
  pages.get('/reviews/:reviewId/decisions', 'review.read', (c) => showDecisions(c, services, null))
  pages.post('/reviews/:reviewId/decisions/:questionId', 'review.reply', 'replyToDecision', (c) =>
    handleForm(c, {
      schema: textForm,
      run: async ({ text }, key) => {
        const request = { ...questionOf(c), text, language: c.get('language'), key }
        await inTransaction(services, c, (db) => replyToDecision(db, personOf(c), instruments, request, services.now()))
        return `/reviews/${reviewOf(c)}/decisions?done=replied#decision-${questionOf(c).questionId}`
      },
      again: (values, errors) => showDecisions(c, services, { questionId: questionOf(c).questionId, values, errors }),
    }),
  )
}

function registerLeadPages(pages: Pages, services: Services): void {
  const { instruments } = services
  const base = '/reviews/:reviewId'
  const again = (c: WebContext) => (values: FormValues, errors: FormErrors) => showDialogue(c, services, values, errors)
  pages.get(`${base}/dialogue`, 'reviews.watch', (c) => showDialogue(c, services, {}, noErrors))
  pages.post(`${base}/share`, 'reviews.manage', 'shareDecisions', (c) =>
    handleForm(c, {
      schema: shareForm,
      run: async (input, key) => {
        const request = { reviewId: reviewOf(c), ...input, key }
        await inTransaction(services, c, (db) => shareDecisions(db, personOf(c), instruments, request, services.now()))
        return `/reviews/${reviewOf(c)}/dialogue?done=shared`
      },
      again: again(c),
    }),
  )
  pages.post(`${base}/close`, 'reviews.manage', 'closeReview', (c) =>
    handleForm(c, {
      schema: closeForm,
      run: async (input, key) => {
        const request = { reviewId: reviewOf(c), ...input, key }
        await inTransaction(services, c, (db) => closeReview(db, personOf(c), instruments, request, services.now()))
        return `/reviews/${reviewOf(c)}/dialogue?done=closed`
      },
      again: again(c),
    }),
  )
}
