import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { versionOf } from '../assessments/routes.ts'
import { answerSchema } from '../assessments/schemas.ts'
import { decideFactProposal, openFactProposals, proposeFact, withdrawFactProposal } from './fact-proposals.ts'
import { isOutdated } from './partner.ts'
import {
  caseloadSchema,
  decisionSchema,
  markRequestSchema,
  partnerSchema,
  precheckSchema,
  proposalRequestSchema,
  proposalSchema,
  rightsSchema,
  suggestionRequestSchema,
  suggestionSchema,
} from './schemas.ts'
import { acceptSuggestion, declineSuggestion, openSuggestions, suggestAnswer, withdrawSuggestion } from './suggestions.ts'
import { markAnswer, openCaseload, openPartners, openPrecheck, setPartnerRights } from './usecases.ts'

const tags = ['partners']
const ofCity = z.object({ city: z.string().max(120) })
const ofAssessment = z.object({ assessmentId: z.uuid() })
const ofQuestion = ofAssessment.extend({ questionId: z.string().max(60) })
const ofSuggestion = ofAssessment.extend({ suggestionId: z.uuid() })
const ofProposal = ofCity.extend({ proposalId: z.uuid() })
const ifMatch = z.object({ 'if-match': z.string().optional() })
const done = { 204: { description: 'Done' }, ...problems }
const suggestionsPath = '/api/v1/assessments/{assessmentId}/suggestions'
const proposalsPath = '/api/v1/cities/{city}/figure-proposals'

const routes = {
  partners: createRoute({
    operationId: 'listPartners',
    method: 'get',
    path: '/api/v1/cities/{city}/partners',
    tags,
    summary: 'Technical partners of a city and what each may do',
    request: { params: ofCity },
    responses: { 200: json(z.object({ partners: z.array(partnerSchema) }), 'Partners'), ...problems },
  }),
  rights: createRoute({
    operationId: 'setPartnerRights',
    method: 'put',
    path: '/api/v1/cities/{city}/partners/{membershipId}/rights',
    tags,
    summary: 'Set what a technical partner may do; what is not listed is revoked at once',
    request: { params: ofCity.extend({ membershipId: z.uuid() }), ...body(rightsSchema) },
    responses: done,
  }),
  caseload: createRoute({
    operationId: 'getCaseload',
    method: 'get',
    path: '/api/v1/caseload',
    tags,
    summary: 'The cities that you accompany as technical partner',
    responses: { 200: json(z.object({ cities: z.array(caseloadSchema) }), 'Cities'), ...problems },
  }),
  suggestions: createRoute({
    operationId: 'listSuggestions',
    method: 'get',
    path: suggestionsPath,
    tags,
    summary: 'Suggested answers, those that wait first',
    request: { params: ofAssessment },
    responses: { 200: json(z.object({ suggestions: z.array(suggestionSchema) }), 'Suggestions'), ...problems },
  }),
  suggest: createRoute({
    operationId: 'suggestAnswer',
    method: 'post',
    path: '/api/v1/assessments/{assessmentId}/questions/{questionId}/suggestions',
    tags,
    summary: 'Suggest an answer to the city',
    request: { params: ofQuestion, headers: idempotencyHeader, ...body(suggestionRequestSchema) },
    responses: { 201: json(z.object({ id: z.string() }), 'The suggestion'), ...problems },
  }),
  accept: createRoute({
    operationId: 'acceptSuggestion',
    method: 'post',
    path: `${suggestionsPath}/{suggestionId}/accept`,
    tags,
    summary: "Take a suggestion over as the city's own answer",
    description: 'If-Match carries the version of the answer that was seen beside it.',
    request: { params: ofSuggestion, headers: ifMatch },
    responses: { 200: json(answerSchema, 'The answer as stored'), ...problems },
  }),
  decline: createRoute({
    operationId: 'declineSuggestion',
    method: 'post',
    path: `${suggestionsPath}/{suggestionId}/decline`,
    tags,
    summary: 'Decline a suggestion',
    request: { params: ofSuggestion, ...body(decisionSchema.pick({ note: true })) },
    responses: done,
  }),
  withdraw: createRoute({
    operationId: 'withdrawSuggestion',
    method: 'post',
    path: `${suggestionsPath}/{suggestionId}/withdraw`,
    tags,
    summary: 'Take an own suggestion back',
    request: { params: ofSuggestion },
    responses: done,
  }),
  proposals: createRoute({
    operationId: 'listFigureProposals',
    method: 'get',
    path: proposalsPath,
    tags,
    summary: 'Official figures proposed for a city',
    request: { params: ofCity },
    responses: { 200: json(z.object({ proposals: z.array(proposalSchema) }), 'Proposals'), ...problems },
  }),
  propose: createRoute({
    operationId: 'proposeFigure',
    method: 'post',
    path: proposalsPath,
    tags,
    summary: 'Propose an official figure with its source',
    request: { params: ofCity, headers: idempotencyHeader, ...body(proposalRequestSchema) },
    responses: { 201: json(z.object({ id: z.string() }), 'The proposal'), ...problems },
  }),
  decide: createRoute({
    operationId: 'decideFigureProposal',
    method: 'post',
    path: `${proposalsPath}/{proposalId}/decide`,
    tags,
    summary: 'Take a proposed figure over, or decline it',
    request: { params: ofProposal, ...body(decisionSchema) },
    responses: done,
  }),
  withdrawProposal: createRoute({
    operationId: 'withdrawFigureProposal',
    method: 'post',
    path: `${proposalsPath}/{proposalId}/withdraw`,
    tags,
    summary: 'Take an own proposal back',
    request: { params: ofProposal },
    responses: done,
  }),
  precheck: createRoute({
    operationId: 'getPrecheck',
    method: 'get',
    path: '/api/v1/assessments/{assessmentId}/precheck',
    tags,
    summary: 'The readiness sheet of a technical partner; it never counts as review',
    request: { params: ofAssessment },
    responses: { 200: json(precheckSchema, 'Marks'), ...problems },
  }),
  mark: createRoute({
    operationId: 'markAnswer',
    method: 'put',
    path: '/api/v1/assessments/{assessmentId}/precheck/{questionId}',
    tags,
    summary: 'Mark an answer as ready or as needing work',
    request: { params: ofQuestion, headers: ifMatch, ...body(markRequestSchema) },
    responses: done,
  }),
}

