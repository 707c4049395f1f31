import type { EvidenceSettings } from '../../config.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Author } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { recordEvent } from '../audit/queries.ts'
import { type CheckedFile, checkFile, requireTakenType } from './check-file.ts'
import { detailsOfFile, type Evidence, type EvidenceDetails } from './evidence.ts'
import {
  deleteUpload,
  findUpload,
  getLibraryUse,
  insertFile,
  insertUpload,
  lockLibrary,
  setReceived,
  setUploaded,
  type Upload,
} from './file-queries.ts'
import { plainFileName } from '../../file-name.ts'
import { findEvidenceOfFile, insertEvidence } from './queries.ts'
import {
  cutIncoming,
  discardIncoming,
  discardStored,
  incomingPath,
  incomingSize,
  inMegabytes,
  keep,
  randomName,
  receive,
} from './storage.ts'

// Files come in for an author whose right to add them is known: a person of the city, or a guest. Bytes are written outside of any
// transaction; each transaction is short.

/** Runs work in one transaction, in the context of whoever uploads. */
export type Transact = <T>(work: (db: Db) => Promise<T>) => Promise<T>

/** Who uploads, and into which city's library. */
export interface Uploading {
  services: Pick<Services, 'config' | 'uploads' | 'now'>
  transact: Transact
  author: Author
  cityId: string
}

const megabyte = 1024 * 1024 // bytes

/** @throws {AppError} EVIDENCE_QUOTA naming the limit that these files would break */
async function requireRoom(db: Db, { filesPerCity, totalMb }: EvidenceSettings, cityId: string, sizes: readonly number[]): Promise<void> {
  const { files, bytes, quotaMb } = await getLibraryUse(db, cityId)
  const limitMb = quotaMb ?? totalMb
  if (files + sizes.length > filesPerCity) throw new AppError('EVIDENCE_QUOTA_FILES', { limit: filesPerCity, files })
  const sum = sizes.reduce((total, size) => total + size, bytes)
  if (sum > limitMb * megabyte) throw new AppError('EVIDENCE_QUOTA_SIZE', { limit: limitMb, used: inMegabytes(bytes) })
}

/** @throws {AppError} FILE_TOO_LARGE */
export function requireSize(size: number, { fileMb }: EvidenceSettings): void {
  if (size > fileMb * megabyte) throw new AppError('FILE_TOO_LARGE', { limit: fileMb })
}

export interface UploadRequest {
  name: string
  size: number // bytes
  /** SHA-256 that the sender computed, hexadecimal. */
  sha256: string
}

/**
 * Begins an upload that can be continued after a break.
 * @throws {AppError} FILE_TYPE_REFUSED, FILE_TOO_LARGE, FILE_EMPTY, EVIDENCE_QUOTA_FILES, EVIDENCE_QUOTA_SIZE
 */
export async function beginUploadAs(
  db: Db,
  { evidence }: Services['config'],
  author: Author,
  cityId: string,
  request: UploadRequest,
  now: Date,
): Promise<{ id: string }> {
  const name = plainFileName(request.name)
  requireTakenType(name)
  if (request.size === 0) throw new AppError('FILE_EMPTY', { name })
  requireSize(request.size, evidence)
  await requireRoom(db, evidence, cityId, [request.size])
  const { size, sha256 } = request
  return { id: await insertUpload(db, author, { cityId, name, size, sha256, storedAs: randomName() }, now) }
}

/** How far an upload is. */
export interface UploadProgress {
  id: string
  name: string
  size: number
  /** Bytes that are safe on the disk. */
  offset: number
  /** The entry it became; null = not finished. */
  evidence: Evidence | null
}

/** @throws {AppError} UPLOAD_NOT_FOUND: never begun, swept away, or of somebody else */
export async function getUploadAs(db: Db, author: Author, id: string): Promise<{ upload: Upload; progress: UploadProgress }> {
  const upload = await findUpload(db, author, id)
  if (upload === null) throw new AppError('UPLOAD_NOT_FOUND')
  const evidence = upload.fileId === null ? null : await findEvidenceOfFile(db, upload.fileId)
  return { upload, progress: { id, name: upload.name, size: upload.size, offset: upload.received, evidence } }
}

const offsetDiffers = (offset: number) => new AppError('UPLOAD_OFFSET', { offset }, { offset })

/**
 * Takes further bytes of an upload. With the last one the file is checked and becomes an entry of the library; a request that is
 * repeated after that gets the same entry.
 * @param offset bytes that the sender knows to be safe
 * @throws {AppError} UPLOAD_OFFSET with the true offset; UPLOAD_NOT_FOUND; STORAGE_FULL; whatever checkFile throws
 */
