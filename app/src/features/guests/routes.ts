import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { versionOf } from '../assessments/routes.ts'
import { answerPatchSchema, answerSchema } from '../assessments/schemas.ts'
import { registerGuestEvidenceRoutes } from './evidence-routes.ts'
import { guestState } from './guest.ts'
import { mailGuestLink } from './new-link.ts'
import type { ListedGuestLink } from './queries.ts'
import { expiryFrom, guestLinkSchema, guestRequestSchema, newGuestLinkSchema } from './schemas.ts'
import { makeGuestLink, openGuests, renewGuestLink, withdrawGuestLink } from './usecases.ts'
import { asGuest, finishAsGuest, saveGuestAnswer } from './visit.ts'

const tags = ['guests']
const ofAssessment = z.object({ assessmentId: z.uuid() })
const ofLink = z.object({ assessmentId: z.uuid(), guestId: z.uuid() })
const base = '/api/v1/assessments/{assessmentId}/guests'

const listRoute = createRoute({
  operationId: 'listGuestLinks',
  method: 'get',
  path: base,
  tags,
  summary: 'Links with which people without an account answer a few questions',
  request: { params: ofAssessment },
  responses: { 200: json(z.object({ guests: z.array(guestLinkSchema) }), 'Links, newest first'), ...problems },
})
const makeRoute = createRoute({
  operationId: 'makeGuestLink',
  method: 'post',
  path: base,
  tags,
  summary: 'Make a link for a few questions',
  request: { params: ofAssessment, headers: idempotencyHeader, ...body(guestRequestSchema) },
  responses: { 201: json(newGuestLinkSchema, 'The link'), ...problems },
})
const renewRoute = createRoute({
  operationId: 'renewGuestLink',
  method: 'post',
  path: `${base}/{guestId}/renew`,
  tags,
  summary: 'Make a new link for the same guest; the old one no longer opens',
  request: { params: ofLink, headers: idempotencyHeader },
  responses: { 200: json(newGuestLinkSchema, 'The new link'), ...problems },
})
const withdrawRoute = createRoute({
  operationId: 'withdrawGuestLink',
  method: 'post',
  path: `${base}/{guestId}/withdraw`,
  tags,
  summary: 'End a link at once; what the guest answered stays',
  request: { params: ofLink },
  responses: { 204: { description: 'It no longer opens' }, ...problems },
})

const guestHeader = z.object({
  'tessera-guest': z.string().optional().openapi({ description: 'Secret of the link; a browser sends a cookie instead' }),
})
const visitSchema = z
  .object({
    city: z.string(),
    wave: z.string(),
    name: z.string(),
    expiresAt: z.string(),
    finishedAt: z.string().nullable(),
    questionIds: z.array(z.string()),
    answers: z.array(answerSchema),
  })
  .openapi('GuestVisit')
const visitRoute = createRoute({
  operationId: 'getGuestVisit',
  method: 'get',
  path: '/api/v1/guest',
  tags,
  summary: 'The questions of a guest link with their answers',
  request: { headers: guestHeader },
  responses: { 200: json(visitSchema, 'Questions and answers'), ...problems },
})
const saveRoute = createRoute({
  operationId: 'saveGuestAnswer',
  method: 'put',
  path: '/api/v1/guest/answers/{questionId}',
  tags,
  summary: 'Save the fields of an answer that change, as a guest',
  request: {
    params: z.object({ questionId: z.string().max(60) }),
    headers: guestHeader.extend({ 'if-match': z.string().optional() }),
    ...body(answerPatchSchema),
  },
  responses: { 200: json(answerSchema, 'The answer as stored'), ...problems },
})
const finishRoute = createRoute({
  operationId: 'finishGuestVisit',
  method: 'post',
  path: '/api/v1/guest/finish',
  tags,
  summary: 'Say that all is answered; whoever asked hears of it',
  request: { headers: guestHeader },
  responses: { 204: { description: 'Done' }, ...problems },
})

