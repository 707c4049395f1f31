import { parentPort, workerData } from 'node:worker_threads'
import { createRangeRunner, runRows, type DesignRanks, type RunCounts, type UncertaintySpec } from '@tessera/engine'

/** What a worker is started with. */
export interface WorkerStart {
  readonly task: 'uncertainty' | 'sensitivity'
  readonly spec: UncertaintySpec
}

/** A range to compute (runs, or rows of the design); null: no more, hand over what was counted. */
export type WorkerOrder = { readonly from: number; readonly to: number } | null

/** `done` after every range, with the ranks of the rows of a sensitivity design; `counts` at the end of an uncertainty analysis. */
export type WorkerReply =
  | { readonly kind: 'done'; readonly size: number; readonly rows: DesignRanks | null }
  | { readonly kind: 'counts'; readonly counts: RunCounts | null }

/** Answers orders one after the other; the engine does the rest. */
function serve(port: NonNullable<typeof parentPort>, { task, spec }: WorkerStart): void {
  const runner = task === 'uncertainty' ? createRangeRunner(spec) : null
  port.on('message', (order: WorkerOrder) => {
    if (order === null) {
      const reply: WorkerReply = { kind: 'counts', counts: runner && runner.counts() }
      port.postMessage(reply)
      port.close()
      return
    }
    runner?.runRange(order.from, order.to)
    const rows = runner === null ? runRows(spec, order.from, order.to) : null
    const reply: WorkerReply = { kind: 'done', size: order.to - order.from, rows }
    port.postMessage(reply, rows === null ? [] : [rows.ranks.buffer as ArrayBuffer])
  })
}

if (parentPort !== null) serve(parentPort, workerData as WorkerStart)
