import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { citySettings, evidence, evidencePages, files, uploads } from '../../db/schema.ts'
import type { Author } from '../../permissions.ts'
import type { CheckedFile } from './check-file.ts'
import type { EvidenceFile } from './evidence.ts'

/** Lets one upload after the other be counted in a city, until the transaction ends. */
export async function lockLibrary(db: Db, cityId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(7212010, hashtext(${cityId}))`)
}

export interface LibraryUse {
  /** Files of entries that have not been removed. */
  files: number
  /** Bytes of all stored files. */
  bytes: number
  /** The city's own limit in megabytes; null = the installation's. */
  quotaMb: number | null
}

export async function getLibraryUse(db: Db, cityId: string): Promise<LibraryUse> {
  const { rows } = await db.execute<{ files: string; bytes: string; quota: number | null }>(sql`select
    (select count(*) from ${evidence} where ${evidence.cityId} = ${cityId} and ${evidence.fileId} is not null and ${evidence.removedAt} is null) as files,
    (select coalesce(sum(${files.size}), 0) from ${files} where ${files.cityId} = ${cityId}) as bytes,
    (select ${citySettings.evidenceQuotaMb} from ${citySettings} where ${citySettings.cityId} = ${cityId}) as quota`)
  const { files: count, bytes, quota } = rows[0]!
  return { files: Number(count), bytes: Number(bytes), quotaMb: quota }
}

export interface NewFile extends CheckedFile {
  cityId: string
  storedAs: string
}

export async function insertFile(db: Db, author: Author, file: NewFile, now: Date): Promise<string> {
  const [row] = await db
    .insert(files)
    .values({ ...file, createdAt: now, createdBy: author.personId, guestId: author.guestId })
    .returning({ id: files.id })
  return row!.id
}

/** Which of these stored files have a row. */
export async function findKnownFiles(db: Db, storedAs: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ storedAs: files.storedAs })
    .from(files)
    .where(inArray(files.storedAs, [...storedAs]))
  return new Set(rows.map((row) => row.storedAs))
}

/** The file that has waited longest for its text to be read. */
export async function findUnread(db: Db): Promise<Pick<EvidenceFile, 'id' | 'storedAs' | 'mediaType'> | null> {
  const [row] = await db
    .select({ id: files.id, storedAs: files.storedAs, mediaType: files.mediaType })
    .from(files)
    .where(isNull(files.extractedAt))
    .orderBy(asc(files.createdAt), asc(files.id))
    .limit(1)
  return (row as Pick<EvidenceFile, 'id' | 'storedAs' | 'mediaType'> | undefined) ?? null
}

/** Stores the text of a file, page by page. @param pages null = no text could be read */
export async function storePages(db: Db, fileId: string, pages: readonly string[] | null, now: Date): Promise<void> {
  const [file] = await db
    .update(files)
    .set({ extractedAt: now, pages: pages === null || pages.length === 0 ? null : pages.length })
    .where(eq(files.id, fileId))
    .returning({ cityId: files.cityId })
  if (file === undefined || pages === null) return
  const rows = pages.flatMap((text, i) => (text === '' ? [] : [{ fileId, page: i + 1, cityId: file.cityId, text }]))
  await db.delete(evidencePages).where(eq(evidencePages.fileId, fileId))
  for (let at = 0; at < rows.length; at += 200) await db.insert(evidencePages).values(rows.slice(at, at + 200))
}

export interface PageText {
  page: number
  text: string
}

/** Pages with text, in order. */
export function listPages(db: Db, fileId: string): Promise<PageText[]> {
  return db
    .select({ page: evidencePages.page, text: evidencePages.text })
    .from(evidencePages)
    .where(eq(evidencePages.fileId, fileId))
    .orderBy(asc(evidencePages.page))
}

/** An upload that is under way. */
export interface Upload {
  id: string
  cityId: string
  name: string
  size: number
  sha256: string
  /** Bytes that are safe on the disk. */
  received: number
  storedAs: string
  createdBy: string | null
  guestId: string | null
  /** The file it became; null = not finished. */
  fileId: string | null
}

export async function insertUpload(
  db: Db,
  author: Author,
  upload: Pick<Upload, 'cityId' | 'name' | 'size' | 'sha256' | 'storedAs'>,
  now: Date,
): Promise<string> {
  const [row] = await db
    .insert(uploads)
    .values({ ...upload, createdBy: author.personId, guestId: author.guestId, createdAt: now, updatedAt: now })
    .returning({ id: uploads.id })
  return row!.id
}

/** An upload of this author. */
export async function findUpload(db: Db, { personId, guestId }: Author, id: string): Promise<Upload | null> {
  const own = personId === null ? eq(uploads.guestId, guestId ?? '') : eq(uploads.createdBy, personId)
  const [row] = await db
    .select({
      id: uploads.id,
      cityId: uploads.cityId,
      name: uploads.name,
      size: uploads.size,
      sha256: uploads.sha256,
      received: uploads.received,
      storedAs: uploads.storedAs,
      createdBy: uploads.createdBy,
      guestId: uploads.guestId,
      fileId: uploads.fileId,
    })
    .from(uploads)
    .where(and(eq(uploads.id, id), own))
  return row ?? null
}

export async function setReceived(db: Db, id: string, received: number, now: Date): Promise<void> {
  await db.update(uploads).set({ received, updatedAt: now }).where(eq(uploads.id, id))
}

export async function setUploaded(db: Db, id: string, fileId: string, now: Date): Promise<void> {
  await db.update(uploads).set({ fileId, updatedAt: now }).where(eq(uploads.id, id))
}

export async function deleteUpload(db: Db, id: string): Promise<void> {
  await db.delete(uploads).where(eq(uploads.id, id))
}

/** Forgets uploads whose bytes were swept away, and those that nobody has touched since. */
export async function deleteStaleUploads(db: Db, storedAs: readonly string[], before: Date): Promise<void> {
  await db.delete(uploads).where(lt(uploads.updatedAt, before))
  if (storedAs.length > 0) await db.delete(uploads).where(and(inArray(uploads.storedAs, [...storedAs]), isNull(uploads.fileId)))
}
