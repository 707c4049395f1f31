import { z } from '@hono/zod-openapi'
import { answerOrigins, maximumExplanation, maximumReason } from './answer.ts'

/** No defaults: an absent field must stay absent. */
export const answerPatchSchema = z
  .strictObject({
    options: z.array(z.string().max(60)).max(60).nullable().optional(),
    missing: z.enum(['not-applicable', 'not-known']).nullable().optional(),
    reason: z.string().max(maximumReason, 'assessments.rule.reason-long').nullable().optional(),
    explanation: z.string().max(maximumExplanation, 'assessments.rule.explanation-long').nullable().optional(),
  })
  .openapi('AnswerPatch')

export const answerSchema = z
  .object({
    questionId: z.string(),
    version: z.number().int(),
    options: z.array(z.string()).nullable(),
    missing: z.enum(['not-applicable', 'not-known']).nullable(),
    reason: z.string().nullable(),
    explanation: z.string().nullable(),
    language: z.string().nullable(),
    updatedAt: z.string().nullable(),
    author: z.object({ id: z.string(), name: z.string(), isGuest: z.boolean() }).nullable(),
    origin: z.enum(answerOrigins).nullish().openapi({ description: 'in the history: where the words came from, when nobody typed them' }),
  })
  .openapi('Answer')

export const assessmentSummarySchema = z
  .object({
    id: z.string(),
    city: z.object({ slug: z.string(), name: z.string() }),
    isSynthetic: z.boolean(),
    wave: z.object({ slug: z.string(), name: z.string(), opensAt: z.string(), closesAt: z.string() }),
    submittedAt: z.string().nullable(),
  })
  .openapi('AssessmentSummary')

const step = z.object({ ok: z.boolean(), reason: z.string().optional() })

export const assessmentSchema = assessmentSummarySchema
  .extend({
    instrument: z.object({ id: z.string(), version: z.string() }),
    progress: z.object({ answered: z.number(), asked: z.number() }),
    areas: z.array(
      z.object({
        dimension: z.string(),
        state: z.enum(['not-started', 'in-progress', 'completed']),
        answered: z.number(),
        asked: z.number(),
      }),
    ),
    steps: z.object({ answer: step }),
  })
  .openapi('Assessment')
