import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { pickFields } from '../assessments/answer.ts'
import { toDecision } from '../dialogue/routes.ts'
import type { Correction } from './corrections.ts'
import { type BothScores, openReviewResult } from './result.ts'
import { correctionSchema, mergeInput, reviewResultSchema } from './schemas.ts'
import { mergeCorrections, openCorrections } from './usecases.ts'

const tags = ['reviews']
const review = z.object({ reviewId: z.uuid() })
const base = '/api/v1/reviews/{reviewId}'

const resultRoute = createRoute({
  operationId: 'getReviewResult',
  method: 'get',
  path: `${base}/result`,
  tags,
  summary: 'Self-reported and verified score side by side, and every decision behind the difference',
  request: { params: review },
  responses: { 200: json(reviewResultSchema, 'The result'), ...problems },
})
const listRoute = createRoute({
  operationId: 'listCorrections',
  method: 'get',
  path: `${base}/corrections`,
  tags,
  summary: 'What a closed review offers to the working copy',
  request: { params: review },
  responses: { 200: json(z.object({ corrections: z.array(correctionSchema) }), 'Corrections nobody has decided about'), ...problems },
})
const mergeRoute = createRoute({
  operationId: 'mergeCorrections',
  method: 'post',
  path: `${base}/corrections`,
  tags,
  summary: 'Take corrections over into the working copy, or keep what stands there; all of it or nothing',
  request: { params: review, headers: idempotencyHeader, ...body(mergeInput) },
  responses: { 200: json(z.object({ taken: z.array(z.string()), kept: z.array(z.string()) }), 'What was done'), ...problems },
})

const toLevel = ({ id, score, upper, coverage, verified }: BothScores) => ({ id, score, upper, coverage, verified })

function toCorrection({ questionId, dimensionId, decision, handedIn, working, proposed, isEdited }: Correction) {
  return {
    questionId,
    dimension: dimensionId,
    decision: decision?.decision ?? null,
    handedIn: pickFields(handedIn),
    working: { ...pickFields(working), version: working.version },
    proposed: proposed && pickFields(proposed),
    isEdited,
  }
}

export function registerCorrectionRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('signed-in', resultRoute, async (c) => {
    const { reviewId } = c.req.valid('param')
    const result = await inTransaction(services, c, (db) => openReviewResult(db, personOf(c), instruments, reviewId))
    const { scheme, indices, dimensions, unsettled, decisions } = result
    const levels = { indices: { core: toLevel(indices.core), extended: toLevel(indices.extended) }, dimensions: dimensions.map(toLevel) }
    return c.json({ scheme, ...levels, unsettled, decisions: decisions.map(toDecision) }, 200)
  })
  api.add('review.read', listRoute, async (c) => {
    const { reviewId } = c.req.valid('param')
    const { corrections } = await inTransaction(services, c, (db) =>
      openCorrections(db, personOf(c), instruments, reviewId, services.now()),
    )
    return c.json({ corrections: corrections.map(toCorrection) }, 200)
  })
  api.add('review.reply', mergeRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key']
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), language: c.get('language'), key }
    return c.json(await inTransaction(services, c, (db) => mergeCorrections(db, personOf(c), instruments, request, services.now())), 200)
  })
}
