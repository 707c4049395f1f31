import { strFromU8, unzipSync } from 'fflate'
import readWorkbook from 'read-excel-file/universal'
import { largestUnpacked, maximumRows, readFileRows, type FileRows, type Unreadable, unpackedSize } from './file-rows.ts'

// Tables of a file as an office program leaves it behind: every sheet, values with their kind, and what was merged.

export type CellValue = string | number | boolean | Date | null

/** Cells that were merged into one, counted from 0. */
export interface MergedCells {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

export interface FileTable {
  /** Name of the sheet; null in a CSV. */
  name: string | null
  /** Row 0 is the first row of the file. */
  rows: CellValue[][]
  merged: readonly MergedCells[]
}

export interface FileTables {
  tables: FileTable[]
  format: FileRows['format']
  encoding: FileRows['encoding']
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

const attribute = (tag: string, name: string): string | null => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? null

const tagsOf = (xml: string, name: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? []

/** Place of a cell such as "AB12", from 0. */
function placeOf(cell: string): { row: number; column: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(cell)
  if (found === null) return null
  const column = [...found[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(found[2]) - 1, column }
}

function mergedIn(xml: string): MergedCells[] {
  return tagsOf(xml, 'mergeCell').flatMap((tag) => {
    const [from, to] = (attribute(tag, 'ref') ?? '').split(':').map(placeOf)
    return from && to ? [{ firstRow: from.row, lastRow: to.row, firstColumn: from.column, lastColumn: to.column }] : []
  })
}

/** Merged cells of each sheet, in the order of the workbook. */
function mergedBySheet(bytes: Uint8Array): MergedCells[][] {
  const parts = unzipSync(bytes, {
    filter: ({ name }) => /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/.test(name),
  })
  const text = (name: string) => (parts[name] === undefined ? '' : strFromU8(parts[name]))
  const targets = new Map(
    tagsOf(text('xl/_rels/workbook.xml.rels'), 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  )
  return tagsOf(text('xl/workbook.xml'), 'sheet').map((tag) => {
    const target = targets.get(attribute(tag, '\\w+:id')) ?? ''
    return mergedIn(text(target.startsWith('/') ? target.slice(1) : `xl/${target}`))
  })
}

async function readXlsxTables(bytes: Uint8Array): Promise<FileTables | Unreadable> {
  const broken: Unreadable = { rule: 'earlier.file.spreadsheet', values: {} }
  try {
    if (unpackedSize(bytes) > largestUnpacked) return { rule: 'earlier.file.unpacked', values: {} }
    const sheets = await readWorkbook(new Uint8Array(bytes).buffer)
    const merged = mergedBySheet(bytes)
    const tables = sheets.map(({ sheet, data }, i) => ({ name: sheet, rows: data as CellValue[][], merged: merged[i] ?? [] }))
    if (tables.every(({ rows }) => rows.every((row) => row.every((cell) => cell === null))))
      return { rule: 'earlier.file.empty', values: {} }
    if (tables.some(({ rows }) => rows.length > maximumRows + 1))
      return { rule: 'earlier.file.tooManyRows', values: { limit: maximumRows } }
    return { tables, format: 'xlsx', encoding: null }
  } catch {
    return broken
  }
}

/** Reads every sheet of an XLSX file, or a CSV; the bytes say which of them it is. */
export async function readFileTables(bytes: Uint8Array): Promise<FileTables | Unreadable> {
  if (isZip(bytes)) return readXlsxTables(bytes)
  const read = await readFileRows(bytes)
  if ('rule' in read) return read
  const { rows, format, encoding } = read
  return { tables: [{ name: null, rows, merged: [] }], format, encoding }
}
