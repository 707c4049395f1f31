import { z } from '@hono/zod-openapi'
import { AppError } from '../../errors.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { ImportPreview } from './usecases.ts'
import type { Profile } from './profile.ts'
import { quickInstrument, type QuickAnswer } from './quickcheck.ts'
import { largestSheet, makeSheet, readSheet } from './sheet.ts'

/** Answers as an answer sheet writes them. */
export const answersSchema = z
  .object({
    answers: z
      .array(z.object({ question: z.string().max(60), answer: z.string().max(4000) }))
      .max(500)
      .openapi({ description: 'answer: option keys joined by semicolons, not-known or not-applicable' }),
  })
  .openapi('QuickCheckAnswers')

export const profileSchema = z
  .object({
    instrument: z.object({ id: z.string(), version: z.string() }),
    said: z.number().int().openapi({ description: 'with "not known"' }),
    answered: z.number().int(),
    asked: z.number().int().openapi({ description: 'anchor questions' }),
    total: z.number().int().openapi({ description: 'questions of the whole questionnaire' }),
    areas: z.array(
      z.object({
        dimension: z.string(),
        score: z
          .number()
          .nullable()
          .openapi({ description: '0-100 over the anchor questions alone; provisional, never ranked; null = nothing answered' }),
        scoreExact: z.string().nullable(),
        upper: z.number().nullable().openapi({ description: 'if everything still open earned full points' }),
        answered: z.number().int(),
        asked: z.number().int(),
        total: z.number().int(),
      }),
    ),
  })
  .openapi('QuickCheckProfile')

export const importSchema = z
  .object({
    sheet: z.string().max(largestSheet).openapi({ description: 'the file of the quick check, as text' }),
    questions: z
      .array(z.object({ question: z.string().max(60), version: z.number().int().min(0) }))
      .max(500)
      .openapi({ description: 'which questions take their answer from the file, and the version of each that you have seen (0 = none)' }),
  })
  .openapi('AnswerImport')

export const previewSchema = z
  .object({
    instrument: z.object({ id: z.string(), version: z.string() }),
    isOtherVersion: z.boolean(),
    questions: z.array(
      z.object({
        question: z.string(),
        state: z.enum(['fill', 'same', 'differs', 'not-yours']).openapi({
          description:
            'fill: nobody has answered; same: answered so already; differs: answered otherwise; not-yours: somebody else answers it',
        }),
        version: z.number().int(),
      }),
    ),
    problems: z.array(z.object({ question: z.number().int(), value: z.string(), rule: z.string() })),
  })
  .openapi('AnswerImportPreview')

/**
 * Answers that came as words, checked by the rules of the anchor questions.
 * @throws {AppError} INPUT_INVALID naming each that breaks one
 */
export function readQuickAnswers(instrument: Instrument, answers: z.infer<typeof answersSchema>['answers']): readonly QuickAnswer[] {
  const quick = quickInstrument(instrument)
  const { answers: read, problems } = readSheet({ ...makeSheet(quick, [], 'en', new Date(0)), answers }, quick)
  if (problems.length === 0) return read
  const fields = problems.map(({ line, rule }) => ({ path: `answers.${line - 1}`, message: rule.replace('cli.sheet.', '') }))
  throw new AppError('INPUT_INVALID', {}, { fields })
}

export function toProfile({ id, version }: Instrument, { areas, ...counts }: Profile) {
  return {
    instrument: { id, version },
    ...counts,
    areas: areas.map(({ dimension, score, exact, upper, answered, asked, total }) => ({
      dimension: dimension.id,
      score,
      scoreExact: exact,
      upper,
      answered,
      asked,
      total,
    })),
  }
}

export function toPreview({ sheet, isOtherVersion, items, problems }: ImportPreview) {
  return {
    instrument: sheet.instrument,
    isOtherVersion,
    questions: items.map(({ questionId, state, current }) => ({ question: questionId, state, version: current.version })),
    problems: problems.map(({ line, value, rule }) => ({ question: line, value, rule: rule.replace('cli.sheet.', '') })),
  }
}
