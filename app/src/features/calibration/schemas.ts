import { z } from '@hono/zod-openapi'
import { decisions } from '../reviews/review.ts'

const note = z
  .string()
  .trim()
  .max(2_000, 'reviews.form.long')
  .nullish()
  .transform((text) => text || null)

export const caseFormSchema = z
  .object({
    decision: z.enum(decisions, 'reviews.form.decision.missing'),
    points: z
      .string()
      .trim()
      .default('')
      .refine((text) => /^(\d{1,3}([.,]\d{1,2})?)?$/.test(text), 'reviews.form.points.wrong')
      .transform((text) => (text === '' ? null : Number(text.replace(',', '.')))),
    note,
  })
  .transform((form) => ({ ...form, points: form.decision === 'changed' ? form.points : null }))

export const caseRequestSchema = z
  .strictObject({
    decision: z.enum(decisions, 'reviews.form.decision.missing'),
    points: z.number().min(0).max(100).nullable().default(null).openapi({ description: 'only with changed' }),
    note,
  })
  .openapi('CalibrationRequest')

const decided = z.object({ decision: z.enum(decisions), points: z.number().nullable() })

export const caseSchema = z
  .object({
    id: z.string(),
    question: z.string(),
    options: z.array(z.object({ id: z.string(), label: z.string(), points: z.number() })),
    answered: z.string(),
    explanation: z.string(),
    evidence: z.string(),
    judgement: decided.extend({ note: z.string().nullable(), judgedAt: z.iso.datetime() }).nullable(),
    expected: decided.extend({ why: z.string() }).nullable().openapi({ description: 'only after the own decision' }),
    deviation: z.number().nullable().openapi({ description: 'percent of the maximum, 0-100' }),
  })
  .openapi('CalibrationCase')

const summary = z.object({
  judged: z.number().int(),
  all: z.number().int(),
  isComplete: z.boolean(),
  meanDeviation: z.number().nullable().openapi({ description: 'percent of the maximum, 0-100' }),
  shareEqual: z.number().nullable().openapi({ description: 'share of the same decisions, 0-1' }),
})

export const calibrationSchema = z.object({ cases: z.array(caseSchema), summary }).openapi('Calibration')

export const calibrationOverviewSchema = z
  .object({
    experts: z.array(summary.extend({ id: z.string(), name: z.string() })),
    cases: z.array(
      z.object({ id: z.string(), judged: z.number().int(), meanDeviation: z.number().nullable(), shareEqual: z.number().nullable() }),
    ),
  })
  .openapi('CalibrationOverview')
