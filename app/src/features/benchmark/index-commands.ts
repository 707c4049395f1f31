import { InvalidArgumentError, Option, type Command } from 'commander'
import { CellError, computeIndex, parseMethod, ShapeError, type DataTable, type IndexResult } from '@tessera/engine'
import { formatFileProblem, IndexInputError, nameOf, writeWhole, type FileProblem } from './index-files.ts'
import { readIndexInputs, type IndexInputs, type IndexOptions } from './index-inputs.ts'
import { formatResults, listNotes } from './index-output.ts'

interface OutputOptions {
  readonly out?: string
  readonly json?: boolean
}

/**
 * The commands on numeric indices in COINr's layouts. Wrong usage ends with 2, refused input with 1 and one line per
 * problem, and then nothing is written. Sibling files add commands to the returned command, with `addInputOptions` and
 * `refuseBadInput`.
 */
export function registerIndexCommands(program: Command): Command {
  const index = program.command('index').description('composite index from a framework and a data file (COINr layouts)')
  endWrongUsageWith2(index)
  addInputOptions(index.command('compute').description('scores of every level and ranks'))
    .option('--out <file>', 'write results.csv here instead of to standard output')
    .option('--json', 'print the whole result, with every flag, as JSON')
    .action((options: IndexOptions & OutputOptions) => refuseBadInput(options, () => compute(options)))
  addInputOptions(index.command('check').description('every problem of framework, data and method, one line each'))
    .option('--json', 'print the problems as JSON')
    .action((options: IndexOptions & OutputOptions) => refuseBadInput(options, () => check(options)))
  return index
}

/** Commander ends with 1 on wrong usage; here that means refused input. Commands made afterwards inherit it. */
function endWrongUsageWith2(command: Command): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
}

/** The options that every `index` command shares. */
export function addInputOptions(command: Command): Command {
  return command
    .requiredOption('--framework <file>', 'elements of the index: iCode, Level, Parent, Direction, Weight, Type (- = standard input)')
    .requiredOption('--data <file>', 'units and values: uCode and one column per indicator (- = standard input)')
    .option('--method <file>', 'method.yaml; the options below replace what it says')
    .option(
      '--normalise <kind>',
      'none, minmax:0:100, zscore:0:1, rank, borda, percentile, distance-to-maximum:1, ...',
      shortForm('normalisation'),
    )
    .option(
      '--aggregate <kind>',
      'arithmetic, geometric, harmonic, copeland, ...; with commas one per level from level 2 up',
      shortForm('aggregation'),
    )
    .option('--impute <kind>', 'none, mean, median, group-mean:COLUMN, group-median:COLUMN, row', shortForm('imputation'))
    .option('--treat <kind>', 'none, winsor:5, log, boxcox', shortForm('treatment'))
    .option('--weights <file>', 'a file with iCode and Weight; or given, equal, pca, balanced')
    .option('--screen <share>', 'leave out units with less than this share of their indicators', readShare)
    .addOption(new Option('--time <how>', 'several points in time: one scale for all, or each by itself').choices(['pooled', 'separate']))
    .option('--groups <column>', 'also rank within the groups of this column')
}

function shortForm(key: 'normalisation' | 'aggregation' | 'imputation' | 'treatment'): (text: string) => string {
  return (text) => {
    try {
      parseMethod({ [key]: text })
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message.replace(/^method\.\w+(\.\w+)*: /gm, ''))
    }
    return text
  }
}

function readShare(text: string): number {
  const share = Number(text)
  if (text.trim() === '' || !(share >= 0 && share <= 1)) throw new InvalidArgumentError('It is a share from 0 to 1.')
  return share
}

/** Whoever reads standard output may have had enough (`| head -1`): that is no error. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

/** Runs a command; input that cannot be used ends with 1 and one line per problem (or one JSON object). */
export async function refuseBadInput(options: OutputOptions, run: () => Promise<void>): Promise<void> {
  if (!process.stdout.listeners('error').includes(endQuietly)) process.stdout.on('error', endQuietly)
  try {
    await run()
  } catch (error) {
    if (!(error instanceof IndexInputError)) throw error
    process.exitCode = 1
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ problems: error.problems, count: error.count })}\n`)
      return
    }
    for (const problem of error.problems) process.stderr.write(`${formatFileProblem(problem)}\n`)
    if (error.count > error.problems.length) process.stderr.write(`... and ${error.count - error.problems.length} more problems\n`)
  }
}

/** Computes, turning what the engine refuses into problems of the data file. */
export function computeOrRefuse({ table, data, method }: IndexInputs, options: IndexOptions): IndexResult {
  return refuseEngineErrors(data, options, () => computeIndex(data.dataset, table.framework, method))
}

/** Runs an engine function; a RangeError or ShapeError, which names the thing and the rule, becomes a problem of the data file. */
export function refuseEngineErrors<T>(data: DataTable, options: IndexOptions, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof ShapeError)) throw error
    const place = error instanceof CellError ? placeOf(error, data) : { line: null, column: null, value: null }
    const problems = error.message.split('\n').map((rule): FileProblem => ({ file: nameOf(options.data), ...place, rule }))
    throw new IndexInputError(problems)
  }
}

/** Where a refused score comes from, with the value as it stands in the file; the message names the score itself. */
function placeOf({ unit, element }: CellError, { dataset, lines }: DataTable): Pick<FileProblem, 'line' | 'column' | 'value'> {
  const row = dataset.units.indexOf(unit)
  const value = dataset.columns[dataset.indicators.indexOf(element)]?.[row]
  const line = lines[row] ?? null
  return value === undefined
    ? { line, column: null, value: null }
    : { line, column: element, value: Number.isNaN(value) ? '' : String(value) }
}

async function compute(options: IndexOptions & OutputOptions): Promise<void> {
  const inputs = await readIndexInputs(options)
  const result = computeOrRefuse(inputs, options)
  const csv = formatResults(result, inputs.table, inputs.data, options.groups ?? null)
  if (options.out !== undefined) await writeWhole(options.out, csv)
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`)
  else if (options.out === undefined) process.stdout.write(csv)
  if (options.json) return
  for (const note of listNotes(result, inputs.data)) process.stderr.write(`${note}\n`)
}

async function check(options: IndexOptions & OutputOptions): Promise<void> {
  const inputs = await readIndexInputs(options)
  const result = computeOrRefuse(inputs, options)
  const indicators = inputs.data.dataset.indicators.length
  const missing = inputs.data.dataset.columns.reduce((sum, column) => sum + column.filter(Number.isNaN).length, 0)
  if (options.json) process.stdout.write(`${JSON.stringify({ problems: [], count: 0, units: result.units.length, indicators, missing })}\n`)
  else process.stdout.write(`No problems: ${result.units.length} units, ${indicators} indicators, ${missing} missing values\n`)
}
