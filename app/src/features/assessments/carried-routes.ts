import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { type Carried, countCarried } from './carried.ts'
import { type CarriedSheet, confirmEarlierAnswers, openCarried } from './carried-usecases.ts'
import { answerSchema } from './schemas.ts'

const params = z.object({ assessmentId: z.uuid() })
const tags = ['assessments']

const earlierAnswerSchema = z.object({
  questionId: z.string(),
  state: z.enum(['new', 'not-looked-at', 'confirmed', 'changed', 'not-asked']),
  earlier: answerSchema.nullable().openapi({ description: 'the answer of the earlier wave; null = there was none' }),
  current: answerSchema.nullable(),
  evidence: z.object({ count: z.number().int(), expired: z.number().int(), nextExpiry: z.string().nullable() }),
  misfit: z
    .object({ rule: z.string(), lost: z.array(z.string()) })
    .nullable()
    .openapi({ description: 'why it cannot be confirmed as it was; lost = options that do not exist any more' }),
  confirmedAt: z.string().nullable(),
})

const earlierSchema = z
  .object({
    from: z.object({ assessmentId: z.string(), wave: z.object({ slug: z.string(), name: z.string() }) }).nullable(),
    counts: z.object({ confirmed: z.number(), changed: z.number(), new: z.number(), notLookedAt: z.number(), notAsked: z.number() }),
    retired: z.number().int().openapi({ description: 'answers of then to questions that are not asked any more' }),
    questions: z.array(earlierAnswerSchema),
  })
  .openapi('EarlierAnswers')

const confirmationSchema = z
  .object({
    confirmed: z.array(z.string()),
    skipped: z.array(
      z.object({ questionId: z.string(), reason: z.enum(['no-earlier', 'earlier-changed', 'answered', 'misfit', 'not-asked']) }),
    ),
    citations: z.number().int().openapi({ description: 'citations that were carried over; expired ones are not' }),
  })
  .openapi('Confirmation')

const seenAnswerSchema = z.strictObject({ questionId: z.string().max(60), fromVersion: z.number().int().min(1) })

const toRow = ({ question, state, earlier, current, evidence, misfit, confirmed }: Carried) => ({
  questionId: question.id,
  state,
  earlier,
  current,
  evidence,
  misfit,
  confirmedAt: confirmed?.at.toISOString() ?? null,
})

function toJson(sheet: CarriedSheet | null): z.infer<typeof earlierSchema> {
  if (sheet === null) return { from: null, counts: countCarried([]), retired: 0, questions: [] }
  const { from, questions, retired } = sheet
  return {
    from: { assessmentId: from.assessmentId, wave: from.wave },
    counts: countCarried(questions.values()),
    retired,
    questions: [...questions.values()].map(toRow),
  }
}

const listRoute = createRoute({
  operationId: 'listEarlierAnswers',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/earlier-answers',
  tags,
  summary: "The answers of the city's earlier wave beside those of now, and what became of each",
  request: { params },
  responses: { 200: json(earlierSchema, 'Earlier answers'), ...problems },
})
const confirmRoute = createRoute({
  operationId: 'confirmEarlierAnswers',
  method: 'post',
  path: '/api/v1/assessments/{assessmentId}/earlier-answers/confirm',
  tags,
  summary: 'Say of earlier answers that they are still true',
  description:
    'Copies each answer into this wave with what is still valid of its evidence. An answer given meanwhile is never overwritten: it is skipped, with the reason.',
  request: {
    params,
    headers: idempotencyHeader,
    ...body(z.strictObject({ answers: z.array(seenAnswerSchema).min(1).max(500) })),
  },
  responses: { 200: json(confirmationSchema, 'What was confirmed'), ...problems },
})

export function registerCarriedRoutes(api: Api, services: Services): void {
  const { instruments, now } = services
  api.add('assessment.read', listRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const { sheet } = await inTransaction(services, c, (db) => openCarried(db, personOf(c), instruments, assessmentId, now()))
    return c.json(toJson(sheet), 200)
  })
  api.add('answer.save', confirmRoute, async (c) => {
    const request = {
      assessmentId: c.req.valid('param').assessmentId,
      key: c.req.valid('header')['idempotency-key'],
      answers: c.req.valid('json').answers,
    }
    const confirmation = await inTransaction(services, c, (db) => confirmEarlierAnswers(db, personOf(c), instruments, request, now()))
    return c.json(confirmation, 200)
  })
}
