import { readFile } from 'node:fs/promises'
import { text as readText } from 'node:stream/consumers'
import { parseDocument } from 'yaml'
import {
  checkHeader,
  checkMethod,
  checkValues,
  DataReader,
  parseMethod,
  parseNumberText,
  readFrameworkTable,
  type DataTable,
  type FrameworkTable,
  type Method,
  type Normalisation,
  type Problem,
  type TableRow,
} from '@tessera/engine'
import { IndexInputError, nameOf, problemsIn, readRows, type FileProblem } from './index-files.ts'

/** What every `index` command is given. Short forms were checked when the command line was read. */
export interface IndexOptions {
  readonly framework: string
  readonly data: string
  readonly method?: string
  readonly normalise?: string
  readonly aggregate?: string
  readonly impute?: string
  readonly treat?: string
  readonly weights?: string
  readonly screen?: number
  readonly time?: 'pooled' | 'separate'
  readonly groups?: string
}

/** Framework, data and method, checked against each other. */
export interface IndexInputs {
  readonly table: FrameworkTable
  readonly data: DataTable
  readonly method: Method
}

/**
 * Read and check everything that an `index` command needs.
 * @throws {IndexInputError} with every problem of framework, data and method
 */
export async function readIndexInputs(options: IndexOptions): Promise<IndexInputs> {
  if ([options.framework, options.data, options.method, options.weights].filter((path) => path === '-').length > 1) {
    throw new IndexInputError([
      { file: nameOf('-'), line: null, column: null, value: null, rule: 'only one file can come from standard input' },
    ])
  }
  const problems: FileProblem[] = []
  const table = readFrameworkTable(await collectRows(options.framework, problems))
  problems.push(...(problems.length > 0 ? [] : problemsIn(options.framework, table.problems)))
  if (problems.length > 0 && table.framework.elements.length === 0) throw new IndexInputError(problems) // no column of the data has a meaning
  const data = await readData(options.data, table, problems)
  const method = await readMethod(options, table, problems)
  const unkept = (data?.problemCount ?? 0) - (data?.problems.length ?? 0)
  if (data === null || method === null) throw new IndexInputError(problems, problems.length + unkept)
  const reported = new Set(problems.map(({ line }) => line))
  const unfit = misfits({ table, data, method }, options)
  // Beside other problems, a column that looks constant may only be unreadable, and a whole line was named already.
  problems.push(
    ...(problems.length === 0
      ? unfit
      : unfit.filter(({ file, line }) => file === nameOf(options.data) && line !== null && !reported.has(line))),
  )
  if (problems.length > 0) throw new IndexInputError(problems, problems.length + unkept)
  return { table, data, method }
}

/** Runs a reading step and keeps its problems with the others instead of stopping. */
async function keepProblems<T>(problems: FileProblem[], fallback: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof IndexInputError)) throw error
    problems.push(...error.problems)
    return fallback
  }
}

function collectRows(path: string, problems: FileProblem[]): Promise<TableRow[]> {
  return keepProblems(problems, [], () => listRows(path))
}

async function listRows(path: string): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of readRows(path)) rows.push(row)
  return rows
}

function readData(path: string, table: FrameworkTable, problems: FileProblem[]): Promise<DataTable | null> {
  return keepProblems(problems, null, async () => {
    let reader: DataReader | null = null
    for await (const row of readRows(path)) {
      if (reader === null) reader = new DataReader(row, table)
      else reader.addRow(row)
    }
    const data = (reader ?? new DataReader(null, table)).finish()
    problems.push(...problemsIn(path, data.problems))
    return data
  })
}

/** The method file, if there is one, with the flags in its place where they are given, and the framework's denominators and targets. */
async function readMethod(options: IndexOptions, table: FrameworkTable, problems: FileProblem[]): Promise<Method | null> {
  const methodPath = options.method
  return keepProblems(problems, null, async () => {
    const written = methodPath === undefined ? {} : await readYaml(methodPath)
    const { normalise, aggregate, impute, treat, screen, time } = options
    const document = {
      denomination: table.denominators,
      ...written,
      ...(normalise !== undefined && { normalisation: normalise }),
      ...(aggregate !== undefined && { aggregation: aggregate }),
      ...(impute !== undefined && { imputation: impute }),
      ...(treat !== undefined && { treatment: treat }),
      ...(screen !== undefined && { screening: { minAvailability: screen } }),
      ...(time !== undefined && { time }),
      ...(options.weights !== undefined && { weighting: await readWeighting(options.weights, table) }),
    }
    try {
      return withTargets(parseMethod(document), table.targets)
    } catch (error) {
      throw new IndexInputError(methodProblems(options, (error as Error).message.split('\n')))
    }
  })
}

