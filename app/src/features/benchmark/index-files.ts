import { createReadStream } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { parse as createCsvParser, CsvError } from 'csv-parse'
import { formatProblem, type Problem, type TableRow } from '@tessera/engine'

/** A problem in a file, by the file's name. */
export interface FileProblem extends Omit<Problem, 'source'> {
  readonly file: string
}

/** Input that cannot be used: every problem found, each ready to be printed on one line. */
export class IndexInputError extends Error {
  override name = 'IndexInputError'
  readonly problems: readonly FileProblem[]
  /** All problems, also those too many to be kept. */
  readonly count: number

  constructor(problems: readonly FileProblem[], count = problems.length) {
    super(problems.map(formatFileProblem).join('\n'))
    this.problems = problems
    this.count = count
  }
}

/** file:line, column, value: rule. */
export function formatFileProblem({ file, ...problem }: FileProblem): string {
  return formatProblem({ source: 'data', ...problem }, { data: file })
}

/** The name of a file in messages; `-` is standard input. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

export function problemsIn(path: string, problems: readonly Problem[]): FileProblem[] {
  return problems.map(({ line, column, value, rule }) => ({ file: nameOf(path), line, column, value, rule }))
}

/** Bytes to text; anything that is not UTF-8 stops the reading. */
async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/**
 * Rows of a CSV file as they come, the header first, so that a file of any size needs little memory.
 * Byte-order mark and empty lines are passed over; rows of another length than the header are handed on as they are.
 * @param path file name, or `-` for standard input
 * @throws {IndexInputError} when the file cannot be read, is not UTF-8, or its quotes do not close
 */
export async function* readRows(path: string): AsyncGenerator<TableRow> {
  const bytes: Readable = path === '-' ? process.stdin : createReadStream(path)
  const parser = createCsvParser({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  const text = Readable.from(decodeUtf8(bytes))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    throw new IndexInputError([unreadable(path, error)])
  } finally {
    bytes.destroy()
  }
}

function unreadable(path: string, error: unknown): FileProblem {
  const file = nameOf(path)
  const problem = (rule: string, line: number | null = null): FileProblem => ({ file, line, column: null, value: null, rule })
  if (error instanceof CsvError) {
    const line = typeof error['lines'] === 'number' ? error['lines'] : null
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return problem('not a CSV file: a quotation mark that opens on this line or before is never closed', line)
    return problem(`not a CSV file: ${error.message.replace(/\s+/g, ' ')}`, line)
  }
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return problem('the file does not exist; correct the name')
  if (code === 'EACCES') return problem('the file cannot be read; allow reading it')
  if (code === 'EISDIR') return problem('this is a folder, not a file; name a CSV file')
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return problem('the text is not UTF-8; save the file as CSV UTF-8')
  throw error
}

/** Writes a whole file or nothing: to a neighbouring name first, then renamed. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`
  try {
    await writeFile(draft, content, { flag: 'wx' })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    const rule = `the file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); choose another name or folder`
    throw new IndexInputError([{ file: path, line: null, column: null, value: null, rule }])
  }
}
