import { useEffect, useRef, useState } from 'preact/hooks'
import { fill, localeOf } from '../../../text/fill.ts'
import { playRequest, type PlayRank, playRuns, type PlayWeights, readWeights, toPlayRanks } from '../weight-play.ts'
import { AllCities, Neighbours, OwnBar } from './RankIntervals.tsx'
import { type OnChange, WeightFields } from './WeightFields.tsx'
import { weightsAddress, type WeightsProps, type WeightsState } from './weights-state.ts'

/** What computes ranks beside the page; made by the script of the page, which knows where its worker lies. */
export interface RankComputer {
  compute(weights: PlayWeights): void
}

/** Ranks, and how long they took from the change that asked for them. */
export interface Computed {
  units: Parameters<typeof toPlayRanks>[0]
  failedRuns: number
}

export type ConnectComputer = (request: ReturnType<typeof playRequest>, onRanks: (computed: Computed) => void) => RankComputer

/** Pause after the last change before the address follows and the finding is read aloud. */
const settleMs = 700

/** How many runs, and how soon after the change they were there. */
function RunsText({ texts, language, failedRuns, milliseconds }: WeightsProps & { milliseconds: number | null }) {
  const values = { runs: playRuns.toLocaleString(localeOf(language)), failed: failedRuns, milliseconds: milliseconds ?? '' }
  return (
    <p class="small" data-milliseconds={milliseconds ?? undefined}>
      {fill(texts[milliseconds === null ? 'runs' : 'computed'], values)} {failedRuns > 0 && fill(texts['failed'], values)}
    </p>
  )
}

/** Fields and intervals; without `onChange` as the server sends them. */
export function WeightsView(props: WeightsProps & { onChange: OnChange; milliseconds?: number | null }) {
  const { texts, ranks, onChange, milliseconds = null } = props
  if (ranks === null)
    return (
      <div class="weight-play">
        <div class="weight-controls">
          <WeightFields {...props} />
        </div>
        <p>{texts['waiting']}</p>
      </div>
    )
  return (
    <>
      <div class="weight-play">
        <div class="weight-controls">
          <WeightFields {...props} />
          {onChange && <OwnBar {...props} ranks={ranks} />}
        </div>
        <div class="weight-neighbours">
          <Neighbours {...props} ranks={ranks} />
          <RunsText {...props} milliseconds={milliseconds} />
        </div>
      </div>
      <AllCities {...props} ranks={ranks} />
    </>
  )
}

/** Once the reader pauses, the address says what is shown and a screen reader hears it. */
function useSettled(state: WeightsState, ranks: readonly PlayRank[] | null, props: WeightsProps, isLive: boolean): string {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!isLive) return
    const timer = setTimeout(() => {
      history.replaceState(null, '', weightsAddress(state) + location.hash)
      const own = ranks?.find(({ slug }) => slug === state.city)
      if (own) setSaid(fill(props.texts['said'], { rank: own.rank, of: ranks!.length, low: own.q5, high: own.q95 }))
    }, settleMs)
    return () => clearTimeout(timer)
  }, [state, ranks])
  return said
}

/** The page in the browser: every change of a weight is computed at once in a worker. */
export function WeightsIsland({ connect, ...props }: WeightsProps & { connect: ConnectComputer }) {
  const [isLive, setLive] = useState(false)
  const [state, setState] = useState(props.state)
  const [result, setResult] = useState<{ ranks: readonly PlayRank[] | null; failedRuns: number; milliseconds: number | null }>({
    ...props,
    milliseconds: null,
  })
  const computer = useRef<RankComputer | null>(null)
  const changedAt = useRef(0)
  const { problems } = readWeights(props.data, state.typed)
  useEffect(() => {
    computer.current = connect(playRequest(props.data), ({ units, failedRuns }) =>
      setResult({ ranks: toPlayRanks(units), failedRuns, milliseconds: Math.round(performance.now() - changedAt.current) }),
    )
    setLive(true)
  }, [])
  const said = useSettled(state, result.ranks, props, isLive && result.milliseconds !== null)
  const change = (next: WeightsState): void => {
    setState(next)
    const read = readWeights(props.data, next.typed)
    if (next.typed === state.typed || read.problems.length > 0) return
    changedAt.current = performance.now()
    computer.current?.compute(read.weights)
  }
  return (
    <>
      <WeightsView {...props} {...result} state={state} problems={isLive ? problems : props.problems} onChange={isLive ? change : null} />
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </>
  )
}
