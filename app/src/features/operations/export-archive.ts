import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { strToU8, Zip, ZipDeflate } from 'fflate'
import { toCsv } from '../../csv.ts'
import { AppError } from '../../errors.ts'
import { type ExportRow, exportTables, type ExportTable } from './export.ts'
import type { Portion } from './export-rows.ts'

/** One member of a ZIP archive that grows. */
class GrowingMember {
  private readonly member: ZipDeflate

  constructor(zip: Zip, name: string, time: Date) {
    this.member = new ZipDeflate(name, { level: 6 })
    this.member.mtime = time
    zip.add(this.member)
  }

  add(text: string, isLast = false): void {
    this.member.push(strToU8(text), isLast)
  }
}

/** A table as CSV and as JSON, portion by portion. */
class TableMembers {
  private readonly csv: GrowingMember
  private readonly json: GrowingMember
  private readonly table: ExportTable
  rows = 0

  constructor(zip: Zip, table: ExportTable, time: Date) {
    this.table = table
    this.csv = new GrowingMember(zip, `${table}.csv`, time)
    this.json = new GrowingMember(zip, `${table}.json`, time)
    this.csv.add(toCsv(exportTables[table], []))
    this.json.add('[')
  }

  add(rows: readonly ExportRow[]): void {
    const columns: readonly string[] = exportTables[this.table]
    const cells = rows.map((row) => columns.map((column) => row[column] ?? null))
    if (rows.length > 0) this.csv.add(toCsv(columns, cells).slice(toCsv(columns, []).length))
    const objects = cells.map((row) => JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i]]))))
    for (const object of objects) this.json.add(`${this.rows++ === 0 ? '\n' : ',\n'}${object}`)
  }

  end(): void {
    this.csv.add('', true)
    this.json.add('\n]\n', true)
  }
}

export interface ExportContents {
  portions: AsyncIterable<Portion>
  /** Further members by name, given when all rows are known. */
  texts: (rows: ReadonlyMap<ExportTable, number>) => ReadonlyMap<string, string>
}

async function fill(zip: Zip, { portions, texts }: ExportContents, now: Date): Promise<Map<ExportTable, number>> {
  const tables = new Map((Object.keys(exportTables) as ExportTable[]).map((table) => [table, new TableMembers(zip, table, now)]))
  for await (const { table, rows } of portions) tables.get(table)!.add(rows)
  for (const table of tables.values()) table.end()
  const counts = new Map([...tables].map(([table, { rows }]) => [table, rows]))
  for (const [name, text] of texts(counts)) new GrowingMember(zip, name, now).add(text, true)
  zip.end()
  return counts
}

/**
 * Writes an export as a ZIP archive; it appears under its name only when it is complete.
 * @returns how many rows each table has
 * @throws {AppError} FILE_EXISTS when there is a file of this name
 */
export async function writeExport(file: string, contents: ExportContents, now: Date): Promise<Map<ExportTable, number>> {
  if (existsSync(file)) throw new AppError('FILE_EXISTS', { file })
  const unfinished = `${file}.${process.pid}.unfinished`
  const target = openSync(unfinished, 'wx', 0o600)
  try {
    let problem: Error | null = null
    const zip = new Zip((error, chunk) => {
      problem ??= error
      if (error === null) writeSync(target, chunk)
    })
    const counts = await fill(zip, contents, now)
    if (problem !== null) throw problem as Error
    fsyncSync(target)
    renameSync(unfinished, file)
    return counts
  } finally {
    closeSync(target)
    rmSync(unfinished, { force: true })
  }
}
