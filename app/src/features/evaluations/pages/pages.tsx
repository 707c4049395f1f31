import type { z } from '@hono/zod-openapi'
import type { Db } from '../../../db/open.ts'
import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listCalibrations } from '../../calibration/usecases.ts'
import { questionNumbers, textOf } from '../../instrument/instrument.ts'
import { getNames } from '../assigning-queries.ts'
import { assignExpert, assignProposals, endAssignment, openArranging, openReview, setReviewDates, withdrawReview } from '../assigning.ts'
import { openBoard } from '../board-usecases.ts'
import { askException, overrideConflict } from '../exceptions.ts'
import {
  assignFormSchema,
  datesFormSchema,
  endRequestSchema,
  exceptionRequestSchema,
  openFormSchema,
  overrideRequestSchema,
  withdrawFormSchema,
} from '../schemas.ts'
import type { FormName } from './ArrangeForms.tsx'
import { ArrangePage, arrangeSteps } from './ArrangePage.tsx'
import { BoardPage } from './BoardPage.tsx'
import { registerMethodPages } from './method-pages.tsx'

const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)
const boardSteps = ['opened', 'assigned', 'withdrawn'] as const

async function showBoard(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const now = services.now()
  const { calibrations, ...board } = await inTransaction(services, c, async (db) => ({
    ...(await openBoard(db, personOf(c), services.instruments, c.req.param('slug')!, now)),
    calibrations: await listCalibrations(db, personOf(c)),
  }))
  const what = boardSteps.find((step) => step === c.req.query('done'))
  const done = what === undefined ? null : { what, count: Number(c.req.query('count')) || 0 }
  const shown = { ...values, _proposalKey: newFormKey() }
  return page(
    c,
    services,
    { title: t('evaluations.board.title'), status: statusOf(errors), isWide: true },
    <BoardPage t={t} person={personOf(c)} now={now} {...board} calibrations={calibrations} values={shown} errors={errors} done={done} />,
  )
}

function open(c: WebContext, services: Services): Promise<Response> {
  const wave = c.req.param('slug')!
  return handleForm(c, {
    schema: openFormSchema,
    run: async (input, key) => {
      const request = { wave, ...input }
      await inTransaction(services, c, (db) =>
        once(db, personOf(c), { key, operation: 'openReview', body: request }, () =>
          openReview(db, personOf(c), services.instruments, request, services.now()),
        ),
      )
      return `/evaluations/${wave}?done=opened`
    },
    again: (values, errors) => showBoard(c, services, values, errors),
  })
}

async function assignAll(c: WebContext, services: Services): Promise<Response> {
  const wave = c.req.param('slug')!
  const key = fieldOf(await readForm(c), '_key')
  const { count } = await inTransaction(services, c, (db) =>
    once(db, personOf(c), { key, operation: 'assignProposals', body: { wave } }, () =>
      assignProposals(db, personOf(c), services.instruments, wave, services.now()),
    ),
  )
  return c.redirect(`/evaluations/${wave}?done=assigned&count=${count}`, 303)
}

async function showReview(
  c: WebContext,
  services: Services,
  sent: FormName | null,
  values: FormValues,
  errors: FormErrors,
): Promise<Response> {
  const t = c.get('t')
  const { names, instrument, ...watched } = await inTransaction(services, c, async (db) => {
    const found = await openArranging(db, personOf(c), services.instruments, c.req.param('reviewId')!)
    return {
      ...found,
      instrument: await services.instruments.get(db, found.review.wave.instrumentVersionId),
      names: await getNames(
        db,
        found.exceptions.map(({ askedBy }) => askedBy),
      ),
    }
  })
  const numbers = questionNumbers(instrument)
  const { questions } = textOf(instrument, t.language)
  const questionTexts = new Map(watched.review.sample.map((id) => [id, { number: numbers.get(id)!, text: questions[id]?.question ?? id }]))
  const done = arrangeSteps.find((step) => step === c.req.query('done')) ?? null
  // a key for each form that creates something: what one form has used, the other must not use again
  const keys = { _firstKey: newFormKey(), _secondKey: newFormKey(), _key: fieldOf(values, '_key') || newFormKey() }
  return page(
    c,
    services,
    { title: t('evaluations.review.title', { city: watched.review.city.name }), status: statusOf(errors) },
    <ArrangePage
      t={t}
      person={personOf(c)}
      {...watched}
      names={names}
      questionTexts={questionTexts}
      values={{ ...values, ...keys }}
      errors={errors}
      sent={sent}
      done={done}
    />,
  )
}

