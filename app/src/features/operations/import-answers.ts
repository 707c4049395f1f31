import { strFromU8, unzipSync } from 'fflate'
import { z } from 'zod'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { findPerson, findPersonByEmail } from '../accounts/queries.ts'
import { normaliseEmail } from '../accounts/account.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import { type AnswerFields, findBrokenRule } from '../assessments/answer.ts'
import { parseAnswerSheet, readAnswer, type SheetProblem } from '../assessments/answer-sheet.ts'
import { saveAnswer } from '../assessments/usecases.ts'
import { findQuestion, type Instrument } from '../instrument/instrument.ts'
import { answerWord } from './export.ts'
import { type IncomingAnswer, judgeAnswer, type PlannedRow, type RowProblem } from './import.ts'
import { readTable } from './import-table.ts'

/** Whose answers of which wave a file is imported for. */
export interface AnswerTarget {
  city: string
  wave: string
}

const exportedRow = z.object({
  wave: z.string(),
  city: z.string(),
  question: z.string(),
  answer: z.string(),
  reason: z.string().nullable(),
  explanation: z.string().nullable(),
  answer_version: z.coerce.number().int(),
  updated_at: z.string(),
})

type ExportedRow = z.infer<typeof exportedRow> & { line: number }

/** A sheet's problem in the form of the other files. */
const fromSheet = ({ line, value, rule, values }: SheetProblem): RowProblem => ({ line, text: rule, values: { ...values, value } })

function readExported(instrument: Instrument, row: ExportedRow): { answer: IncomingAnswer | null; problems: RowProblem[] } {
  const { line, question: questionId, answer: word, explanation, reason } = row
  const question = findQuestion(instrument, questionId)
  if (question === null) return { answer: null, problems: [{ line, text: 'cli.sheet.questionUnknown', values: { value: questionId } }] }
  const read = readAnswer(question, word, explanation, line)
  if (Array.isArray(read)) return { answer: null, problems: read.map(fromSheet) }
  const fields: AnswerFields = { ...read, reason, explanation }
  return { answer: { line, questionId, fields, seen: { version: row.answer_version, updatedAt: row.updated_at } }, problems: [] }
}

function readRows(rows: readonly ExportedRow[], instrument: Instrument, { city, wave }: AnswerTarget) {
  const chosen = rows.filter((row) => row.city === city && row.wave === wave)
  const read = chosen.map((row) => readExported(instrument, row))
  const none: RowProblem[] = chosen.length > 0 ? [] : [{ line: 1, text: 'operations.import.noneOfCity', values: { city, wave } }]
  return { answers: read.flatMap(({ answer }) => answer ?? []), problems: [...none, ...read.flatMap(({ problems }) => problems)] }
}

function readJson(text: string): ExportedRow[] {
  const rows = z.array(exportedRow).safeParse(JSON.parse(text))
  if (!rows.success) throw new SyntaxError('not the rows of an export')
  return rows.data.map((row, i) => ({ ...row, line: i + 1 }))
}

/** answers.csv of an export has more columns than an answer sheet. */
const isExportedCsv = (text: string): boolean => /^\uFEFF?wave[,;\t]city[,;\t]/i.test(text)

function readCsvRows(text: string): { rows: ExportedRow[]; problems: RowProblem[] } {
  const columns = ['wave', 'city', 'question', 'answer', 'reason', 'explanation', 'answer_version', 'updated_at']
  const { rows, problems } = readTable(text, { required: columns, optional: ['language', 'is_synthetic'] })
  return {
    problems,
    rows: rows.map(({ line, cells }) => ({
      ...(cells as unknown as ExportedRow),
      reason: cells.reason || null,
      explanation: cells.explanation || null,
      answer_version: Number(cells.answer_version),
      line,
    })),
  }
}

/**
 * Reads answers of one city and wave from an export (ZIP, its answers.json or answers.csv) or from an answer sheet.
 * @throws {AppError} FILE_INVALID when it is none of these
 */
export function readAnswerFile(
  name: string,
  bytes: Uint8Array,
  instrument: Instrument,
  target: AnswerTarget,
): { answers: IncomingAnswer[]; problems: RowProblem[] } {
  try {
    if (/\.zip$/i.test(name)) {
      const member = unzipSync(bytes, { filter: (entry) => entry.name === 'answers.json' })['answers.json']
      if (member === undefined) throw new SyntaxError('no answers.json')
      return readRows(readJson(strFromU8(member)), instrument, target)
    }
    const text = strFromU8(bytes)
    if (/\.json$/i.test(name)) return readRows(readJson(text), instrument, target)
    if (isExportedCsv(text)) {
      const { rows, problems } = readCsvRows(text)
      return problems.length > 0 ? { answers: [], problems } : readRows(rows, instrument, target)
    }
    const sheet = parseAnswerSheet(text, instrument)
    const answers = sheet.answers.map(({ line, questionId, ...fields }) => ({ line, questionId, fields, seen: null }))
    return { answers, problems: sheet.problems.map(fromSheet) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('FILE_INVALID', { problems: 'operations.import.unreadable' })
  }
}

const wordOf = (fields: AnswerFields): string => [answerWord(fields), fields.reason, fields.explanation].filter(Boolean).join(' · ')

/** A planned row with the answer it writes. */
export interface PlannedAnswer extends PlannedRow {
  fields: AnswerFields
  /** Version that is there now; 0 = none. */
  version: number
}

/** What each answer of a file will do. */
export function planAnswers(
  answers: readonly IncomingAnswer[],
  current: ReadonlyMap<string, StoredAnswer>,
  instrument: Instrument,
  isReplacing: boolean,
): PlannedAnswer[] {
  return answers.map(({ line, questionId, fields, seen }) => {
    const present = current.get(questionId)
    const rule = findBrokenRule(findQuestion(instrument, questionId)!, fields)
    const state = rule === null ? judgeAnswer({ fields, seen }, present, isReplacing) : 'refused'
    return {
      line,
      state,
      subject: questionId,
      said: wordOf(fields),
      present: present === undefined ? null : wordOf(present),
      ...(state === 'refused' && {
        problem: rule === null ? ('operations.import.answered' as const) : (`assessments.rule.${rule}` as const),
        values: { at: present?.updatedAt?.slice(0, 16).replace('T', ' ') ?? '' },
      }),
      fields,
      version: present?.version ?? 0,
    }
  })
}

/** The person in whose name answers are imported. @throws {AppError} PERSON_NOT_FOUND, NOT_ALLOWED */
export async function getAuthor(db: Db, email: string, cityId: string): Promise<Person> {
  const found = await findPersonByEmail(db, normaliseEmail(email))
  const person = found === null ? null : await findPerson(db, found.id)
  if (person === null) throw new AppError('PERSON_NOT_FOUND')
  const permission = can(person, 'answer.save', cityId)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return person
}

/** Writes what was planned, as if the person had saved each answer; a row that somebody changed meanwhile stops everything. */
export async function applyAnswers(
  db: Db,
  { instruments }: Pick<Services, 'instruments'>,
  about: { person: Person; assessmentId: string; language: string; now: Date },
  rows: readonly PlannedAnswer[],
): Promise<void> {
  const { person, assessmentId, language, now } = about
  for (const { subject: questionId, fields: patch, version, state } of rows)
    if (state === 'new' || state === 'changed')
      await saveAnswer(db, person, instruments, { assessmentId, questionId, patch, version, language, origin: 'spreadsheet' }, now)
}
