import { closestName, NONE_OPTION } from '@tessera/engine'
import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues, Translator } from '../../text/text.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { type AnswerFields, questionMap } from './answer.ts'

/** One answer of a sheet, and the line where it begins. */
export interface SheetAnswer extends AnswerFields {
  readonly questionId: string
  readonly line: number
}

/** What cannot be used: line, what stands there, the rule, and the nearest name that exists. */
export interface SheetProblem {
  /** 1 is the line of the column names. */
  readonly line: number
  readonly value: string
  readonly rule: TextKey
  readonly values?: TextValues
  readonly nearest?: string | null
}

export interface AnswerSheet {
  readonly answers: readonly SheetAnswer[]
  readonly problems: readonly SheetProblem[]
}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

const columnNames = ['question', 'answer', 'explanation'] as const

/** Spreadsheets separate by comma, semicolon or tab, depending on their language; the first line tells. */
function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? ''
  return [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark
}

function readRows(text: string): { rows: Row[]; problems: SheetProblem[] } {
  try {
    // With `info` each record comes with the number of the line where it ends; the types of the package do not know that.
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      trim: true,
      delimiter: delimiterOf(text),
    }) as unknown as { record: string[]; info: { lines: number } }[]
    const rows = records.map(({ record }, i) => ({ line: (i === 0 ? 0 : records[i - 1]!.info.lines) + 1, cells: record }))
    return { rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')), problems: [] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return { rows: [], problems: [{ line, value: '', rule: 'cli.sheet.quotes' }] }
  }
}

function readHead(row: Row | undefined): { columns: ReadonlyMap<string, number>; problems: SheetProblem[] } {
  const names = (row?.cells ?? []).map((name) => name.toLowerCase())
  const columns = new Map(names.map((name, i) => [name, i]))
  const line = row?.line ?? 1
  const unknown = names.filter((name) => name !== '' && !(columnNames as readonly string[]).includes(name))
  const repeated = names.filter((name, i) => name !== '' && names.indexOf(name) !== i)
  return {
    columns,
    problems: [
      ...unknown.map((value): SheetProblem => ({ line, value, rule: 'cli.sheet.columnUnknown', nearest: closestName(value, columnNames) })),
      ...repeated.map((value): SheetProblem => ({ line, value, rule: 'cli.sheet.columnRepeated' })),
      ...['question', 'answer']
        .filter((name) => !columns.has(name))
        .map((value): SheetProblem => ({ line, value, rule: 'cli.sheet.columnMissing' })),
    ],
  }
}

/** Why the chosen options cannot be an answer to the question; empty when they can. */
function optionProblems(question: QuestionRules, chosen: readonly string[], line: number): SheetProblem[] {
  const known = question.options.map(({ id }) => id)
  const words = [...known, 'not-known', ...(question.allowsNotApplicable ? ['not-applicable'] : [])]
  const values = { question: question.id }
  const unknown = chosen.filter((option) => !known.includes(option))
  if (unknown.length > 0)
    return unknown.map((value) => ({ line, value, rule: 'cli.sheet.optionUnknown', values, nearest: closestName(value, words) }))
  const value = chosen.join(';')
  if (new Set(chosen).size !== chosen.length) return [{ line, value, rule: 'cli.sheet.optionRepeated', values }]
  if (question.type !== 'multiple' && chosen.length > 1) return [{ line, value, rule: 'cli.sheet.oneOption', values }]
  if (chosen.includes(NONE_OPTION) && chosen.length > 1) return [{ line, value, rule: 'cli.sheet.noneWithOthers', values }]
  return []
}

/** One answer as a sheet writes it: option keys joined by `;`, a word for missing, or nothing. @returns the answer, or why it cannot be used */
export function readAnswer(question: QuestionRules, text: string, explanation: string | null, line: number): AnswerFields | SheetProblem[] {
  if (text === '') return { options: null, missing: null, reason: null, explanation }
  if (text === 'not-known') return { options: null, missing: 'not-known', reason: null, explanation }
  if (text === 'not-applicable') {
    if (!question.allowsNotApplicable) return [{ line, value: text, rule: 'cli.sheet.notApplicable', values: { question: question.id } }]
    return { options: null, missing: 'not-applicable', reason: explanation, explanation: null }
  }
  const chosen = text
    .split(';')
    .map((option) => option.trim())
    .filter((option) => option !== '')
  const problems = optionProblems(question, chosen, line)
  return problems.length > 0 ? problems : { options: chosen, missing: null, reason: null, explanation }
}

/**
 * Reads an answer sheet: CSV with the columns question, answer and perhaps explanation. An answer is an option key, several
 * joined by `;`, `not-applicable` (the explanation is then the reason), `not-known`, or nothing for not answered.
 * @returns the usable answers in the order of the sheet, and every problem; with a problem the sheet is not to be used
 */
export function parseAnswerSheet(text: string, instrument: Instrument): AnswerSheet {
  const { rows, problems: unreadable } = readRows(text)
  const { columns, problems: misnamed } = unreadable.length > 0 ? { columns: new Map<string, number>(), problems: [] } : readHead(rows[0])
  const problems: SheetProblem[] = [...unreadable, ...misnamed]
  const answers: SheetAnswer[] = []
  if (problems.length > 0) return { answers, problems }
  const questions = questionMap(instrument)
  const lines = new Map<string, number>()
  const width = rows[0]!.cells.length
  for (const { line, cells } of rows.slice(1)) {
    const cell = (name: string) => cells[columns.get(name) ?? -1] ?? ''
    const questionId = cell('question')
    const question = questions.get(questionId)
    const first = lines.get(questionId)
    if (cells.slice(width).some((extra) => extra !== ''))
      problems.push({ line, value: cells.slice(width).join(' '), rule: 'cli.sheet.cellsExtra' })
    else if (question === undefined)
      problems.push({ line, value: questionId, rule: 'cli.sheet.questionUnknown', nearest: closestName(questionId, [...questions.keys()]) })
    else if (first !== undefined) problems.push({ line, value: questionId, rule: 'cli.sheet.questionRepeated', values: { first } })
    else {
      lines.set(questionId, line)
      const answer = readAnswer(question, cell('answer'), cell('explanation') || null, line)
      if (Array.isArray(answer)) problems.push(...answer)
      else answers.push({ questionId, line, ...answer })
    }
  }
  return { answers, problems }
}

/** One line for people: file, line, what stands there, the rule, and what was probably meant. */
export function sheetProblemLine(t: Translator, file: string, { line, value, rule, values, nearest }: SheetProblem): string {
  const said = t(rule, { ...values, value })
  return t(nearest ? 'cli.sheet.problemNearest' : 'cli.sheet.problem', { file, line, said, nearest })
}
