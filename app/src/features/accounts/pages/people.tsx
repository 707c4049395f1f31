import { z } from '@hono/zod-openapi'
import { fieldOf, type FormErrors, type FormValues, handleForm, newFormKey, noErrors, readForm } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { type Access, inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { isCityRole, roles } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { expiryFrom } from '../invitation.ts'
import { canManagePeople, cityRoles } from '../membership.ts'
import { type CityName, findCitiesNamed } from '../membership-queries.ts'
import { keepNewLink, mailInvitation, takeNewLink } from '../new-link.ts'
import { emailField, roleField } from '../schemas.ts'
import {
  endMembership,
  getCityForPeople,
  invitePerson,
  openCityPeople,
  openNetworkPeople,
  resendInvitation,
  withdrawInvitation,
} from '../usecases.ts'
import { PeoplePage, peopleNotices } from './PeoplePage.tsx'

interface Shown {
  values: FormValues
  errors: FormErrors
}

const empty: Shown = { values: {}, errors: noErrors }

/** One of the two places where people are managed: the network, or the city in the address. */
interface Place {
  /** Pattern of the page's address. */
  path: string
  read: Access
  manage: Access
  isNetwork: boolean
}

const network: Place = { path: '/network/people', read: 'network-people.manage', manage: 'network-people.manage', isNetwork: true }
const ofCity: Place = { path: '/cities/:slug/people', read: 'city-people.read', manage: 'city-people.invite', isNetwork: false }

const actionOf = (c: WebContext, place: Place): string => place.path.replace(':slug', c.req.param('slug') ?? '')

async function showPeople(c: WebContext, services: Services, place: Place, { values, errors }: Shown): Promise<Response> {
  const t = c.get('t')
  const person = personOf(c)
  const action = actionOf(c, place)
  const search = (c.req.query('q') ?? '').trim().slice(0, 100)
  const pageNumber = Math.max(1, Math.floor(Number(c.req.query('page'))) || 1)
  const opened = await inTransaction(services, c, async (db) =>
    place.isNetwork
      ? { city: null, ...(await openNetworkPeople(db, person, { search, page: pageNumber })) }
      : openCityPeople(db, person, c.req.param('slug') ?? ''),
  )
  const title = opened.city === null ? t('accounts.people.network.title') : t('accounts.people.city.title', { city: opened.city.name })
  const isShownAgain = errors !== noErrors
  const notice = isShownAgain ? null : (peopleNotices.find((known) => known === c.req.query('notice')) ?? null)
  return page(
    c,
    services,
    { title, status: isShownAgain ? 422 : 200, isWide: true, scripts: ['client/account.ts'] },
    <PeoplePage
      t={t}
      {...opened}
      action={action}
      roles={opened.city === null ? roles : cityRoles}
      canManage={canManagePeople(person, opened.city?.id ?? null).ok}
      search={search}
      page={pageNumber}
      now={services.now()}
      newKey={newFormKey}
      values={values}
      errors={errors}
      notice={notice}
      newLink={takeNewLink(c, services, action)}
    />,
  )
}

/** Checks the form of an invitation; `cities` are those that fit the name that was typed. */
function inviteSchema(t: Translator, place: Place, cities: readonly CityName[]) {
  return z.object({ email: emailField, role: roleField, city: z.string().trim().optional() }).superRefine(({ role, city }, context) => {
    if (!place.isNetwork || !isCityRole(role) || cities.length === 1) return
    const several = t('accounts.invite.city.several', { cities: cities.map(({ name }) => name).join(', ') })
    const message = !city ? 'accounts.invite.city.missing' : cities.length === 0 ? 'accounts.invite.city.unknown' : several
    context.addIssue({ code: 'custom', path: ['city'], message })
  })
}

/** The city that an invitation is for, as far as the address or the form tell. */
async function citiesMeant(c: WebContext, services: Services, place: Place): Promise<CityName[]> {
  const typed = fieldOf(await readForm(c), 'city').trim()
  return inTransaction(services, c, async (db) => {
    if (!place.isNetwork) return [await getCityForPeople(db, personOf(c), c.req.param('slug') ?? '')]
    return typed === '' ? [] : findCitiesNamed(db, typed)
  })
}

async function handleInvite(c: WebContext, services: Services, place: Place): Promise<Response> {
  const action = actionOf(c, place)
  const person = personOf(c)
  const cities = await citiesMeant(c, services, place)
  return handleForm(c, {
    schema: inviteSchema(c.get('t'), place, cities),
    run: async ({ email, role }, key) => {
      const city = isCityRole(role) ? cities[0]! : null
      const now = services.now()
      const { token } = await inTransaction(services, c, (db) =>
        invitePerson(db, person, { request: { email, role, cityId: city?.id ?? null }, key, now }),
      )
      if (token !== null)
        keepNewLink(
          c,
          services,
          action,
          await mailInvitation(c, services, { email, role, city, inviter: person, expiresAt: expiryFrom(now) }, token),
        )
      return action
    },
    again: (values, errors) => showPeople(c, services, place, { values, errors }),
  })
}

function registerPlace(pages: Pages, services: Services, place: Place): void {
  const { path, read, manage } = place
  const idOf = (c: WebContext) => c.req.param('id') ?? ''
  const again = (c: WebContext) => (_: FormValues, errors: FormErrors) => showPeople(c, services, place, { values: {}, errors })
  pages.get(path, read, (c) => showPeople(c, services, place, empty))
  pages.post(`${path}/invitations`, manage, 'invitePerson', (c) => handleInvite(c, services, place))
  pages.post(`${path}/invitations/:id/resend`, manage, 'resendInvitation', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async (_, key) => {
        const { token, invitation } = await inTransaction(services, c, (db) =>
          resendInvitation(db, personOf(c), { id: idOf(c), key, now: services.now() }),
        )
        if (token !== null)
          keepNewLink(c, services, actionOf(c, place), await mailInvitation(c, services, { ...invitation, inviter: personOf(c) }, token))
        return actionOf(c, place)
      },
      again: again(c),
    }),
  )
  pages.post(`${path}/invitations/:id/withdraw`, manage, 'withdrawInvitation', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async () => {
        await inTransaction(services, c, (db) => withdrawInvitation(db, personOf(c), idOf(c), services.now()))
        return `${actionOf(c, place)}?notice=withdrawn`
      },
      again: again(c),
    }),
  )
  pages.post(`${path}/roles/:id/end`, manage, 'endMembership', (c) =>
    handleForm(c, {
      schema: z.object({}),
      run: async () => {
        await inTransaction(services, c, (db) => endMembership(db, personOf(c), idOf(c), services.now()))
        // Whoever has ended the own role may not see this page any more.
        return personOf(c).memberships.some(({ id }) => id === idOf(c)) ? '/home' : `${actionOf(c, place)}?notice=ended`
      },
      again: again(c),
    }),
  )
}

export function registerPeoplePages(pages: Pages, services: Services): void {
  registerPlace(pages, services, network)
  registerPlace(pages, services, ofCity)
}
