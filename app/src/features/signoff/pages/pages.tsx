import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { evidenceStates } from '../../evidence/citation-usecases.ts'
import { decisionRequestSchema, stepFormSchema } from '../schemas.ts'
import { addStep, arrangeStep, askForSignOff, changeStep, decideStep, openChain, openSignOff, openStep } from '../usecases.ts'
import { ChainPage } from './ChainPage.tsx'
import { SignOffPage } from './SignOffPage.tsx'
import { StepPage } from './StepPage.tsx'

const notices = ['asked', 'signed', 'sent-back'] as const

async function overview(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openSignOff(db, personOf(c), services.instruments, c.req.param('assessmentId')!))
  const notice = notices.find((each) => each === c.req.query('notice')) ?? null
  return page(c, services, { title: t('signoff.page.title') }, <SignOffPage t={t} person={personOf(c)} {...opened} notice={notice} />)
}

async function ask(c: WebContext, services: Services): Promise<Response> {
  const assessmentId = c.req.param('assessmentId')!
  const key = fieldOf(await readForm(c), '_key')
  await inTransaction(services, c, (db) => askForSignOff(db, personOf(c), services.instruments, { assessmentId, key }, services.now()))
  return c.redirect(`/assessments/${assessmentId}/sign-off?notice=asked`, 303)
}

async function step(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const { evidence, ...opened } = await inTransaction(services, c, async (db) => {
    const found = await openStep(db, personOf(c), services.instruments, c.req.param('assessmentId')!, c.req.param('stepId')!)
    const evidence = await evidenceStates(db, found.assessment.id, found.whole, found.answers, found.exclusions, services.now())
    return { ...found, evidence }
  })
  const title = t('signoff.step.title', { step: opened.status.step.name })
  const status = errors === noErrors ? 200 : 422
  return page(
    c,
    services,
    { title, status },
    <StepPage t={t} person={personOf(c)} {...opened} evidence={evidence} values={values} errors={errors} />,
  )
}

function decide(c: WebContext, services: Services): Promise<Response> {
  const assessmentId = c.req.param('assessmentId')!
  return handleForm(c, {
    schema: decisionRequestSchema,
    run: async (decision, key) => {
      const request = { assessmentId, stepId: c.req.param('stepId')!, ...decision, key }
      await inTransaction(services, c, (db) => decideStep(db, personOf(c), services.instruments, request, services.now()))
      return `/assessments/${assessmentId}/sign-off?notice=${decision.decision}`
    },
    again: (values, errors) => step(c, services, values, errors),
  })
}

async function chain(
  c: WebContext,
  services: Services,
  values: FormValues,
  errors: FormErrors,
  typedFor: string | null,
): Promise<Response> {
  const t = c.get('t')
  const opened = await inTransaction(services, c, (db) => openChain(db, personOf(c), c.req.param('slug')!))
  const props = {
    t,
    ...opened,
    instrument: services.instruments.current,
    values,
    errors,
    typedFor,
    isSaved: c.req.query('notice') === 'saved',
  }
  return page(c, services, { title: t('signoff.form.title'), status: errors === noErrors ? 200 : 422 }, <ChainPage {...props} />)
}

/** Adds a step, or changes one; an empty choice of areas means all. */
function saveStep(c: WebContext, services: Services, stepId: string | null): Promise<Response> {
  const slug = c.req.param('slug')!
  return handleForm(c, {
    schema: stepFormSchema,
    run: async ({ name, person, dimension, version }, key) => {
      const input = { slug, name, personId: person, dimensions: dimension.length === 0 ? null : dimension }
      await inTransaction(services, c, async (db) => {
        if (stepId === null) await addStep(db, personOf(c), { ...input, key }, services.now())
        else await changeStep(db, personOf(c), { ...input, stepId, version }, services.now())
      })
      return `/cities/${slug}/sign-off?notice=saved`
    },
    again: (values, errors) => chain(c, services, values, errors, stepId),
  })
}

async function arrange(c: WebContext, services: Services, action: 'remove' | 'earlier'): Promise<Response> {
  const slug = c.req.param('slug')!
  const request = { slug, stepId: c.req.param('stepId')!, action }
  await inTransaction(services, c, (db) => arrangeStep(db, personOf(c), request, services.now()))
  return c.redirect(`/cities/${slug}/sign-off?notice=saved`, 303)
}

export function registerSignOffPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/sign-off'
  const city = '/cities/:slug/sign-off'
  pages.get(base, 'assessment.read', (c) => overview(c, services))
  pages.post(`${base}/ask`, 'city.arrange', 'askForSignOff', (c) => ask(c, services))
  pages.get(`${base}/:stepId`, 'assessment.read', (c) => step(c, services, { _key: newFormKey() }, noErrors))
  pages.post(`${base}/:stepId`, 'answers.sign', 'decideSignOff', (c) => decide(c, services))
  pages.get(city, 'city.arrange', (c) => chain(c, services, { _key: newFormKey() }, noErrors, null))
  pages.post(city, 'city.arrange', 'addSignOffStep', (c) => saveStep(c, services, null))
  pages.post(`${city}/:stepId`, 'city.arrange', 'changeSignOffStep', (c) => saveStep(c, services, c.req.param('stepId')!))
  pages.post(`${city}/:stepId/move`, 'city.arrange', 'moveSignOffStep', (c) => arrange(c, services, 'earlier'))
  pages.post(`${city}/:stepId/remove`, 'city.arrange', 'removeSignOffStep', (c) => arrange(c, services, 'remove'))
}
