import { InvalidArgumentError, Option, type Command } from 'commander'
import { analyseSensitivity, analyseUncertainty, auditIndex, ShapeError, type SensitivityResult, type UncertaintyRequest } from '@tessera/engine'
import { isLanguage, languages, type Language } from '../../text/catalogue.ts'
import { translator } from '../../text/text.ts'
import { addInputOptions, refuseBadInput, refuseEngineErrors } from './index-commands.ts'
import { nameOf, writeWhole } from './index-files.ts'
import { readIndexInputs, type IndexInputs, type IndexOptions } from './index-inputs.ts'
import { renderReport } from './index-report/page.tsx'
import type { Part, SensitivityRow } from './index-report/report.ts'

interface ReportOptions {
  readonly out: string
  readonly runs: number
  readonly base: number
  readonly seed: number
  readonly language: Language
}

/** `tessera index report`: one self-contained HTML page with the statistician's view of an index. */
export function registerReportCommand(index: Command): void {
  addInputOptions(index.command('report').description('one self-contained HTML page with plots, tables, method and seed'))
    .requiredOption('--out <file>', 'write the page here')
    .option('--runs <number>', 'runs of the uncertainty analysis', readWhole(1, 2 ** 31), 10_000)
    .option('--base <number>', 'base size of the sensitivity design', readWhole(16, 2 ** 24), 1024)
    .option('--seed <number>', 'the same seed gives the same page', readWhole(0, Number.MAX_SAFE_INTEGER), 42)
    .addOption(new Option('--language <code>', 'language of the page').choices(languages).default('en'))
    .action((options: IndexOptions & ReportOptions) => refuseBadInput({}, () => report(options)))
}

function readWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
    return value
  }
}

async function report(options: IndexOptions & ReportOptions): Promise<void> {
  const inputs = await readIndexInputs(options)
  const note = (step: string) => process.stderr.isTTY && process.stderr.write(`${step} ...\n`)
  note('audit')
  const page = await composeReport(inputs, options, note)
  await writeWhole(options.out, page)
}

/**
 * The page of one index.
 * @param note told what is computed next
 * @throws {IndexInputError} when the method itself has no result; a failing analysis is stated on the page instead
 */
export async function composeReport(inputs: IndexInputs, options: IndexOptions & ReportOptions, note: (step: string) => void = () => {}): Promise<string> {
  const { table, data, method } = inputs
  const { framework } = table
  const audit = refuseEngineErrors(data, options, () => auditIndex(data.dataset, framework, method))
  const request: UncertaintyRequest = { dataset: data.dataset, framework, method, seed: options.seed }
  note('uncertainty')
  const uncertainty = attempt(() => analyseUncertainty(request, options.runs))
  note('sensitivity')
  const sensitivity = attempt(() => listSensitivity(analyseSensitivity(request, options.base)))
  return renderReport({
    t: translator(isLanguage(options.language) ? options.language : 'en'),
    files: { framework: nameOf(options.framework), data: nameOf(options.data) },
    framework,
    elementNames: table.names,
    unitNames: data.names,
    audit,
    uncertainty,
    sensitivity,
    seed: options.seed,
  })
}

/** A part of the report; what the engine refuses is kept as the reason. */
function attempt<T>(run: () => T): Part<T> {
  try {
    return { value: run(), failure: null }
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof ShapeError)) throw error
    return { value: null, failure: error.message }
  }
}

function listSensitivity({ assumptions, rows }: SensitivityResult): { rows: SensitivityRow[]; base: number } {
  return {
    base: rows,
    rows: (assumptions ?? []).map(({ assumption, first, total }) => ({
      assumption, s1: first.value, s1Low: first.low, s1High: first.high, st: total.value, stLow: total.low, stHigh: total.high,
    })),
  }
}
