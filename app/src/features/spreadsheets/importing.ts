import type { Config } from '../../config.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { authorOf, can, type Person } from '../../permissions.ts'
import { readFileTables } from '../../sheet-file.ts'
import { type AnswerPatch, neverSaved, type StoredAnswer } from '../assessments/answer.ts'
import { type AnswerTable, readAnswerTable, type TableAnswer, type TableProblem } from '../assessments/answer-table.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { mayRead, mayWrite } from '../assessments/assignment.ts'
import { versionKey } from '../assessments/sheet.ts'
import { listVersions } from '../assessments/sheet-queries.ts'
import { openQuestionnaire, type OpenedQuestionnaire, requireOpen, saveUnrecorded } from '../assessments/usecases.ts'
import { type NewEvent, recordEvent } from '../audit/queries.ts'
import { dropUpload, getUpload, keepUpload, maximumFile, type Upload, type UploadPlace } from '../../waiting-files.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { isChoosable, type Judged, judgeRow } from './comparison.ts'
import { readStamp } from './stamp.ts'

/** One question of a file beside what stands here. */
export interface ImportItem extends Judged {
  questionId: string
  row: number
  /** As stored now; version 0 = nobody has answered. */
  current: StoredAnswer
  /** The answer that the file was made with; null = the file does not say. */
  base: StoredAnswer | null
  /** "Does not apply", and no reason why. */
  lacksReason: boolean
}

export interface ImportPreview {
  assessment: Assessment
  /** The whole instrument, for numbers and names. */
  instrument: Instrument
  fileName: string
  /** Names the file when it is confirmed. */
  hash: string
  /** In the order of the questionnaire. */
  items: readonly ImportItem[]
  problems: readonly TableProblem[]
  extraColumns: readonly string[]
  /** Rows with something in them. */
  rows: number
  /** The file was made for another city or wave. */
  isForeign: boolean
  /** Rows whose wording has been changed. */
  reworded: readonly number[]
  /** Questions that the file does not mention, among those that the person answers. */
  unmentioned: number
  /** The file is written in the old code of office programs. */
  isWindows: boolean
}

/** Files of one person for one assessment are kept apart from all others. */
const placeOf = (person: Person, assessmentId: string): UploadPlace => ({
  folder: 'spreadsheets',
  about: `answers ${assessmentId} ${person.id}\n`,
})

/** Whoever may not answer here cannot import either. @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED */
async function openForImport(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string): Promise<OpenedQuestionnaire> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  const permission = can(person, 'answer.save', opened.assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return opened
}

type Bases = ReadonlyMap<string, StoredAnswer>

function itemOf(opened: OpenedQuestionnaire, bases: Bases, row: TableAnswer): ImportItem {
  const { questionId } = row
  const current = opened.answers.get(questionId) ?? neverSaved(questionId)
  const { version } = readStamp(row.version, opened.assessment.id)
  const base = version === null ? null : version === 0 ? neverSaved(questionId) : (bases.get(versionKey({ questionId, version })) ?? null)
  const judged = judgeRow({ row, current, base, isOwn: mayWrite(opened.reach, questionId) })
  const lacksReason = judged.proposed.missing === 'not-applicable' && judged.proposed.reason === null
  return { ...judged, questionId, row: row.row, current, base, lacksReason: lacksReason && isChoosable(judged.state) }
}

const unread = ({ row, questionId }: TableAnswer): TableProblem => ({
  row,
  column: 'id',
  value: questionId,
  rule: 'spreadsheets.problem.notYours',
  values: {},
  questionId,
})

async function readTable(bytes: Uint8Array, instrument: Instrument, language: string): Promise<AnswerTable & { isWindows: boolean }> {
  const file = await readFileTables(bytes)
  if (!('rule' in file)) return { ...readAnswerTable(file.tables, instrument, language), isWindows: file.encoding === 'windows-1252' }
  const problem: TableProblem = { row: null, column: null, value: '', rule: file.rule, values: file.values, questionId: null }
  return { answers: [], problems: [problem], extraColumns: [], rows: 0, isWindows: false }
}

/** What a file would change: reads it anew each time, so that it is judged by what stands here now. One query for the versions. */
async function lookAt(db: Db, opened: OpenedQuestionnaire, { hash, fileName, bytes }: Upload, language: string): Promise<ImportPreview> {
  const { assessment, whole, reach } = opened
  const table = await readTable(bytes, whole, language)
  const bases = new Map((await listVersions(db, assessment.id, null)).map((version) => [versionKey(version), version]))
  const readable = table.answers.filter(({ questionId }) => mayRead(reach, questionId))
  const order = new Map(questionsOf(whole).map(({ id }, i) => [id, i]))
  const items = readable.map((row) => itemOf(opened, bases, row))
  const mentioned = new Set([...table.answers, ...table.problems].map(({ questionId }) => questionId))
  const hidden = table.answers.filter(({ questionId }) => !mayRead(reach, questionId)).map(unread)
  return {
    assessment,
    instrument: whole,
    fileName,
    hash,
    items: items.sort((a, b) => order.get(a.questionId)! - order.get(b.questionId)!),
    problems: [...table.problems, ...hidden].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    extraColumns: table.extraColumns,
    rows: table.rows,
    isForeign: table.answers.some(({ version }) => readStamp(version, assessment.id).isForeign),
    reworded: readable.filter(({ isReworded }) => isReworded).map(({ row }) => row),
    unmentioned: [...order.keys()].filter((id) => mayWrite(reach, id) && !opened.exclusions.has(id) && !mentioned.has(id)).length,
    isWindows: table.isWindows,
  }
}

