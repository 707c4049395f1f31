import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from './errors.ts'
import { plainFileName } from './file-name.ts'

// A file waits in the data folder between its preview and its confirmation, under its own SHA-256: what is confirmed is
// what was seen, byte by byte. After a day it is swept away.

const kept = 24 * 3600 * 1000 // milliseconds

/** Largest table that is taken in. */
export const maximumFile = 10 * 1024 * 1024 // bytes

export interface Upload {
  /** SHA-256 of the bytes. */
  hash: string
  fileName: string
  bytes: Uint8Array
}

/** What files are for: each kind has its folder, and what is brought to one place cannot be taken in at another. */
export interface UploadPlace {
  folder: string
  /** Goes into the name: whose file it is, and where it belongs; empty = the name is the SHA-256 of the bytes alone. */
  about: string
}

const folderOf = (dataDir: string, { folder }: UploadPlace): string => join(dataDir, 'uploads', folder)

const hashOf = ({ about }: UploadPlace, bytes: Uint8Array): string => createHash('sha256').update(about).update(bytes).digest('hex')

async function writeDurably(folder: string, name: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(folder, `${randomUUID()}.tmp`)
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, join(folder, name))
}

/** Keeps a file for a day. The same file twice is kept once. */
export async function keepUpload(dataDir: string, fileName: string, bytes: Uint8Array, now: Date, place: UploadPlace): Promise<Upload> {
  const folder = folderOf(dataDir, place)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweepUploads(dataDir, now, place)
  const hash = hashOf(place, bytes)
  const name = plainFileName(fileName)
  await writeDurably(folder, hash, bytes)
  await writeDurably(folder, `${hash}.json`, JSON.stringify({ fileName: name, keptAt: now.toISOString() }))
  return { hash, fileName: name, bytes }
}

async function readKept(
  dataDir: string,
  hash: string,
  place: UploadPlace,
): Promise<{ bytes: Uint8Array; about: { fileName: string; keptAt: string } } | null> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return null
  const path = join(folderOf(dataDir, place), hash)
  try {
    return {
      bytes: await readFile(path),
      about: JSON.parse(await readFile(`${path}.json`, 'utf8')) as { fileName: string; keptAt: string },
    }
  } catch {
    return null
  }
}

/**
 * The file that was kept under this hash.
 * @throws {AppError} EARLIER_UPLOAD_NOT_FOUND when it was never there, has been swept away or is no longer the same
 */
export async function getUpload(dataDir: string, hash: string, now: Date, place: UploadPlace): Promise<Upload> {
  const found = await readKept(dataDir, hash, place)
  const isWhole = found !== null && hashOf(place, found.bytes) === hash
  if (!isWhole || now.getTime() - Date.parse(found.about.keptAt) > kept) throw new AppError('EARLIER_UPLOAD_NOT_FOUND')
  return { hash, fileName: found.about.fileName, bytes: found.bytes }
}

/** Removes a file that has been taken in or is not wanted. */
export async function dropUpload(dataDir: string, hash: string, place: UploadPlace): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return
  for (const name of [hash, `${hash}.json`]) await rm(join(folderOf(dataDir, place), name), { force: true })
}

/** Removes what has waited for more than a day, and what a broken upload left behind. */
export async function sweepUploads(dataDir: string, now: Date, place: UploadPlace): Promise<void> {
  const folder = folderOf(dataDir, place)
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const written = await stat(path).catch(() => null)
    if (written !== null && now.getTime() - written.mtimeMs > kept) await rm(path, { force: true })
  }
}
