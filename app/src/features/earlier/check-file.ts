import { closestName } from '@tessera/engine'
import type { TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import { countryCodes, countryName, isCountryCode } from '../cities/countries.ts'
import { firstYear } from '../cities/fact.ts'
import { type Column, columns, type EarlierFigure, figureKey } from './earlier.ts'
import { readFileRows, type FileRows } from '../../file-rows.ts'

/** What is wrong in one cell, or with a row or the file as a whole. */
export interface FileProblem {
  /** 1 = the head; null = the file. */
  row: number | null
  /** Name of the column as the file has it; null = the row or the file. */
  column: string | null
  /** What stands there. */
  value: string
  /** Which rule is broken and what to do. */
  rule: TextKey
  values: TextValues
}

/** A file after reading: every figure that can be used, and every problem. With a problem nothing is taken in. */
export interface CheckedFile {
  figures: readonly EarlierFigure[]
  problems: readonly FileProblem[]
  /** Rows with something in them, without the head. */
  rows: number
  emptyRows: number
  /** Columns that are not used. */
  extraColumns: readonly string[]
  format: FileRows['format'] | null
  encoding: FileRows['encoding']
}

/** Other names of the columns: those of the German template. */
const aliases: Readonly<Record<string, Column>> = {
  stadt: 'city',
  land: 'country',
  jahr: 'year',
  instrument: 'instrument',
  fragebogen: 'instrument',
  instrument_fassung: 'instrument_version',
  fassung: 'instrument_version',
  version: 'instrument_version',
  instrumentversion: 'instrument_version',
  kennung: 'code',
  wert: 'value',
  quelle: 'source',
  bemerkung: 'remark',
}

const optionalColumns: readonly Column[] = ['remark']

function columnOf(name: string): Column | null {
  const plain = name.toLowerCase().replaceAll(/[\s-]+/g, '_')
  return columns.find((column) => column === plain) ?? aliases[plain] ?? null
}

interface Head {
  /** Column -> place in the row. */
  places: ReadonlyMap<Column, number>
  /** Names as the file has them, by place; empty = no name. */
  names: readonly string[]
  extraColumns: string[]
  problems: FileProblem[]
}

function readHead(names: readonly string[], row: number): Head {
  const found = names.map((name, i) => ({ name, i, column: columnOf(name) })).filter(({ name }) => name !== '')
  const places = new Map<Column, number>()
  const problems: FileProblem[] = []
  for (const { name, i, column } of found) {
    if (column === null) continue
    if (places.has(column)) problems.push({ row, column: name, value: name, rule: 'earlier.rule.columnTwice', values: { column } })
    else places.set(column, i)
  }
  for (const column of columns)
    if (!places.has(column) && !optionalColumns.includes(column)) {
      const near = closestName(
        column,
        found.filter((each) => each.column === null).map(({ name }) => name),
      )
      const rule = near === null ? 'earlier.rule.columnMissing' : 'earlier.rule.columnMissingNear'
      problems.push({ row, column, value: '', rule, values: { column, near } })
    }
  return { places, names, extraColumns: found.filter(({ column }) => column === null).map(({ name }) => name), problems }
}

type Said = { value: string | number | null } | { rule: TextKey; values?: TextValues }

const tooLong = (limit: number): Said => ({ rule: 'earlier.rule.tooLong', values: { limit } })

const required =
  (missing: TextKey, limit: number) =>
  (text: string): Said => {
    if (text === '') return { rule: missing }
    return text.length > limit ? tooLong(limit) : { value: text }
  }

/** Codes that people write for a country, and mean another. */
const mistaken: Readonly<Record<string, string>> = {
  UK: 'GB',
  EL: 'GR',
  ENG: 'GB',
  SCO: 'GB',
  GER: 'DE',
  DEU: 'DE',
  ESP: 'ES',
  SWE: 'SE',
  POL: 'PL',
  ITA: 'IT',
  LVA: 'LV',
  ROU: 'RO',
}

const codeOfName = (text: string): string | undefined =>
  countryCodes.find((code) => ['en', 'de'].some((language) => countryName(language, code).toLowerCase() === text.toLowerCase()))

function readCountry(text: string): Said {
  if (text === '') return { rule: 'earlier.rule.countryMissing' }
  const code = text.toUpperCase()
  if (isCountryCode(code)) return { value: code }
  const meant = mistaken[code] ?? codeOfName(text)
  return meant === undefined ? { rule: 'earlier.rule.country' } : { rule: 'earlier.rule.countryMeant', values: { code: meant } }
}

const readYear =
  (now: Date) =>
  (text: string): Said => {
    if (text === '') return { rule: 'earlier.rule.yearMissing' }
    if (!/^\d{4}(?:[.,]0+)?$/.test(text)) return { rule: 'earlier.rule.year' }
    const year = Number(text.slice(0, 4))
    if (year < firstYear) return { rule: 'earlier.rule.yearEarly', values: { first: String(firstYear) } }
    return year > now.getFullYear() ? { rule: 'earlier.rule.yearFuture' } : { value: year }
  }

function readCode(text: string): Said {
  if (text === '') return { rule: 'earlier.rule.codeMissing' }
  return /^[a-z0-9][a-z0-9_.:-]{0,59}$/.test(text) ? { value: text === 'overall' ? 'index' : text } : { rule: 'earlier.rule.code' }
}

function readValue(text: string): Said {
  if (text === '') return { rule: 'earlier.rule.valueMissing' }
  if (!/^[-+]?\d+(?:[.,]\d+)?$/.test(text)) return { rule: 'earlier.rule.valueNumber' }
  const value = Number(text.replace(',', '.'))
  return value < 0 || value > 100 ? { rule: 'earlier.rule.valueRange' } : { value }
}

function readSource(text: string): Said {
  if (text === '') return { rule: 'earlier.rule.sourceMissing' }
  return text.length < 3 ? { rule: 'earlier.rule.sourceShort' } : text.length > 1000 ? tooLong(1000) : { value: text }
}

const readRemark = (text: string): Said => (text.length > 1000 ? tooLong(1000) : { value: text || null })

const readers = (now: Date): Record<Column, (text: string) => Said> => ({
  city: required('earlier.rule.cityMissing', 120),
  country: readCountry,
  year: readYear(now),
  instrument: required('earlier.rule.instrumentMissing', 120),
  instrument_version: required('earlier.rule.versionMissing', 60),
  code: readCode,
  value: readValue,
  source: readSource,
  remark: readRemark,
})

/** One row as a figure, or everything that is wrong with it. */
function readRow(
  cells: readonly string[],
  row: number,
  { places, names }: Head,
  read: Record<Column, (text: string) => Said>,
): EarlierFigure | FileProblem[] {
  const problems: FileProblem[] = []
  const values = new Map<Column, string | number | null>()
  for (const column of columns) {
    const text = cells[places.get(column) ?? -1] ?? ''
    const said = read[column](text)
    if ('rule' in said) problems.push({ row, column, value: text, rule: said.rule, values: said.values ?? {} })
    else values.set(column, said.value)
  }
  const unnamed = cells.filter((cell, i) => cell !== '' && (names[i] ?? '') === '')
  if (unnamed.length > 0) problems.push({ row, column: null, value: unnamed.join(' | '), rule: 'earlier.rule.beyond', values: {} })
  if (problems.length > 0) return problems
  const text = (column: Column) => values.get(column) as string
  return {
    row,
    city: text('city').normalize('NFC'),
    country: text('country'),
    year: values.get('year') as number,
    instrument: text('instrument'),
    instrumentVersion: text('instrument_version'),
    code: text('code'),
    value: values.get('value') as number,
    source: text('source'),
    remark: values.get('remark') as string | null,
  }
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell === '')

/** Checks the rows of a file. The first row that is not empty names the columns. */
export function checkRows({ rows, format, encoding }: FileRows, now: Date): CheckedFile {
  const headAt = rows.findIndex((cells) => !isEmpty(cells))
  const head = readHead(rows[headAt] ?? [], headAt + 1)
  const body = rows.map((cells, i) => ({ cells, row: i + 1 })).slice(headAt + 1)
  const filled = body.filter(({ cells }) => !isEmpty(cells))
  const common = { rows: filled.length, emptyRows: body.length - filled.length, extraColumns: head.extraColumns, format, encoding }
  if (head.problems.length > 0) return { ...common, figures: [], problems: head.problems }
  if (filled.length === 0) return { ...common, figures: [], problems: [fileProblem('earlier.rule.noRows')] }
  const read = readers(now)
  const figures: EarlierFigure[] = []
  const problems: FileProblem[] = []
  const seen = new Map<string, number>()
  for (const { cells, row } of filled) {
    const figure = readRow(cells, row, head, read)
    if (Array.isArray(figure)) {
      problems.push(...figure)
      continue
    }
    const first = seen.get(figureKey(figure))
    if (first === undefined) figures.push(figure)
    else problems.push({ row, column: null, value: figure.city, rule: 'earlier.rule.twice', values: { first: String(first) } })
    seen.set(figureKey(figure), first ?? row)
  }
  return { ...common, figures, problems }
}

const fileProblem = (rule: TextKey, values: TextValues = {}): FileProblem => ({ row: null, column: null, value: '', rule, values })

/** Reads and checks a file of earlier results. */
export async function checkFile(bytes: Uint8Array, now: Date): Promise<CheckedFile> {
  const read = await readFileRows(bytes)
  if (!('rule' in read)) return checkRows(read, now)
  const nothing = { figures: [], rows: 0, emptyRows: 0, extraColumns: [], format: null, encoding: null }
  return { ...nothing, problems: [fileProblem(read.rule, read.values)] }
}

/** Problems of one kind in one column, with all their rows. */
export interface ProblemGroup {
  column: string | null
  rule: TextKey
  count: number
  /** The first of them, in the order of the file. */
  examples: readonly FileProblem[]
}

/** How many problems are written out; the rest are counted. */
export const shownProblems = 100

/** Problems by column and rule, in the order in which each kind comes up first; at most 100 are written out in all. */
export function groupProblems(problems: readonly FileProblem[]): ProblemGroup[] {
  let left = shownProblems
  return [...Map.groupBy(problems, ({ column, rule }) => `${column}\u0000${rule}`).values()].map((all) => {
    const examples = all.slice(0, Math.max(1, left))
    left -= examples.length
    return { column: all[0]!.column, rule: all[0]!.rule, count: all.length, examples }
  })
}
