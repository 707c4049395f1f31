import { closestName } from './closest-name.ts'
import { checkHeader, isMissingText, parseNumberText, type TableRow } from './coinr.ts'
import type { FrameworkTable } from './coinr-framework.ts'
import type { Dataset } from './dataset.ts'
import type { Problem } from './problem.ts'

/** What a data table (COINr's iData) says. Use it only when `problems` is empty. */
export interface DataTable {
  readonly dataset: Dataset
  /** n lines of the file, one per unit. */
  readonly lines: readonly number[]
  /** n names for people; null where none is given. */
  readonly names: readonly (string | null)[]
  /** Columns that the framework does not name and that were passed over. */
  readonly unused: readonly string[]
  /** The first `MOST_PROBLEMS` problems. */
  readonly problems: readonly Problem[]
  /** All problems, counted. */
  readonly problemCount: number
}

/** Problems that are kept; the rest is counted, so that a broken file of 100 MB gives a readable answer. */
export const MOST_PROBLEMS = 1000

/** A column of numbers that grows; 8 bytes per value, whatever the file had. */
class NumberColumn {
  private values = new Float64Array(256)
  private length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  finish(): Float64Array {
    return this.values.slice(0, this.length)
  }
}

/**
 * Reads a data table in COINr's iData layout row by row, so that a large file never has to be in memory as text: uCode,
 * optionally uName and Time (or year), one column per indicator, group and denominator of the framework.
 * Use: one reader per file, `addRow` for every row below the header, then `finish` once.
 */
export class DataReader {
  private readonly columns: readonly string[]
  private readonly usedDenominators: ReadonlySet<string>
  private readonly numbers: readonly { readonly name: string; readonly position: number; readonly column: NumberColumn }[]
  private readonly groups: readonly { readonly name: string; readonly position: number; readonly labels: (string | null)[] }[]
  private readonly timePosition: number
  private readonly table: FrameworkTable
  private readonly units: string[] = []
  private readonly unitNames: (string | null)[] = []
  private readonly times: (string | null)[] = []
  private readonly lines: number[] = []
  private readonly seen = new Map<string, number>()
  private readonly problems: Problem[] = []
  private problemCount = 0
  /** False: the rows cannot be told apart into columns; one problem says it all. */
  private isHeaderSound = true

  /** @param header the first row of the file; null when the file is empty */
  constructor(header: TableRow | null, table: FrameworkTable) {
    this.table = table
    this.columns = header?.cells.map((cell) => cell.trim()) ?? []
    this.usedDenominators = new Set(Object.values(table.denominators))
    const indicators = table.framework.elements.filter(({ level }) => level === 1).map(({ code }) => code)
    if (header === null) this.note(null, null, null, 'the file is empty; it needs a header and one row per unit')
    else this.checkColumns(header, indicators)
    this.numbers = [...indicators, ...table.denominatorColumns].map((name) => ({
      name,
      position: this.columns.indexOf(name),
      column: new NumberColumn(),
    }))
    this.groups = table.groupColumns.map((name) => ({ name, position: this.columns.indexOf(name), labels: [] }))
    const known = new Set([...indicators, ...table.denominatorColumns, ...table.groupColumns])
    const isTime = (name: string) => !known.has(name) && /^(time|year)$/i.test(name)
    this.timePosition = this.columns.includes('Time') ? this.columns.indexOf('Time') : this.columns.findIndex(isTime)
  }

  private note(line: number | null, column: string | null, value: string | null, rule: string): void {
    this.problemCount += 1
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ source: 'data', line, column, value, rule })
  }

  private checkColumns(header: TableRow, indicators: readonly string[]): void {
    for (const { line, column, value, rule } of checkHeader('data', header, ['uCode'])) this.note(line, column, value, rule)
    this.isHeaderSound = this.problemCount === 0
    if (!this.isHeaderSound) return
    const { groupColumns, denominatorColumns, lines } = this.table
    for (const name of [...indicators, ...groupColumns, ...denominatorColumns]) {
      if (this.columns.includes(name)) continue
      const near = closestName(name, this.columns)
      const hint = near === null ? '' : ` (did you mean "${near}"?)`
      this.note(header.line, name, null, `the framework names this column on line ${lines.get(name)}, the data do not have it${hint}`)
    }
  }

  /** Takes one row below the header; rows with problems are noted and their readable cells kept. */
  addRow({ line, cells }: TableRow): void {
    if (!this.isHeaderSound) return
    if (cells.length !== this.columns.length) {
      this.note(line, null, null, `the line has ${cells.length} cells, the header has ${this.columns.length}`)
      return
    }
    const unit = cells[this.columns.indexOf('uCode')]?.trim() ?? ''
    if (unit === '') this.note(line, 'uCode', null, 'the unit has no code; give it one')
    const timeText = this.timePosition < 0 ? '' : (cells[this.timePosition] ?? '')
    const time = isMissingText(timeText) ? null : timeText.trim()
    if (unit !== '') this.checkRepeated(unit, time, line)
    this.units.push(unit)
    this.times.push(time)
    this.lines.push(line)
    const name = cells[this.columns.indexOf('uName')] ?? ''
    this.unitNames.push(isMissingText(name) ? null : name.trim())
    for (const { position, column, name: code } of this.numbers) column.push(this.readNumber(cells[position] ?? '', code, line))
    for (const { position, labels } of this.groups) {
      const label = cells[position] ?? ''
      labels.push(isMissingText(label) ? null : label.trim())
    }
  }

  private checkRepeated(unit: string, time: string | null, line: number): void {
    const key = JSON.stringify([unit, time])
    const earlier = this.seen.get(key)
    const at = time === null ? '' : ` for ${time}`
    if (earlier === undefined) this.seen.set(key, line)
    else
      this.note(
        line,
        'uCode',
        unit,
        `the unit stands already on line ${earlier}${at}; a unit has one row (per point in time, in a column Time)`,
      )
  }

  private readNumber(text: string, column: string, line: number): number {
    const value = parseNumberText(text)
    if (value === null) return NaN
    if (typeof value === 'number') {
      if (!(value <= 0 && this.usedDenominators.has(column))) return value
      this.note(line, column, text.trim(), 'what divides an indicator must be above 0')
    } else {
      this.note(line, column, text.trim(), value)
    }
    return NaN
  }

  /** The dataset and all problems; call it once, after the last row. */
  finish(): DataTable {
    if (this.units.length === 0 && this.problemCount === 0)
      this.note(null, null, null, 'there are no units below the header; add one row per unit')
    const finished = new Map(this.numbers.map(({ name, column }) => [name, column.finish()]))
    const indicators = this.table.framework.elements.filter(({ level }) => level === 1).map(({ code }) => code)
    const used = new Set(['uCode', 'uName', ...finished.keys(), ...this.groups.map(({ name }) => name)])
    return {
      dataset: {
        units: this.units,
        times: this.timePosition < 0 ? null : this.times,
        indicators,
        columns: indicators.map((code) => finished.get(code) as Float64Array),
        denominators: new Map(this.table.denominatorColumns.map((name) => [name, finished.get(name) as Float64Array])),
        groups: new Map(this.groups.map(({ name, labels }) => [name, labels])),
      },
      lines: this.lines,
      names: this.unitNames,
      unused: this.columns.filter((name, position) => !used.has(name) && position !== this.timePosition),
      problems: this.problems,
      problemCount: this.problemCount,
    }
  }
}
