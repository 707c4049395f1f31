import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../errors.ts'

// Files of the evidence on the disk, outside of what is served, under random names. A file comes to its place only whole,
// flushed and renamed; its row is written afterwards. What is left over is swept away.

/** Folder of everything here; one volume, because files are renamed into their place. */
export const storedFilesFolder = (dataDir: string): string => join(dataDir, 'files')

/** Where a file lies, by the name that its row has. */
export const storedFilePath = (dataDir: string, storedAs: string): string => join(storedFilesFolder(dataDir), storedAs)

const incomingFolder = (dataDir: string): string => join(storedFilesFolder(dataDir), 'incoming')

/** Where a file lies while its bytes arrive. */
export const incomingPath = (dataDir: string, name: string): string => join(incomingFolder(dataDir), name)

/** A name that says nothing about the file. */
export const randomName = (): string => randomBytes(16).toString('hex')

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** A full disk is an answer of its own; the database has its own disk and goes on. */
export function storageError(error: unknown): unknown {
  return fullCodes.has((error as NodeJS.ErrnoException).code ?? '') ? new AppError('STORAGE_FULL') : error
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What became of the bytes of one request. */
export interface Received {
  /** Bytes of the file that are safe on the disk now. */
  offset: number
  /** Why it ended before its end: a broken connection, too many bytes. Null = it ended well. */
  problem: AppError | null
}

/**
 * Writes arriving bytes behind those that are there already and flushes them. What arrived before a connection broke stays.
 * @param limit bytes that the file may have
 * @throws {AppError} STORAGE_FULL: the file is as long as before
 */
export async function receive(path: string, offset: number, limit: number, bytes: AsyncIterable<Uint8Array>): Promise<Received> {
  const handle = await openIncoming(path, offset)
  let position = offset
  let problem: AppError | null = null
  try {
    const iterator = bytes[Symbol.asyncIterator]()
    for (;;) {
      const next = await iterator.next().catch((error: unknown) => {
        problem = error instanceof AppError ? error : new AppError('UPLOAD_INTERRUPTED')
        return null
      })
      if (next === null || next.done) break
      if (position + next.value.length > limit) {
        problem = new AppError('FILE_TOO_LARGE', { limit: inMegabytes(limit) })
        await iterator.return?.()
        break
      }
      await writeAt(handle, next.value, position)
      position += next.value.length
    }
    await handle.sync()
  } catch (error) {
    await handle.truncate(offset).catch(() => {})
    throw storageError(error)
  } finally {
    await handle.close()
  }
  return { offset: position, problem }
}

async function openIncoming(path: string, offset: number): ReturnType<typeof open> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return await open(path, offset === 0 ? 'w' : 'r+', 0o600)
  } catch (error) {
    throw storageError(error)
  }
}

async function writeAt(handle: Awaited<ReturnType<typeof open>>, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

export const inMegabytes = (bytes: number): number => Math.floor(bytes / (1024 * 1024))

/** SHA-256 and length of what lies on the disk. */
export async function digestOf(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
  }
  return { sha256: hash.digest('hex'), size }
}

/** Replaces the bytes of an arriving file, durably. */
export async function rewrite(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.rewritten`
  await receiveWhole(temporary, bytes)
  await rename(temporary, path)
}

async function receiveWhole(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw storageError(error)
  } finally {
    await handle.close()
  }
}

/**
 * Gives a checked, flushed file its place and flushes the folders, so that the name survives a power cut, too.
 * @returns the name that its row will have
 */
export async function keep(dataDir: string, path: string): Promise<string> {
  const name = randomName()
  const storedAs = `${name.slice(0, 2)}/${name}`
  const target = storedFilePath(dataDir, storedAs)
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(path, target)
    await syncFolder(dirname(target))
    await syncFolder(storedFilesFolder(dataDir))
  } catch (error) {
    throw storageError(error)
  }
  return storedAs
}

/** Removes an arriving file that is not wanted. */
export const discardIncoming = (dataDir: string, name: string): Promise<void> => rm(incomingPath(dataDir, name), { force: true })

/** Removes a file whose row was certainly not written. */
export const discardStored = (dataDir: string, storedAs: string): Promise<void> => rm(storedFilePath(dataDir, storedAs), { force: true })

/** Length of what has arrived; null = nothing is there. */
export async function incomingSize(dataDir: string, name: string): Promise<number | null> {
  return (await stat(incomingPath(dataDir, name)).catch(() => null))?.size ?? null
}

/** Cuts an arriving file back to what was acknowledged. */
export const cutIncoming = (dataDir: string, name: string, size: number): Promise<void> => truncate(incomingPath(dataDir, name), size)

const hour = 3600 * 1000 // milliseconds

async function filesIn(folder: string, olderThan: number, now: Date): Promise<string[]> {
  const old: string[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found?.isFile() && now.getTime() - found.mtimeMs > olderThan) old.push(name)
  }
  return old
}

/**
 * Removes what nobody needs any more: arriving files a day after their last byte, and stored files without a row.
 * A file younger than an hour may still be waiting for its row.
 * @param isKnown which of these stored files have a row
 * @returns names of the arriving files, and how many stored files, were removed
 */
export async function sweepFolders(
  dataDir: string,
  now: Date,
  isKnown: (storedAs: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<{ incoming: string[]; orphans: number }> {
  const incoming = await filesIn(incomingFolder(dataDir), 24 * hour, now)
  for (const name of incoming) await discardIncoming(dataDir, name)
  let orphans = 0
  const folders = (await readdir(storedFilesFolder(dataDir)).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))
  for (const folder of folders) {
    const names = (await filesIn(join(storedFilesFolder(dataDir), folder), hour, now)).map((name) => `${folder}/${name}`)
    const known = names.length === 0 ? new Set<string>() : await isKnown(names)
    for (const storedAs of names.filter((name) => !known.has(name))) {
      await discardStored(dataDir, storedAs)
      orphans++
    }
  }
  return { incoming, orphans }
}
