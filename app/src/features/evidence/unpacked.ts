import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Unzip, UnzipInflate } from 'fflate'
import { AppError } from '../../errors.ts'

// Office documents are ZIP archives, and a small archive can unpack to something enormous. Nothing is believed that the archive
// says about itself: it is unpacked in small pieces, and only counted.

export const maximumUnpacked = 200 * 1024 * 1024 // bytes
/** A document may unpack to ten times its size; the least of them always to 5 MB. */
const maximumRatio = 10
const alwaysAllowed = 5 * 1024 * 1024 // bytes
const maximumEntries = 5_000

/** Bytes that a document of this size may unpack to. */
export const allowedUnpacked = (size: number): number => Math.min(maximumUnpacked, Math.max(alwaysAllowed, size * maximumRatio))

export interface UnpackedSize {
  bytes: number
  entries: number
}

/** Archives end with a list of what is in them; one that was cut off has none. */
async function hasEnd(path: string, size: number): Promise<boolean> {
  const handle = await open(path, 'r')
  try {
    const tail = Buffer.alloc(Math.min(size, 65_557)) // the list's last record and the longest remark behind it
    await handle.read(tail, 0, tail.length, size - tail.length)
    return tail.lastIndexOf('PK\x05\x06', undefined, 'latin1') !== -1
  } finally {
    await handle.close()
  }
}

/**
 * Unpacks an archive without keeping anything and says how much it was.
 * @param size of the archive, bytes
 * @throws {AppError} FILE_UNPACKS_TOO_LARGE as soon as it is too much; FILE_UNREADABLE when it is no whole archive
 */
export async function measureUnpacked(path: string, size: number): Promise<UnpackedSize> {
  const allowed = allowedUnpacked(size)
  const count = { bytes: 0, entries: 0, unfinished: 0 }
  let isBroken = !(await hasEnd(path, size))
  const unzip = new Unzip((file) => {
    count.entries++
    count.unfinished++
    file.ondata = (error, chunk, isLast) => {
      isBroken ||= error !== null
      count.bytes += chunk?.length ?? 0
      if (isLast) count.unfinished--
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  const push = (piece: Uint8Array, isLast: boolean) => {
    unzip.push(piece, isLast)
    if (count.bytes > allowed || count.entries > maximumEntries)
      throw new AppError('FILE_UNPACKS_TOO_LARGE', { limit: Math.ceil(allowed / (1024 * 1024)) })
    if (isBroken) throw new AppError('FILE_UNREADABLE')
  }
  try {
    // a small piece unpacks to at most a thousand times its size before it is counted
    for await (const piece of createReadStream(path, { highWaterMark: 4096 }) as AsyncIterable<Buffer>) push(new Uint8Array(piece), false)
    push(new Uint8Array(0), true)
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('FILE_UNREADABLE')
  }
  if (count.unfinished > 0 || count.entries === 0) throw new AppError('FILE_UNREADABLE')
  return { bytes: count.bytes, entries: count.entries }
}
