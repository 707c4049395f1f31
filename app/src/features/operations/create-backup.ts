import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PoolConfig } from 'pg'
import type pg from 'pg'
import { AppError } from '../../errors.ts'
import { ArchiveWriter } from './archive.ts'
import { backupFormat, backupFormatVersion, fileMember, type Manifest, manifestMember, secretsMember, tableMember } from './backup.ts'
import {
  copyOut,
  inSnapshot,
  listMigrations,
  listSequences,
  listStoredFiles,
  listTables,
  readSummary,
  type StoredFile,
  type TableShape,
} from './backup-queries.ts'
import { storedFilePath } from '../evidence/storage.ts'

export interface BackupRequest {
  /** Reads every row; the application's own role will do. */
  connection: PoolConfig
  dataDir: string
  /** Where the backup goes; must not exist. */
  file: string
  /** Put secrets.json in as well. */
  withSecrets: boolean
  program: string
  now: Date
}

export interface MadeBackup {
  manifest: Manifest
  /** Bytes of the file. */
  size: number
}

type TableEntry = Manifest['tables'][number]

/** Copies one table beside the future backup, because an archive must know a member's size before its bytes. */
async function stageTable(client: pg.Client, shape: TableShape, folder: string): Promise<TableEntry> {
  const handle = await open(join(folder, `${shape.table}.csv`), 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    const rows = copyOut(client, shape)
    for await (const chunk of rows as AsyncIterable<Buffer>) {
      hash.update(chunk)
      size += chunk.length
      await handle.writeFile(chunk)
    }
    return { ...shape, rows: rows.rowCount, sha256: hash.digest('hex'), size }
  } finally {
    await handle.close()
  }
}

type Moment = Pick<Manifest, 'migrations' | 'tables' | 'sequences' | 'audit' | 'server' | 'isSynthetic'> & { files: StoredFile[] }

/** Takes everything the database holds at one moment. */
function stageDatabase(connection: PoolConfig, folder: string): Promise<Moment> {
  return inSnapshot(connection, async (client) => {
    const migrations = await listMigrations(client)
    if (migrations.length === 0) throw new AppError('BACKUP_NOTHING')
    const { seq, hash, server, isSynthetic } = await readSummary(client)
    const tables: TableEntry[] = []
    for (const shape of await listTables(client)) tables.push(await stageTable(client, shape, folder))
    return {
      migrations,
      tables,
      server,
      isSynthetic,
      sequences: await listSequences(client),
      files: await listStoredFiles(client),
      audit: { seq, hash },
    }
  })
}

type Files = Pick<Manifest, 'files' | 'lostFiles'>

/** Adds the evidence files that the moment knows. What is lost or was changed on the disk is named, and taken as it is. */
async function addFiles(archive: ArchiveWriter, { dataDir, now }: BackupRequest, files: readonly StoredFile[]): Promise<Files> {
  const result: Files = { files: [], lostFiles: [] }
  for (const { storedAs, sha256 } of files) {
    const path = storedFilePath(dataDir, storedAs)
    const size = await stat(path).then(
      (found) => found.size,
      () => null,
    )
    if (size === null) result.lostFiles.push({ storedAs, problem: 'missing' })
    else {
      const found = await archive.add(fileMember(storedAs), size, createReadStream(path) as AsyncIterable<Buffer>, now)
      if (found !== sha256) result.lostFiles.push({ storedAs, problem: 'changed' })
      result.files.push({ storedAs, sha256: found, size })
    }
  }
  return result
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function addSecrets(archive: ArchiveWriter, { dataDir, withSecrets, now }: BackupRequest): Promise<Manifest['secrets']> {
  if (!withSecrets) return null
  const secrets = await readFile(join(dataDir, 'secrets.json'))
  return { sha256: await archive.add(secretsMember, secrets.length, once(secrets), now), size: secrets.length }
}

async function pack(request: BackupRequest, folder: string, path: string): Promise<MadeBackup> {
  const { files, ...moment } = await stageDatabase(request.connection, folder)
  const archive = await ArchiveWriter.create(path)
  try {
    for (const { table, size } of moment.tables)
      await archive.add(tableMember(table), size, createReadStream(join(folder, `${table}.csv`)) as AsyncIterable<Buffer>, request.now)
    const manifest: Manifest = {
      format: backupFormat,
      formatVersion: backupFormatVersion,
      madeAt: request.now.toISOString(),
      program: request.program,
      ...moment,
      secrets: await addSecrets(archive, request),
      ...(await addFiles(archive, request, files)),
    }
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    await archive.add(manifestMember, text.length, once(text), request.now)
    return { manifest, size: await archive.close() }
  } catch (error) {
    await archive.abandon()
    throw error
  }
}

/** Makes sure that the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/**
 * Writes a backup while the server may run: the whole database at one moment, and the files that this moment lists. The
 * file appears under its name only when it is complete and on the disk.
 * @throws {AppError} FILE_EXISTS, BACKUP_NOTHING
 */
export async function createBackup(request: BackupRequest): Promise<MadeBackup> {
  const { file } = request
  if (existsSync(file)) throw new AppError('FILE_EXISTS', { file })
  const folder = await mkdtemp(join(dirname(file), `.${basename(file)}-`))
  try {
    const unfinished = join(folder, 'backup')
    const made = await pack(request, folder, unfinished)
    await rename(unfinished, file)
    await syncFolder(dirname(file))
    return made
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
