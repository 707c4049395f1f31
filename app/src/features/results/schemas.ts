import { z } from '@hono/zod-openapi'
import type { Assessment } from '../assessments/assessment.ts'
import type { Instrument } from '../instrument/instrument.ts'

const exact = z.string().nullable().openapi({ description: 'exact fraction n/d; null = nothing applies', example: '1234/21' })

export const levelScoreSchema = z
  .object({
    id: z.string(),
    score: z.number().nullable().openapi({ description: '0-100, open questions count nothing' }),
    upper: z.number().nullable().openapi({ description: '0-100, open questions count in full' }),
    coverage: z.number().nullable().openapi({ description: 'share answered of what applies, 0-1, weighted like the score' }),
    isProvisional: z.boolean().openapi({ description: 'coverage under 65 %: no rank' }),
    exact: z.object({ score: exact, upper: exact, coverage: exact }),
  })
  .openapi('LevelScore')

const perIndex = z.object({ core: z.number(), extended: z.number() })

export const questionResultSchema = z
  .object({
    id: z.string(),
    state: z.enum(['answered', 'notApplicable', 'notKnown', 'notAnswered', 'hiddenScoredZero', 'hiddenNotApplicable', 'hiddenOpen']),
    points: z.number().nullable().openapi({ description: 'points earned; null = does not apply' }),
    max: z.number().openapi({ description: 'points obtainable' }),
    score: z.number().nullable(),
    exact,
    effectiveWeight: perIndex.openapi({ description: 'share of each index that the question carries now, 0-1' }),
    gain: perIndex.nullable().openapi({ description: 'points each index would gain if this question alone earned full points' }),
  })
  .openapi('QuestionResult')

/** What every answer with scores says about where they come from. */
export const originSchema = {
  instrument: z.object({ id: z.string(), version: z.string() }),
  wave: z.object({ slug: z.string(), name: z.string() }),
  city: z.object({ slug: z.string(), name: z.string() }),
  isSynthetic: z.boolean().openapi({ description: 'invented for the demonstration' }),
}

export const originOf = ({ city, wave }: Assessment, { id, version }: Instrument) => ({
  instrument: { id, version },
  wave: { slug: wave.slug, name: wave.name },
  city: { slug: city.slug, name: city.name },
  isSynthetic: city.isSynthetic,
})

export const scoresSchema = z
  .object({
    ...originSchema,
    scheme: z.string(),
    copy: z.enum(['handed-in', 'current']),
    indices: z.object({ core: levelScoreSchema, extended: levelScoreSchema }),
    dimensions: z.array(levelScoreSchema),
    indicators: z.array(levelScoreSchema),
    questions: z.array(questionResultSchema),
    excluded: z.array(z.object({ questionId: z.string(), scope: z.string(), responsible: z.string() })).openapi({
      description: 'questions that are not asked, because the city says that somebody else is responsible; they count as not applicable',
    }),
  })
  .openapi('Scores')

export const receiptSchema = z
  .object({
    id: z.string(),
    assessmentId: z.string(),
    contentHash: z.string().openapi({ description: 'SHA-256 over the canonical JSON (RFC 8785) of the frozen copy' }),
    submittedAt: z.string(),
  })
  .openapi('Receipt')
