import { hydrate } from 'preact'
import { type PackedPlay, unpackPlay } from '../features/benchmark/play-data.ts'
import { type PlaySource, WeightsIsland } from '../features/benchmark/pages/WeightsIsland.tsx'
import { weightsPath, type WeightsProps } from '../features/benchmark/pages/weights-state.ts'
import { playRuns, type PlayWeights } from '../features/benchmark/weight-play.ts'
import type { UncertaintyMessage, UncertaintyReply } from './uncertainty-worker.ts'

/** One computation at a time; of the changes that come meanwhile only the last one counts. */
const connect: PlaySource['connect'] = (request, onRanks) => {
  const worker = new Worker(new URL('./uncertainty-worker.ts', import.meta.url), { type: 'module' })
  const send = (message: UncertaintyMessage): void => worker.postMessage(message)
  let running = 0
  let isBusy = false
  let waiting: PlayWeights | null = null
  const run = (weights: PlayWeights): void => {
    isBusy = true
    send({ kind: 'run', id: ++running, weights, runs: playRuns })
  }
  worker.addEventListener('message', ({ data }: MessageEvent<UncertaintyReply>) => {
    isBusy = false
    if (data.kind === 'ranks') onRanks(data)
    else console.error(data.reason)
    const next = waiting
    waiting = null
    if (next !== null) run(next)
  })
  send({ kind: 'open', request })
  return {
    compute: (weights) => {
      if (isBusy) waiting = weights
      else run(weights)
    },
  }
}

async function load() {
  const response = await fetch(`${weightsPath}.json`)
  if (!response.ok) throw new Error(`The scores could not be loaded: ${response.status}`)
  return unpackPlay((await response.json()) as PackedPlay)
}

const place = document.getElementById('weights')
const props = document.getElementById('weights-props')
if (place && props) hydrate(<WeightsIsland {...(JSON.parse(props.textContent) as WeightsProps)} source={{ load, connect }} />, place)
