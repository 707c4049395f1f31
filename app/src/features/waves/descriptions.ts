import { createRoute, z } from '@hono/zod-openapi'
import { body, idempotencyHeader, json, problems } from '../../api.ts'
import { ifMatchHeader } from '../cities/version.ts'
import { maximumInvitations } from './usecases.ts'

// What the API says of its routes about waves.

const tags = ['waves']
const slug = z.string().min(1).max(80)
const params = z.object({ wave: slug })

const waveSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    status: z.enum(['planned', 'open', 'closed']),
    opensAt: z.iso.datetime(),
    closesAt: z.iso.datetime(),
    frozenAt: z.iso.datetime().nullable(),
    closedAt: z.iso.datetime().nullable().openapi({ description: 'closed by hand before its time' }),
    isSynthetic: z.boolean(),
    version: z.number().int(),
  })
  .openapi('Wave')

const stepSchema = z.object({ ok: z.boolean(), reason: z.string().optional().openapi({ description: 'why it is not available now' }) })
const waveDetailSchema = waveSchema
  .extend({
    instrument: z
      .object({ id: z.string(), version: z.string(), contentHash: z.string() })
      .nullable()
      .openapi({ description: 'what is frozen into the wave' }),
    cities: z.array(z.object({ slug: z.string(), name: z.string(), country: z.string(), isSynthetic: z.boolean() })),
    steps: z.record(z.string(), stepSchema).optional().openapi({ description: 'for the network coordination: which steps are available' }),
  })
  .openapi('WaveDetail')

export const listRoute = createRoute({
  operationId: 'listWaves',
  method: 'get',
  path: '/api/v1/waves',
  tags,
  summary: 'The waves, the last to open first',
  request: { query: z.object({ cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }) },
  responses: { 200: json(z.object({ waves: z.array(waveSchema), next: z.string().nullable() }), 'Waves'), ...problems },
})
export const getRoute = createRoute({
  operationId: 'getWave',
  method: 'get',
  path: '/api/v1/waves/{wave}',
  tags,
  summary: 'One wave with its cities and, for the network coordination, the steps that are available',
  request: { params },
  responses: { 200: json(waveDetailSchema, 'Wave'), ...problems },
})
export const progressRoute = createRoute({
  operationId: 'getWaveProgress',
  method: 'get',
  path: '/api/v1/waves/{wave}/progress',
  tags,
  summary: 'How far the cities of a wave are, by name',
  request: {
    params,
    query: z.object({
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
  },
  responses: {
    200: json(
      z.object({
        questions: z.number().int(),
        cities: z.array(
          z.object({
            city: z.string(),
            name: z.string(),
            answered: z.number().int(),
            invitedAt: z.iso.datetime(),
            submittedAt: z.iso.datetime().nullable(),
            isSynthetic: z.boolean(),
          }),
        ),
      }),
      'Progress',
    ),
    ...problems,
  },
})

/** A moment with its offset from UTC, in this century or later. */
const moment = z.iso.datetime({ offset: true }).refine((text) => text >= '2000', 'waves.form.day.wrong')
export const periodSchema = z
  .object({
    name: z.string().trim().min(1, 'waves.form.name.missing').max(120, 'waves.form.name.tooLong'),
    opensAt: moment,
    closesAt: moment,
  })
  .openapi('WaveInput')
const closingSchema = z.object({ closesAt: moment })
const answerWave = { 200: json(waveSchema, 'The wave'), ...problems }

export const createRouteOfWave = createRoute({
  operationId: 'createWave',
  method: 'post',
  path: '/api/v1/waves',
  tags,
  summary: 'Plan a wave',
  request: { headers: idempotencyHeader, ...body(periodSchema) },
  responses: { 201: json(waveSchema, 'The wave'), ...problems },
})
export const updateRoute = createRoute({
  operationId: 'updateWave',
  method: 'put',
  path: '/api/v1/waves/{wave}',
  tags,
  summary: 'Change name and dates of a wave that is not frozen yet',
  request: { params, headers: ifMatchHeader, ...body(periodSchema) },
  responses: answerWave,
})
export const askFreezeRoute = createRoute({
  operationId: 'askFreeze',
  method: 'post',
  path: '/api/v1/waves/{wave}/freeze-request',
  tags,
  summary: 'Ask for freezing the present questionnaire into the wave; somebody else confirms',
  request: { params, headers: ifMatchHeader },
  responses: answerWave,
})
export const freezeRoute = createRoute({
  operationId: 'freezeWave',
  method: 'post',
  path: '/api/v1/waves/{wave}/freeze',
  tags,
  summary: 'Confirm what somebody else asked for: freeze the present questionnaire into the wave, for good',
  request: { params, headers: ifMatchHeader },
  responses: answerWave,
})
export const inviteRoute = createRoute({
  operationId: 'inviteCities',
  method: 'post',
  path: '/api/v1/waves/{wave}/cities',
  tags,
  summary: 'Invite cities; each city once',
  request: {
    params,
    headers: idempotencyHeader,
    ...body(
      z.object({
        cities: z
          .array(slug)
          .min(1)
          .max(maximumInvitations)
          .openapi({ description: 'addresses (slugs), official codes or unambiguous names' }),
      }),
    ),
  },
  responses: {
    200: json(z.object({ invited: z.array(z.string()), already: z.array(z.string()) }), 'Which are new, and which were invited before'),
    ...problems,
  },
})
export const extendRoute = createRoute({
  operationId: 'extendWave',
  method: 'post',
  path: '/api/v1/waves/{wave}/extend',
  tags,
  summary: 'Give the cities more time',
  request: { params, headers: ifMatchHeader, ...body(closingSchema) },
  responses: answerWave,
})
export const closeRoute = createRoute({
  operationId: 'closeWave',
  method: 'post',
  path: '/api/v1/waves/{wave}/close',
  tags,
  summary: 'End answering at once',
  request: { params, headers: ifMatchHeader },
  responses: answerWave,
})
export const reopenRoute = createRoute({
  operationId: 'reopenWave',
  method: 'post',
  path: '/api/v1/waves/{wave}/reopen',
  tags,
  summary: 'Let the cities answer again until a new closing time',
  request: { params, headers: ifMatchHeader, ...body(closingSchema) },
  responses: answerWave,
})
