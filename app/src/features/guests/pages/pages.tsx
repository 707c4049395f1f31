import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { can } from '../../../permissions.ts'
import { findContact } from '../../departments/queries.ts'
import { keepNewLink, takeNewLink } from '../../accounts/new-link.ts'
import type { GuestMailFacts } from '../mails.ts'
import { mailGuestLink } from '../new-link.ts'
import { expiryDay, expiryFrom, guestFormSchema } from '../schemas.ts'
import { makeGuestLink, openGuests, type OpenedGuests, renewGuestLink, withdrawGuestLink } from '../usecases.ts'
import { GuestFormPage } from './GuestFormPage.tsx'
import { GuestsPage } from './GuestsPage.tsx'
import { registerVisitPages } from './visit-pages.tsx'

const addressOf = (c: WebContext): string => `/assessments/${c.req.param('assessmentId')}/guests`

const open = (c: WebContext, services: Services): Promise<OpenedGuests> =>
  inTransaction(services, c, (db) => openGuests(db, personOf(c), services.instruments, c.req.param('assessmentId')!))

async function list(c: WebContext, services: Services): Promise<Response> {
  const opened = await open(c, services)
  const t = c.get('t')
  const newLink = takeNewLink(c, services, addressOf(c))
  const content = (
    <GuestsPage t={t} {...opened} now={services.now()} newLink={newLink} isWithdrawn={c.req.query('notice') === 'withdrawn'} />
  )
  return page(c, services, { title: t('guests.list.title'), scripts: ['client/account.ts'] }, content)
}

async function form(c: WebContext, services: Services, values: FormValues, errors: FormErrors): Promise<Response> {
  const opened = await open(c, services)
  const t = c.get('t')
  const status = errors === noErrors ? 200 : 422
  return page(c, services, { title: t('guests.form.title'), status }, <GuestFormPage t={t} {...opened} values={values} errors={errors} />)
}

/** Name and address of somebody whom the city has entered; the address for those who arrange the work. */
async function contactValues(c: WebContext, services: Services): Promise<FormValues> {
  const id = c.req.query('contact')
  if (id === undefined) return { name: c.req.query('name') ?? '', email: c.req.query('email') ?? '' }
  const { city } = (await open(c, services)).assessment
  const contact = await inTransaction(services, c, (db) => findContact(db, city.id, id))
  const isKnown = contact !== null && can(personOf(c), 'city.arrange', city.id).ok
  return { name: contact?.name ?? '', email: (isKnown && contact.email) || '' }
}

/** What can be filled in by the address: /guests/new?questions=a,b&contact=… or &name=… */
async function startValues(c: WebContext, services: Services): Promise<FormValues> {
  const question = (c.req.query('questions') ?? '').split(',').filter((id) => id !== '')
  return { _key: newFormKey(), until: expiryDay(services.now()), ...(await contactValues(c, services)), question }
}

async function keepLink(
  c: WebContext,
  services: Services,
  { assessment }: OpenedGuests,
  facts: Omit<GuestMailFacts, 'email' | 'city' | 'inviter'> & { email: string | null },
  token: string | null,
): Promise<string> {
  const path = addressOf(c)
  if (token !== null) {
    const all = { ...facts, city: assessment.city.name, inviter: personOf(c).name }
    keepNewLink(c, services, path, await mailGuestLink(c, services, all, token))
  }
  return path
}

function make(c: WebContext, services: Services): Promise<Response> {
  const now = services.now()
  const assessmentId = c.req.param('assessmentId')!
  return handleForm(c, {
    schema: guestFormSchema(now),
    run: async ({ question, name, email, note, until }, key) => {
      const request = { assessmentId, questionIds: question, name, email, note, departmentId: null, expiresAt: until }
      const { token } = await inTransaction(services, c, (db) =>
        makeGuestLink(db, personOf(c), services.instruments, { ...request, key, now }),
      )
      return keepLink(c, services, await open(c, services), { ...request, questions: question.length }, token)
    },
    again: (values, errors) => form(c, services, values, errors),
  })
}

async function renew(c: WebContext, services: Services): Promise<Response> {
  const now = services.now()
  const { _key } = (await c.req.parseBody()) as FormValues
  const request = {
    assessmentId: c.req.param('assessmentId')!,
    id: c.req.param('guestId')!,
    expiresAt: expiryFrom(now),
    key: fieldOf({ _key: _key ?? '' }, '_key'),
    now,
  }
  const { token, link } = await inTransaction(services, c, (db) => renewGuestLink(db, personOf(c), services.instruments, request))
  const facts = { ...link, expiresAt: request.expiresAt, questions: link.questionIds.length }
  return c.redirect(await keepLink(c, services, await open(c, services), facts, token), 303)
}

async function withdraw(c: WebContext, services: Services): Promise<Response> {
  const request = { assessmentId: c.req.param('assessmentId')!, id: c.req.param('guestId')!, now: services.now() }
  await inTransaction(services, c, (db) => withdrawGuestLink(db, personOf(c), services.instruments, request))
  return c.redirect(`${addressOf(c)}?notice=withdrawn`, 303)
}

export function registerGuestPages(pages: Pages, services: Services): void {
  const base = '/assessments/:assessmentId/guests'
  pages.get(base, 'guest.invite', (c) => list(c, services))
  pages.get(`${base}/new`, 'guest.invite', async (c) => form(c, services, await startValues(c, services), noErrors))
  pages.post(`${base}/new`, 'guest.invite', 'makeGuestLink', (c) => make(c, services))
  pages.post(`${base}/:guestId/renew`, 'guest.invite', 'renewGuestLink', (c) => renew(c, services))
  pages.post(`${base}/:guestId/withdraw`, 'guest.invite', 'withdrawGuestLink', (c) => withdraw(c, services))
  registerVisitPages(pages, services)
}
