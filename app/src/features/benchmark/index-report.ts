import { basename } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import {
  auditIndex,
  createRangeRunner,
  planUncertainty,
  ShapeError,
  summariseRuns,
  summariseSensitivity,
  type SensitivityResult,
  type UncertaintyRequest,
  type UncertaintyResult,
} from '@tessera/engine'
import { isLanguage, languages, type Language } from '../../text/catalogue.ts'
import { translator } from '../../text/text.ts'
import { addInputOptions, refuseBadInput, refuseEngineErrors } from './index-commands.ts'
import { nameOf, writeWhole } from './index-files.ts'
import { readIndexInputs, type IndexInputs, type IndexOptions } from './index-inputs.ts'
import { renderReport } from './index-report/page.tsx'
import type { Part, SensitivityRow } from './index-report/report.ts'
import { computeRows, countRuns, type PoolOptions } from './uncertainty-pool.ts'

interface ReportOptions {
  readonly out: string
  readonly runs: number
  readonly base: number
  readonly seed: number
  readonly workers?: number
  readonly language: Language
}

/** `tessera index report`: one self-contained HTML page with the statistician's view of an index. */
export function registerReportCommand(index: Command): void {
  addInputOptions(index.command('report').description('one self-contained HTML page with plots, tables, method and seed'))
    .requiredOption('--out <file>', 'write the page here')
    .option('--runs <number>', 'runs of the uncertainty analysis', readWhole(1, 2 ** 31), 10_000)
    .option('--base <number>', 'base size of the sensitivity design', readWhole(16, 2 ** 24), 1024)
    .option('--seed <number>', 'the same seed gives the same page', readWhole(0, Number.MAX_SAFE_INTEGER), 42)
    .option('--workers <number>', 'threads; the page does not depend on them', readWhole(1, 256))
    .addOption(new Option('--language <code>', 'language of the page').choices(languages).default('en'))
    .action((_options: unknown, command: Command) => {
      // the whole command line may take the language before this command sees it
      const options = command.optsWithGlobals<IndexOptions & ReportOptions>()
      if (!isLanguage(options.language)) command.error(`error: option '--language <code>': allowed choices are ${languages.join(', ')}.`)
      return refuseBadInput({}, () => report(options))
    })
}

function readWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
    return value
  }
}

async function report(options: IndexOptions & ReportOptions): Promise<void> {
  const inputs = await readIndexInputs(options)
  await writeWhole(options.out, await composeReport(inputs, options))
}

/**
 * The page of one index.
 * @throws {IndexInputError} when the method itself has no result; an analysis that fails is stated on the page instead
 */
export async function composeReport(inputs: IndexInputs, options: IndexOptions & ReportOptions): Promise<string> {
  const { table, data, method } = inputs
  const { framework } = table
  const audit = refuseEngineErrors(data, options, () => auditIndex(data.dataset, framework, method))
  const request: UncertaintyRequest = { dataset: data.dataset, framework, method, seed: options.seed }
  return renderReport({
    t: translator(options.language),
    files: { framework: basename(nameOf(options.framework)), data: basename(nameOf(options.data)) },
    framework,
    elementNames: table.names,
    unitNames: data.names,
    audit,
    uncertainty: await attempt(() => runUncertainty(request, options)),
    sensitivity: await attempt(() => runSensitivity(request, options)),
    seed: options.seed,
  })
}

/** A part of the report; what the engine refuses is kept as the reason. */
async function attempt<T>(run: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await run(), failure: null }
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof ShapeError)) throw error
    return { value: null, failure: error.message }
  }
}

async function runUncertainty(request: UncertaintyRequest, options: ReportOptions): Promise<UncertaintyResult> {
  const spec = planUncertainty(request)
  const counts = await countRuns(spec, options.runs, poolOptions(options, 'runs'))
  return summariseRuns(request, spec, createRangeRunner(spec).ranges, counts)
}

async function runSensitivity(request: UncertaintyRequest, options: ReportOptions): Promise<{ rows: SensitivityRow[]; base: number }> {
  const spec = planUncertainty({ ...request, pairs: false })
  if (spec.varied.length === 0)
    throw new RangeError('No assumption varies, so that none can be compared: give at least one with more than one alternative.')
  return listSensitivity(summariseSensitivity(request, spec, await computeRows(spec, options.base, poolOptions(options, 'rows'))))
}

function poolOptions({ workers }: ReportOptions, what: string): PoolOptions {
  const threads = workers === undefined ? {} : { workers }
  if (!process.stderr.isTTY) return threads
  return { ...threads, onProgress: (done, total) => process.stderr.write(`\r${done} of ${total} ${what}${done === total ? '\n' : ''}`) }
}

function listSensitivity({ assumptions, rows }: SensitivityResult): { rows: SensitivityRow[]; base: number } {
  return {
    base: rows,
    rows: (assumptions ?? []).map(({ assumption, first, total }) => ({
      assumption,
      s1: first.value,
      s1Low: first.low,
      s1High: first.high,
      st: total.value,
      stLow: total.low,
      stHigh: total.high,
    })),
  }
}