export async function continueUploadAs(
  uploading: Omit<Uploading, 'cityId'>,
  id: string,
  offset: number,
  bytes: AsyncIterable<Uint8Array>,
): Promise<UploadProgress> {
  const { writing } = uploading.services.uploads
  if (writing.has(id)) throw offsetDiffers((await uploading.transact((db) => getUploadAs(db, uploading.author, id))).upload.received)
  writing.add(id)
  try {
    const { upload, progress } = await uploading.transact((db) => getUploadAs(db, uploading.author, id))
    if (progress.evidence !== null) return progress
    if (offset !== upload.received) throw offsetDiffers(upload.received)
    const received = await takeBytes(uploading, upload, bytes)
    if (received < upload.size) return { ...progress, offset: received }
    return { ...progress, offset: received, evidence: await complete({ ...uploading, cityId: upload.cityId }, upload) }
  } finally {
    writing.delete(id)
  }
}

/** Writes what arrives behind what was acknowledged, and notes how much is safe before anything else is said. */
async function takeBytes(
  { services, transact }: Omit<Uploading, 'cityId'>,
  { id, storedAs, size, received }: Upload,
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  const { dataDir } = services.config
  const found = await incomingSize(dataDir, storedAs)
  if (received > 0 && (found ?? 0) < received) {
    await transact((db) => deleteUpload(db, id)) // swept away, or it became a file whose row was never written
    throw new AppError('UPLOAD_NOT_FOUND')
  }
  if (found !== null && found > received) await cutIncoming(dataDir, storedAs, received)
  if (received === size) return received
  const { offset, problem } = await receive(incomingPath(dataDir, storedAs), received, size, bytes)
  if (offset > received) await transact((db) => setReceived(db, id, offset, services.now()))
  if (problem !== null) throw problem.code === 'FILE_TOO_LARGE' ? new AppError('UPLOAD_TOO_LONG', { size }) : problem
  return offset
}

const isAboutFile = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('FILE_')

async function complete(uploading: Uploading, upload: Upload): Promise<Evidence> {
  const { services, transact } = uploading
  const { dataDir, evidence } = services.config
  const path = incomingPath(dataDir, upload.storedAs)
  try {
    const checked = await checkFile(path, upload.name, { sha256: upload.sha256, clamav: evidence.clamav })
    const [entry] = await placeFiles(uploading, [{ path, checked }], async (db, [storedAs]) => {
      const added = await addFilesAs(db, uploading, [{ ...checked, storedAs: storedAs! }], null)
      await setUploaded(db, upload.id, added[0]!.file!.id, services.now())
      return added
    })
    return entry!
  } catch (error) {
    if (isAboutFile(error)) {
      await transact((db) => deleteUpload(db, upload.id))
      await discardIncoming(dataDir, upload.storedAs)
    }
    throw error
  }
}

/**
 * Gives checked files their place, then writes their rows in one transaction. Rows without a file never exist; a file whose rows
 * were refused is removed, and one whose fate is unknown is swept later.
 */
export async function placeFiles<T>(
  { services, transact }: Uploading,
  files: readonly { path: string; checked: CheckedFile }[],
  write: (db: Db, storedAs: readonly string[]) => Promise<T>,
): Promise<T> {
  const { dataDir } = services.config
  const storedAs: string[] = []
  try {
    for (const { path } of files) storedAs.push(await keep(dataDir, path))
    const written = await transact((db) => write(db, storedAs))
    services.uploads.reading.wake()
    return written
  } catch (error) {
    if (error instanceof AppError) for (const name of storedAs) await discardStored(dataDir, name)
    throw error
  }
}

/**
 * Writes the rows of files that lie in their place.
 * @param details null = as the names of the files say
 * @throws {AppError} EVIDENCE_QUOTA_FILES, EVIDENCE_QUOTA_SIZE
 */
export async function addFilesAs(
  db: Db,
  { services, author, cityId }: Pick<Uploading, 'services' | 'author' | 'cityId'>,
  files: readonly (CheckedFile & { storedAs: string })[],
  details: Partial<EvidenceDetails> | null,
): Promise<Evidence[]> {
  const now = services.now()
  await lockLibrary(db, cityId)
  await requireRoom(
    db,
    services.config.evidence,
    cityId,
    files.map(({ size }) => size),
  )
  const added: Evidence[] = []
  for (const file of files) {
    const fileId = await insertFile(db, author, { ...file, cityId }, now)
    const described = { ...detailsOfFile(file.name, file.mediaType), ...details }
    await insertEvidence(db, author, { ...described, cityId, fileId, url: null }, now)
    added.push((await findEvidenceOfFile(db, fileId))!)
  }
  for (const entry of added) await recordAdded(db, author, entry, now)
  return added
}

/** Notes in the record that an entry was added. */
export async function recordAdded(db: Db, author: Author, entry: Evidence, now: Date): Promise<void> {
  const { id, cityId, title, kind, url, file, isConfidential, releaseLevel } = entry
  await recordEvent(db, {
    action: 'evidence.added',
    personId: author.personId ?? author.guestId,
    cityId,
    subject: `evidence:${id}`,
    payload: { title, kind, url, isConfidential, releaseLevel, sha256: file?.sha256 ?? null, size: file?.size ?? null },
    now,
  })
}
