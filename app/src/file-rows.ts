import { CsvError, parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import type { TextKey } from './text/catalogue.ts'
import type { TextValues } from './text/text.ts'

/** A file as rows of text. Row 1 is the first row of the file, empty rows among them. */
export interface FileRows {
  rows: string[][]
  /** How the file was read; for the reader who wonders about odd letters. */
  format: 'csv' | 'xlsx'
  encoding: 'utf-8' | 'utf-16' | 'windows-1252' | null
}

/** Why a file cannot be read at all. */
export interface Unreadable {
  rule: TextKey
  values: TextValues
}

export const maximumRows = 20_000
export const largestUnpacked = 100 * 1024 * 1024 // bytes

const unreadable = (rule: TextKey, values: TextValues = {}): Unreadable => ({ rule, values })

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean => first.every((byte, i) => bytes[i] === byte)

/** Text of a file: by its byte order mark, else UTF-8, and what is no UTF-8 as Windows-1252, the old code of office programs. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: NonNullable<FileRows['encoding']> } {
  if (startsWith(bytes, 0xff, 0xfe)) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' }
  if (startsWith(bytes, 0xfe, 0xff)) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

/** Spreadsheets separate by comma, semicolon or tab, depending on their language; the first line that is not empty tells. */
function delimiterOf(text: string): string {
  const head = text.split(/\r?\n|\r/).find((line) => line.trim() !== '') ?? ''
  const marks = [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length }))
  return marks.sort((a, b) => b.count - a.count)[0]!.mark
}

function readCsv(bytes: Uint8Array): FileRows | Unreadable {
  const { text, encoding } = decodeText(bytes)
  if (text.includes('\u0000')) return unreadable('earlier.file.binary')
  try {
    const options = { relax_column_count: true, trim: true, delimiter: delimiterOf(text), skip_empty_lines: false, to: maximumRows + 2 }
    return { rows: parse(text, options) as string[][], format: 'csv', encoding }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return unreadable('earlier.file.quotes', { line: typeof error.lines === 'number' ? error.lines : 1 })
  }
}

/** How large the parts of a packed file claim to be; the reader gives each no more room than it claims. */
export function unpackedSize(bytes: Uint8Array): number {
  let size = 0
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      size += originalSize
      return false
    },
  })
  return size
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell).trim()
}

async function readXlsx(bytes: Uint8Array): Promise<FileRows | Unreadable> {
  try {
    if (unpackedSize(bytes) > largestUnpacked) return unreadable('earlier.file.unpacked')
    const sheet = await readSheet(new Uint8Array(bytes).buffer) // a Buffer's slice() would share memory with others
    return { rows: sheet.map((row) => row.map(cellText)), format: 'xlsx', encoding: null }
  } catch {
    return unreadable('earlier.file.spreadsheet')
  }
}

/** Reads CSV or the first sheet of an XLSX file; the bytes say which of them it is, whatever the name says. */
export async function readFileRows(bytes: Uint8Array): Promise<FileRows | Unreadable> {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return unreadable('earlier.file.oldExcel')
  const read = startsWith(bytes, 0x50, 0x4b) ? await readXlsx(bytes) : readCsv(bytes)
  if ('rule' in read) return read
  if (read.rows.every((row) => row.every((cell) => cell === ''))) return unreadable('earlier.file.empty')
  return read.rows.length > maximumRows + 1 ? unreadable('earlier.file.tooManyRows', { limit: maximumRows }) : read
}
