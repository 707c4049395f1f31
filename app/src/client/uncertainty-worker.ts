import {
  createPlanner,
  createRangeRunner,
  summariseRuns,
  type Quantiles,
  type UncertaintyRequest,
  type UncertaintySpec,
} from '@tessera/engine'

/** First the request, whose data are prepared once; then weights as often as they move, numbered so that late answers can be told. */
export type UncertaintyMessage =
  | { readonly kind: 'open'; readonly request: UncertaintyRequest }
  | { readonly kind: 'run'; readonly id: number; readonly weights: Readonly<Record<string, number>> | null; readonly runs: number }

/** One unit's nominal rank and score and its rank interval. */
export interface LiveRank {
  readonly unit: string
  readonly rank: number | null
  readonly score: number | null
  readonly rankQuantiles: Quantiles | null
}

export type UncertaintyReply =
  | {
      readonly kind: 'ranks'
      readonly id: number
      readonly units: readonly LiveRank[]
      readonly failedRuns: number
      readonly durationMs: number
    }
  | { readonly kind: 'refused'; readonly id: number | null; readonly reason: string }

let request: UncertaintyRequest | null = null
let plan: ((weights: Readonly<Record<string, number>> | null) => UncertaintySpec) | null = null

function answer(message: UncertaintyMessage): UncertaintyReply | null {
  if (message.kind === 'open') {
    request = { ...message.request, pairs: false }
    plan = createPlanner(request)
    return null
  }
  if (request === null || plan === null) return { kind: 'refused', id: message.id, reason: 'There are no data yet: send them first.' }
  const start = performance.now()
  const spec = plan(message.weights)
  const runner = createRangeRunner(spec)
  runner.runRange(0, message.runs)
  const result = summariseRuns(request, spec, runner.ranges, runner.counts())
  return {
    kind: 'ranks',
    id: message.id,
    durationMs: performance.now() - start,
    failedRuns: result.failures.reduce((sum, { runs }) => sum + runs, 0),
    units: result.units.map(({ unit, rank, score, rankQuantiles }) => ({ unit, rank, score, rankQuantiles })),
  }
}

self.onmessage = ({ data }: MessageEvent<UncertaintyMessage>) => {
  try {
    const reply = answer(data)
    if (reply !== null) self.postMessage(reply)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const refusal: UncertaintyReply = { kind: 'refused', id: data.kind === 'run' ? data.id : null, reason: error.message }
    self.postMessage(refusal)
  }
}
