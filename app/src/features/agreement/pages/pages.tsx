import { AppError } from '../../../errors.ts'
import { type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { agreementCsv } from '../agreement-csv.ts'
import { openConclusion, publishEvaluation, signEvaluation } from '../conclusion.ts'
import { adjudicationFormSchema, publishingFormSchema, signingFormSchema } from '../schemas.ts'
import { adjudicate, type OpenedDisagreements, openDisagreements, openWaveAgreement } from '../usecases.ts'
import { titleOf } from '../../reviews/pages/words.ts'
import { AdjudicationPage, adjudicationValues } from './AdjudicationPage.tsx'
import { AgreementPage } from './AgreementPage.tsx'
import { ConclusionPage } from './ConclusionPage.tsx'
import { DisagreementsPage } from './DisagreementsPage.tsx'
import { conclusionPath, disagreementsPath } from './words.ts'

const reviewOf = (c: WebContext): string => c.req.param('reviewId')!
const statusOf = (errors: FormErrors) => (errors === noErrors ? 200 : 422)

export function registerAgreementPages(pages: Pages, services: Services): void {
  registerAgreement(pages, services)
  registerDisagreements(pages, services)
  registerConclusion(pages, services)
}

function registerAgreement(pages: Pages, services: Services): void {
  const open = (c: WebContext) =>
    inTransaction(services, c, (db) => openWaveAgreement(db, personOf(c), services.instruments, c.req.param('slug')!))
  pages.get('/evaluations/:slug/agreement', 'reviews.watch', async (c) => {
    const t = c.get('t')
    const found = await open(c)
    return page(
      c,
      services,
      { title: t('agreement.wave.title'), scripts: ['client/charts.ts'], isWide: true },
      <AgreementPage t={t} found={found} />,
    )
  })
  pages.get('/evaluations/:slug/agreement.csv', 'reviews.watch', async (c) => {
    const found = await open(c)
    const { slug, isSynthetic } = found.wave
    return c.body(agreementCsv(c.get('t'), found), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="agreement-${slug}${isSynthetic ? '-synthetic' : ''}.csv"`,
    })
  })
}

function registerDisagreements(pages: Pages, services: Services): void {
  const open = (c: WebContext) => inTransaction(services, c, (db) => openDisagreements(db, personOf(c), services.instruments, reviewOf(c)))
  const showList = (c: WebContext, found: OpenedDisagreements, errors: FormErrors = noErrors) => {
    const t = c.get('t')
    const done = c.req.query('done') !== undefined
    return page(
      c,
      services,
      { title: t('agreement.list.title'), status: statusOf(errors), isWide: true },
      <DisagreementsPage t={t} found={found} done={done} />,
    )
  }
  const show = async (c: WebContext, values: FormValues | null, errors: FormErrors) => {
    const t = c.get('t')
    const found = await open(c)
    if (found.disagreements === null) return showList(c, found, errors)
    const disagreement = found.disagreements.find(({ questionId }) => questionId === c.req.param('questionId'))
    if (disagreement === undefined) throw new AppError('QUESTION_NOT_FOUND')
    const shown = values ?? adjudicationValues(t, disagreement)
    const options = { title: titleOf(t, found, disagreement.questionId), status: statusOf(errors), isWide: true } as const
    return page(c, services, options, <AdjudicationPage t={t} found={found} disagreement={disagreement} values={shown} errors={errors} />)
  }
  const path = '/evaluations/reviews/:reviewId/disagreements'
  pages.get(path, 'reviews.watch', async (c) => showList(c, await open(c)))
  pages.get(`${path}/:questionId`, 'reviews.watch', (c) => show(c, null, noErrors))
  pages.post(`${path}/:questionId`, 'reviews.manage', 'adjudicate', (c) =>
    handleForm(c, {
      schema: adjudicationFormSchema,
      run: async (input) => {
        const request = { ...input, reviewId: reviewOf(c), questionId: c.req.param('questionId')! }
        await inTransaction(services, c, (db) => adjudicate(db, personOf(c), services.instruments, request, services.now()))
        return `${disagreementsPath(request.reviewId)}?done=1#${request.questionId}`
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
}

function registerConclusion(pages: Pages, services: Services): void {
  const { instruments, now } = services
  const show = async (c: WebContext, values: FormValues, errors: FormErrors) => {
    const t = c.get('t')
    const found = await inTransaction(services, c, (db) => openConclusion(db, personOf(c), instruments, reviewOf(c)))
    const done = (['signed', 'published'] as const).find((step) => c.req.query('done') === step) ?? null
    const props = { t, now: now(), found, done: errors === noErrors ? done : null, values, errors }
    return page(c, services, { title: t('agreement.conclusion.title'), status: statusOf(errors) }, <ConclusionPage {...props} />)
  }
  const path = '/evaluations/reviews/:reviewId/conclusion'
  pages.get(path, 'reviews.watch', (c) => show(c, {}, noErrors))
  pages.post(`${path}/sign`, 'reviews.manage', 'signEvaluation', (c) =>
    handleForm(c, {
      schema: signingFormSchema,
      run: async (input) => {
        const key = { ...input, reviewId: reviewOf(c) }
        await inTransaction(services, c, (db) => signEvaluation(db, personOf(c), instruments, key, now()))
        return `${conclusionPath(key.reviewId)}?done=signed`
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
  pages.post(`${path}/publish`, 'evaluation.publish', 'publishEvaluation', (c) =>
    handleForm(c, {
      schema: publishingFormSchema,
      run: async (input) => {
        const key = { ...input, reviewId: reviewOf(c) }
        await inTransaction(services, c, (db) => publishEvaluation(db, personOf(c), instruments, key, now()))
        return `${conclusionPath(key.reviewId)}?done=published`
      },
      again: (values, errors) => show(c, values, errors),
    }),
  )
}
