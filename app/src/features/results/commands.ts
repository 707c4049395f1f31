import { readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { WeightScheme } from '@tessera/engine'
import { AppError } from '../../errors.ts'
import { instrumentFolder } from '../../paths.ts'
import { readFileTables } from '../../sheet-file.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { type AnswerFields, emptyAnswer } from '../assessments/answer.ts'
import { parseAnswerSheet, sheetProblemLine } from '../assessments/answer-sheet.ts'
import { hasOwnKeys, readAnswerTable, type TableProblem } from '../assessments/answer-table.ts'
import { defaultScheme, type Instrument } from '../instrument/instrument.ts'
import { loadInstrument } from '../instrument/load.ts'
import { formatCsv, formatJson, formatTable, scoreAnswers } from './score-sheet.ts'

interface ScoreOptions {
  readonly answers: string
  readonly instrument?: string
  readonly weights?: string
  readonly out?: string
}

function readBytes(t: Translator, file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch {
    throw new AppError('FILE_INVALID', { problems: t('cli.file.missing', { file }) })
  }
}

/** One line for people: file, row, what is wrong there. */
const problemLine = (t: Translator, file: string, { row, rule, values }: TableProblem): string =>
  row === null ? `${file}: ${t(rule, values)}` : t('spreadsheets.cli.problem', { file, row: String(row), said: t(rule, values) })

/**
 * Answers of a file: an answer sheet as CSV, or the questionnaire as XLSX or CSV.
 * @throws {AppError} FILE_INVALID with every problem
 */
export async function readAnswers(t: Translator, file: string, instrument: Instrument): Promise<(AnswerFields & { questionId: string })[]> {
  const bytes = readBytes(t, file)
  const refuse = (lines: readonly string[]) => new AppError('FILE_INVALID', { problems: lines.join('\n') })
  const read = await readFileTables(bytes)
  const isTable = !('rule' in read) && (read.format === 'xlsx' || hasOwnKeys(read.tables))
  if (isTable) {
    const { answers, problems } = readAnswerTable(read.tables, instrument, t.language)
    if (problems.length > 0) throw refuse(problems.map((problem) => problemLine(t, file, problem)))
    return answers.map(({ questionId, fields }) => ({ ...emptyAnswer, ...fields, questionId }))
  }
  if ('rule' in read && isPacked(bytes)) throw refuse([`${file}: ${t(read.rule, read.values)}`])
  const { answers, problems } = parseAnswerSheet(Buffer.from(bytes).toString('utf8'), instrument)
  if (problems.length > 0) throw refuse(problems.map((problem) => sheetProblemLine(t, file, problem)))
  return [...answers]
}

/** XLSX, and workbooks of the old kind. */
const isPacked = (bytes: Uint8Array): boolean => (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)

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

async function score(t: Translator, options: ScoreOptions): Promise<void> {
  const instrument = loadInstrument(options.instrument === undefined ? instrumentFolder : resolve(options.instrument), t)
  const scheme = findScheme(instrument, options.weights)
  const answers = await readAnswers(t, options.answers, instrument)
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
