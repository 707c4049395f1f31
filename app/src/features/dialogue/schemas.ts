import { z } from '@hono/zod-openapi'
import { answerPatchSchema } from '../assessments/schemas.ts'
import { maximumText } from './dialogue.ts'

const text = z
  .string({ error: 'dialogue.form.text.missing' })
  .trim()
  .min(1, 'dialogue.form.text.missing')
  .max(maximumText, 'dialogue.form.text.tooLong')

const language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
  .optional()
  .openapi({ description: 'language it is written in; without, that of the request' })

const dueOn = z.string({ error: 'dialogue.ask.due.wrong' }).regex(/^\d{4}-\d{2}-\d{2}$/, 'dialogue.ask.due.wrong')

export const askForm = z.object({ text, dueOn })
export const textForm = z.object({ text })
export const emptyForm = z.object({})
export const replyForm = z.object({
  text,
  answerVersion: z.coerce.number().int().min(1).catch(1),
  done: z
    .string()
    .optional()
    .transform((value) => value === 'yes'),
})
const version = z.coerce.number().int().min(1)
const replyDays = z.coerce
  .number('dialogue.share.days.wrong')
  .int('dialogue.share.days.wrong')
  .min(1, 'dialogue.share.days.wrong')
  .max(90, 'dialogue.share.days.wrong')
const reason = z.string().trim().max(2000, 'dialogue.form.text.tooLong')
export const shareForm = z.object({ version, replyDays })
export const closeForm = z.object({ version, reason: reason.optional().transform((value) => value || null) })

export const askInput = z
  .strictObject({ text, dueOn: dueOn.optional().openapi({ description: 'without, 14 days from today' }), language })
  .openapi('QueryInput')
export const replyInput = z
  .strictObject({
    text,
    language,
    isDone: z.boolean().default(false).openapi({ description: 'hands the query back to the experts' }),
    answer: answerPatchSchema.optional().openapi({ description: 'what changes in the frozen answer' }),
    answerVersion: z.number().int().min(1).default(1).openapi({ description: 'version of the frozen answer that was seen' }),
  })
  .openapi('QueryReplyInput')
export const decisionReplyInput = z.strictObject({ text, language }).openapi('DecisionReplyInput')
export const shareInput = z.strictObject({ replyDays: z.number().int().min(1).max(90).default(21) }).openapi('ShareInput')
export const closeInput = z.strictObject({ reason: reason.nullish() }).openapi('CloseReviewInput')

const replySchema = z.object({
  id: z.uuid(),
  text: z.string(),
  language: z.string(),
  frozenVersion: z.number().int().nullable().openapi({ description: 'version of the answer that came with it' }),
  writtenAt: z.string(),
  writer: z.string().nullable(),
})

export const querySchema = z
  .object({
    id: z.uuid(),
    questionId: z.string(),
    text: z.string(),
    language: z.string(),
    dueOn: z.string(),
    askedAt: z.string(),
    answeredAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
    waitsFor: z.enum(['city', 'expert']).nullable(),
    replies: z.array(replySchema),
  })
  .openapi('ReviewQuery')

export const decisionSchema = z
  .object({
    questionId: z.string(),
    decision: z.enum(['agreed', 'agreed-with-note', 'changed', 'not-supported', 'need-more']),
    reasonCode: z.string().nullable(),
    reportText: z.string().nullable(),
    source: z.enum(['expert', 'adjudicated']),
    reason: z.string().nullable().openapi({ description: 'why it was adjudicated like this' }),
    pointsBefore: z.number().nullable(),
    pointsAfter: z.number().nullable(),
    outcome: z.enum(['points', 'open', 'drops-out', 'none']),
    max: z.number(),
    replies: z.array(
      z.object({ id: z.uuid(), text: z.string(), language: z.string(), writtenAt: z.string(), writer: z.string().nullable() }),
    ),
  })
  .openapi('SharedDecision')

export const cityReviewSchema = z
  .object({
    id: z.uuid(),
    stage: z.enum(['reviewing', 'adjudicating', 'replying', 'closed', 'signed', 'published', 'withdrawn']),
    dueOn: z.string().nullable(),
    replyUntil: z.string().nullable(),
    waitedDays: z.object({ city: z.number(), expert: z.number() }),
    queries: z.array(querySchema),
  })
  .openapi('CityReview')