/** Takes a step on a review and comes back to its page. */
function take<T>(
  c: WebContext,
  services: Services,
  schema: z.ZodType<T>,
  { name, done, operation }: { name: (values: FormValues) => FormName; done: string; operation: string },
  work: (db: Db, input: T & { reviewId: string }) => Promise<unknown>,
): Promise<Response> {
  const reviewId = c.req.param('reviewId')!
  return handleForm(c, {
    schema,
    run: async (input, key) => {
      const body = { ...input, reviewId }
      await inTransaction(services, c, async (db) => {
        // a key is sent by the forms that create something
        if (key === '') return void (await work(db, body))
        return once(db, personOf(c), { key, operation, body }, async () => void (await work(db, body)))
      })
      return done.startsWith('/') ? done : `/evaluations/reviews/${reviewId}?done=${done}`
    },
    again: (values, errors) => showReview(c, services, name(values), values, errors),
  })
}

/** The address of the board of a review's wave, for after it has been withdrawn. */
async function boardOfReview(c: WebContext, services: Services): Promise<string> {
  const { review } = await inTransaction(services, c, (db) =>
    openArranging(db, personOf(c), services.instruments, c.req.param('reviewId')!),
  )
  return `/evaluations/${review.wave.slug}?done=withdrawn`
}

function registerArranging(pages: Pages, services: Services): void {
  const { instruments, now } = services
  const base = '/evaluations/reviews/:reviewId'
  pages.get(base, 'reviews.watch', (c) => showReview(c, services, null, {}, noErrors))
  pages.post(`${base}/assign`, 'reviews.manage', 'assignExpert', (c) =>
    take(
      c,
      services,
      assignFormSchema,
      {
        name: (values) => (fieldOf(values, 'part') === 'second' ? 'assign-second' : 'assign-first'),
        done: 'assigned',
        operation: 'assignExpert',
      },
      (db, request) => assignExpert(db, personOf(c), instruments, request, now()),
    ),
  )
  pages.post(`${base}/assignments/:assignmentId/end`, 'reviews.manage', 'endAssignment', (c) =>
    take(c, services, endRequestSchema, { name: () => 'end', done: 'ended', operation: 'endAssignment' }, (db, request) =>
      endAssignment(db, personOf(c), { ...request, assignmentId: c.req.param('assignmentId')! }, now()),
    ),
  )
  pages.post(`${base}/exception`, 'reviews.manage', 'askReviewException', (c) =>
    take(c, services, exceptionRequestSchema, { name: () => 'exception', done: 'asked', operation: 'askReviewException' }, (db, request) =>
      askException(db, personOf(c), instruments, request, now()),
    ),
  )
  pages.post(`${base}/override`, 'reviews.override', 'overrideConflict', (c) =>
    take(c, services, overrideRequestSchema, { name: () => 'override', done: 'overridden', operation: 'overrideConflict' }, (db, request) =>
      overrideConflict(db, personOf(c), instruments, request, now()),
    ),
  )
  pages.post(`${base}/dates`, 'reviews.manage', 'setReviewDates', (c) =>
    take(
      c,
      services,
      datesFormSchema,
      { name: () => 'dates', done: 'dated', operation: 'setReviewDates' },
      (db, { reviewId, version, dueOn, ...parts }) => setReviewDates(db, personOf(c), { reviewId, version, dueOn, parts }, now()),
    ),
  )
  pages.post(`${base}/withdraw`, 'reviews.manage', 'withdrawReview', async (c) => {
    const done = await boardOfReview(c, services)
    return take(c, services, withdrawFormSchema, { name: () => 'withdraw', done, operation: 'withdrawReview' }, (db, request) =>
      withdrawReview(db, personOf(c), request, now()),
    )
  })
}

/** Pages of the evaluating organisation. Register other pages below /evaluations before these: a wave's address is any word. */
export function registerEvaluationPages(pages: Pages, services: Services): void {
  registerMethodPages(pages, services)
  registerArranging(pages, services)
  pages.get('/evaluations/:slug', 'reviews.watch', (c) => showBoard(c, services, { _key: newFormKey() }, noErrors))
  pages.post('/evaluations/:slug/reviews', 'reviews.manage', 'openReview', (c) => open(c, services))
  pages.post('/evaluations/:slug/proposals', 'reviews.manage', 'assignProposals', (c) => assignAll(c, services))
}