type Stores = { instruments: InstrumentStore; config: Pick<Config, 'dataDir'> }

/** A file that somebody brings, and the language in which its problems are named. */
export interface BroughtFile {
  assessmentId: string
  fileName: string
  bytes: Uint8Array
  language: string
}

/**
 * Keeps a file for a day and says what it would change. Nothing is written into the database.
 * @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, PAYLOAD_TOO_LARGE
 */
export async function previewSpreadsheet(
  db: Db,
  person: Person,
  { instruments, config }: Stores,
  { assessmentId, fileName, bytes, language }: BroughtFile,
  now: Date,
): Promise<ImportPreview> {
  const opened = await openForImport(db, person, instruments, assessmentId)
  if (bytes.length > maximumFile) throw new AppError('PAYLOAD_TOO_LARGE', { limit: '10 MB' })
  const upload = await keepUpload(config.dataDir, fileName, bytes, now, placeOf(person, opened.assessment.id))
  return lookAt(db, opened, upload, language)
}

/** A file that was kept. */
export interface KeptFile {
  assessmentId: string
  hash: string
  language: string
}

/** The preview of a file that was kept. @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, EARLIER_UPLOAD_NOT_FOUND */
export async function getSpreadsheetPreview(
  db: Db,
  person: Person,
  { instruments, config }: Stores,
  { assessmentId, hash, language }: KeptFile,
  now: Date,
): Promise<ImportPreview> {
  const opened = await openForImport(db, person, instruments, assessmentId)
  return lookAt(db, opened, await getUpload(config.dataDir, hash, now, placeOf(person, opened.assessment.id)), language)
}

/** A question that is to take its answer from the file, in the version that was seen here. */
export interface Chosen {
  questionId: string
  version: number
}

export interface ImportDone {
  saved: string[]
  /** Questions that somebody has answered between preview and confirmation: nothing was written there. */
  changed: string[]
}

const patchOf = ({ proposed: { options, missing, reason, explanation } }: ImportItem): AnswerPatch => ({
  options,
  missing,
  reason,
  explanation,
})

/** Saves one answer. @returns the event to record, or that somebody was quicker */
async function saveOne(db: Db, person: Person, preview: ImportPreview, item: ImportItem, version: number, language: string, now: Date) {
  const { assessment, instrument } = preview
  const { questionId, current } = item
  const request = { questionId, patch: patchOf(item), version, language: current.language ?? language, origin: 'spreadsheet' as const }
  try {
    return { event: (await saveUnrecorded(db, authorOf(person), { assessment, instrument }, request, now)).event, isChanged: false }
  } catch (error) {
    // Nothing was written before this is thrown, so the transaction goes on with the other answers.
    if (error instanceof AppError && error.code === 'ANSWER_CHANGED') return { event: null, isChanged: true }
    throw error
  }
}

/**
 * Takes over the chosen answers of a kept file. An answer that has changed since it was seen is left as it is and reported.
 * @throws {AppError} QUESTION_NOT_FOUND when the file has no answer to choose there, WAVE_CLOSED, and as getSpreadsheetPreview
 */
export async function importSpreadsheet(
  db: Db,
  person: Person,
  stores: Stores,
  { chosen, ...file }: KeptFile & { chosen: readonly Chosen[] },
  now: Date,
): Promise<ImportDone> {
  const preview = await getSpreadsheetPreview(db, person, stores, file, now)
  requireOpen(preview.assessment, now)
  const versions = new Map(chosen.map(({ questionId, version }) => [questionId, version]))
  const items = new Map(preview.items.map((item) => [item.questionId, item]))
  for (const questionId of versions.keys()) if (!items.has(questionId)) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  const done: ImportDone = { saved: [], changed: [] }
  const events: NewEvent[] = []
  for (const item of preview.items) {
    const version = versions.get(item.questionId)
    if (version === undefined) continue
    if (item.state === 'not-yours') throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
    if (!isChoosable(item.state)) continue // stands here already
    const { event, isChanged } = await saveOne(db, person, preview, item, version, file.language, now)
    if (event !== null) events.push(event)
    if (isChanged) done.changed.push(item.questionId)
    else if (event !== null) done.saved.push(item.questionId)
  }
  for (const event of events) await recordEvent(db, event)
  return done
}

/** Forgets a kept file, once it is in. */
export const forgetSpreadsheet = (
  { dataDir }: Pick<Config, 'dataDir'>,
  person: Person,
  { assessmentId, hash }: Pick<KeptFile, 'assessmentId' | 'hash'>,
): Promise<void> => dropUpload(dataDir, hash, placeOf(person, assessmentId))
