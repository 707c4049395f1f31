import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { PoolConfig } from 'pg'
import { AppError } from '../../errors.ts'
import { appendAnchor } from '../audit/anchor.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents, recordEvent } from '../audit/queries.ts'
import { ArchiveProblem, checkSeal, readMembers, type ReadMember } from './archive.ts'
import { compareSchemas, findUnfitMember, type Manifest, manifestMember, manifestSchema, type Member, secretsMember } from './backup.ts'
import { listTables, type TableShape } from './backup-queries.ts'
import { syncFolder } from './create-backup.ts'
import {
  buildSchema,
  clearSchema,
  closeAfterLoading,
  copyIn,
  countRows,
  countServerConnections,
  endWhatWasUnderWay,
  findFilledTable,
  inOwnersTransaction,
  knownMigrations,
  openForLoading,
  setSequences,
} from './restore-queries.ts'
import { storedFilePath, storedFilesFolder } from '../evidence/storage.ts'

const maximumManifest = 16 * 1024 * 1024 // bytes

async function readManifest(content: Buffer): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(content.toString()))
  } catch {
    throw new ArchiveProblem('operations.archive.manifest')
  }
}

/** Reads the whole archive once and compares every member with the manifest. */
async function checkMembers(file: string): Promise<Manifest> {
  const found = new Map<string, Member>()
  let manifest: Manifest | null = null
  for await (const { name, size, content } of readMembers(file)) {
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    for await (const chunk of content) {
      hash.update(chunk)
      if (name === manifestMember && size <= maximumManifest) kept.push(chunk)
    }
    if (name === manifestMember) manifest = await readManifest(Buffer.concat(kept))
    found.set(name, { sha256: hash.digest('hex'), size })
  }
  if (manifest === null) throw new ArchiveProblem('operations.archive.manifest')
  if (findUnfitMember(manifest, found) !== null) throw new ArchiveProblem('operations.archive.member')
  return manifest
}

/**
 * Checks a backup without writing anything: that no byte of the file changed, and that every member is what the manifest says.
 * @throws {AppError} BACKUP_INVALID with the reason
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  if (!existsSync(file)) throw new AppError('BACKUP_INVALID', { file, reason: 'operations.archive.absent' })
  try {
    await checkSeal(file)
    return await checkMembers(file)
  } catch (error) {
    if (error instanceof ArchiveProblem) throw new AppError('BACKUP_INVALID', { file, reason: error.reason })
    throw error
  }
}

export interface RestoreRequest {
  file: string
  /** Connection of the database's owner. */
  owner: PoolConfig
  dataDir: string
  migrationsFolder: string
  /** What is there now is deleted. */
  isReplacing: boolean
  now: Date
}

/** @throws {AppError} BACKUP_NEWER when this program does not know the backup's schema */
function requireKnownSchema({ migrations, program }: Manifest, migrationsFolder: string): void {
  const age = compareSchemas(migrations, knownMigrations(migrationsFolder))
  if (age === 'newer' || age === 'other') throw new AppError('BACKUP_NEWER', { version: program })
}

async function isFilledFolder(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.some((entry) => entry.isFile())
}

/** A restore goes into an installation that nobody has used, or replaces one when that was asked for. */
async function requirePlace(client: pg.Client, { isReplacing, dataDir }: RestoreRequest): Promise<void> {
  if ((await countServerConnections(client)) > 0) throw new AppError('DATABASE_IN_USE')
  if (isReplacing) return
  const tables = await listTables(client)
  if ((await findFilledTable(client, tables)) === null && !(await isFilledFolder(storedFilesFolder(dataDir)))) return
  const count = (table: string) => countRows(client, tables, table)
  throw new AppError('RESTORE_OCCUPIED', { cities: await count('cities'), people: await count('people'), answers: await count('answers') })
}

/** The tables of the schema must be those of the backup, column by column. */
function requireSameTables(manifest: Manifest, tables: readonly TableShape[], file: string): void {
  const shape = (list: readonly TableShape[]) =>
    list
      .map(({ table, columns }) => `${table}(${columns.join()})`)
      .sort()
      .join()
  if (shape(tables) !== shape(manifest.tables)) throw new AppError('BACKUP_INVALID', { file, reason: 'operations.archive.tables' })
}

async function loadTable(client: pg.Client, entry: Manifest['tables'][number], { content }: ReadMember, file: string): Promise<void> {
  const rows = copyIn(client, entry)
  await pipeline(Readable.from(content), rows)
  if (rows.rowCount !== entry.rows) throw new AppError('BACKUP_INVALID', { file, reason: 'operations.archive.member' })
}

