import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf, type WebContext } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import { addDays } from '../departments/due.ts'
import { stageOf } from '../reviews/review.ts'
import { type CityReview, finishQuery, openCityReview, replyToQuery } from './answering.ts'
import { askQuery, closeQuery, openQueries, withdrawQuery } from './asking.ts'
import { openDecisions, replyToDecision, type SharedDecision } from './decisions.ts'
import { type QueryReply, type ReviewQuery, standardQueryDays, sumWaited, waitingOf } from './dialogue.ts'
import {
  askInput,
  cityReviewSchema,
  closeInput,
  decisionReplyInput,
  decisionSchema,
  querySchema,
  replyInput,
  shareInput,
} from './schemas.ts'
import { closeReview, openDialogue, shareDecisions } from './sharing.ts'

const tags = ['reviews']
const review = z.object({ reviewId: z.uuid() })
const question = review.extend({ questionId: z.string().max(60) })
const query = review.extend({ queryId: z.uuid() })
const created = json(z.object({ id: z.uuid() }), 'What was written')
const done = { 204: { description: 'Done' }, ...problems }
const base = '/api/v1/reviews/{reviewId}'
const asked = json(z.object({ queries: z.array(querySchema) }), 'Queries, oldest first')

export function toQuery(entry: ReviewQuery, replies: readonly QueryReply[]) {
  const { id, questionId, text, language, dueOn, askedAt, answeredAt, closedAt, withdrawnAt } = entry
  const iso = (moment: Date | null) => moment?.toISOString() ?? null
  return {
    id,
    questionId,
    text,
    language,
    dueOn,
    askedAt: askedAt.toISOString(),
    answeredAt: iso(answeredAt),
    closedAt: iso(closedAt),
    withdrawnAt: iso(withdrawnAt),
    waitsFor: waitingOf(entry),
    replies: replies
      .filter(({ queryId }) => queryId === id)
      .map(({ id: reply, text: said, language: spoken, frozenVersion, writtenAt, writer }) => ({
        id: reply,
        text: said,
        language: spoken,
        frozenVersion,
        writtenAt: writtenAt.toISOString(),
        writer,
      })),
  }
}

export function toDecision(shared: SharedDecision) {
  const { questionId, decision, reasonCode, reportText, source, reason, before, after, max, replies } = shared
  const points = { pointsBefore: before, pointsAfter: after.points, outcome: after.kind, max }
  const said = replies.map(({ id, text, language, writtenAt, writer }) => ({
    id,
    text,
    language,
    writtenAt: writtenAt.toISOString(),
    writer,
  }))
  return { questionId, decision, reasonCode, reportText, source, reason, ...points, replies: said }
}

function toCityReview({ review: own, assignments, queries, replies }: CityReview, now: Date) {
  return {
    id: own.id,
    stage: stageOf(own, assignments) === 'adjudicating' ? ('reviewing' as const) : stageOf(own, assignments),
    dueOn: own.dueOn,
    replyUntil: own.replyUntil?.toISOString() ?? null,
    waitedDays: sumWaited(queries, now),
    queries: queries.map((each) => toQuery(each, replies)),
  }
}

const routes = {
  queries: createRoute({
    operationId: 'listQuestionQueries',
    method: 'get',
    path: `${base}/questions/{questionId}/queries`,
    tags,
    summary: 'What you have asked the city about a question, as the expert who reviews it',
    request: { params: question },
    responses: { 200: asked, ...problems },
  }),
  ask: createRoute({
    operationId: 'askQuery',
    method: 'post',
    path: `${base}/questions/{questionId}/queries`,
    tags,
    summary: 'Ask the city about a question; only this question is reopened',
    request: { params: question, headers: idempotencyHeader, ...body(askInput) },
    responses: { 201: created, ...problems },
  }),
  close: createRoute({
    operationId: 'closeQuery',
    method: 'post',
    path: `${base}/queries/{queryId}/close`,
    tags,
    summary: 'Close an own query',
    request: { params: query },
    responses: done,
  }),
  withdraw: createRoute({
    operationId: 'withdrawQuery',
    method: 'post',
    path: `${base}/queries/{queryId}/withdraw`,
    tags,
    summary: 'Take an own query back that has no reply',
    request: { params: query },
    responses: done,
  }),
  city: createRoute({
    operationId: 'getCityReview',
    method: 'get',
    path: `${base}/city`,
    tags,
    summary: 'How the review of the own city stands, with the queries of the experts',
    request: { params: review },
    responses: { 200: json(cityReviewSchema, 'The review as the city sees it'), ...problems },
  }),
  reply: createRoute({
    operationId: 'replyToQuery',
    method: 'post',
    path: `${base}/queries/{queryId}/replies`,
    tags,
    summary: 'Reply to a query, with a new version of the answer if there is one',
    request: { params: query, headers: idempotencyHeader, ...body(replyInput) },
    responses: { 201: json(z.object({ id: z.uuid(), frozenVersion: z.number().int().nullable() }), 'The reply'), ...problems },
  }),
  finish: createRoute({
    operationId: 'finishQuery',
    method: 'post',
    path: `${base}/queries/{queryId}/finish`,
    tags,
    summary: 'Hand a query back to the experts after the replies',
    request: { params: query },
    responses: done,
  }),
  decisions: createRoute({
    operationId: 'listDecisions',
    method: 'get',
    path: `${base}/decisions`,
    tags,
    summary: 'The decisions that are shared with the own city, those other than agreed first',
    request: { params: review },
    responses: { 200: json(z.object({ decisions: z.array(decisionSchema) }), 'Decisions'), ...problems },
  }),
  replyToDecision: createRoute({
    operationId: 'replyToDecision',
    method: 'post',
    path: `${base}/decisions/{questionId}/replies`,
    tags,
    summary: 'Say something to a decision; it stays beside it',
    request: { params: question, headers: idempotencyHeader, ...body(decisionReplyInput) },
    responses: { 201: created, ...problems },
  }),
  dialogue: createRoute({
    operationId: 'getDialogue',
    method: 'get',
    path: `${base}/dialogue`,
    tags,
    summary: 'Every query and reply of a review, for the evaluating organisation',
    request: { params: review },
    responses: { 200: asked, ...problems },
  }),
  share: createRoute({
    operationId: 'shareDecisions',
    method: 'post',
    path: `${base}/share`,
    tags,
    summary: 'Show the decisions to the city and open its right of reply',
    request: { params: review, headers: idempotencyHeader.extend(ifMatchHeader.shape), ...body(shareInput) },
    responses: { 200: json(z.object({ replyUntil: z.string() }), 'Until when the city may reply'), ...problems },
  }),
  closeReview: createRoute({
    operationId: 'closeReview',
    method: 'post',
    path: `${base}/close`,
    tags,
    summary: 'Close a review; slips can be mended for seven days',
    request: { params: review, headers: idempotencyHeader.extend(ifMatchHeader.shape), ...body(closeInput) },
    responses: { 200: json(z.object({ graceUntil: z.string() }), 'Until when slips can be mended'), ...problems },
  }),
}

