import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { openQuestionnaire } from '../assessments/usecases.ts'
import { changeCitation, cite, evidenceStates, readQuestionEvidence, takeBackCitation } from './citation-usecases.ts'
import { citationRequestSchema, citationSchema, placeSchema, toCitationJson } from './schemas.ts'

const tags = ['evidence']
const question = z.object({ assessmentId: z.uuid(), questionId: z.string().max(60) })
const citation = question.extend({ citationId: z.uuid() })
const base = '/api/v1/assessments/{assessmentId}/questions/{questionId}/citations'

const listRoute = createRoute({
  operationId: 'listCitations',
  method: 'get',
  path: base,
  tags,
  summary: 'What proves the answer of a question',
  request: { params: question },
  responses: {
    200: json(
      z.object({
        citations: z.array(citationSchema),
        hidden: z.number().int().openapi({ description: 'citations of documents that you may not open' }),
        isSynthetic: z.boolean(),
      }),
      'Citations',
    ),
    ...problems,
  },
})
const addRoute = createRoute({
  operationId: 'cite',
  method: 'post',
  path: base,
  tags,
  summary: 'Cite an entry of the library: page, quotation, until when it counts',
  request: { params: question, headers: idempotencyHeader, ...body(citationRequestSchema) },
  responses: { 201: json(citationSchema, 'The citation'), ...problems },
})
const changeRoute = createRoute({
  operationId: 'changeCitation',
  method: 'put',
  path: `${base}/{citationId}`,
  tags,
  summary: 'Change the place that is cited',
  description: 'If-Match carries the version of the citation that you have seen.',
  request: { params: citation, headers: z.object({ 'if-match': z.string().optional() }), ...body(placeSchema) },
  responses: { 200: json(citationSchema, 'The citation'), ...problems },
})
const removeRoute = createRoute({
  operationId: 'takeBackCitation',
  method: 'delete',
  path: `${base}/{citationId}`,
  tags,
  summary: 'Take a citation back; the entry stays in the library',
  request: { params: citation },
  responses: { 204: { description: 'Done' }, ...problems },
})
const statesRoute = createRoute({
  operationId: 'getEvidenceStates',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/evidence',
  tags,
  summary: 'How the questions that you read stand with their evidence',
  request: { params: z.object({ assessmentId: z.uuid() }) },
  responses: {
    200: json(
      z.object({
        questions: z.array(
          z.object({
            questionId: z.string(),
            expectation: z.enum(['required', 'expected', 'optional']),
            state: z.enum(['cited', 'expires-soon', 'expired', 'missing', 'not-needed']),
            valid: z.number().int(),
            expiresSoon: z.number().int(),
            expired: z.number().int(),
            isAlert: z.boolean().openapi({ description: 'what is required is missing, or the last document has expired' }),
          }),
        ),
        isSynthetic: z.boolean(),
      }),
      'States, in the order of the questionnaire',
    ),
    ...problems,
  },
})

/** @throws {AppError} PRECONDITION_MISSING */
function tagOf(header: string | undefined): string {
  const tag = /^(?:W\/)?"?([0-9a-f]{16})"?$/.exec(header?.trim() ?? '')?.[1]
  if (tag === undefined) throw new AppError('PRECONDITION_MISSING')
  return tag
}

const empty = { page: null, quotation: null, note: null, validUntil: null }

export function registerCitationRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('evidence.read', listRoute, async (c) => {
    const { assessmentId, questionId } = c.req.valid('param')
    const { cited, hidden, assessment } = await inTransaction(services, c, (db) =>
      readQuestionEvidence(db, personOf(c), instruments, assessmentId, questionId, services.now()),
    )
    const citations = cited.map((each) => toCitationJson(each.citation))
    return c.json({ citations, hidden, isSynthetic: assessment.city.isSynthetic }, 200)
  })
  api.add('evidence.edit', addRoute, async (c) => {
    const key = c.req.valid('param')
    const input = c.req.valid('json')
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'cite', body: { ...key, ...input } }
    const added = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, async () =>
        toCitationJson(await cite(db, personOf(c), instruments, key, { ...empty, ...input }, services.now())),
      ),
    )
    return c.json(added, 201)
  })
  api.add('evidence.edit', changeRoute, async (c) => {
    const { citationId: id, ...key } = c.req.valid('param')
    const seen = tagOf(c.req.valid('header')['if-match'])
    const changed = await inTransaction(services, c, (db) =>
      changeCitation(db, personOf(c), instruments, { ...key, id, seen }, c.req.valid('json'), services.now()),
    )
    const shown = toCitationJson(changed)
    return c.json(shown, 200, { ETag: `"${shown.version}"` })
  })
  api.add('evidence.edit', removeRoute, async (c) => {
    const { citationId: id, ...key } = c.req.valid('param')
    await inTransaction(services, c, (db) => takeBackCitation(db, personOf(c), instruments, { ...key, id }, services.now()))
    return c.body(null, 204)
  })
  registerStatesRoute(api, services)
}

function registerStatesRoute(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', statesRoute, async (c) => {
    const found = await inTransaction(services, c, async (db) => {
      const { assessmentId } = c.req.valid('param')
      const { assessment, instrument, answers, exclusions } = await openQuestionnaire(db, personOf(c), instruments, assessmentId)
      const states = await evidenceStates(db, assessmentId, instrument, answers, exclusions, services.now())
      return { states, isSynthetic: assessment.city.isSynthetic }
    })
    return c.json(
      { questions: [...found.states].map(([questionId, state]) => ({ questionId, ...state })), isSynthetic: found.isSynthetic },
      200,
    )
  })
}
