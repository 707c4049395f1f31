import type { FileTable } from '../../sheet-file.ts'
import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import { plainWords } from '../assessments/answer-cell.ts'
import { textOfCell } from '../assessments/answer-table.ts'

// Lists of things, one row each: figures of a city, people to invite. Columns are found by their names, in any order and language.

export interface RecordRow<C extends string> {
  /** 1 = the first row of the file. */
  row: number
  cells: Readonly<Record<C, string>>
}

export interface RecordTable<C extends string> {
  rows: RecordRow<C>[]
  /** Why nothing of the file can be used; null = it can. */
  problem: { rule: TextKey; values: TextValues } | null
  extraColumns: string[]
}

export interface RecordColumns<C extends string> {
  columns: readonly C[]
  required: readonly C[]
  /** Every name under which a column is found. */
  namesOf: (column: C) => readonly string[]
}

const furthestHead = 20 // rows that may stand above the column names

/** Reads the first sheet that names all required columns. */
export function readRecords<C extends string>(
  tables: readonly FileTable[],
  { columns, required, namesOf }: RecordColumns<C>,
): RecordTable<C> {
  const names = new Map(columns.flatMap((column) => [column, ...namesOf(column)].map((name) => [plainWords(name), column] as const)))
  for (const { rows } of tables)
    for (const [at, head] of rows.slice(0, furthestHead).entries()) {
      const found = head.map((cell) => names.get(plainWords(textOfCell(cell))))
      if (!required.every((column) => found.includes(column))) continue
      const extraColumns = head.flatMap((cell, i) =>
        found[i] === undefined && textOfCell(cell).trim() !== '' ? [textOfCell(cell).trim()] : [],
      )
      const records = rows.map((row, i) => ({
        row: i + 1,
        cells: Object.fromEntries(
          columns.map((column) => [
            column,
            textOfCell(row[found.indexOf(column)] ?? null)
              .replaceAll('\u00A0', ' ')
              .trim(),
          ]),
        ) as Record<C, string>,
      }))
      const filled = records.slice(at + 1).filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''))
      const problem = filled.length === 0 ? { rule: 'spreadsheets.problem.noRows' as const, values: {} } : null
      return { rows: filled, problem, extraColumns }
    }
  const wanted = required.map((column) => namesOf(column)[0] ?? column).join(', ')
  return { rows: [], problem: { rule: 'spreadsheets.records.noHead', values: { columns: wanted } }, extraColumns: [] }
}

/** new, changed = taken unless somebody says otherwise; conflict = only when somebody says so; same, refused = nothing to choose. */
export type RecordState = 'new' | 'changed' | 'conflict' | 'same' | 'refused'

/** What one row would do. */
export interface PlannedRecord {
  row: number
  /** Names the record among those of the file. */
  key: string
  state: RecordState
  /** Why the row is refused. */
  rule: TextKey | null
  values: TextValues
}

export const isRecordChoosable = ({ state }: PlannedRecord): boolean => state === 'new' || state === 'changed' || state === 'conflict'

/** A record that stands in several rows of one file is refused from the second on. */
export function withoutRepeats<P extends PlannedRecord>(planned: readonly P[]): P[] {
  const first = new Map<string, number>()
  return planned.map((each) => {
    const before = first.get(each.key)
    first.set(each.key, before ?? each.row)
    if (before === undefined || each.state === 'refused') return each
    return { ...each, state: 'refused', rule: 'spreadsheets.records.twice', values: { first: String(before) } }
  })
}