function methodProblems(options: IndexOptions, rules: readonly string[]): FileProblem[] {
  const file = options.method === undefined ? 'method' : nameOf(options.method)
  return rules.map((rule) => ({ file, line: null, column: null, value: null, rule: rule.replace(/^method(\.|: )/, '') }))
}

async function readYaml(path: string): Promise<Record<string, unknown>> {
  const fail = (line: number | null, rule: string) => new IndexInputError([{ file: nameOf(path), line, column: null, value: null, rule }])
  const source = await (path === '-' ? readText(process.stdin) : readFile(path, 'utf8')).catch((error: NodeJS.ErrnoException) => {
    throw fail(null, error.code === 'ENOENT' ? 'the file does not exist; correct the name' : `the file cannot be read (${error.code})`)
  })
  const document = parseDocument(source, { prettyErrors: true })
  const [error] = document.errors
  if (error !== undefined)
    throw fail(error.linePos?.[0].line ?? null, error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? 'not YAML')
  const content: unknown = document.toJS()
  if (content === null || content === undefined) return {}
  if (typeof content !== 'object' || Array.isArray(content))
    throw fail(null, 'a method file holds keys with values, such as "normalisation: minmax:0:100"')
  return content as Record<string, unknown>
}

const WEIGHTING_WORDS = /^(given|equal|(pca|balanced)(:\d+)?)$/

/** Weights from a file with the columns iCode and Weight, or the word of a weighting. */
async function readWeighting(pathOrWord: string, table: FrameworkTable): Promise<unknown> {
  if (WEIGHTING_WORDS.test(pathOrWord)) return pathOrWord
  const problems: Problem[] = []
  const [header, ...body] = await listRows(pathOrWord)
  const weights = new Map<string, number>()
  const note = (line: number | null, column: string | null, value: string | null, rule: string) =>
    problems.push({ source: 'method', line, column, value, rule })
  if (header === undefined) note(null, null, null, 'the file is empty; it needs the columns iCode and Weight')
  else problems.push(...checkHeader('method', header, ['iCode', 'Weight']))
  if (problems.length > 0) throw new IndexInputError(problemsIn(pathOrWord, problems))
  const columns = header?.cells.map((cell) => cell.trim()) ?? []
  const codes = new Set(table.framework.elements.map(({ code }) => code))
  for (const { line, cells } of body) {
    const code = cells[columns.indexOf('iCode')]?.trim() ?? ''
    const text = cells[columns.indexOf('Weight')] ?? ''
    const weight = parseNumberText(text)
    if (!codes.has(code)) note(line, 'iCode', code, 'this is no element of the framework; correct the code or remove the line')
    else if (weights.has(code)) note(line, 'iCode', code, 'the element stands twice; remove one of the lines')
    else if (typeof weight !== 'number') note(line, 'Weight', text.trim(), weight ?? 'the weight is missing; give one or remove the line')
    else if (weight < 0) note(line, 'Weight', text.trim(), 'a weight is a number of at least 0')
    else weights.set(code, weight)
  }
  if (problems.length > 0) throw new IndexInputError(problemsIn(pathOrWord, problems))
  return { kind: 'byCode', weights: Object.fromEntries(weights) }
}

/** Targets of the framework, where the method asks for targets and gives none of its own. */
function withTargets(method: Method, targets: FrameworkTable['targets']): Method {
  const fill = (normalisation: Normalisation): Normalisation =>
    normalisation.kind === 'distanceToTarget' && Object.keys(normalisation.targets).length === 0
      ? { ...normalisation, targets }
      : normalisation
  const { uncertainty } = method
  return {
    ...method,
    normalisation: fill(method.normalisation),
    normalisationOf: Object.fromEntries(Object.entries(method.normalisationOf).map(([code, each]) => [code, fill(each)])),
    uncertainty: uncertainty && { ...uncertainty, normalisation: uncertainty.normalisation.map(fill) },
  }
}

/** What does not fit between framework, data and method, once each of them is sound. */
function misfits({ table, data, method }: IndexInputs, options: IndexOptions): FileProblem[] {
  const groups = [...data.dataset.groups.keys()]
  const { groups: wanted } = options
  const noGroup: Problem[] =
    wanted === undefined || groups.includes(wanted)
      ? []
      : [
          {
            source: 'data',
            line: 1,
            column: wanted,
            value: null,
            rule: `this is no group column of the framework (there are: ${groups.join(', ') || 'none'})`,
          },
        ]
  return [
    ...methodProblems(options, checkMethod(method, table.framework, data.dataset)),
    ...problemsIn(options.data, noGroup),
    ...problemsIn(options.data, checkValues(data.dataset, table.framework, method, data.lines)),
  ]
}
