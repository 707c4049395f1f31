import { z } from '@hono/zod-openapi'
import { readAnswer, type SheetProblem } from '../assessments/answer-sheet.ts'
import { questionMap } from '../assessments/answer.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { answerWord, isSaid, type QuickAnswer } from './quickcheck.ts'

// The file that a visitor takes along: an answer sheet as JSON. Its rows are those of the answer sheet as CSV (question, answer,
// explanation), so that the same rules read both.

export const largestSheet = 64 * 1024 // characters

export const sheetSchema = z
  .object({
    format: z.literal('tessera-answer-sheet'),
    formatVersion: z.literal(1),
    kind: z.literal('quick-check').openapi({ description: 'provisional answers of a visitor; nobody has checked them' }),
    instrument: z.object({ id: z.string().max(60), version: z.string().max(60) }),
    language: z.string().max(10),
    madeAt: z.iso.datetime(),
    answers: z
      .array(z.object({ question: z.string().max(60), answer: z.string().max(4000), explanation: z.string().max(10_000).optional() }))
      .max(500)
      .openapi({ description: 'answer: option keys joined by semicolons, not-known or not-applicable' }),
  })
  .openapi('QuickCheckSheet')

export type QuickSheet = z.infer<typeof sheetSchema>

/** The file of a quick check; questions without an answer are left out. */
export function makeSheet(instrument: Instrument, answers: readonly QuickAnswer[], language: string, now: Date): QuickSheet {
  return {
    format: 'tessera-answer-sheet',
    formatVersion: 1,
    kind: 'quick-check',
    instrument: { id: instrument.id, version: instrument.version },
    language,
    madeAt: now.toISOString(),
    answers: answers.filter(isSaid).map((answer) => ({ question: answer.questionId, answer: answerWord(answer) })),
  }
}

/** A sheet that was read: answers that the questionnaire knows, and what it cannot use. */
export interface ReadSheet {
  sheet: QuickSheet
  answers: readonly QuickAnswer[]
  problems: readonly SheetProblem[]
}

function parseJson(text: string): unknown {
  if (text.length > largestSheet) return null
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    return null
  }
}

/** @returns null when the text is no such file */
export function parseSheet(text: string): QuickSheet | null {
  return sheetSchema.safeParse(parseJson(text)).data ?? null
}

/** Reads the answers of a sheet by the rules of a questionnaire, which may be another version than that of the sheet. */
export function readSheet(sheet: QuickSheet, instrument: Instrument): ReadSheet {
  const questions = questionMap(instrument)
  const answers: QuickAnswer[] = []
  const problems: SheetProblem[] = []
  const lines = new Map<string, number>()
  for (const [i, { question: id, answer, explanation }] of sheet.answers.entries()) {
    const line = i + 1
    const question = questions.get(id)
    const first = lines.get(id)
    if (question === undefined) problems.push({ line, value: id, rule: 'cli.sheet.questionUnknown' })
    else if (first !== undefined) problems.push({ line, value: id, rule: 'cli.sheet.questionRepeated', values: { first } })
    else {
      lines.set(id, line)
      const read = readAnswer(question, answer.trim(), explanation?.trim() || null, line)
      if (Array.isArray(read)) problems.push(...read)
      else if (isSaid(read)) answers.push({ questionId: id, ...read })
    }
  }
  return { sheet, answers, problems }
}
