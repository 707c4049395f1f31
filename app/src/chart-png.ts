import { Worker } from 'node:worker_threads'
import type { PictureOrder, PictureReply } from './chart-png-worker.ts'
import { findWorkerFile } from './worker-file.ts'

// Painting a drawing takes seconds where there are thousands of marks. It happens in a thread of its own, so that everybody else is
// served meanwhile; pictures are painted one after the other.

const idleMs = 60_000 // the thread ends when nobody has wanted a picture for so long
const patienceMs = 60_000 // for one picture

interface Waiting {
  resolve: (png: Uint8Array<ArrayBuffer>) => void
  reject: (error: Error) => void
}

/** The thread that paints, with those who wait for it. */
class Painter {
  private readonly worker: Worker
  private readonly waiting = new Map<number, Waiting>()
  private timer: NodeJS.Timeout | undefined
  private last = 0

  constructor(file: URL) {
    this.worker = new Worker(file, { execArgv: [] })
    this.worker.unref() // a picture never keeps the process alive
    this.worker.on('message', (reply: PictureReply) => this.answer(reply))
    this.worker.on('error', (error) => this.end(error))
    this.worker.on('exit', () => this.end(new Error('The thread that paints pictures has ended.')))
  }

  paint(svg: string): Promise<Uint8Array<ArrayBuffer>> {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
    const id = ++this.last
    this.waiting.set(id, { resolve, reject })
    if (this.waiting.size === 1) this.watch()
    this.worker.postMessage({ id, svg } satisfies PictureOrder)
    return promise
  }

  /** Looks after the picture that is being painted; with none, after the thread that has nothing to do. */
  private watch(): void {
    clearTimeout(this.timer)
    const isIdle = this.waiting.size === 0
    const end = () => this.end(new Error('A picture took too long.'))
    this.timer = setTimeout(end, isIdle ? idleMs : patienceMs).unref()
  }

  private answer(reply: PictureReply): void {
    const asked = this.waiting.get(reply.id)
    this.waiting.delete(reply.id)
    this.watch()
    if ('png' in reply) asked?.resolve(reply.png)
    else asked?.reject(new Error(reply.problem))
  }

  private end(error: Error): void {
    if (painter === this) painter = null
    clearTimeout(this.timer)
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
    void this.worker.terminate()
  }
}

let painter: Painter | null = null

/** A drawing file as a picture with the same words, in our typeface. The thread and its renderer begin with the first picture. */
export function renderPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = findWorkerFile('chart-png-worker', import.meta.url)
  if (file === null) return Promise.reject(new Error('chart-png-worker is not built'))
  painter ??= new Painter(file)
  return painter.paint(svg)
}
