import { open, readFile } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { AppError } from '../../errors.ts'
import { scanFile } from './clamav.ts'
import type { EvidenceFile } from './evidence.ts'
import { stripJpeg, stripPng } from './image-metadata.ts'
import { extensionsInWords, isImage, isPdf, isZipped, type MediaType, mediaTypeOfName, mediaTypes } from './media-type.ts'
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

const pieceLength = 64 * 1024 // bytes

/** Whether one piece of the file, read from front to back, fits; each begins with the last `overlap` bytes of the one before. */
async function hasPiece(path: string, overlap: number, fits: (piece: Buffer) => boolean): Promise<boolean> {
  const handle = await open(path, 'r')
  const piece = Buffer.alloc(pieceLength)
  try {
    for (let position = 0; ;) {
      const { bytesRead } = await handle.read(piece, 0, pieceLength, position)
      if (fits(piece.subarray(0, bytesRead))) return true
      if (bytesRead <= overlap) return false
      position += bytesRead - overlap
    }
  } finally {
    await handle.close()
  }
}

const isPlain = (byte: number): boolean => byte >= 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13

/** Text holds no control characters but tabs, line ends and form feeds. */
const isText = async (path: string): Promise<boolean> => !(await hasPiece(path, 0, (piece) => !piece.every(isPlain)))

/** "12 0 obj": without a single object there is no page and nothing to repair, whatever the first bytes say. */
const pdfObject = /\d\s{1,9}\d{1,5}\s{1,9}obj/

const holdsPdfObject = (path: string): Promise<boolean> => hasPiece(path, 40, (piece) => pdfObject.test(piece.toString('latin1')))

async function isOfType(path: string, promised: MediaType): Promise<boolean> {
  if (promised === mediaTypes.txt || promised === mediaTypes.csv) return isText(path)
  if ((await fileTypeFromFile(path).catch(() => undefined))?.mime !== promised) return false
  return !isPdf(promised) || holdsPdfObject(path)
}

/** The bytes decide what a file is; the name must say the same. */
async function requireSameType(path: string, name: string, promised: MediaType): Promise<void> {
  if (!(await isOfType(path, promised))) throw new AppError('FILE_CONTENT_DIFFERS', { name, types: extensionsInWords })
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
