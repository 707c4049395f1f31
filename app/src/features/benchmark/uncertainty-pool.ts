import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { createRangeRunner, mergeCounts, runRows, type DesignRanks, type RunCounts, type UncertaintySpec } from '@tessera/engine'
import { findWorkerFile } from '../../worker-file.ts'
import type { WorkerOrder, WorkerReply, WorkerStart } from './uncertainty-worker.ts'

/** How a long computation is dealt out and watched; results are the same however it is. */
export interface PoolOptions {
  /** Whole number >= 1; left out: as many as the work is worth on this machine. */
  readonly workers?: number
  /** Told after every range how much is done. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Work of one thread in about a second: runs x units x indicators. */
const WORTH_A_WORKER = 1.2e9

/** Computes runs 0 to before `runs` in worker threads, or in this one when they are few. */
export async function countRuns(spec: UncertaintySpec, runs: number, options: PoolOptions = {}): Promise<RunCounts> {
  const workers = chooseWorkers(spec, runs, options)
  const step = Math.max(256, Math.min(20_000, Math.ceil(runs / workers / 20)))
  if (workers === 1) {
    const runner = createRangeRunner(spec)
    await forEachRange(runs, step, options, (from, to) => runner.runRange(from, to))
    return runner.counts()
  }
  const { counts } = await deal({ task: 'uncertainty', spec }, runs, step, workers, options)
  return mergeCounts(counts)
}

/** Computes all rows of a sensitivity design. */
export async function computeRows(spec: UncertaintySpec, rows: number, options: PoolOptions = {}): Promise<readonly DesignRanks[]> {
  const workers = chooseWorkers(spec, rows * (spec.varied.length + 2), options)
  const step = Math.max(16, Math.ceil(rows / workers / 4))
  if (workers > 1) return (await deal({ task: 'sensitivity', spec }, rows, step, workers, options)).rows
  const parts: DesignRanks[] = []
  await forEachRange(rows, step, options, (from, to) => parts.push(runRows(spec, from, to)))
  return parts
}

function chooseWorkers(spec: UncertaintySpec, runs: number, { workers }: PoolOptions): number {
  if (findWorker() === null) return 1
  return (
    workers ?? Math.max(1, Math.min(availableParallelism(), Math.floor((runs * spec.units.length * spec.columns.length) / WORTH_A_WORKER)))
  )
}

const findWorker = (): URL | null => findWorkerFile('uncertainty-worker', import.meta.url)

/** One range after the other, with a pause for the event loop in between. */
async function forEachRange(
  total: number,
  step: number,
  { onProgress }: PoolOptions,
  run: (from: number, to: number) => unknown,
): Promise<void> {
  for (let from = 0; from < total; from += step) {
    const to = Math.min(total, from + step)
    run(from, to)
    onProgress?.(to, total)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Deals ranges to workers as each becomes free; an error in one ends all. */
async function deal(start: WorkerStart, total: number, step: number, count: number, { onProgress }: PoolOptions) {
  const file = findWorker()
  if (file === null) throw new Error('The file of the uncertainty worker is missing from the build.')
  const counts: RunCounts[] = [],
    rows: DesignRanks[] = []
  let next = 0,
    done = 0
  const workers = Array.from({ length: count }, () => new Worker(file, { workerData: start, execArgv: [] }))
  const order = (): WorkerOrder => {
    if (next >= total) return null
    const from = next
    next = Math.min(total, from + step)
    return { from, to: next }
  }
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.on('error', reject)
            worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`An uncertainty worker ended with ${code}.`))))
            worker.on('message', (reply: WorkerReply) => {
              if (reply.kind === 'counts') {
                if (reply.counts !== null) counts.push(reply.counts)
                return
              }
              if (reply.rows !== null) rows.push(reply.rows)
              done += reply.size
              onProgress?.(done, total)
              worker.postMessage(order())
            })
            worker.postMessage(order())
          }),
      ),
    )
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return { counts, rows }
}
