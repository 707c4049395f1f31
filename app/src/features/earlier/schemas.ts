import { z } from '@hono/zod-openapi'
import { kinshipOf } from './earlier.ts'
import type { CheckedFile, FileProblem } from './check-file.ts'
import { shownProblems } from './check-file.ts'
import type { EarlierImport, StoredEarlierFigure } from './queries.ts'
import type { Preview } from './usecases.ts'
import type { Translator } from '../../text/text.ts'

export const longestReason = 500 // characters

/** Why an import is taken out. */
export const removalSchema = z.object({
  reason: z
    .string({ error: 'earlier.remove.reasonMissing' })
    .trim()
    .min(10, 'earlier.remove.reasonMissing')
    .max(longestReason, 'earlier.remove.reasonLong'),
})

/** Names the file that was looked at. */
export const importSchema = z.object({
  file: z
    .string({ error: 'earlier.api.hash' })
    .regex(/^[0-9a-f]{64}$/, 'earlier.api.hash')
    .openapi({ description: 'SHA-256 of the file, as the preview gives it' }),
})

export const figureSchema = z
  .object({
    city: z.string(),
    country: z.string().openapi({ description: 'ISO 3166-1 alpha-2' }),
    year: z.number().int(),
    instrument: z.string().openapi({ description: 'name of the questionnaire' }),
    instrumentVersion: z.string(),
    code: z.string().openapi({ description: 'index = the city as a whole; else an area or indicator of that questionnaire' }),
    value: z.number().openapi({ description: '0-100' }),
    source: z.string(),
    remark: z.string().nullable(),
    kinship: z.enum(['same', 'other-version', 'other-instrument']).openapi({
      description: 'how its questionnaire relates to ours; in no case is the figure ranked',
    }),
  })
  .openapi('EarlierResult')

export const importedSchema = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    fileHash: z.string(),
    figures: z.number().int(),
    createdAt: z.iso.datetime(),
    removedAt: z.iso.datetime().nullable(),
  })
  .openapi('EarlierImport')

const problemSchema = z.object({
  row: z.number().int().nullable().openapi({ description: '1 = the row with the column names; null = the whole file' }),
  column: z.string().nullable().openapi({ description: 'null = the whole row' }),
  value: z.string(),
  rule: z.string(),
  message: z.string(),
})

export const previewSchema = z
  .object({
    file: z.string().openapi({ description: 'SHA-256; names the file when it is taken in' }),
    fileName: z.string(),
    canBeTakenIn: z.boolean(),
    isKnown: z.boolean().openapi({ description: 'this very file is in already' }),
    figures: z.number().int(),
    rows: z.number().int(),
    emptyRows: z.number().int(),
    extraColumns: z.array(z.string()),
    problemCount: z.number().int(),
    problems: z.array(problemSchema).openapi({ description: `the first ${shownProblems}` }),
  })
  .openapi('EarlierPreview')

/** A figure for the API, with what it has to do with our own questionnaire. */
export function toFigure(
  own: { id: string; version: string },
  { id: _id, importId: _importId, row: _row, ...figure }: StoredEarlierFigure,
) {
  return { ...figure, kinship: kinshipOf(figure, own) }
}

export function toImported({ id, fileName, fileHash, rowCount, createdAt, removedAt }: EarlierImport) {
  return { id, fileName, fileHash, figures: rowCount, createdAt: createdAt.toISOString(), removedAt: removedAt?.toISOString() ?? null }
}

const toProblem = (t: Translator, { row, column, value, rule, values }: FileProblem) => ({
  row,
  column,
  value,
  rule: rule.replace(/^earlier\.(rule|file)\./, ''),
  message: t(rule, values),
})

export const canBeTakenIn = (known: EarlierImport | null, { problems }: Pick<CheckedFile, 'problems'>): boolean =>
  known === null && problems.length === 0

export function toPreview(t: Translator, { hash, fileName, known, checked }: Preview) {
  const { figures, rows, emptyRows, extraColumns, problems } = checked
  return {
    file: hash,
    fileName,
    canBeTakenIn: canBeTakenIn(known, checked),
    isKnown: known !== null,
    figures: figures.length,
    rows,
    emptyRows,
    extraColumns: [...extraColumns],
    problemCount: problems.length,
    problems: problems.slice(0, shownProblems).map((problem) => toProblem(t, problem)),
  }
}
