import { createRoute, z } from '@hono/zod-openapi'
import { type Api, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { originOf, receiptSchema, scoresSchema } from './schemas.ts'
import { openResult, submitAssessment } from './usecases.ts'

const assessmentId = z.object({ assessmentId: z.uuid() })
const tags = ['results']

const scoresRoute = createRoute({
  operationId: 'getScores',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/scores',
  tags,
  summary: 'Scores of an assessment at every level, with the points behind them',
  description: 'copy=current (default) scores the answers as they stand now; copy=handed-in those that were handed in last.',
  request: {
    params: assessmentId,
    query: z.object({ scheme: z.string().max(60).optional(), copy: z.enum(['current', 'handed-in']).default('current') }),
  },
  responses: { 200: json(scoresSchema, 'Scores'), ...problems },
})
const submitRoute = createRoute({
  operationId: 'submitAssessment',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/submissions',
  tags,
  summary: 'Hand an assessment in',
  description:
    'Freezes a copy of all answers and stores its results under every weight scheme. While the wave is open it can be handed in again after changes; the newest result counts.',
  request: { params: assessmentId, headers: idempotencyHeader },
  responses: { 201: json(receiptSchema, 'Receipt'), ...problems },
})

export function registerResultRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('result.read', scoresRoute, async (c) => {
    const { scheme = null, copy } = c.req.valid('query')
    const request = { assessmentId: c.req.valid('param').assessmentId, scheme, copy }
    const { assessment, instrument, scores, exclusions } = await inTransaction(services, c, (db) =>
      openResult(db, personOf(c), instruments, request),
    )
    const excluded = [...exclusions].map(([questionId, { scopeId, reason }]) => ({ questionId, scope: scopeId, responsible: reason }))
    return c.json({ ...originOf(assessment, instrument), copy, ...scores, excluded }, 200)
  })
  api.add('assessment.submit', submitRoute, async (c) => {
    const request = { assessmentId: c.req.valid('param').assessmentId, key: c.req.valid('header')['idempotency-key'] }
    const receipt = await inTransaction(services, c, (db) => submitAssessment(db, personOf(c), instruments, request, services.now()))
    return c.json(receipt, 201)
  })
}
