import { useEffect, useRef, useState } from 'preact/hooks'
import { fill, localeOf } from '../../../text/fill.ts'
import { type PlayData, playRequest, playRuns, type PlayWeights, readWeights, toPlayRanks } from '../weight-play.ts'
import { AllCities, Neighbours, OwnBar } from './RankIntervals.tsx'
import { type OnChange, WeightFields } from './WeightFields.tsx'
import { findCityByText, type ShownRanks, showRanks, weightsAddress, type WeightsProps, type WeightsState } from './weights-state.ts'

/** What computes ranks beside the page; made by the script of the page, which knows where its worker lies. */
export interface RankComputer {
  compute(weights: PlayWeights): void
}

/** Ranks, and how long they took from the change that asked for them. */
export interface Computed {
  units: Parameters<typeof toPlayRanks>[0]
  failedRuns: number
}

export interface PlaySource {
  /** The scores of all cities; asked for when the reader first turns to the fields. */
  load(): Promise<PlayData>
  connect(request: ReturnType<typeof playRequest>, onRanks: (computed: Computed) => void): RankComputer
}

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

export interface WeightsViewProps extends WeightsProps {
  onChange: OnChange
  findCity?: (text: string) => string | undefined
  milliseconds?: number | null
}

/** Fields and intervals; without `onChange` as the server sends them. */
export function WeightsView(props: WeightsViewProps) {
  const { texts, shown, onChange, milliseconds = null } = props
  if (shown === null)
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
          {onChange && <OwnBar {...props} shown={shown} />}
        </div>
        <div class="weight-neighbours">
          <Neighbours {...props} shown={shown} />
          <RunsText {...props} milliseconds={milliseconds} />
        </div>
      </div>
      <AllCities {...props} shown={shown} />
    </>
  )
}

/** Once the reader pauses, the address says what is shown and a screen reader hears it. */
function useSettled(state: WeightsState, shown: ShownRanks | null, props: WeightsProps, isLive: boolean): string {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!isLive) return
    const timer = setTimeout(() => {
      history.replaceState(null, '', weightsAddress(state) + location.hash)
      const own = shown?.own
      if (own) setSaid(fill(props.texts['said'], { rank: own.rank, of: shown.total, low: own.q5, high: own.q95 }))
    }, settleMs)
    return () => clearTimeout(timer)
  }, [state, shown])
  return said
}

interface Played {
  data: PlayData
  computed: Computed
  milliseconds: number
}

/** Loads the scores once somebody wants them, then computes for the newest weights. */
function usePlay({ load, connect }: PlaySource): {
  data: PlayData | null
  played: Played | null
  want: (weights: PlayWeights | null) => void
} {
  const [data, setData] = useState<PlayData | null>(null)
  const [played, setPlayed] = useState<Played | null>(null)
  const computer = useRef<Promise<RankComputer> | null>(null)
  const changedAt = useRef(0)
  const open = async (): Promise<RankComputer> => {
    const loaded = await load()
    setData(loaded)
    return connect(playRequest(loaded), (computed) =>
      setPlayed({ data: loaded, computed, milliseconds: Math.round(performance.now() - changedAt.current) }),
    )
  }
  const want = (weights: PlayWeights | null): void => {
    computer.current ??= open()
    if (weights === null) return
    changedAt.current = performance.now()
    computer.current.then(
      (ready) => ready.compute(weights),
      () => (computer.current = null), // the next change tries again
    )
  }
  return { data, played, want }
}

/** The page in the browser: every change of a weight is computed at once in a worker. */
export function WeightsIsland({ source, ...props }: WeightsProps & { source: PlaySource }) {
  const [isLive, setLive] = useState(false)
  const [state, setState] = useState(props.state)
  const { data, played, want } = usePlay(source)
  useEffect(() => setLive(true), [])
  const { problems } = readWeights(props, state.typed)
  const shown = played === null ? props.shown : showRanks(toPlayRanks(played.computed.units), played.data, state)
  const said = useSettled(state, shown, props, played !== null)
  const change = (next: WeightsState): void => {
    setState(next)
    const read = readWeights(props, next.typed)
    const isSame = next.typed === state.typed && played !== null // another city among the ranks that are there
    if (!isSame && read.problems.length === 0) want(read.weights)
  }
  const result = { shown, failedRuns: played?.computed.failedRuns ?? props.failedRuns, milliseconds: played?.milliseconds ?? null }
  return (
    <div onFocusCapture={() => want(null)} onPointerOver={() => want(null)}>
      <WeightsView
        {...props}
        {...result}
        state={state}
        problems={isLive ? problems : props.problems}
        onChange={isLive ? change : null}
        findCity={(text) => (data === null ? undefined : findCityByText(data.cities, text)?.slug)}
      />
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </div>
  )
}
