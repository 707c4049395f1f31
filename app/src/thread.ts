import { parentPort, type Transferable, Worker } from 'node:worker_threads'
import { findWorkerFile } from './worker-file.ts'

// Work that takes seconds happens in a thread of its own, so that everybody else is served meanwhile.

const idleMs = 60_000 // a thread ends when nobody has wanted anything of it for so long
const patienceMs = 60_000 // for one order

interface Numbered<T> {
  id: number
  content: T
}
type Answer<Reply> = Numbered<{ reply: Reply } | { problem: string }>

interface Waiting<Reply> {
  resolve: (reply: Reply) => void
  reject: (error: Error) => void
}

/** A thread that runs, with those who wait for it. */
class Running<Order, Reply> {
  private readonly worker: Worker
  private readonly onEnd: () => void
  private readonly waiting = new Map<number, Waiting<Reply>>()
  private timer: NodeJS.Timeout | undefined
  private last = 0

  constructor(file: URL, onEnd: () => void) {
    this.onEnd = onEnd
    this.worker = new Worker(file, { execArgv: [] })
    this.worker.unref() // never keeps the process alive
    this.worker.on('message', (answer: Answer<Reply>) => this.answer(answer))
    this.worker.on('error', (error) => this.end(error))
    this.worker.on('exit', () => this.end(new Error('The thread has ended.')))
  }

  ask(content: Order): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const id = ++this.last
    this.waiting.set(id, { resolve, reject })
    if (this.waiting.size === 1) this.watch()
    this.worker.postMessage({ id, content } satisfies Numbered<Order>)
    return promise
  }

  /** Looks after the order that is being worked on; with none, after the thread that has nothing to do. */
  private watch(): void {
    clearTimeout(this.timer)
    const isIdle = this.waiting.size === 0
    const end = () => this.end(new Error('The thread took too long.'))
    this.timer = setTimeout(end, isIdle ? idleMs : patienceMs).unref()
  }

  private answer({ id, content }: Answer<Reply>): void {
    const asked = this.waiting.get(id)
    this.waiting.delete(id)
    this.watch()
    if ('reply' in content) asked?.resolve(content.reply)
    else asked?.reject(new Error(content.problem))
  }

  private end(error: Error): void {
    this.onEnd()
    clearTimeout(this.timer)
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
    void this.worker.terminate()
  }
}

/**
 * A thread that answers one order after the other. It begins with the first order.
 * @param name of its file, without extension
 * @param starter `import.meta.url` of the file beside it
 * @returns asks the thread; orders and replies are cloned. Rejected when the work throws, takes over a minute, or the thread dies.
 */
export function createThread<Order, Reply>(name: string, starter: string): (order: Order) => Promise<Reply> {
  let running: Running<Order, Reply> | null = null
  return (order) => {
    const file = findWorkerFile(name, starter)
    if (file === null) return Promise.reject(new Error(`${name} is not built`))
    if (running === null) {
      const begun = new Running<Order, Reply>(file, () => {
        if (running === begun) running = null
      })
      running = begun
    }
    return running.ask(order)
  }
}

/**
 * The thread's own side: does the work for every order.
 * @param transferOf what of a reply is handed over instead of cloned
 */
export function serveThread<Order, Reply>(
  work: (order: Order) => Reply | Promise<Reply>,
  transferOf: (reply: Reply) => Transferable[] = () => [],
): void {
  const answer = (content: Answer<Reply>['content'], id: number) =>
    parentPort!.postMessage({ id, content } satisfies Answer<Reply>, 'reply' in content ? transferOf(content.reply) : [])
  parentPort?.on('message', ({ id, content }: Numbered<Order>) => {
    void (async () => work(content))().then(
      (reply) => answer({ reply }, id),
      (error: unknown) => answer({ problem: error instanceof Error ? error.message : String(error) }, id),
    )
  })
}
