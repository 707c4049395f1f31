import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { requireSamePerson } from '../assessments/same-person.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import { dimensionOf } from '../instrument/instrument.ts'
import { deskProgress, fieldsOf, isFlagged } from './desk.ts'
import { openDesk, type OpenedDesk, type OpenedQuestion, openQuestion } from './desk-usecases.ts'
import { saveJudgement, signPart } from './judging.ts'
import { listMyReviews, type ReviewRow } from './my-reviews.ts'
import { type DeskDocument, isOpenDocument } from './documents.ts'
import { documentFilePath } from './paths.ts'
import type { Judgement } from './review.ts'
import { judgementRequestSchema, judgementSchema, reviewQuestionSchema, reviewRowSchema, reviewSchema, signatureSchema } from './schemas.ts'

const tags = ['reviews']
const ofReview = z.object({ reviewId: z.uuid() })
const ofQuestion = ofReview.extend({ questionId: z.string().max(60) })
const base = '/api/v1/reviews/{reviewId}'
const savingHeaders = ifMatchHeader.extend({ 'tessera-person': z.string().optional() })

const routes = {
  list: createRoute({
    operationId: 'listReviews',
    method: 'get',
    path: '/api/v1/reviews',
    tags,
    summary: 'The reviews that you are assigned to',
    responses: { 200: json(z.object({ reviews: z.array(reviewRowSchema) }), 'Reviews'), ...problems },
  }),
  get: createRoute({
    operationId: 'getReview',
    method: 'get',
    path: base,
    tags,
    summary: 'A review with the questions of your part and how they stand',
    description: 'Holds your own decisions alone, never those of another expert, nor any score of the city.',
    request: { params: ofReview },
    responses: { 200: json(reviewSchema, 'The review'), ...problems },
  }),
  question: createRoute({
    operationId: 'getReviewQuestion',
    method: 'get',
    path: `${base}/questions/{questionId}`,
    tags,
    summary: 'One answer with its translations and documents, and what you have decided',
    request: { params: ofQuestion },
    responses: { 200: json(reviewQuestionSchema, 'The question'), ...problems },
  }),
  save: createRoute({
    operationId: 'saveJudgement',
    method: 'put',
    path: `${base}/judgements/{questionId}`,
    tags,
    summary: 'Save what you decide about an answer',
    description: 'If-Match carries the version of your decision that you have seen, "0" for none. Saying the same again changes nothing.',
    request: { params: ofQuestion, headers: savingHeaders, ...body(judgementRequestSchema) },
    responses: { 200: json(judgementSchema, 'The decision'), ...problems },
  }),
  sign: createRoute({
    operationId: 'signReviewPart',
    method: 'post',
    path: `${base}/signature`,
    tags,
    summary: 'Sign your part of a review; from then on your decisions stand',
    request: { params: ofReview },
    responses: { 200: json(signatureSchema, 'The signature'), ...problems },
  }),
}

const headOf = ({ review: { id, city, wave }, assignment: { part, dueOn, signedAt }, stage }: OpenedDesk | ReviewRow) => ({
  id,
  city: { slug: city.slug, name: city.name, isSynthetic: city.isSynthetic },
  wave: { slug: wave.slug, name: wave.name },
  part,
  dueOn,
  stage,
  signedAt: signedAt?.toISOString() ?? null,
})

const toRow = (row: ReviewRow) => ({ ...headOf(row), progress: row.progress, waiting: row.waiting, continueAt: row.continueAt })

const toReview = (desk: OpenedDesk) => ({
  ...headOf(desk),
  changing: desk.changing.kind,
  progress: deskProgress(desk.questions),
  questions: desk.questions.map((question) => ({
    id: question.id,
    dimension: dimensionOf(desk.instrument, question.id)!.id,
    state: question.state,
    isFlagged: isFlagged(question),
  })),
})

function toJudgement(judgement: Judgement) {
  const { questionId, version, answerVersion, seconds, graceReason, decidedAt } = judgement
  return { questionId, version, answerVersion, ...fieldsOf(judgement), seconds, graceReason, decidedAt: decidedAt.toISOString() }
}

function toDocument(reviewId: string, document: DeskDocument) {
  const { citation, refusal, validUntil, seenAt } = document
  const open = isOpenDocument(document) ? document : null
  const file = open?.evidence.file ?? null
  return {
    evidenceId: citation.evidence,
    kind: citation.kind,
    refusal,
    title: open?.evidence.title ?? null,
    page: open?.place.page ?? null,
    quotation: open?.place.quotation ?? null,
    validUntil,
    url: open?.evidence.url ?? null,
    sha256: file?.sha256 ?? null,
    href: file === null ? null : documentFilePath(reviewId, citation.evidence),
    seenAt: seenAt?.toISOString() ?? null,
  }
}

function toQuestion({ review, question: { id, state, answer, judgement }, content, documents }: OpenedQuestion) {
  const own = (content.translations ?? []).filter(({ questionId }) => questionId === id)
  return {
    id,
    state,
    answer: answer && pickAnswer(answer),
    translations: own.map(({ language, state: how, reason, explanation }) => ({ language, state: how, reason, explanation })),
    documents: documents.map((document) => toDocument(review.id, document)),
    judgement: judgement && toJudgement(judgement),
  }
}

const pickAnswer = ({ version, options, missing, reason, explanation, language }: NonNullable<OpenedQuestion['question']['answer']>) => ({
  version,
  options,
  missing,
  reason,
  explanation,
  language,
})

export function registerReviewRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('review.work', routes.list, async (c) => {
    const rows = await inTransaction(services, c, (db) => listMyReviews(db, personOf(c), instruments))
    return c.json({ reviews: rows.map(toRow) }, 200)
  })
  api.add('review.work', routes.get, async (c) => {
    const { reviewId } = c.req.valid('param')
    const desk = await inTransaction(services, c, (db) => openDesk(db, personOf(c), instruments, reviewId, services.now()))
    return c.json(toReview(desk), 200)
  })
  api.add('review.work', routes.question, async (c) => {
    const request = { ...c.req.valid('param'), document: null }
    const opened = await inTransaction(services, c, (db) => openQuestion(db, personOf(c), instruments, request, services.now()))
    const shown = toQuestion(opened)
    return c.json({ ...shown, answer: shown.answer ?? null }, 200, { ETag: `"${shown.judgement?.version ?? 0}"` })
  })
  api.add('review.work', routes.save, async (c) => {
    const headers = c.req.valid('header')
    const version = versionOf(headers['if-match'])
    requireSamePerson(headers['tessera-person'], personOf(c))
    const request = { ...c.req.valid('param'), ...c.req.valid('json'), version }
    const saved = await inTransaction(services, c, (db) => saveJudgement(db, personOf(c), instruments, request, services.now()))
    return c.json(toJudgement(saved), 200, { ETag: `"${saved.version}"` })
  })
  api.add('review.work', routes.sign, async (c) => {
    const { reviewId } = c.req.valid('param')
    return c.json(await inTransaction(services, c, (db) => signPart(db, personOf(c), instruments, reviewId, services.now())), 200)
  })
}