export function registerDialogueRoutes(api: Api, services: Services): void {
  registerExpertRoutes(api, services)
  registerCityRoutes(api, services)
  registerLeadRoutes(api, services)
}

function registerExpertRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('review.work', routes.queries, async (c) => {
    const { queries, replies } = await inTransaction(services, c, (db) => openQueries(db, personOf(c), instruments, c.req.valid('param')))
    return c.json({ queries: queries.map((each) => toQuery(each, replies)) }, 200)
  })
  api.add('review.work', routes.ask, async (c) => {
    const { language, dueOn, text } = c.req.valid('json')
    const standard = addDays(services.now().toISOString().slice(0, 10), standardQueryDays)
    const request = { ...c.req.valid('param'), text, dueOn: dueOn ?? standard, language: language ?? c.get('language') }
    return c.json(await askQuery(services, personOf(c), { ...request, key: c.req.valid('header')['idempotency-key'] }, services.now()), 201)
  })
  api.add('review.work', routes.close, async (c) => {
    await inTransaction(services, c, (db) => closeQuery(db, personOf(c), instruments, c.req.valid('param'), services.now()))
    return c.body(null, 204)
  })
  api.add('review.work', routes.withdraw, async (c) => {
    await withdrawQuery(services, personOf(c), c.req.valid('param'), services.now())
    return c.body(null, 204)
  })
}

function registerCityRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('review.read', routes.city, async (c) => {
    const { reviewId } = c.req.valid('param')
    const opened = await inTransaction(services, c, (db) => openCityReview(db, personOf(c), instruments, reviewId))
    return c.json(toCityReview(opened, services.now()), 200)
  })
  api.add('review.reply', routes.reply, async (c) => {
    const { answer = null, language, ...input } = c.req.valid('json')
    const request = { ...c.req.valid('param'), ...input, patch: answer, language: language ?? c.get('language') }
    const key = c.req.valid('header')['idempotency-key']
    const reply = await inTransaction(services, c, (db) => replyToQuery(db, personOf(c), instruments, { ...request, key }, services.now()))
    return c.json(reply, 201)
  })
  api.add('review.reply', routes.finish, async (c) => {
    await inTransaction(services, c, (db) => finishQuery(db, personOf(c), instruments, c.req.valid('param'), services.now()))
    return c.body(null, 204)
  })
  api.add('review.read', routes.decisions, async (c) => {
    const { reviewId } = c.req.valid('param')
    const { decisions } = await inTransaction(services, c, (db) => openDecisions(db, personOf(c), instruments, reviewId, services.now()))
    return c.json({ decisions: decisions.map(toDecision) }, 200)
  })
  api.add('review.reply', routes.replyToDecision, async (c) => {
    const { text, language } = c.req.valid('json')
    const key = c.req.valid('header')['idempotency-key']
    const request = { ...c.req.valid('param'), text, language: language ?? c.get('language'), key }
    return c.json(await inTransaction(services, c, (db) => replyToDecision(db, personOf(c), instruments, request, services.now())), 201)
  })
}

const versionIn = (c: WebContext): number => versionOf(c.req.header('if-match'))

function registerLeadRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('reviews.watch', routes.dialogue, async (c) => {
    const { reviewId } = c.req.valid('param')
    const { queries, replies } = await inTransaction(services, c, (db) => openDialogue(db, personOf(c), instruments, reviewId))
    return c.json({ queries: queries.map((each) => toQuery(each, replies)) }, 200)
  })
  api.add('reviews.manage', routes.share, async (c) => {
    const key = c.req.valid('header')['idempotency-key']
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), version: versionIn(c), key }
    return c.json(await inTransaction(services, c, (db) => shareDecisions(db, personOf(c), instruments, request, services.now())), 200)
  })
  api.add('reviews.manage', routes.closeReview, async (c) => {
    const key = c.req.valid('header')['idempotency-key']
    const request = { ...c.req.valid('param'), reason: c.req.valid('json').reason ?? null, version: versionIn(c), key }
    return c.json(await inTransaction(services, c, (db) => closeReview(db, personOf(c), instruments, request, services.now())), 200)
  })
}
