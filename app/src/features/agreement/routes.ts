import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import type { Adjudication } from '../reviews/review.ts'
import type { DoubleScored } from './agreement.ts'
import { type Conclusion, openConclusion, publishEvaluation, signEvaluation } from './conclusion.ts'
import {
  adjudicationRequestSchema,
  adjudicationSchema,
  conclusionSchema,
  disagreementsSchema,
  signingRequestSchema,
  waveAgreementSchema,
} from './schemas.ts'
import { adjudicate, openDisagreements, openWaveAgreement, type WaveAgreement } from './usecases.ts'
import { publishingObstacle, signingObstacle } from './verified.ts'

const tags = ['reviews']
const ofReview = z.object({ reviewId: z.uuid() })
const conclusionPath = '/api/v1/reviews/{reviewId}/conclusion'
const concluded = { 200: json(conclusionSchema, 'How the review ends'), ...problems }

const routes = {
  wave: createRoute({
    operationId: 'getWaveAgreement',
    method: 'get',
    path: '/api/v1/waves/{wave}/agreement',
    tags,
    summary: 'How the experts of a wave agree, by area, pooled over every review that both have signed',
    request: { params: z.object({ wave: z.string().min(1).max(80) }) },
    responses: { 200: json(waveAgreementSchema, 'Agreement'), ...problems },
  }),
  disagreements: createRoute({
    operationId: 'listDisagreements',
    method: 'get',
    path: '/api/v1/reviews/{reviewId}/disagreements',
    tags,
    summary: 'Questions to which the two experts of a review give different points; empty until both have signed',
    request: { params: ofReview },
    responses: { 200: json(disagreementsSchema, 'Disagreements'), ...problems },
  }),
  adjudicate: createRoute({
    operationId: 'adjudicate',
    method: 'put',
    path: '/api/v1/reviews/{reviewId}/questions/{questionId}/adjudication',
    tags,
    summary: 'Say what counts where two experts disagree; never by one of the two',
    request: { params: ofReview.extend({ questionId: z.string().max(60) }), headers: ifMatchHeader, ...body(adjudicationRequestSchema) },
    responses: { 200: json(adjudicationSchema, 'What counts'), ...problems },
  }),
  conclusion: createRoute({
    operationId: 'getReviewConclusion',
    method: 'get',
    path: conclusionPath,
    tags,
    summary: 'What has been signed and published, and what stands against it',
    request: { params: ofReview },
    responses: concluded,
  }),
  sign: createRoute({
    operationId: 'signEvaluation',
    method: 'post',
    path: '/api/v1/reviews/{reviewId}/evaluation-signature',
    tags,
    summary: 'Sign the evaluation of a closed review; its decisions never change again',
    request: { params: ofReview, headers: ifMatchHeader, ...body(signingRequestSchema) },
    responses: concluded,
  }),
  publish: createRoute({
    operationId: 'publishEvaluation',
    method: 'post',
    path: '/api/v1/reviews/{reviewId}/publication',
    tags,
    summary: 'Publish the verified result; never by whoever signed, and only under the registered method',
    request: { params: ofReview, headers: ifMatchHeader },
    responses: concluded,
  }),
} as const

const toAdjudication = ({ questionId, version, decision, reasonCode, points, reason, reportText, decidedAt }: Adjudication) => ({
  questionId,
  version,
  decision,
  reasonCode,
  points,
  reason,
  reportText,
  decidedAt: decidedAt.toISOString(),
})

const toSide = ({ judgement, outcome }: DoubleScored['first']) => ({
  decision: judgement.decision,
  reasonCode: judgement.reasonCode,
  points: outcome.points,
  outcome: outcome.kind,
  note: judgement.note,
  reportText: judgement.reportText,
})

function toWaveAgreement({ wave, rules, areas, reviews }: WaveAgreement) {
  return {
    wave: wave.slug,
    seed: rules?.seed ?? null,
    limits: rules && { publishable: rules.publishable, tentative: rules.tentative, minimumUnits: rules.minimumUnits },
    reviews: { all: reviews.length, signedByBoth: reviews.filter(({ opened }) => opened !== null).length },
    areas,
    notCounted: reviews.flatMap(({ review, opened }) =>
      (opened?.notSameAnswer ?? []).map((questionId) => ({ reviewId: review.id, questionId })),
    ),
  }
}

function toConclusion({ copy: { review }, settled, method, signing, publishing }: Conclusion, now: Date) {
  return {
    reviewId: review.id,
    stage: signing.stage,
    version: review.version,
    unsettled: settled?.unsettled.length ?? 0,
    method,
    signing: signingObstacle(signing, false, now),
    publishing: publishingObstacle(publishing, method.isSame),
    signedAt: review.signedAt?.toISOString() ?? null,
    publishedAt: review.publishedAt?.toISOString() ?? null,
  }
}

export function registerAgreementRoutes(api: Api, services: Services): void {
  registerAgreement(api, services)
  registerConclusion(api, services)
}

function registerAgreement(api: Api, services: Services): void {
  const { instruments } = services
  api.add('reviews.watch', routes.wave, async (c) =>
    c.json(
      toWaveAgreement(await inTransaction(services, c, (db) => openWaveAgreement(db, personOf(c), instruments, c.req.valid('param').wave))),
      200,
    ),
  )
  api.add('reviews.watch', routes.disagreements, async (c) => {
    const { reviewId } = c.req.valid('param')
    const { disagreements } = await inTransaction(services, c, (db) => openDisagreements(db, personOf(c), instruments, reviewId))
    const list = (disagreements ?? []).map(({ questionId, first, second, isSameAnswer, adjudication }) => ({
      questionId,
      a: toSide(first),
      b: toSide(second),
      isSameAnswer,
      adjudication: adjudication && toAdjudication(adjudication),
    }))
    return c.json({ reviewId, isRevealed: disagreements !== null, disagreements: list }, 200)
  })
  api.add('reviews.manage', routes.adjudicate, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionOf(c.req.header('if-match')) }
    const written = await inTransaction(services, c, (db) => adjudicate(db, personOf(c), instruments, request, services.now()))
    return c.json(toAdjudication(written), 200, { ETag: `"${written.version}"` })
  })
}

function registerConclusion(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('reviews.watch', routes.conclusion, async (c) => {
    const { reviewId } = c.req.valid('param')
    const conclusion = await inTransaction(services, c, (db) => openConclusion(db, personOf(c), instruments, reviewId))
    return c.json(toConclusion(conclusion, now()), 200, { ETag: `"${conclusion.copy.review.version}"` })
  })
  api.add('reviews.manage', routes.sign, async (c) => {
    const key = { reviewId: c.req.valid('param').reviewId, version: versionOf(c.req.header('if-match')), ...c.req.valid('json') }
    const conclusion = await inTransaction(services, c, async (db) => {
      await signEvaluation(db, personOf(c), instruments, key, now())
      return openConclusion(db, personOf(c), instruments, key.reviewId)
    })
    return c.json(toConclusion(conclusion, now()), 200)
  })
  api.add('evaluation.publish', routes.publish, async (c) => {
    const key = { reviewId: c.req.valid('param').reviewId, version: versionOf(c.req.header('if-match')) }
    const conclusion = await inTransaction(services, c, async (db) => {
      await publishEvaluation(db, personOf(c), instruments, key, now())
      return openConclusion(db, personOf(c), instruments, key.reviewId)
    })
    return c.json(toConclusion(conclusion, now()), 200)
  })
}
