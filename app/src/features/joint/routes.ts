import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { jointState } from './joint.ts'
import { jointDecisionSchema, jointRequestSchema, jointSchema } from './schemas.ts'
import { decideJoint, handOverJoint, openJoint, proposeJoint, takeOverJoint } from './usecases.ts'

const tags = ['joint answers']
const base = '/api/v1/assessments/{assessmentId}/joint'
const ofAssessment = z.object({ assessmentId: z.uuid() })
const ofAgreement = ofAssessment.extend({ jointId: z.uuid() })
const counted = { 200: json(z.object({ count: z.number().int() }), 'How many answers'), ...problems }

const routes = {
  list: createRoute({
    operationId: 'listJoint',
    method: 'get',
    path: base,
    tags,
    summary: 'With whom this city answers some areas jointly',
    request: { params: ofAssessment },
    responses: { 200: json(z.object({ agreements: z.array(jointSchema) }), 'Agreements'), ...problems },
  }),
  propose: createRoute({
    operationId: 'proposeJoint',
    method: 'post',
    path: base,
    tags,
    summary: 'Propose to another city of the wave to answer areas jointly; this city leads',
    request: { params: ofAssessment, headers: idempotencyHeader, ...body(jointRequestSchema) },
    responses: { 201: json(z.object({ id: z.string() }), 'The agreement'), ...problems },
  }),
  decide: createRoute({
    operationId: 'decideJoint',
    method: 'post',
    path: `${base}/{jointId}/decide`,
    tags,
    summary: 'Accept a proposal, or decline or end an agreement',
    request: { params: ofAgreement, ...body(jointDecisionSchema) },
    responses: { 204: { description: 'Done' }, ...problems },
  }),
  handOver: createRoute({
    operationId: 'handOverJoint',
    method: 'post',
    path: `${base}/{jointId}/hand-over`,
    tags,
    summary: 'Hand the answers of the leading city over as suggestions',
    request: { params: ofAgreement },
    responses: counted,
  }),
  takeOver: createRoute({
    operationId: 'takeOverJoint',
    method: 'post',
    path: `${base}/take-over`,
    tags,
    summary: 'Take all joint answers over that replace no answer of your own',
    request: { params: ofAssessment },
    responses: counted,
  }),
}

export function registerJointRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('city.arrange', routes.list, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { agreements } = await inTransaction(services, c, (db) => openJoint(db, personOf(c), instruments, assessmentId))
    const shown = agreements.map(({ id, lead, partner, dimensions, note, ...times }) => ({
      id,
      lead,
      partner,
      dimensions,
      note,
      state: jointState(times),
      proposedAt: times.proposedAt.toISOString(),
    }))
    return c.json({ agreements: shown }, 200)
  })
  api.add('city.arrange', routes.propose, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const own = await inTransaction(services, c, (db) => openJoint(db, personOf(c), instruments, assessmentId))
    const request = { assessmentId, ...c.req.valid('json'), key: c.req.valid('header')['idempotency-key'] }
    return c.json(await proposeJoint(services, personOf(c), own, request, services.now()), 201)
  })
  api.add('city.arrange', routes.decide, async (c) => {
    const { assessmentId, jointId: id } = c.req.valid('param')
    await decideJoint(services, personOf(c), { assessmentId, id, ...c.req.valid('json') }, services.now())
    return c.body(null, 204)
  })
  api.add('city.arrange', routes.handOver, async (c) => {
    const { assessmentId, jointId: id } = c.req.valid('param')
    return c.json(await handOverJoint(services, personOf(c), { assessmentId, id }, services.now()), 200)
  })
  api.add('city.arrange', routes.takeOver, async (c) => {
    const { assessmentId } = c.req.valid('param')
    return c.json(await inTransaction(services, c, (db) => takeOverJoint(db, personOf(c), instruments, assessmentId, services.now())), 200)
  })
}
