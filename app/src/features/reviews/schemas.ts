import { z } from '@hono/zod-openapi'
import { decisions, reasonCodes, stages } from './review.ts'

const longestText = 5_000 // characters

/** Text that may be missing; blank is missing. */
const optionalText = z
  .string()
  .trim()
  .max(longestText, 'reviews.form.long')
  .nullish()
  .transform((text) => text || null)

const common = {
  decision: z.enum(decisions, 'reviews.form.decision.missing'),
  note: optionalText,
  reportText: optionalText,
  graceReason: optionalText,
}

/** "2.5" or "2,5"; empty = none. */
const typedPoints = z
  .string()
  .trim()
  .default('')
  .refine((text) => /^(\d{1,3}([.,]\d{1,2})?)?$/.test(text), 'reviews.form.points.wrong')
  .transform((text) => (text === '' ? null : Number(text.replace(',', '.'))))

/** A decision as the form sends it: what does not belong to the decision chosen is left out. */
export const judgementFormSchema = z
  .object({
    ...common,
    reasonCode: z
      .union([z.enum(reasonCodes), z.literal('')])
      .default('')
      .transform((code) => code || null),
    points: typedPoints,
    isForMeeting: z
      .string()
      .optional()
      .transform((value) => value === 'true'),
    version: z.coerce.number().int().min(0),
    answerVersion: z.coerce.number().int().min(1),
    seconds: z.coerce.number().min(0).catch(0),
    after: z.enum(['here', 'next']).catch('here'),
  })
  .transform((form) => ({
    ...form,
    points: form.decision === 'changed' ? form.points : null,
    reasonCode: form.decision === 'agreed' ? null : form.reasonCode,
  }))

/** A decision for the API. */
export const judgementRequestSchema = z
  .strictObject({
    ...common,
    reasonCode: z.enum(reasonCodes).nullable().default(null).openapi({ description: 'for every decision other than agreed' }),
    points: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .default(null)
      .openapi({ description: 'only with changed: 0 to the maximum of the question' }),
    isForMeeting: z.boolean().default(false),
    answerVersion: z.number().int().min(1).openapi({ description: 'version of the answer that was judged' }),
    seconds: z.number().int().min(0).max(86_400).default(0).openapi({ description: 'spent on it since the last saving' }),
  })
  .openapi('JudgementRequest')

export const judgementSchema = z
  .object({
    questionId: z.string(),
    version: z.number().int(),
    answerVersion: z.number().int(),
    decision: z.enum(decisions),
    reasonCode: z.enum(reasonCodes).nullable(),
    points: z.number().nullable(),
    note: z.string().nullable(),
    reportText: z.string().nullable(),
    isForMeeting: z.boolean(),
    seconds: z.number().int(),
    graceReason: z.string().nullable(),
    decidedAt: z.string(),
  })
  .openapi('Judgement')

const progress = z.object({ decided: z.number().int(), needed: z.number().int(), flagged: z.number().int() })
const states = ['open', 'outdated', 'decided', 'hidden', 'excluded'] as const

export const reviewRowSchema = z
  .object({
    id: z.string(),
    city: z.object({ slug: z.string(), name: z.string(), isSynthetic: z.boolean() }),
    wave: z.object({ slug: z.string(), name: z.string() }),
    part: z.enum(['first', 'second']),
    dueOn: z.string().nullable(),
    stage: z.enum(stages),
    signedAt: z.string().nullable(),
    progress,
    waiting: z.object({ onCity: z.number().int(), onMe: z.number().int() }),
    continueAt: z.string().nullable(),
  })
  .openapi('ReviewRow')

export const reviewSchema = z
  .object({
    id: z.string(),
    city: z.object({ slug: z.string(), name: z.string(), isSynthetic: z.boolean() }),
    wave: z.object({ slug: z.string(), name: z.string() }),
    part: z.enum(['first', 'second']),
    dueOn: z.string().nullable(),
    stage: z.enum(stages),
    signedAt: z.string().nullable(),
    changing: z.enum(['open', 'grace', 'locked']),
    progress,
    questions: z.array(z.object({ id: z.string(), dimension: z.string(), state: z.enum(states), isFlagged: z.boolean() })),
  })
  .openapi('ReviewOfExpert')

const answer = z.object({
  version: z.number().int(),
  options: z.array(z.string()).nullable(),
  missing: z.enum(['not-applicable', 'not-known']).nullable(),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
  language: z.string().nullable(),
})

export const documentSchema = z
  .object({
    evidenceId: z.string(),
    kind: z.string(),
    refusal: z.enum(['confidential', 'not-released', 'removed']).nullable().openapi({ description: 'why it cannot be opened' }),
    title: z.string().nullable(),
    page: z.number().int().nullable(),
    quotation: z.string().nullable(),
    validUntil: z.string().nullable(),
    url: z.string().nullable(),
    sha256: z.string().nullable(),
    href: z.string().nullable().openapi({ description: 'address of the file' }),
    seenAt: z.string().nullable(),
  })
  .openapi('ReviewDocument')

export const reviewQuestionSchema = z
  .object({
    id: z.string(),
    state: z.enum(states),
    answer: answer.nullable(),
    translations: z.array(
      z.object({ language: z.string(), state: z.string(), reason: z.string().nullable(), explanation: z.string().nullable() }),
    ),
    documents: z.array(documentSchema),
    judgement: judgementSchema.nullable(),
  })
  .openapi('ReviewQuestion')

export const signatureSchema = z.object({ reviewId: z.string(), signedAt: z.string() }).openapi('PartSignature')
