import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { createGunzip, createGzip } from 'node:zlib'
import tar from 'tar-stream'
import type { TextKey } from '../../text/catalogue.ts'

// The file of a backup: an empty gzip member that says what it is, the compressed tar, and an empty gzip member that seals
// everything before it with its SHA-256. Both stand in the comment field of the format, so that `tar xzf` opens the file
// as if they were not there, and still every changed byte, wherever it is, and every missing one is found.

/** An empty gzip member that carries a comment (RFC 1952, FLG.FCOMMENT). */
function commentMember(comment: string): Buffer {
  const head = [0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, 0xff]
  const emptyBlock = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  return Buffer.concat([Buffer.from(head), Buffer.from(`${comment}\0`, 'latin1'), Buffer.from(emptyBlock)])
}

const opening = commentMember('tessera-backup')
const seal = (sha256: string): Buffer => commentMember(`tessera-seal ${sha256}`)
const sealLength = seal('0'.repeat(64)).length
const sealHead = Buffer.from('tessera-seal ', 'latin1')

/** The file is not an archive of ours, or is no longer what was written. */
export class ArchiveProblem extends Error {
  readonly reason: TextKey
  constructor(reason: TextKey) {
    super(reason)
    this.reason = reason
  }
}

/** Writes an archive, member by member. */
export class ArchiveWriter {
  private readonly pack = tar.pack()
  private readonly hash: Hash = createHash('sha256')
  private readonly handle: FileHandle
  private readonly written: Promise<void>
  private size = 0

  private constructor(handle: FileHandle) {
    this.handle = handle
    this.written = this.drain()
    this.written.catch(() => this.pack.destroy())
  }

  /** @param path a file that does not exist yet; only its owner may read it */
  static async create(path: string): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(path, 'wx', 0o600))
  }

  private async put(chunk: Buffer): Promise<void> {
    await this.handle.writeFile(chunk)
    this.size += chunk.length
  }

  private async drain(): Promise<void> {
    const gzip = createGzip()
    this.pack.on('error', (error: Error) => gzip.destroy(error))
    this.pack.pipe(gzip)
    this.hash.update(opening)
    await this.put(opening)
    for await (const chunk of gzip as AsyncIterable<Buffer>) {
      this.hash.update(chunk)
      await this.put(chunk)
    }
    await this.put(seal(this.hash.digest('hex')))
    await this.handle.sync()
  }

  /** Adds a member of exactly `size` bytes. @returns the SHA-256 of its bytes */
  async add(name: string, size: number, content: AsyncIterable<Buffer>, time: Date): Promise<string> {
    const hash = createHash('sha256')
    const done = Promise.withResolvers<null>()
    const entry = this.pack.entry({ name, size, mtime: time, mode: 0o600 }, (error) => (error ? done.reject(error) : done.resolve(null)))
    const copied = (async () => {
      for await (const chunk of content) {
        hash.update(chunk)
        if (!entry.write(chunk)) await Promise.race([once(entry, 'drain'), this.written])
      }
      entry.end(null)
      await done.promise
    })()
    await Promise.race([copied, this.written])
    return hash.digest('hex')
  }

  /** @returns bytes of the whole file */
  async close(): Promise<number> {
    this.pack.finalize()
    await this.written.finally(() => this.handle.close())
    return this.size
  }

  /** Gives up; the unfinished file stays to be removed. */
  async abandon(): Promise<void> {
    this.pack.destroy()
    await this.written.catch(() => {})
    await this.handle.close().catch(() => {})
  }
}

/** @throws {ArchiveProblem} when the file is foreign, cut off or changed in any byte */
export async function checkSeal(path: string): Promise<void> {
  const handle = await open(path, 'r')
  const read = async (length: number, position: number) => {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, position)
    return buffer.subarray(0, bytesRead)
  }
  try {
    const { size } = await handle.stat()
    if (!(await read(opening.length, 0)).equals(opening)) throw new ArchiveProblem('operations.archive.foreign')
    const end = size - sealLength
    if (end <= opening.length) throw new ArchiveProblem('operations.archive.cutOff')
    const last = await read(sealLength, end)
    if (!last.includes(sealHead)) throw new ArchiveProblem('operations.archive.cutOff')
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path, { end: end - 1 }) as AsyncIterable<Buffer>) hash.update(chunk)
    if (!last.equals(seal(hash.digest('hex')))) throw new ArchiveProblem('operations.archive.changed')
  } finally {
    await handle.close()
  }
}

export interface ReadMember {
  readonly name: string
  readonly size: number
  /** Its bytes; to be read to the end before the next member is asked for. */
  readonly content: AsyncIterable<Buffer>
}

/** The members of an archive whose seal was checked, in order. */
export async function* readMembers(path: string): AsyncGenerator<ReadMember> {
  const { size } = await stat(path)
  const compressed = createReadStream(path, { start: opening.length, end: size - sealLength - 1 })
  const plain = createGunzip()
  const extract = tar.extract()
  compressed.on('error', (error) => plain.destroy(error))
  plain.on('error', (error) => extract.destroy(error))
  compressed.pipe(plain).pipe(extract)
  try {
    for await (const entry of extract)
      yield { name: entry.header.name, size: entry.header.size ?? 0, content: entry as unknown as AsyncIterable<Buffer> }
  } catch (error) {
    throw error instanceof ArchiveProblem ? error : Object.assign(new ArchiveProblem('operations.archive.unreadable'), { cause: error })
  } finally {
    compressed.destroy()
    plain.destroy()
  }
}
