import { checked, type FormErrors, type FormValues, handleForm, newFormKey, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { jointDecisionSchema, jointFormSchema } from '../schemas.ts'
import { decideJoint, handOverJoint, listCandidates, openJoint, type OpenedJoint, proposeJoint, takeOverJoint } from '../usecases.ts'
import { JointPage } from './JointPage.tsx'

const happenings = ['proposed', 'accepted', 'ended', 'handed', 'taken'] as const

const addressOf = (c: WebContext): string => `/assessments/${c.req.param('assessmentId')}/joint`
const keyOf = (c: WebContext) => ({ assessmentId: c.req.param('assessmentId')!, id: c.req.param('jointId')! })

const open = (c: WebContext, services: Services): Promise<OpenedJoint> =>
  inTransaction(services, c, (db) => openJoint(db, personOf(c), services.instruments, c.req.param('assessmentId')!))

async function show(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const opened = await open(c, services)
  const candidates = await listCandidates(services, opened.assessment)
  const what = happenings.find((each) => each === c.req.query('notice'))
  const done = what === undefined ? null : { what, count: Number(c.req.query('count')) || 0 }
  const content = <JointPage t={t} {...opened} candidates={candidates} values={values} errors={errors} done={done} />
  return page(c, services, { title: t('joint.page.title'), status: errors === noErrors ? 200 : 422 }, content)
}

function propose(c: WebContext, services: Services): Promise<Response> {
  return handleForm(c, {
    schema: jointFormSchema,
    run: async ({ city, dimension, note }, key) => {
      const request = { assessmentId: c.req.param('assessmentId')!, city, dimensions: dimension, note, key }
      await proposeJoint(services, personOf(c), await open(c, services), request, services.now())
      return `${addressOf(c)}?notice=proposed`
    },
    again: (values, errors) => show(c, services, values, errors),
  })
}

async function decide(c: WebContext, services: Services): Promise<Response> {
  const { decision } = checked(jointDecisionSchema.pick({ decision: true }), await readForm(c))
  await decideJoint(services, personOf(c), { ...keyOf(c), decision }, services.now())
  return c.redirect(`${addressOf(c)}?notice=${decision === 'accept' ? 'accepted' : 'ended'}`, 303)
}

async function handOver(c: WebContext, services: Services): Promise<Response> {
  const { count } = await handOverJoint(services, personOf(c), keyOf(c), services.now())
  return c.redirect(`${addressOf(c)}?notice=handed&count=${count}`, 303)
}

async function takeOver(c: WebContext, services: Services): Promise<Response> {
  const { assessmentId } = keyOf(c)
  const { count } = await inTransaction(services, c, (db) =>
    takeOverJoint(db, personOf(c), services.instruments, assessmentId, services.now()),
  )
  return c.redirect(`${addressOf(c)}?notice=taken&count=${count}`, 303)
}

export function registerJointPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/joint'
  pages.get(base, 'city.arrange', (c) => show(c, services, { _key: newFormKey() }, noErrors))
  pages.post(base, 'city.arrange', 'proposeJoint', (c) => propose(c, services))
  pages.post(`${base}/take-over`, 'city.arrange', 'takeOverJoint', (c) => takeOver(c, services))
  pages.post(`${base}/:jointId/decide`, 'city.arrange', 'decideJoint', (c) => decide(c, services))
  pages.post(`${base}/:jointId/hand-over`, 'city.arrange', 'handOverJoint', (c) => handOver(c, services))
}
