import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { messageText } from '../../problems.tsx'
import type { Services } from '../../services.ts'
import { runCommand } from '../../terminal.ts'
import type { Translator } from '../../text/text.ts'
import { sayLine, withServices } from '../../with-services.ts'
import { expiryFrom } from '../accounts/invitation.ts'
import { invitationMail, invitationPath, linkTo, trySend } from '../accounts/mails.ts'
import { getAnswers, listAssessments } from '../assessments/queries.ts'
import { getCity } from '../cities/usecases.ts'
import { countStates, type PlannedRow, type RowProblem } from './import.ts'
import { applyAnswers, getAuthor, planAnswers, readAnswerFile } from './import-answers.ts'
import { applyFacts, factColumns, planFacts } from './import-facts.ts'
import { applyPeople, type MadeInvitation, peopleColumns, planPeople } from './import-people.ts'
import { readTable } from './import-table.ts'

interface ImportOptions {
  apply?: boolean
  replace?: boolean
}

function readBytes(t: Translator, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new AppError('FILE_INVALID', { problems: t('cli.file.missing', { file }) })
  }
}

/** @throws {AppError} FILE_INVALID with every line that cannot be used */
function requireUsable(t: Translator, file: string, problems: readonly RowProblem[]): void {
  if (problems.length === 0) return
  const lines = problems.map(({ line, text, values }) => t('cli.sheet.problem', { file, line, said: t(text, values) }))
  throw new AppError('FILE_INVALID', { problems: lines.join('\n') })
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text).replaceAll(/\s+/g, ' ')

function sayRows(t: Translator, rows: readonly PlannedRow[]): void {
  for (const { line, state, subject, said, present, problem, values } of rows) {
    if (state === 'same') continue
    const change = present === null ? shorten(said) : `${shorten(present)} → ${shorten(said)}`
    const why = problem === undefined ? [] : [messageText(t, t(problem, values))]
    sayLine(t(`operations.import.state.${state}`), t('operations.import.line', { line }), subject, change, ...why)
  }
}

/**
 * Shows what a file will do, and does it when that was asked for and no row is refused.
 * @returns what `apply` gave, or null when nothing was written
 */
async function carryOut<R extends PlannedRow, T>(
  t: Translator,
  rows: readonly R[],
  { apply: isWanted = false }: ImportOptions,
  apply: () => Promise<T>,
): Promise<T | null> {
  sayRows(t, rows)
  const counts = countStates(rows)
  sayLine(t('operations.import.counts', counts))
  if (counts.refused > 0) {
    process.exitCode = 1
    sayLine(t('operations.import.nothingRefused'))
    return null
  }
  if (!isWanted) {
    sayLine(t('operations.import.preview'))
    return null
  }
  const result = await apply()
  sayLine(t('operations.import.done'))
  return result
}

interface AnswerOptions extends ImportOptions {
  city: string
  wave: string
  as?: string
}

async function importAnswersWith(t: Translator, services: Services, db: Db, file: string, options: AnswerOptions): Promise<void> {
  const city = await getCity(db, options.city)
  const assessment = (await listAssessments(db, [city.id])).find(({ wave }) => wave.slug === options.wave)
  if (assessment === undefined) throw new AppError('ASSESSMENT_NOT_FOUND')
  const instrument = await services.instruments.get(db, assessment.wave.instrumentVersionId)
  const { answers, problems } = readAnswerFile(file, readBytes(t, file), instrument, options)
  requireUsable(t, file, problems)
  const rows = planAnswers(answers, await getAnswers(db, assessment.id), instrument, options.replace ?? false)
  await carryOut(t, rows, options, async () => {
    if (options.as === undefined)
      throw new AppError('INPUT_INVALID', {}, { fields: [{ path: '--as', message: 'operations.import.asMissing' }] })
    const person = await getAuthor(db, options.as, city.id)
    await applyAnswers(db, services, { person, assessmentId: assessment.id, language: t.language, now: services.now() }, rows)
  })
}

const inNetwork = (work: (services: Services, db: Db) => Promise<void>): Promise<void> =>
  withServices((services) => inContext(services.db, systemContext, (db) => work(services, db)))

async function importFacts(t: Translator, file: string, options: ImportOptions): Promise<void> {
  const { rows, problems } = readTable(readBytes(t, file).toString(), factColumns)
  requireUsable(t, file, problems)
  await inNetwork(async ({ now }, db) => {
    const planned = await planFacts(db, rows, now(), options.replace ?? false)
    await carryOut(t, planned, options, () => applyFacts(db, planned, now()))
  })
}

/** Prints each link; with --mail it is sent as well. */
async function tell(
  t: Translator,
  { config, mailer, now }: Services,
  invitations: readonly MadeInvitation[],
  isMailed: boolean,
): Promise<void> {
  for (const { request, city, token } of invitations) {
    const mail = invitationMail(config, t, { ...request, city, inviter: null, expiresAt: expiryFrom(now()) }, token)
    const isSent = isMailed && (await trySend(mailer, mail))
    const sent = !isMailed ? [] : [t(isSent ? 'operations.import.mailed' : 'operations.import.notMailed')]
    sayLine(request.email, linkTo(config, invitationPath(token)), ...sent)
  }
}

async function importPeople(t: Translator, file: string, options: ImportOptions & { mail?: boolean }): Promise<void> {
  const { rows, problems } = readTable(readBytes(t, file).toString(), peopleColumns)
  requireUsable(t, file, problems)
  await withServices(async (services) => {
    const made = await inContext(services.db, systemContext, async (db) => {
      const planned = await planPeople(db, rows, services.now())
      return carryOut(t, planned, options, () => applyPeople(db, planned, services.now()))
    })
    if (made !== null) await tell(t, services, made, options.mail ?? false)
  })
}

/** `tessera import answers`, `tessera import facts`, `tessera import people` */
export function registerImportCommands(program: Command, t: Translator): void {
  const group = program.command('import').description(t('operations.import.description'))
  const add = (name: string) =>
    group.command(name).argument('<file>', t('operations.import.file')).option('--apply', t('operations.import.apply'))
  add('answers')
    .description(t('operations.import.answers'))
    .requiredOption('--city <slug>', t('operations.import.city'))
    .requiredOption('--wave <slug>', t('operations.import.wave'))
    .option('--as <email>', t('operations.import.as'))
    .option('--replace', t('operations.import.replace'))
    .action((file: string, options: AnswerOptions) =>
      runCommand(t, () => inNetwork((services, db) => importAnswersWith(t, services, db, file, options))),
    )
  add('facts')
    .description(t('operations.import.facts'))
    .option('--replace', t('operations.import.replace'))
    .action((file: string, options: ImportOptions) => runCommand(t, () => importFacts(t, file, options)))
  add('people')
    .description(t('operations.import.people'))
    .option('--mail', t('operations.import.mail'))
    .action((file: string, options: ImportOptions & { mail?: boolean }) => runCommand(t, () => importPeople(t, file, options)))
}
