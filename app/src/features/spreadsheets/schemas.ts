import { z } from '@hono/zod-openapi'
import type { Translator } from '../../text/text.ts'
import type { AnswerFields } from '../assessments/answer.ts'
import type { TableProblem } from '../assessments/answer-table.ts'
import type { ImportItem, ImportPreview } from './importing.ts'

const binary = { schema: z.string().openapi({ format: 'binary' }) }

export const spreadsheetContent = {
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary,
  'text/csv': binary,
}

/** The body of a request that is a file itself. */
export const spreadsheetBody = {
  query: z.object({ fileName: z.string().max(200).default('file') }),
  body: { required: true, content: { ...spreadsheetContent, 'application/octet-stream': binary } },
}

const fieldsSchema = z.object({
  options: z.array(z.string()).nullable(),
  missing: z.enum(['not-applicable', 'not-known']).nullable(),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
})

export const problemSchema = z.object({
  row: z.number().int().nullable().openapi({ description: '1 = the first row of the file; null = the whole file' }),
  question: z.string().nullable(),
  value: z.string(),
  rule: z.string(),
  message: z.string(),
})

export const previewSchema = z
  .object({
    file: z.string().openapi({ description: 'names the file when it is taken over; it is kept for a day' }),
    fileName: z.string(),
    rows: z.number().int(),
    isForeign: z.boolean().openapi({ description: 'made for another city or wave' }),
    extraColumns: z.array(z.string()),
    items: z.array(
      z.object({
        question: z.string(),
        row: z.number().int(),
        state: z.enum(['same', 'older', 'new', 'changed', 'cleared', 'conflict', 'not-yours']).openapi({
          description:
            'older: changed here since, untouched in the file; conflict: changed on both sides; new, changed: nothing of others is lost by taking it',
        }),
        version: z.number().int().openapi({ description: 'of the answer that stands here; 0 = none' }),
        updatedAt: z.string().nullable(),
        current: fieldsSchema,
        proposed: fieldsSchema,
        base: fieldsSchema.nullable().openapi({ description: 'the answer that the file was made with; null = it does not say' }),
      }),
    ),
    problems: z.array(problemSchema).openapi({ description: 'rows that change nothing, with the reason' }),
  })
  .openapi('SpreadsheetPreview')

export const importSchema = z.object({
  file: z
    .string({ error: 'spreadsheets.api.file' })
    .regex(/^[0-9a-f]{64}$/, 'spreadsheets.api.file')
    .openapi({ description: 'the file, as its preview names it' }),
  questions: z
    .array(z.object({ question: z.string(), version: z.number().int().min(0) }))
    .min(1)
    .max(2000)
    .openapi({ description: 'the questions to take over, each with the version that was seen' }),
})

export const doneSchema = z.object({
  saved: z.array(z.string()),
  changed: z.array(z.string()).openapi({ description: 'answered by somebody else meanwhile: left as they are' }),
})

const toFields = ({ options, missing, reason, explanation }: AnswerFields) => ({ options, missing, reason, explanation })

const toItem = ({ questionId, row, state, current, proposed, base }: ImportItem) => ({
  question: questionId,
  row,
  state,
  version: current.version,
  updatedAt: current.updatedAt,
  current: toFields(current),
  proposed: toFields(proposed),
  base: base && toFields(base),
})

export const toProblem = (t: Translator, { row, questionId, value, rule, values }: TableProblem) => ({
  row,
  question: questionId,
  value,
  rule: rule.split('.').at(-1)!,
  message: t(rule, values),
})

export function toPreview(t: Translator, { hash, fileName, rows, isForeign, extraColumns, items, problems }: ImportPreview) {
  return {
    file: hash,
    fileName,
    rows,
    isForeign,
    extraColumns: [...extraColumns],
    items: items.map(toItem),
    problems: problems.map((problem) => toProblem(t, problem)),
  }
}