/** Puts a file into its place, complete and on the disk, or not at all. */
async function placeFile(path: string, content: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const unfinished = join(dirname(path), `.${randomUUID()}.restoring`)
  const handle = await open(unfinished, 'wx', 0o600)
  try {
    for await (const chunk of content) await handle.writeFile(chunk)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}

/** Loads every member; files are put into their places, the secrets are given back to be written at the end. */
async function loadMembers(client: pg.Client, manifest: Manifest, { file, dataDir }: RestoreRequest): Promise<Buffer | null> {
  const tables = new Map(manifest.tables.map((entry) => [`tables/${entry.table}.csv`, entry]))
  let secrets: Buffer | null = null
  for await (const member of readMembers(file)) {
    const table = tables.get(member.name)
    if (table !== undefined) await loadTable(client, table, member, file)
    else if (member.name.startsWith('files/')) await placeFile(storedFilePath(dataDir, member.name.slice('files/'.length)), member.content)
    else {
      const chunks: Buffer[] = []
      for await (const chunk of member.content) chunks.push(chunk)
      if (member.name === secretsMember) secrets = Buffer.concat(chunks)
    }
  }
  return secrets
}

/** The chain must be whole and end where the backup says; the restore is its next event. */
async function continueChain(client: pg.Client, { audit, madeAt }: Manifest, now: Date): Promise<{ seq: number; hash: string }> {
  const db = drizzle(client)
  const finding = findBreak(await listEvents(db), audit)
  if (finding !== null) throw new AppError('AUDIT_BROKEN', { ...finding })
  const payload = { madeAt, seq: audit.seq, hash: audit.hash }
  await recordEvent(db, { action: 'backup.restored', personId: null, cityId: null, subject: 'backup', payload, now })
  return getHead(db)
}

/** A restore into an empty folder that failed leaves it empty. */
async function removeFiles(dataDir: string, { files }: Manifest): Promise<void> {
  for (const { storedAs } of files) await rm(storedFilePath(dataDir, storedAs), { force: true })
}

async function removeOtherFiles(dataDir: string, { files }: Manifest): Promise<void> {
  const folder = storedFilesFolder(dataDir)
  const wanted = new Set(files.map(({ storedAs }) => storedAs))
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    if (entry.isFile() && !wanted.has(relative(folder, join(entry.parentPath, entry.name)))) await rm(join(entry.parentPath, entry.name))
}

/** Builds the schema of the backup, fills it and checks it. @returns the secrets of the backup, and the head of the chain */
async function rebuild(client: pg.Client, manifest: Manifest, request: RestoreRequest) {
  const { file, migrationsFolder, now } = request
  await clearSchema(client)
  await buildSchema(client, migrationsFolder, manifest.migrations.length)
  const tables = await listTables(client)
  requireSameTables(manifest, tables, file)
  const aside = await openForLoading(client, tables)
  const secrets = await loadMembers(client, manifest, request)
  await closeAfterLoading(client, tables, aside)
  await setSequences(client, manifest.sequences)
  await endWhatWasUnderWay(client)
  return { secrets, head: await continueChain(client, manifest, now) }
}

/**
 * Restores a backup. Everything is checked first; then the database is filled in one transaction. Nothing of what was there
 * is lost unless that transaction ends well. Afterwards the schema may still have to be brought up to date by a start.
 * @throws {AppError} BACKUP_INVALID, BACKUP_NEWER, RESTORE_OCCUPIED, DATABASE_IN_USE, AUDIT_BROKEN
 */
export async function restoreBackup(request: RestoreRequest): Promise<Manifest> {
  const { file, owner, dataDir, migrationsFolder, now } = request
  const manifest = await verifyBackup(file)
  requireKnownSchema(manifest, migrationsFolder)
  let hasBegun = false
  const work = async (client: pg.Client) => {
    await requirePlace(client, request)
    hasBegun = true
    return rebuild(client, manifest, request)
  }
  const { secrets, head } = await inOwnersTransaction(owner, work).catch(async (error: unknown) => {
    if (hasBegun && !request.isReplacing) await removeFiles(dataDir, manifest)
    throw error
  })
  if (secrets !== null) await writeFile(join(dataDir, 'secrets.json'), secrets, { mode: 0o600 })
  if (request.isReplacing) await removeOtherFiles(dataDir, manifest)
  appendAnchor(dataDir, { at: now.toISOString(), ...head, isRestore: true })
  return manifest
}
