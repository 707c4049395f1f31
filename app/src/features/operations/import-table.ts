import { closestName } from '@tessera/engine'
import { CsvError, parse } from 'csv-parse/sync'
import type { RowProblem } from './import.ts'

export interface TableRow {
  /** 1 is the line of the column names. */
  line: number
  /** By column name; empty where there is nothing. */
  cells: Readonly<Record<string, string>>
}

/** Spreadsheets separate by comma, semicolon or tab, depending on their language; the first line tells. */
export function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? ''
  return [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark
}

/** A text that would be a formula is written with an apostrophe; it is none of the text. */
const withoutGuard = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

type Record_ = { record: string[]; info: { lines: number } }

function readRecords(text: string): { records: Record_[]; problems: RowProblem[] } {
  try {
    const options = { bom: true, info: true, relax_column_count: true, trim: true, delimiter: delimiterOf(text) } as const
    return { records: parse(text, options) as unknown as Record_[], problems: [] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { records: [], problems: [{ line: typeof error.lines === 'number' ? error.lines : 1, text: 'cli.sheet.quotes' }] }
  }
}

/** Reads a table with a head; other columns than the named ones are refused, so that a slip of the pen is found. */
export function readTable(
  text: string,
  { required, optional = [] }: { required: readonly string[]; optional?: readonly string[] },
): { rows: TableRow[]; problems: RowProblem[] } {
  const { records, problems } = readRecords(text)
  if (problems.length > 0) return { rows: [], problems }
  const head = (records[0]?.record ?? []).map((name) => name.toLowerCase())
  const known = [...required, ...optional]
  const missing = required.filter((name) => !head.includes(name))
  const unknown = head.filter((name) => name !== '' && !known.includes(name))
  const wrong: RowProblem[] = [
    ...missing.map((value): RowProblem => ({ line: 1, text: 'cli.sheet.columnMissing', values: { value } })),
    ...unknown.map((value): RowProblem => ({
      line: 1,
      text: 'operations.import.columnUnknown',
      values: { value, nearest: closestName(value, known) ?? '', known: known.join(', ') },
    })),
  ]
  if (wrong.length > 0) return { rows: [], problems: wrong }
  const rows = records.slice(1).map(({ record }, i) => ({
    line: records[i]!.info.lines + 1,
    cells: Object.fromEntries(head.map((name, column) => [name, withoutGuard(record[column] ?? '')])),
  }))
  return { rows: rows.filter(({ cells }) => Object.values(cells).some((cell) => cell !== '')), problems: [] }
}
