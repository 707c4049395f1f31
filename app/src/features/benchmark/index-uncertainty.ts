import { InvalidArgumentError, type Command } from 'commander'
import {
  createRangeRunner,
  planUncertainty,
  summariseRuns,
  summariseSensitivity,
  type RunCounts,
  type SensitivityResult,
  type UncertaintyRequest,
  type UncertaintyResult,
  type UncertaintySpec,
} from '@tessera/engine'
import { addInputOptions, refuseBadInput, refuseEngineErrors } from './index-commands.ts'
import { writeWhole } from './index-files.ts'
import { readIndexInputs, type IndexInputs, type IndexOptions } from './index-inputs.ts'
import { formatCsvLine, formatNumber } from './index-output.ts'
import { computeRows, countRuns, type PoolOptions } from './uncertainty-pool.ts'

interface RunOptions {
  readonly seed: number
  readonly workers?: number
  readonly out?: string
  readonly json?: boolean
}

/** `tessera index uncertainty` and `tessera index sensitivity`. */
export function registerUncertaintyCommands(index: Command): void {
  addInputOptions(
    index.command('uncertainty').description('how far ranks and scores move when weights, normalisation, treatment and aggregation vary'),
  )
    .option('--runs <number>', 'runs of the analysis', readWhole(1, 2 ** 31), 10_000)
    .option('--seed <number>', 'the same seed gives the same bytes', readWhole(0, Number.MAX_SAFE_INTEGER), 42)
    .option('--workers <number>', 'threads; the result does not depend on them', readWhole(1, 256))
    .option('--out <file>', 'write ranks.csv here instead of to standard output')
    .option('--json', 'print the whole result as JSON')
    .action((options: IndexOptions & RunOptions & { runs: number }) => refuseBadInput(options, () => uncertainty(options)))
  addInputOptions(index.command('sensitivity').description('which of these choices moves the ranks: Sobol indices of the mean rank shift'))
    .option('--base <number>', 'rows of the design, best a power of two; runs = rows x (assumptions + 2)', readWhole(16, 2 ** 24), 1024)
    .option('--seed <number>', 'the same seed gives the same bytes', readWhole(0, Number.MAX_SAFE_INTEGER), 42)
    .option('--workers <number>', 'threads; the result does not depend on them', readWhole(1, 256))
    .option('--out <file>', 'write sobol.csv here instead of to standard output')
    .option('--json', 'print the whole result as JSON')
    .action((options: IndexOptions & RunOptions & { base: number }) => refuseBadInput(options, () => sensitivity(options)))
}

function readWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
    return value
  }
}

async function uncertainty(options: IndexOptions & RunOptions & { runs: number }): Promise<void> {
  const inputs = await readIndexInputs(options)
  const { request, spec } = plan(inputs, options, options.json === true)
  const counts = await countRuns(spec, options.runs, poolOptions(options, 'runs'))
  const result = summariseRuns(request, spec, createRangeRunner(spec).ranges, counts)
  await deliver(options, formatRanks(result, inputs), () => toJson(result))
  noteFailures(result.failures, result.runs)
}

async function sensitivity(options: IndexOptions & RunOptions & { base: number }): Promise<void> {
  const inputs = await readIndexInputs(options)
  const { request, spec } = plan(inputs, options, false)
  if (spec.varied.length === 0)
    refuseEngineErrors(inputs.data, options, () => {
      throw new RangeError('no assumption varies; the method must give at least one with more than one alternative')
    })
  const rows = await computeRows(spec, options.base, poolOptions(options, 'rows'))
  const result = refuseEngineErrors(inputs.data, options, () => summariseSensitivity(request, spec, rows))
  await deliver(options, formatIndices(result), () => JSON.stringify(result))
  noteFailures(result.failures, result.runs)
  if (result.assumptions === null) process.stderr.write('The ranks do not move: there are no indices.\n')
}

function plan(
  { table, data, method }: IndexInputs,
  options: IndexOptions & RunOptions,
  pairs: boolean,
): { request: UncertaintyRequest; spec: UncertaintySpec } {
  const request: UncertaintyRequest = { dataset: data.dataset, framework: table.framework, method, seed: options.seed, pairs }
  return { request, spec: refuseEngineErrors(data, options, () => planUncertainty(request)) }
}

function poolOptions({ workers }: RunOptions, what: string): PoolOptions {
  const threads = workers === undefined ? {} : { workers }
  if (!process.stderr.isTTY) return threads
  return {
    ...threads,
    onProgress: (done, total) =>
      process.stderr.write(`\r${done} of ${total} ${what} (${Math.floor((100 * done) / total)} %)${done === total ? '\n' : ''}`),
  }
}

async function deliver({ out, json }: RunOptions, csv: string, toText: () => string): Promise<void> {
  if (out !== undefined) await writeWhole(out, csv)
  if (json) process.stdout.write(`${toText()}\n`)
  else if (out === undefined) process.stdout.write(csv)
}

function noteFailures(failures: RunCounts['failures'], runs: number): void {
  for (const { reason, runs: failed, example } of failures) {
    process.stderr.write(`Runs without a result: ${failed} of ${runs} (for example number ${example}): ${reason}\n`)
  }
}

/** The result with its lists as plain arrays and the probabilities as a matrix by the order of the units. */
function toJson({ aheadShare, ...result }: UncertaintyResult): string {
  return JSON.stringify({
    ...result,
    units: result.units.map((unit) => ({ ...unit, rankCounts: [...unit.rankCounts] })),
    aheadShare: aheadShare && result.units.map((_, a) => result.units.map((__, b) => aheadShare(a, b))),
  })
}

const RANK_COLUMNS = [
  'rank',
  'score',
  'rank_mean',
  'rank_q5',
  'rank_q25',
  'rank_median',
  'rank_q75',
  'rank_q95',
  'score_q5',
  'score_median',
  'score_q95',
]

/** ranks.csv: one row per unit of the data; those left out by screening have empty cells. */
export function formatRanks({ units }: UncertaintyResult, { data: { dataset } }: Pick<IndexInputs, 'data'>): string {
  const times = new Set(dataset.times ?? []).size > 1 ? dataset.times : null
  const found = new Map(units.map((unit) => [JSON.stringify([unit.unit, unit.time]), unit]))
  const lines = dataset.units.map((code, i) => {
    const unit = found.get(JSON.stringify([code, dataset.times?.[i] ?? null]))
    const rank = unit?.rankQuantiles,
      score = unit?.scoreQuantiles
    const numbers = [
      unit?.rank,
      unit?.score,
      unit?.rankMean,
      rank?.q5,
      rank?.q25,
      rank?.median,
      rank?.q75,
      rank?.q95,
      score?.q5,
      score?.median,
      score?.q95,
    ]
    return [code, ...(times ? [times[i] ?? ''] : []), ...numbers.map((value) => formatNumber(value ?? null))]
  })
  return [['uCode', ...(times ? ['Time'] : []), ...RANK_COLUMNS], ...lines].map(formatCsvLine).join('')
}

/** sobol.csv: first-order and total index of each assumption with their 95 % intervals. */
export function formatIndices({ assumptions }: SensitivityResult): string {
  const lines = (assumptions ?? []).map(({ assumption, first, total }) => [
    assumption,
    ...[first.value, first.low, first.high, total.value, total.low, total.high].map(formatNumber),
  ])
  return [['assumption', 'S1', 'S1_low', 'S1_high', 'ST', 'ST_low', 'ST_high'], ...lines].map(formatCsvLine).join('')
}
