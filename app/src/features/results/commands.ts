import { readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { WeightScheme } from '@tessera/engine'
import { AppError } from '../../errors.ts'
import { instrumentFolder } from '../../paths.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { parseAnswerSheet, sheetProblemLine } from '../assessments/answer-sheet.ts'
import { defaultScheme, type Instrument } from '../instrument/instrument.ts'
import { loadInstrument } from '../instrument/load.ts'
import { formatCsv, formatJson, formatTable, scoreAnswers } from './score-sheet.ts'

interface ScoreOptions {
  readonly answers: string
  readonly instrument?: string
  readonly weights?: string
  readonly out?: string
}

function readText(t: Translator, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new AppError('FILE_INVALID', { problems: t('cli.file.missing', { file }) })
  }
}

function writeText(t: Translator, file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch {
    throw new AppError('FILE_INVALID', { problems: t('cli.file.notWritten', { file }) })
  }
}

function findScheme(instrument: Instrument, name: string | undefined): WeightScheme {
  if (name === undefined) return defaultScheme(instrument)
  const scheme = instrument.schemes.find(({ id }) => id === name)
  if (scheme) return scheme
  throw new AppError('WEIGHTS_UNKNOWN', { value: name, known: instrument.schemes.map(({ id }) => id).join(', ') })
}

function score(t: Translator, options: ScoreOptions): void {
  const instrument = loadInstrument(options.instrument === undefined ? instrumentFolder : resolve(options.instrument), t)
  const scheme = findScheme(instrument, options.weights)
  const { answers, problems } = parseAnswerSheet(readText(t, options.answers), instrument)
  if (problems.length > 0)
    throw new AppError('FILE_INVALID', { problems: problems.map((problem) => sheetProblemLine(t, options.answers, problem)).join('\n') })
  const result = scoreAnswers(t, instrument, scheme, answers)
  const { out } = options
  if (out !== undefined) writeText(t, out, out.endsWith('.json') ? formatJson(basename(options.answers), result) : formatCsv(result))
  process.stdout.write(
    `${formatTable(t, options.answers, result)}\n${out === undefined ? '' : `${t('cli.score.written', { file: out })}\n`}`,
  )
}

/** `tessera score --answers sheet.csv` */
export function registerResultCommands(program: Command, t: Translator): void {
  program
    .command('score')
    .description(t('cli.score.description'))
    .requiredOption('--answers <file>', t('cli.score.answers'))
    .option('--instrument <folder>', t('cli.score.instrument'))
    .option('--weights <name>', t('cli.score.weights'))
    .option('--out <file>', t('cli.score.out'), (file: string) => {
      if (!/\.(json|csv)$/.test(file)) throw new InvalidArgumentError(t('cli.score.outKind'))
      return file
    })
    .action((options: ScoreOptions) => runCommand(t, () => score(t, options)))
}
