import type { Config } from '../../config.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { authorOf } from '../cities/operator.ts'
import { checkFile, type CheckedFile, type FileProblem } from './check-file.ts'
import { type EarlierFigure, figureKey } from './earlier.ts'
import {
  type EarlierImport,
  findImport,
  findImportOf,
  insertFigures,
  insertImport,
  listFiguresOfCities,
  listImports,
  markRemoved,
} from './queries.ts'
import { dropUpload, getUpload, keepUpload, maximumFile, type Upload, type UploadPlace } from '../../waiting-files.ts'

/** Where a file of earlier results waits. */
const place: UploadPlace = { folder: 'earlier', about: '' }

function requireManager(person: Person): void {
  const permission = can(person, 'cities.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** What a file would bring, before anything is written. */
export interface Preview {
  fileName: string
  /** SHA-256 of the file; names it when it is confirmed. */
  hash: string
  checked: CheckedFile
  /** The import of this very file that is already in; null = none. */
  known: EarlierImport | null
}

/** Figures that an earlier file has brought already: two sources for one figure would contradict each other sooner or later. */
async function findRepeated(db: Db, figures: readonly EarlierFigure[]): Promise<FileProblem[]> {
  const stored = await listFiguresOfCities(
    db,
    figures.map(({ city }) => city),
  )
  const byKey = new Map(stored.map((figure) => [figureKey(figure), figure]))
  return figures.flatMap((figure) => {
    const before = byKey.get(figureKey(figure))
    const values = { file: before?.fileName, row: String(before?.row) }
    return before === undefined ? [] : [{ row: figure.row, column: null, value: figure.city, rule: 'earlier.rule.known' as const, values }]
  })
}

/**
 * What a file would bring; nothing is written.
 * @throws {AppError} NOT_ALLOWED
 */
export async function lookAt(db: Db, person: Person, { hash, fileName, bytes }: Upload, now: Date): Promise<Preview> {
  requireManager(person)
  const checked = await checkFile(bytes, now)
  const known = await findImportOf(db, hash)
  const repeated = known === null ? await findRepeated(db, checked.figures) : []
  return { fileName, hash, known, checked: { ...checked, problems: [...checked.problems, ...repeated] } }
}

/**
 * Keeps a file for a day and says what it would bring. Nothing is written into the database.
 * @throws {AppError} NOT_ALLOWED, PAYLOAD_TOO_LARGE
 */
export async function previewEarlierResults(
  db: Db,
  person: Person,
  { dataDir }: Pick<Config, 'dataDir'>,
  file: { fileName: string; bytes: Uint8Array },
  now: Date,
): Promise<Preview> {
  requireManager(person)
  if (file.bytes.length > maximumFile) throw new AppError('PAYLOAD_TOO_LARGE', { limit: '10 MB' })
  return lookAt(db, person, await keepUpload(dataDir, file.fileName, file.bytes, now, place), now)
}

/** The preview of a file that was kept. @throws {AppError} NOT_ALLOWED, EARLIER_UPLOAD_NOT_FOUND */
export async function getPreview(db: Db, person: Person, { dataDir }: Pick<Config, 'dataDir'>, hash: string, now: Date): Promise<Preview> {
  requireManager(person)
  return lookAt(db, person, await getUpload(dataDir, hash, now, place), now)
}

export interface ImportDone {
  id: string
  fileName: string
  figures: number
}

/**
 * Takes a file in that was looked at, all of it or nothing.
 * @throws {AppError} NOT_ALLOWED, EARLIER_FILE_KNOWN, EARLIER_FILE_WRONG
 */
export async function takeIn(db: Db, person: Person, { hash, fileName, checked, known }: Preview, now: Date): Promise<ImportDone> {
  requireManager(person)
  if (known !== null) throw new AppError('EARLIER_FILE_KNOWN', { file: known.fileName, at: known.createdAt })
  const { figures, problems } = checked
  if (problems.length > 0) throw new AppError('EARLIER_FILE_WRONG', { count: problems.length })
  const id = await insertImport(db, { fileName, fileHash: hash, rowCount: figures.length, personId: authorOf(person), now })
  if (id === null) throw new AppError('EARLIER_FILE_KNOWN', { file: fileName, at: now })
  await insertFigures(db, id, figures)
  await recordEvent(db, {
    action: 'earlier.imported',
    personId: authorOf(person),
    cityId: null,
    subject: `earlier-import:${id}`,
    payload: { fileName, fileHash: hash, figures: figures.length },
    now,
  })
  return { id, fileName, figures: figures.length }
}

/**
 * Takes in a file that was kept and looked at: every figure or, when anything is wrong, none.
 * @throws {AppError} NOT_ALLOWED, EARLIER_UPLOAD_NOT_FOUND, EARLIER_FILE_KNOWN, EARLIER_FILE_WRONG
 */
export async function importEarlierResults(
  db: Db,
  person: Person,
  config: Pick<Config, 'dataDir'>,
  hash: string,
  now: Date,
): Promise<ImportDone> {
  return takeIn(db, person, await getPreview(db, person, config, hash, now), now)
}

/** Forgets a kept file, once it is in. */
export const forgetUpload = ({ dataDir }: Pick<Config, 'dataDir'>, hash: string): Promise<void> => dropUpload(dataDir, hash, place)

/** Every import, the newest first. @throws {AppError} NOT_ALLOWED */
export async function getImports(db: Db, person: Person): Promise<EarlierImport[]> {
  requireManager(person)
  return listImports(db)
}

/** @throws {AppError} NOT_ALLOWED, EARLIER_IMPORT_NOT_FOUND */
export async function getImport(db: Db, person: Person, id: string): Promise<EarlierImport> {
  requireManager(person)
  const found = await findImport(db, id)
  if (found === null) throw new AppError('EARLIER_IMPORT_NOT_FOUND')
  return found
}

/**
 * Takes the figures of an import out of everything that is shown. They stay stored; the reason stays in the record.
 * @throws {AppError} NOT_ALLOWED, EARLIER_IMPORT_NOT_FOUND, EARLIER_IMPORT_REMOVED
 */
export async function removeEarlierImport(db: Db, person: Person, id: string, reason: string, now: Date): Promise<EarlierImport> {
  const found = await getImport(db, person, id)
  if (!(await markRemoved(db, id, authorOf(person), now))) throw new AppError('EARLIER_IMPORT_REMOVED', { at: found.removedAt })
  await recordEvent(db, {
    action: 'earlier.removed',
    personId: authorOf(person),
    cityId: null,
    subject: `earlier-import:${id}`,
    payload: { reason, fileName: found.fileName, figures: found.rowCount },
    now,
  })
  return { ...found, removedAt: now }
}
