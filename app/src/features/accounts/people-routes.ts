import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import { isCityRole } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { expiryFrom } from './invitation.ts'
import { findCityBySlug } from './membership-queries.ts'
import { mailInvitation, type NewLink } from './new-link.ts'
import { emailField, roleField } from './schemas.ts'
import {
  endMembership,
  invitePerson,
  openCityPeople,
  openNetworkPeople,
  type PeoplePage,
  peoplePerPage,
  resendInvitation,
  withdrawInvitation,
} from './usecases.ts'

const tags = ['People']
const nothing = { description: 'Done' }
const idParam = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) })
const cityAnswer = z.object({ slug: z.string(), name: z.string() }).nullable()

const peopleAnswer = z
  .object({
    total: z.number(),
    people: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        email: z.string(),
        hasTwoFactor: z.boolean(),
        roles: z.array(z.object({ id: z.uuid(), role: roleField, city: cityAnswer, since: z.string() })),
      }),
    ),
    invitations: z.array(
      z.object({
        id: z.uuid(),
        email: z.string(),
        role: roleField,
        city: cityAnswer,
        inviter: z.string().nullable(),
        expiresAt: z.iso.datetime(),
      }),
    ),
  })
  .openapi('People')

const newInvitation = z
  .object({
    id: z.uuid(),
    link: z.string().nullable().openapi({ description: 'given once; null when the same request came before' }),
    wasMailed: z.boolean(),
  })
  .openapi('NewInvitation')

function toAnswer({ people, total, invitations }: PeoplePage): z.infer<typeof peopleAnswer> {
  const slugAndName = (city: { slug: string; name: string } | null) => (city === null ? null : { slug: city.slug, name: city.name })
  return {
    total,
    people: people.map(({ roles, ...person }) => ({
      ...person,
      roles: roles.map(({ id, role, city, since }) => ({ id, role, city: slugAndName(city), since })),
    })),
    invitations: invitations.map(({ id, email, role, city, inviter, expiresAt }) => ({
      id,
      email,
      role,
      city: slugAndName(city),
      inviter: inviter?.name ?? null,
      expiresAt: expiresAt.toISOString(),
    })),
  }
}

const linkAnswer = (id: string, newLink: NewLink | null) => ({ id, link: newLink?.link ?? null, wasMailed: newLink?.wasMailed ?? false })

function addLists(api: Api, services: Services): void {
  api.add(
    'network-people.manage',
    createRoute({
      operationId: 'listPeople',
      method: 'get',
      path: '/api/v1/people',
      tags,
      summary: `People with their roles, ${peoplePerPage} per page, and all open invitations`,
      request: { query: z.object({ q: z.string().max(100).default(''), page: z.coerce.number().int().min(1).default(1) }) },
      responses: { 200: json(peopleAnswer, 'People of the network'), ...problems },
    }),
    async (c) => {
      const { q, page } = c.req.valid('query')
      return c.json(toAnswer(await inTransaction(services, c, (db) => openNetworkPeople(db, personOf(c), { search: q.trim(), page }))), 200)
    },
  )
  api.add(
    'city-people.read',
    createRoute({
      operationId: 'listCityPeople',
      method: 'get',
      path: '/api/v1/cities/{slug}/people',
      tags,
      summary: 'People with a role in a city, and its open invitations',
      request: { params: z.object({ slug: z.string().openapi({ param: { name: 'slug', in: 'path' } }) }) },
      responses: { 200: json(peopleAnswer, 'People of the city'), ...problems },
    }),
    async (c) =>
      c.json(toAnswer(await inTransaction(services, c, (db) => openCityPeople(db, personOf(c), c.req.valid('param').slug))), 200),
  )
}

function addInvitations(api: Api, services: Services): void {
  api.add(
    'city-people.invite',
    createRoute({
      operationId: 'invitePerson',
      method: 'post',
      path: '/api/v1/invitations',
      tags,
      summary: 'Invite somebody to a role in a city (with its address) or in the network (without)',
      request: {
        headers: idempotencyHeader,
        ...body(z.object({ email: emailField, role: roleField, city: z.string().nullable().default(null) })),
      },
      responses: { 200: json(newInvitation, 'The invitation with its link'), ...problems },
    }),
    async (c) => {
      const { email, role, city: slug } = c.req.valid('json')
      const person = personOf(c)
      const now = services.now()
      const { id, token, city } = await inTransaction(services, c, async (db) => {
        const found = slug === null ? null : await findCityBySlug(db, slug)
        if (slug !== null && found === null) throw new AppError('CITY_NOT_FOUND')
        if (isCityRole(role) && found === null)
          throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'city', message: 'accounts.invite.city.missing' }] })
        return {
          city: found,
          ...(await invitePerson(db, person, {
            request: { email, role, cityId: found?.id ?? null },
            key: c.req.valid('header')['idempotency-key'],
            now,
          })),
        }
      })
      const newLink =
        token === null ? null : await mailInvitation(c, services, { email, role, city, inviter: person, expiresAt: expiryFrom(now) }, token)
      return c.json(linkAnswer(id, newLink), 200)
    },
  )
  api.add(
    'city-people.invite',
    createRoute({
      operationId: 'resendInvitation',
      method: 'post',
      path: '/api/v1/invitations/{id}/resend',
      tags,
      summary: 'Give an invitation a new link and date; the old link ends',
      request: { headers: idempotencyHeader, params: idParam },
      responses: { 200: json(newInvitation, 'The invitation with its new link'), ...problems },
    }),
    async (c) => {
      const key = c.req.valid('header')['idempotency-key']
      const { id, token, invitation } = await inTransaction(services, c, (db) =>
        resendInvitation(db, personOf(c), { id: c.req.valid('param').id, key, now: services.now() }),
      )
      return c.json(
        linkAnswer(id, token === null ? null : await mailInvitation(c, services, { ...invitation, inviter: personOf(c) }, token)),
        200,
      )
    },
  )
  api.add(
    'city-people.invite',
    createRoute({
      operationId: 'withdrawInvitation',
      method: 'post',
      path: '/api/v1/invitations/{id}/withdraw',
      tags,
      summary: 'Withdraw an invitation; its link no longer works',
      request: { params: idParam },
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      await inTransaction(services, c, (db) => withdrawInvitation(db, personOf(c), c.req.valid('param').id, services.now()))
      return c.body(null, 204)
    },
  )
}

export function addPeopleRoutes(api: Api, services: Services): void {
  addLists(api, services)
  addInvitations(api, services)
  api.add(
    'city-people.invite',
    createRoute({
      operationId: 'endMembership',
      method: 'post',
      path: '/api/v1/memberships/{id}/end',
      tags,
      summary: 'End a role of a person',
      request: { params: idParam },
      responses: { 204: nothing, ...problems },
    }),
    async (c) => {
      await inTransaction(services, c, (db) => endMembership(db, personOf(c), c.req.valid('param').id, services.now()))
      return c.body(null, 204)
    },
  )
}
