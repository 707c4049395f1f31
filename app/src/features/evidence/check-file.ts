import { open, readFile } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { AppError } from '../../errors.ts'
import { scanFile } from './clamav.ts'
import type { EvidenceFile } from './evidence.ts'
import { stripJpeg, stripPng } from './image-metadata.ts'
import { extensionsInWords, isImage, isZipped, type MediaType, mediaTypeOfName, mediaTypes } from './media-type.ts'
import { digestOf, rewrite } from './storage.ts'
import { measureUnpacked } from './unpacked.ts'

/** What has passed all checks and can get its place. */
export type CheckedFile = Pick<EvidenceFile, 'name' | 'size' | 'mediaType' | 'sha256' | 'scan'>

/** The type that a name promises. @throws {AppError} FILE_TYPE_REFUSED */
export function requireTakenType(name: string): MediaType {
  const type = mediaTypeOfName(name)
  if (type === null) throw new AppError('FILE_TYPE_REFUSED', { name, types: extensionsInWords })
  return type
}

/** Text holds no control characters but tabs, line ends and form feeds. */
async function isText(path: string): Promise<boolean> {
  const handle = await open(path, 'r')
  const piece = Buffer.alloc(64 * 1024)
  try {
    for (let position = 0; ;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, position)
      if (bytesRead === 0) return true
      const isPlain = piece.subarray(0, bytesRead).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13)
      if (!isPlain) return false
      position += bytesRead
    }
  } finally {
    await handle.close()
  }
}

/** The bytes decide what a file is; the name must say the same. */
async function requireSameType(path: string, name: string, promised: MediaType): Promise<void> {
  const isSame =
    promised === mediaTypes.txt || promised === mediaTypes.csv
      ? await isText(path)
      : (await fileTypeFromFile(path).catch(() => undefined))?.mime === promised
  if (!isSame) throw new AppError('FILE_CONTENT_DIFFERS', { name, types: extensionsInWords })
}

/** Cuts out what a camera wrote into a picture. @throws {AppError} FILE_UNREADABLE */
async function stripImage(path: string, mediaType: MediaType): Promise<void> {
  const bytes = await readFile(path)
  const stripped = mediaType === mediaTypes.png ? stripPng(bytes) : stripJpeg(bytes)
  if (stripped === null) throw new AppError('FILE_UNREADABLE')
  if (stripped.length !== bytes.length) await rewrite(path, stripped)
}

export interface FileChecks {
  /** SHA-256 that the sender computed; null = a form, which computes none. */
  sha256: string | null
  /** Socket of the virus scanner; null = none is set up. */
  clamav: string | null
}

/**
 * Looks at a file that lies on the disk with all its bytes: is it what was sent, of a type that is taken, harmless to unpack
 * and clean? Pictures lose what the camera wrote into them, so that their SHA-256 is another one afterwards.
 * @throws {AppError} FILE_EMPTY, FILE_HASH_DIFFERS, FILE_TYPE_REFUSED, FILE_CONTENT_DIFFERS, FILE_UNPACKS_TOO_LARGE, FILE_UNREADABLE,
 *   FILE_INFECTED, SCANNER_UNAVAILABLE
 */
export async function checkFile(path: string, name: string, checks: FileChecks): Promise<CheckedFile> {
  const arrived = await digestOf(path)
  if (arrived.size === 0) throw new AppError('FILE_EMPTY', { name })
  if (checks.sha256 !== null && checks.sha256 !== arrived.sha256) throw new AppError('FILE_HASH_DIFFERS', { name })
  const mediaType = requireTakenType(name)
  await requireSameType(path, name, mediaType)
  if (isZipped(mediaType)) await measureUnpacked(path, arrived.size)
  if (checks.clamav !== null) await scanFile(checks.clamav, path)
  if (isImage(mediaType)) await stripImage(path, mediaType)
  const stored = isImage(mediaType) ? await digestOf(path) : arrived
  return { name, ...stored, mediaType, scan: checks.clamav === null ? 'not-scanned' : 'clean' }
}
