import { createReadStream } from 'node:fs'
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
  entries: readonly string[]
}

/**
 * Unpacks an archive without keeping anything and says how much it was.
 * @param size of the archive, bytes
 * @throws {AppError} FILE_UNPACKS_TOO_LARGE as soon as it is too much; FILE_UNREADABLE when it is no whole archive
 */
export async function measureUnpacked(path: string, size: number): Promise<UnpackedSize> {
  const allowed = allowedUnpacked(size)
  const entries: string[] = []
  let bytes = 0
  let open = 0
  const tooLarge = () => new AppError('FILE_UNPACKS_TOO_LARGE', { limit: Math.ceil(allowed / (1024 * 1024)) })
  const unzip = new Unzip((file) => {
    entries.push(file.name)
    if (entries.length > maximumEntries) throw tooLarge()
    open++
    file.ondata = (error, chunk, isLast) => {
      if (error) throw new AppError('FILE_UNREADABLE')
      bytes += chunk.length
      if (bytes > allowed) throw tooLarge()
      if (isLast) open--
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    // a small piece unpacks to at most a thousand times its size before it is counted
    for await (const chunk of createReadStream(path, { highWaterMark: 4096 }) as AsyncIterable<Buffer>) unzip.push(new Uint8Array(chunk), false)
    unzip.push(new Uint8Array(0), true)
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('FILE_UNREADABLE')
  }
  if (open > 0 || entries.length === 0) throw new AppError('FILE_UNREADABLE')
  return { bytes, entries }
}