const shown = ({ id, name, email, questionIds, answered, expiresAt, ...times }: ListedGuestLink, now: Date) => ({
  id,
  name,
  email,
  questionIds,
  answered,
  state: guestState({ expiresAt, ...times }, now),
  expiresAt: expiresAt.toISOString(),
})

function registerLinkRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('guest.invite', listRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { links } = await inTransaction(services, c, (db) => openGuests(db, personOf(c), instruments, assessmentId))
    return c.json({ guests: links.map((link) => shown(link, services.now())) }, 200)
  })
  api.add('guest.invite', makeRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { email = null, note = null, expiresAt, ...request } = c.req.valid('json')
    const now = services.now()
    const input = {
      ...request,
      assessmentId,
      email,
      note,
      departmentId: null,
      expiresAt: expiresAt ? new Date(expiresAt) : expiryFrom(now),
    }
    const key = c.req.valid('header')['idempotency-key']
    const [made, { assessment }] = await inTransaction(services, c, async (db) => [
      await makeGuestLink(db, personOf(c), instruments, { ...input, key, now }),
      await openGuests(db, personOf(c), instruments, assessmentId),
    ])
    const facts = { ...input, city: assessment.city.name, inviter: personOf(c).name, questions: input.questionIds.length }
    const newLink = made.token === null ? null : await mailGuestLink(c as WebContext, services, facts, made.token)
    return c.json({ id: made.id, link: newLink?.link ?? null, wasMailed: newLink?.wasMailed ?? false }, 201)
  })
  api.add('guest.invite', renewRoute, async (c) => {
    const { assessmentId, guestId } = c.req.valid('param')
    const now = services.now()
    const request = { assessmentId, id: guestId, expiresAt: expiryFrom(now), key: c.req.valid('header')['idempotency-key'], now }
    const [{ id, token, link }, { assessment }] = await inTransaction(services, c, async (db) => [
      await renewGuestLink(db, personOf(c), instruments, request),
      await openGuests(db, personOf(c), instruments, assessmentId),
    ])
    const facts = {
      ...link,
      expiresAt: request.expiresAt,
      city: assessment.city.name,
      inviter: personOf(c).name,
      questions: link.questionIds.length,
    }
    const newLink = token === null ? null : await mailGuestLink(c as WebContext, services, facts, token)
    return c.json({ id, link: newLink?.link ?? null, wasMailed: newLink?.wasMailed ?? false }, 200)
  })
  api.add('guest.invite', withdrawRoute, async (c) => {
    const { assessmentId, guestId } = c.req.valid('param')
    await inTransaction(services, c, (db) =>
      withdrawGuestLink(db, personOf(c), instruments, { assessmentId, id: guestId, now: services.now() }),
    )
    return c.body(null, 204)
  })
}

export function registerGuestRoutes(api: Api, services: Services): void {
  registerLinkRoutes(api, services)
  registerGuestEvidenceRoutes(api, services)
  api.add('public', visitRoute, (c) =>
    asGuest(services, c as WebContext, async (_db, { link, assessment, questions, answers }) =>
      c.json(
        {
          city: assessment.city.name,
          wave: assessment.wave.name,
          name: link.name,
          expiresAt: link.expiresAt.toISOString(),
          finishedAt: link.finishedAt?.toISOString() ?? null,
          questionIds: questions.map(({ id }) => id),
          answers: [...answers.values()],
        },
        200,
      ),
    ),
  )
  api.add('public', saveRoute, async (c) => {
    const { questionId } = c.req.valid('param')
    const version = versionOf(c.req.valid('header')['if-match'])
    const request = { questionId, version, patch: c.req.valid('json'), language: c.get('language') }
    const answer = await asGuest(services, c as WebContext, (db, visit) => saveGuestAnswer(db, visit, request, services.now()))
    return c.json(answer, 200, { ETag: `"${answer.version}"` })
  })
  api.add('public', finishRoute, async (c) => {
    await asGuest(services, c as WebContext, (db, visit) => finishAsGuest(db, visit, services.now()))
    return c.body(null, 204)
  })
}