/** Times as ISO 8601. */
const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T

function registerRights(api: Api, services: Services): void {
  api.add('city.arrange', routes.partners, async (c) => {
    const { partners } = await inTransaction(services, c, (db) => openPartners(db, personOf(c), c.req.valid('param').city))
    return c.json({ partners: plain<z.infer<typeof partnerSchema>[]>(partners) }, 200)
  })
  api.add('city.arrange', routes.rights, async (c) => {
    const { city: slug, membershipId } = c.req.valid('param')
    const { rights } = c.req.valid('json')
    await inTransaction(services, c, (db) => setPartnerRights(db, personOf(c), { slug, membershipId, rights, now: services.now() }))
    return c.body(null, 204)
  })
  api.add('caseload.read', routes.caseload, async (c) => {
    const entries = await inTransaction(services, c, (db) => openCaseload(db, personOf(c), services.instruments, services.now()))
    const cities = entries.map(({ assessment, progress, rights, ...entry }) => ({
      ...entry,
      ...progress,
      rights: [...rights],
      assessment: assessment.id,
      city: { slug: assessment.city.slug, name: assessment.city.name },
      wave: assessment.wave.name,
    }))
    return c.json({ cities }, 200)
  })
}

function registerSuggestions(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', routes.suggestions, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { suggestions } = await inTransaction(services, c, (db) => openSuggestions(db, personOf(c), instruments, assessmentId))
    return c.json({ suggestions: plain<z.infer<typeof suggestionSchema>[]>(suggestions) }, 200)
  })
  api.add('answer.suggest', routes.suggest, async (c) => {
    const { note, ...patch } = c.req.valid('json')
    const request = { ...c.req.valid('param'), patch, note, language: c.get('language'), key: c.req.valid('header')['idempotency-key'] }
    return c.json(await inTransaction(services, c, (db) => suggestAnswer(db, personOf(c), instruments, request, services.now())), 201)
  })
  api.add('suggestion.decide', routes.accept, async (c) => {
    const { assessmentId, suggestionId: id } = c.req.valid('param')
    const request = { assessmentId, id, version: versionOf(c.req.valid('header')['if-match']) }
    const answer = await inTransaction(services, c, (db) => acceptSuggestion(db, personOf(c), instruments, request, services.now()))
    return c.json(answer, 200)
  })
  api.add('suggestion.decide', routes.decline, async (c) => {
    const { assessmentId, suggestionId: id } = c.req.valid('param')
    const request = { assessmentId, id, note: c.req.valid('json').note }
    await inTransaction(services, c, (db) => declineSuggestion(db, personOf(c), instruments, request, services.now()))
    return c.body(null, 204)
  })
  api.add('answer.suggest', routes.withdraw, async (c) => {
    const { assessmentId, suggestionId: id } = c.req.valid('param')
    await inTransaction(services, c, (db) => withdrawSuggestion(db, personOf(c), instruments, { assessmentId, id }, services.now()))
    return c.body(null, 204)
  })
}

function registerFigures(api: Api, services: Services): void {
  api.add('signed-in', routes.proposals, async (c) => {
    const { proposals } = await inTransaction(services, c, (db) => openFactProposals(db, personOf(c), c.req.valid('param').city))
    return c.json({ proposals: plain<z.infer<typeof proposalSchema>[]>(proposals) }, 200)
  })
  api.add('facts.propose', routes.propose, async (c) => {
    const request = { ...c.req.valid('json'), city: c.req.valid('param').city, key: c.req.valid('header')['idempotency-key'] }
    return c.json(await inTransaction(services, c, (db) => proposeFact(db, personOf(c), request, services.now())), 201)
  })
  api.add('facts.edit', routes.decide, async (c) => {
    const { city, proposalId: id } = c.req.valid('param')
    await inTransaction(services, c, (db) => decideFactProposal(db, personOf(c), { city, id, ...c.req.valid('json') }, services.now()))
    return c.body(null, 204)
  })
  api.add('facts.propose', routes.withdrawProposal, async (c) => {
    const { city, proposalId } = c.req.valid('param')
    await inTransaction(services, c, (db) => withdrawFactProposal(db, personOf(c), city, proposalId, services.now()))
    return c.body(null, 204)
  })
}

function registerPrecheck(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', routes.precheck, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { marks, answers } = await inTransaction(services, c, (db) => openPrecheck(db, personOf(c), instruments, assessmentId))
    const shown = [...marks.values()].map((mark) => ({ ...mark, isOutdated: isOutdated(mark, answers.get(mark.questionId)?.version ?? 0) }))
    return c.json({ marks: shown }, 200)
  })
  api.add('answer.precheck', routes.mark, async (c) => {
    const version = versionOf(c.req.valid('header')['if-match'])
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), version }
    await inTransaction(services, c, (db) => markAnswer(db, personOf(c), instruments, request, services.now()))
    return c.body(null, 204)
  })
}

export function registerPartnerRoutes(api: Api, services: Services): void {
  registerRights(api, services)
  registerSuggestions(api, services)
  registerFigures(api, services)
  registerPrecheck(api, services)
}
