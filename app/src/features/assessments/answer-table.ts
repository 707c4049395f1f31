import { closestName } from '@tessera/engine'
import type { CellValue, FileTable } from '../../sheet-file.ts'
import { catalogues, type TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { type AnswerFields, findBrokenRule, questionMap } from './answer.ts'
import { languages, plainWords, readChoice } from './answer-cell.ts'

// The questionnaire as a table: one row for each question. Columns are found by their names, in any order and any language.

export const tableColumns = [
  'id',
  'number',
  'area',
  'question',
  'hint',
  'whatCounts',
  'options',
  'answer',
  'reason',
  'explanation',
  'version',
] as const
export type TableColumn = (typeof tableColumns)[number]

/** What one row says. A field whose column the table does not have is absent. */
export interface TableAnswer {
  /** 1 = the first row of the file. */
  row: number
  questionId: string
  fields: Partial<AnswerFields>
  /** The version as the table names it; empty = none. */
  version: string
  /** The wording in the row is no wording of the question; it is not used. */
  isReworded: boolean
}

/** What is wrong in one cell, or with a row or the table as a whole. */
export interface TableProblem {
  /** 1 = the first row of the file; null = the table. */
  row: number | null
  column: TableColumn | null
  value: string
  rule: TextKey
  values: TextValues
  questionId: string | null
}

export interface AnswerTable {
  answers: readonly TableAnswer[]
  problems: readonly TableProblem[]
  /** Columns that are not used, as the file names them. */
  extraColumns: readonly string[]
  /** Rows with something in them, below the head. */
  rows: number
}

interface Head {
  at: number
  places: ReadonlyMap<TableColumn, number>
  extraColumns: string[]
  twice: { column: TableColumn; name: string }[]
}

const aliases: Readonly<Record<string, TableColumn>> = {
  version: 'version',
  nr: 'number',
  no: 'number',
  erklärung: 'explanation',
  begründung: 'reason',
  grund: 'reason',
}

/** Columns that we write for readers and do not read. */
const ignored = 'ignored'

function columnNames(): Map<string, TableColumn | typeof ignored> {
  const names = new Map<string, TableColumn | typeof ignored>(Object.entries(aliases))
  for (const language of languages) names.set(plainWords(catalogues[language]['spreadsheets.sheet.note']), ignored)
  for (const column of tableColumns) {
    names.set(plainWords(column), column)
    for (const language of languages) names.set(plainWords(catalogues[language][`spreadsheets.column.${column}`]), column)
  }
  return names
}

/** Text of a cell that is not an answer. An apostrophe before a sign of a formula is ours; it is taken away again. */
export function textOfCell(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return withoutGuard(String(value))
}

/** The text without the apostrophe that keeps it from being a formula. */
export const withoutGuard = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

function headAt(row: readonly CellValue[], at: number, names: ReturnType<typeof columnNames>): Head {
  const places = new Map<TableColumn, number>()
  const head: Head = { at, places, extraColumns: [], twice: [] }
  for (const [i, cell] of row.entries()) {
    const name = textOfCell(cell).trim()
    const column = names.get(plainWords(name))
    if (name === '' || column === ignored) continue
    if (column === undefined) head.extraColumns.push(name)
    else if (places.has(column)) head.twice.push({ column, name })
    else places.set(column, i)
  }
  return head
}

const furthestHead = 20 // rows that may stand above the column names

/** The row with the column names: it names the answer and something that tells which question it is. */
function findHead(rows: FileTable['rows'], names: ReturnType<typeof columnNames>): Head | null {
  for (const [i, row] of rows.slice(0, furthestHead).entries()) {
    const head = headAt(row, i, names)
    if (head.places.has('answer') && (head.places.has('id') || head.places.has('question'))) return head
  }
  return null
}

/** The sheet of a file with the answers. */
function findTable(tables: readonly FileTable[]): { table: FileTable; head: Head } | null {
  const names = columnNames()
  for (const table of tables) {
    const head = findHead(table.rows, names)
    if (head !== null) return { table, head }
  }
  return null
}

/** Whether a file holds the questionnaire as a table with a column for the keys of the questions; an answer sheet has none. */
export const hasOwnKeys = (tables: readonly FileTable[]): boolean => findTable(tables)?.head.places.has('id') ?? false

interface Reader {
  instrument: Instrument
  language: string
  questions: ReadonlyMap<string, QuestionRules>
  /** Wording in any language -> question. */
  byWording: ReadonlyMap<string, string>
  cell: (row: readonly CellValue[], column: TableColumn) => CellValue
  has: (column: TableColumn) => boolean
  mergedRows: ReadonlySet<number>
}

const problemOf =
  (row: number, questionId: string | null) =>
  (column: TableColumn | null, value: string, rule: TextKey, values: TextValues = {}): TableProblem => ({
    row,
    column,
    value,
    rule,
    values,
    questionId,
  })

/** Which question a row is about: its key, or else its wording. */
function questionOfRow({ questions, byWording, cell }: Reader, cells: readonly CellValue[], row: number) {
  const problem = problemOf(row, null)
  const id = textOfCell(cell(cells, 'id')).trim()
  const wording = textOfCell(cell(cells, 'question')).trim()
  const meant = byWording.get(plainWords(wording))
  const named = questions.get(id.toLowerCase()) ?? (id === '' ? questions.get(wording.toLowerCase()) : undefined)
  if (named !== undefined && meant !== undefined && meant !== named.id)
    return problem('question', id, 'spreadsheets.problem.questionMixed', { id, other: meant })
  if (named !== undefined)
    return { question: named, isReworded: wording !== '' && meant === undefined && wording.toLowerCase() !== named.id }
  if (id === '' && meant !== undefined) return { question: questions.get(meant)!, isReworded: false }
  const value = id || wording
  if (value === '') return problem('id', '', 'spreadsheets.problem.questionMissing')
  const near = closestName(value, [...questions.keys()])
  return near === null
    ? problem('id', value, 'spreadsheets.problem.questionUnknown', { value })
    : problem('id', value, 'spreadsheets.problem.questionNear', { value, near })
}

/** A free text as it is kept: no blanks around it, one kind of line end, no blank that only looks like one. */
export const keptText = (value: CellValue): string | null => {
  const text = textOfCell(value).replaceAll(/\r\n?/g, '\n').replaceAll('\u00A0', ' ').trim()
  return text === '' ? null : text
}

function readRow(reader: Reader, cells: readonly CellValue[], row: number): TableAnswer | TableProblem {
  const { instrument, language, cell, has } = reader
  const found = questionOfRow(reader, cells, row)
  if ('rule' in found) return found
  const { question, isReworded } = found
  const problem = problemOf(row, question.id)
  if (reader.mergedRows.has(row - 1)) return problem('answer', '', 'spreadsheets.problem.merged')
  const answer = cell(cells, 'answer')
  const choice = readChoice(instrument, question, typeof answer === 'string' ? withoutGuard(answer) : answer, language)
  if ('rule' in choice) return problem('answer', textOfCell(answer), choice.rule, choice.values)
  const fields: Partial<AnswerFields> = {
    ...choice,
    ...(has('reason') && { reason: keptText(cell(cells, 'reason')) }),
    ...(has('explanation') && { explanation: keptText(cell(cells, 'explanation')) }),
  }
  const rule = findBrokenRule(question, { options: null, missing: null, reason: null, explanation: null, ...fields })
  if (rule !== null) return problem(null, '', `assessments.rule.${rule}`)
  return { row, questionId: question.id, fields, version: textOfCell(cell(cells, 'version')).trim(), isReworded }
}

/** Rows of a merge that reaches over several of them in a column that somebody fills in. */
function mergedRowsOf({ merged }: FileTable, { places, at }: Head): Set<number> {
  const filled = (['id', 'answer', 'reason', 'explanation'] as const).flatMap((column) => places.get(column) ?? [])
  const rows = new Set<number>()
  for (const { firstRow, lastRow, firstColumn, lastColumn } of merged)
    if (lastRow > firstRow && filled.some((column) => column >= firstColumn && column <= lastColumn))
      for (let row = Math.max(firstRow, at + 1); row <= lastRow; row++) rows.add(row)
  return rows
}

function readerFor(instrument: Instrument, language: string, table: FileTable, head: Head): Reader {
  const questions = questionMap(instrument)
  const byWording = new Map(
    Object.values(instrument.texts).flatMap((text) =>
      [...questions.keys()].flatMap((id): [string, string][] => {
        const wording = text.questions[id]?.question
        return wording === undefined ? [] : [[plainWords(wording), id]]
      }),
    ),
  )
  return {
    instrument,
    language,
    questions,
    byWording,
    has: (column) => head.places.has(column),
    cell: (row, column) => row[head.places.get(column) ?? -1] ?? null,
    mergedRows: mergedRowsOf(table, head),
  }
}

const isEmpty = (row: readonly CellValue[]): boolean => row.every((cell) => textOfCell(cell).trim() === '')

/** A question that stands in several rows counts when they say the same, else none of them does. */
function withoutContradictions(read: readonly TableAnswer[]): { answers: TableAnswer[]; problems: TableProblem[] } {
  const groups = [...Map.groupBy(read, ({ questionId }) => questionId).values()]
  const contradicts = (group: readonly TableAnswer[]) => new Set(group.map(({ fields }) => JSON.stringify(fields))).size > 1
  return {
    answers: groups.filter((group) => !contradicts(group)).map((group) => group[0]!),
    problems: groups.filter(contradicts).map((group) => {
      const [first, second] = group.map(({ row }) => row)
      return problemOf(second!, group[0]!.questionId)('id', '', 'spreadsheets.problem.twice', { first: String(first) })
    }),
  }
}

const tableProblem = (rule: TextKey, values: TextValues = {}): TableProblem => ({
  row: null,
  column: null,
  value: '',
  rule,
  values,
  questionId: null,
})

/**
 * Reads the answers of a file. What cannot be used is named row by row; the other rows can be used all the same.
 * @param language in which options are named that were probably meant
 */
export function readAnswerTable(tables: readonly FileTable[], instrument: Instrument, language: string): AnswerTable {
  const found = findTable(tables)
  if (found === null) return { answers: [], problems: [tableProblem('spreadsheets.problem.noHead')], extraColumns: [], rows: 0 }
  const { table, head } = found
  const twice = head.twice.map(({ name }) => tableProblem('spreadsheets.problem.columnTwice', { name }))
  const body = table.rows.map((cells, i) => ({ cells, row: i + 1 })).slice(head.at + 1)
  const filled = body.filter(({ cells, row }) => !isEmpty(cells) && row > head.at + 1)
  const common = { extraColumns: head.extraColumns, rows: filled.length }
  if (twice.length > 0) return { ...common, answers: [], problems: twice }
  if (filled.length === 0) return { ...common, answers: [], problems: [tableProblem('spreadsheets.problem.noRows')] }
  const reader = readerFor(instrument, language, table, head)
  const read = filled.map(({ cells, row }) => readRow(reader, cells, row))
  const { answers, problems } = withoutContradictions(read.flatMap((each) => ('rule' in each ? [] : [each])))
  return {
    ...common,
    answers,
    problems: [...read.flatMap((each) => ('rule' in each ? [each] : [])), ...problems].sort((a, b) => a.row! - b.row!),
  }
}
