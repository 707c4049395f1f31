import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { versionOf } from '../assessments/routes.ts'
import { chainSchema, decisionRequestSchema, stepRequestSchema, stepSchema } from './schemas.ts'
import { hashOfVersions, type StepStatus } from './signoff.ts'
import { addStep, arrangeStep, askForSignOff, changeStep, decideStep, openChain, openSignOff } from './usecases.ts'

const tags = ['sign-off']
const ofAssessment = z.object({ assessmentId: z.uuid() })
const ofCity = z.object({ city: z.string().max(120) })
const ofStep = ofCity.extend({ stepId: z.uuid() })
const done = { 204: { description: 'Done' }, ...problems }
const made = json(z.object({ id: z.string() }), 'What was made')
const chainPath = '/api/v1/cities/{city}/sign-off-steps'

const routes = {
  get: createRoute({
    operationId: 'getSignOff',
    method: 'get',
    path: '/api/v1/assessments/{assessmentId}/sign-off',
    tags,
    summary: 'Who has signed what, and what changed since',
    request: { params: ofAssessment },
    responses: { 200: json(chainSchema, 'The chain'), ...problems },
  }),
  decide: createRoute({
    operationId: 'decideSignOff',
    method: 'post',
    path: '/api/v1/assessments/{assessmentId}/sign-off/{stepId}',
    tags,
    summary: 'Sign what stands now, or send it back with a sentence',
    request: { params: ofAssessment.extend({ stepId: z.uuid() }), headers: idempotencyHeader, ...body(decisionRequestSchema) },
    responses: { 201: made, ...problems },
  }),
  ask: createRoute({
    operationId: 'askForSignOff',
    method: 'post',
    path: '/api/v1/assessments/{assessmentId}/sign-off/ask',
    tags,
    summary: 'Tell whoever is next that their signature is asked for',
    request: { params: ofAssessment, headers: idempotencyHeader },
    responses: { 200: json(z.object({ step: z.string() }), 'Who was asked'), ...problems },
  }),
  steps: createRoute({
    operationId: 'listSignOffSteps',
    method: 'get',
    path: chainPath,
    tags,
    summary: 'The chain that a city has configured',
    request: { params: ofCity },
    responses: { 200: json(z.object({ steps: z.array(stepSchema) }), 'Steps'), ...problems },
  }),
  add: createRoute({
    operationId: 'addSignOffStep',
    method: 'post',
    path: chainPath,
    tags,
    summary: 'Add a step at the end of the chain',
    request: { params: ofCity, headers: idempotencyHeader, ...body(stepRequestSchema) },
    responses: { 201: made, ...problems },
  }),
  change: createRoute({
    operationId: 'changeSignOffStep',
    method: 'put',
    path: `${chainPath}/{stepId}`,
    tags,
    summary: 'Change a step of the chain',
    request: { params: ofStep, headers: z.object({ 'if-match': z.string().optional() }), ...body(stepRequestSchema) },
    responses: done,
  }),
  remove: createRoute({
    operationId: 'removeSignOffStep',
    method: 'delete',
    path: `${chainPath}/{stepId}`,
    tags,
    summary: 'Take a step out of the chain; what was signed stays on record',
    request: { params: ofStep },
    responses: done,
  }),
  move: createRoute({
    operationId: 'moveSignOffStep',
    method: 'post',
    path: `${chainPath}/{stepId}/move`,
    tags,
    summary: 'Let a step sign one place earlier',
    request: { params: ofStep },
    responses: done,
  }),
}

const shown = ({ step, state, changed, last, versions }: StepStatus) => ({
  ...step,
  state,
  changed,
  contentHash: hashOfVersions(versions),
  last: last && { decision: last.decision, note: last.note, decidedAt: last.decidedAt.toISOString(), by: last.by },
})

export function registerSignOffRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', routes.get, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { chain } = await inTransaction(services, c, (db) => openSignOff(db, personOf(c), instruments, assessmentId))
    return c.json({ steps: chain.map(shown) }, 200)
  })
  api.add('city.arrange', routes.ask, async (c) => {
    const request = { ...c.req.valid('param'), key: c.req.valid('header')['idempotency-key'] }
    return c.json(await inTransaction(services, c, (db) => askForSignOff(db, personOf(c), instruments, request, services.now())), 200)
  })
  api.add('answers.sign', routes.decide, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), key: c.req.valid('header')['idempotency-key'] }
    return c.json(await inTransaction(services, c, (db) => decideStep(db, personOf(c), instruments, request, services.now())), 201)
  })
  registerChainRoutes(api, services)
}

function registerChainRoutes(api: Api, services: Services): void {
  api.add('city.arrange', routes.steps, async (c) => {
    const { steps } = await inTransaction(services, c, (db) => openChain(db, personOf(c), c.req.valid('param').city))
    return c.json({ steps }, 200)
  })
  api.add('city.arrange', routes.add, async (c) => {
    const request = { ...c.req.valid('json'), slug: c.req.valid('param').city, key: c.req.valid('header')['idempotency-key'] }
    return c.json(await inTransaction(services, c, (db) => addStep(db, personOf(c), request, services.now())), 201)
  })
  api.add('city.arrange', routes.change, async (c) => {
    const { city: slug, stepId } = c.req.valid('param')
    const request = { ...c.req.valid('json'), slug, stepId, version: versionOf(c.req.valid('header')['if-match']) }
    await inTransaction(services, c, (db) => changeStep(db, personOf(c), request, services.now()))
    return c.body(null, 204)
  })
  api.add('city.arrange', routes.remove, async (c) => {
    const { city: slug, stepId } = c.req.valid('param')
    await inTransaction(services, c, (db) => arrangeStep(db, personOf(c), { slug, stepId, action: 'remove' }, services.now()))
    return c.body(null, 204)
  })
  api.add('city.arrange', routes.move, async (c) => {
    const { city: slug, stepId } = c.req.valid('param')
    await inTransaction(services, c, (db) => arrangeStep(db, personOf(c), { slug, stepId, action: 'earlier' }, services.now()))
    return c.body(null, 204)
  })
}
