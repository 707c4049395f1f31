import { z } from '@hono/zod-openapi'
import { decisions, reasonCodes, stages } from '../reviews/review.ts'
import { shortestReason } from './agreement.ts'

const longestText = 5_000 // characters

const optionalText = z
  .string()
  .trim()
  .max(longestText, 'reviews.form.long')
  .nullish()
  .transform((text) => text || null)

const reason = z
  .string({ error: 'agreement.form.reason.short' })
  .trim()
  .min(shortestReason, 'agreement.form.reason.short')
  .max(longestText, 'reviews.form.long')

/** What the lead says about a disagreement, as the form sends it: what does not belong to the decision chosen is left out. */
export const adjudicationFormSchema = z
  .object({
    decision: z.enum(decisions, 'reviews.form.decision.missing'),
    reasonCode: z
      .union([z.enum(reasonCodes), z.literal('')])
      .default('')
      .transform((code) => code || null),
    points: z
      .string()
      .trim()
      .default('')
      .refine((text) => /^(\d{1,3}([.,]\d{1,2})?)?$/.test(text), 'reviews.form.points.wrong')
      .transform((text) => (text === '' ? null : Number(text.replace(',', '.')))),
    reason,
    reportText: optionalText,
    version: z.coerce.number().int().min(0),
  })
  .transform((form) => ({
    ...form,
    points: form.decision === 'changed' ? form.points : null,
    reasonCode: form.decision === 'agreed' ? null : form.reasonCode,
  }))

/** The same for the API. */
export const adjudicationRequestSchema = z
  .strictObject({
    decision: z.enum(decisions, 'reviews.form.decision.missing'),
    reasonCode: z.enum(reasonCodes).nullable().default(null).openapi({ description: 'for every decision other than agreed' }),
    points: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .default(null)
      .openapi({ description: 'only with changed: 0 to the maximum of the question' }),
    reason,
    reportText: optionalText,
  })
  .openapi('AdjudicationRequest')

export const adjudicationSchema = z
  .object({
    questionId: z.string(),
    version: z.number().int(),
    decision: z.enum(decisions),
    reasonCode: z.enum(reasonCodes).nullable(),
    points: z.number().nullable(),
    reason: z.string(),
    reportText: z.string().nullable(),
    decidedAt: z.iso.datetime(),
  })
  .openapi('Adjudication')

const side = z.object({
  decision: z.enum(decisions),
  reasonCode: z.enum(reasonCodes).nullable(),
  points: z.number().nullable().openapi({ description: 'what the decision gives; null = open or does not apply' }),
  outcome: z.enum(['points', 'open', 'drops-out', 'none']),
  note: z.string().nullable(),
  reportText: z.string().nullable(),
})

export const disagreementsSchema = z
  .object({
    reviewId: z.string(),
    isRevealed: z.boolean().openapi({ description: 'false = not both experts have signed: nothing of either is said' }),
    disagreements: z.array(
      z.object({
        questionId: z.string(),
        a: side,
        b: side,
        isSameAnswer: z.boolean().openapi({ description: 'false = the two had different versions of the answer before them' }),
        adjudication: adjudicationSchema.nullable(),
      }),
    ),
  })
  .openapi('Disagreements')

export const verdicts = ['publishable', 'tentative', 'insufficient', 'not-assessable'] as const

const area = z.object({
  dimension: z.string().nullable().openapi({ description: 'null = all areas together' }),
  units: z.number().int(),
  notSameAnswer: z.number().int().openapi({ description: 'questions left out: the city had mended its answer for one of the two experts' }),
  alpha: z.number().nullable().openapi({ description: "Krippendorff's ordinal alpha, at most 1; null = not assessable" }),
  low: z.number().nullable(),
  high: z.number().nullable(),
  verdict: z.enum(verdicts),
  obstacle: z.enum(['few-units', 'no-variance']).nullable(),
  disagreements: z.number().int(),
  unsettled: z.number().int(),
  hasRank: z.boolean(),
})

export const waveAgreementSchema = z
  .object({
    wave: z.string(),
    seed: z.number().nullable(),
    limits: z.object({ publishable: z.number(), tentative: z.number(), minimumUnits: z.number().int() }).nullable(),
    reviews: z.object({ all: z.number().int(), signedByBoth: z.number().int() }),
    areas: z.array(area),
    notCounted: z.array(z.object({ reviewId: z.string(), questionId: z.string() })),
  })
  .openapi('WaveAgreement')

export const conclusionSchema = z
  .object({
    reviewId: z.string(),
    stage: z.enum(stages),
    version: z.number().int(),
    unsettled: z.number().int(),
    method: z.object({ registeredHash: z.string(), presentHash: z.string(), isSame: z.boolean() }),
    signing: z.string().nullable().openapi({ description: 'what stands against signing now; null = nothing' }),
    publishing: z.string().nullable().openapi({ description: 'what stands against publishing now; null = nothing' }),
    signedAt: z.iso.datetime().nullable(),
    publishedAt: z.iso.datetime().nullable(),
  })
  .openapi('ReviewConclusion')

/** The lead says that nothing will be mended any more. */
export const signingRequestSchema = z.strictObject({
  endsGrace: z.boolean().default(false).openapi({ description: 'sign before the grace window has ended' }),
})

export const signingFormSchema = z.object({
  version: z.coerce.number().int().min(0),
  endsGrace: z
    .string()
    .optional()
    .transform((value) => value === 'true'),
})

export const publishingFormSchema = z.object({ version: z.coerce.number().int().min(0) })
