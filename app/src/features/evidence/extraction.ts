import { Worker } from 'node:worker_threads'
import { inContext, systemContext } from '../../db/context.ts'
import type { Services } from '../../services.ts'
import { findWorkerFile } from '../../worker-file.ts'
import type { EvidenceFile } from './evidence.ts'
import type { ExtractionOrder } from './extraction-worker.ts'
import { findUnread, storePages } from './file-queries.ts'
import type { MediaType } from './media-type.ts'
import { storedFilePath } from './storage.ts'

// Documents of others are read in a thread of their own: one after the other, with a limit of memory and time. A document that
// breaks the reader costs the thread, not the server.

const patience = 60_000 // milliseconds per document
const memoryLimits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 64 }

function findWorker(): URL {
  const found = findWorkerFile('extraction-worker', import.meta.url)
  if (found === null) throw new Error('extraction-worker is not built')
  return found
}

/**
 * Text of each page of a stored file, read in a thread of its own.
 * @returns null when no text could be read: damaged, locked, too large, too slow
 */
export function readInThread(path: string, mediaType: MediaType, timeoutMs = patience): Promise<string[] | null> {
  const { promise, resolve } = Promise.withResolvers<string[] | null>()
  const worker = new Worker(findWorker(), { resourceLimits: memoryLimits, stdout: true, stderr: true })
  const timer = setTimeout(() => resolve(null), timeoutMs)
  worker.once('message', (pages: string[] | null) => resolve(pages))
  worker.once('error', () => resolve(null))
  worker.once('exit', () => resolve(null))
  worker.postMessage({ path, mediaType } satisfies ExtractionOrder)
  return promise.finally(() => {
    clearTimeout(timer)
    void worker.terminate()
  })
}

type Reader = Pick<Services, 'db' | 'config' | 'now'>

/** Reads the file that waits longest. @returns whether there was one */
export async function readNext({ db, config, now }: Reader): Promise<boolean> {
  const file: Pick<EvidenceFile, 'id' | 'storedAs' | 'mediaType'> | null = await inContext(db, systemContext, findUnread)
  if (file === null) return false
  const pages = await readInThread(storedFilePath(config.dataDir, file.storedAs), file.mediaType)
  const store = (read: string[] | null) => inContext(db, systemContext, (tx) => storePages(tx, file.id, read, now()))
  await store(pages).catch(() => store(null)) // one that cannot be stored must not stand in the way of the others
  return true
}

/** Reads new files soon after they came, and at the start those that a stop left behind. */
export class TextReading {
  private reader: Reader | null = null
  private running: Promise<void> | null = null
  private isWanted = false

  /** From now on files are read. */
  start(reader: Reader): void {
    this.reader = reader
    this.wake()
  }

  /** There may be something to read. */
  wake(): void {
    this.isWanted = true
    if (this.reader !== null) this.running ??= this.run(this.reader).finally(() => (this.running = null))
  }

  /** Ends after the document that is being read. */
  async stop(): Promise<void> {
    this.reader = null
    await this.running
  }

  private async run(reader: Reader): Promise<void> {
    while (this.isWanted && this.reader !== null) {
      this.isWanted = false
      // the database may be away: the next file wakes us again
      while (this.reader !== null && (await readNext(reader).catch(() => false)));
    }
  }
}
