import type { Instrument } from '../instrument/instrument.ts'
import { defaultScheme } from '../instrument/instrument.ts'
import { dimensionElement } from '../results/elements.ts'
import type { StoredResult } from './queries.ts'
import type { ComparisonSample } from './sample.ts'
import type { ResultStore, ShownResults } from './store.ts'
import { createThread } from '../../thread.ts'
import type { PlayOrder } from './weight-play-worker.ts'
import type { PlayData, PlayResult, PlayWeights } from './weight-play.ts'

/** What a play works on: the newest closed wave and the results up to it. */
export interface PlaySample {
  data: PlayData
  wave: { slug: string; name: string }
  isSynthetic: boolean
  /** Slugs by city, of the cities in the data. */
  slugs: ReadonlyMap<string, string>
  compute: (weights: PlayWeights) => Promise<PlayResult>
}

/** Ten thousand runs with thousands of cities take seconds: they happen in a thread of their own. */
const tryWeights = createThread<PlayOrder, PlayResult>('weight-play-worker', import.meta.url)

/** Positions of codes in a row; rows of one release share them. */
const positionsOf = new Map<string, ReadonlyMap<string, number>>()

function scoresOf({ elements, scores }: StoredResult, codes: readonly string[]): (number | null)[] {
  const positions = positionsOf.get(elements) ?? new Map(elements.split(' ').map((element, i) => [element, i]))
  positionsOf.set(elements, positions)
  return codes.map((code) => {
    const score = scores[positions.get(code) ?? -1] ?? NaN
    return Number.isNaN(score) ? null : score
  })
}

/** How many answers are kept; the oldest goes first. */
const keptResults = 64

/** Remembers what was asked last: many readers open the page with equal weights. */
function remembering(compute: (weights: PlayWeights) => Promise<PlayResult>): (weights: PlayWeights) => Promise<PlayResult> {
  const known = new Map<string, Promise<PlayResult>>()
  return (weights) => {
    const key = JSON.stringify(weights)
    const result = known.get(key) ?? compute(weights)
    if (known.size >= keptResults) known.delete(known.keys().next().value!)
    known.set(key, result)
    result.catch(() => known.delete(key))
    return result
  }
}

const plays = new WeakMap<ComparisonSample, PlaySample>()

/**
 * The play with the results up to a closed wave; cities without a rank in the extended index are not in it.
 * @returns null with fewer than two cities: there is nothing to rank
 */
export function openPlay(
  store: ResultStore,
  instrument: Instrument,
  wave: { id: string; slug: string; name: string; opensAt: Date; instrumentVersionId: string },
  only?: ShownResults,
): PlaySample | null {
  const { instrumentVersionId } = wave
  const sample = store.sample({ instrumentVersionId, scheme: defaultScheme(instrument).id, wave, mode: 'all', ...(only && { only }) })
  const known = plays.get(sample)
  if (known) return known
  const areas = instrument.dimensions.map(({ id, indicators }) => ({
    id,
    questions: indicators.flatMap(({ questions }) => questions).length,
  }))
  const codes = areas.map(({ id }) => dimensionElement(id))
  const extended = sample.column('extended')
  const members = sample.rows.flatMap((row, i) =>
    Number.isNaN(extended[i]) ? [] : [{ city: store.cities.get(row.cityId)!, scores: scoresOf(row, codes) }],
  )
  if (members.length < 2) return null
  members.sort((a, b) => a.city.name.localeCompare(b.city.name, 'en'))
  const data: PlayData = { areas, cities: members.map(({ city: { slug, name, country }, scores }) => ({ slug, name, country, scores })) }
  const play: PlaySample = {
    data,
    wave: { slug: wave.slug, name: wave.name },
    isSynthetic: members.every(({ city }) => city.isSynthetic),
    slugs: new Map(members.map(({ city }) => [city.id, city.slug])),
    compute: remembering((weights) => tryWeights({ data, weights })),
  }
  plays.set(sample, play)
  return play
}
