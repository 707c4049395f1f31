import { localeOf } from '../../../text/fill.ts'
import {
  neighbourhood,
  type PlayData,
  type PlayRank,
  type PlayWeights,
  playPresets,
  type PlayPreset,
  presetWeights,
  type WeightProblem,
} from '../weight-play.ts'

/** What a reader has typed and chosen; the address of the page holds all of it. */
export interface WeightsState {
  /** By area, as typed. */
  typed: Readonly<Record<string, string>>
  /** Slug of the city whose neighbourhood is shown. */
  city: string
  /** Page of the list of all cities, from 1. */
  page: number
}

export interface CityName {
  slug: string
  name: string
}

export type NamedRank = PlayRank & { name: string }

/** The ranks that stand on the page; all of them would be much to send. */
export interface ShownRanks {
  /** Cities with a rank. */
  total: number
  /** The chosen city. */
  city: CityName
  /** Its rank; null = it has none under these weights. */
  own: NamedRank | null
  neighbours: readonly NamedRank[]
  /** One page of all cities, and which. */
  rows: readonly NamedRank[]
  page: number
}

/** Everything that the page draws from, on the server and in the browser alike. */
export interface WeightsProps {
  language: string
  texts: Readonly<Record<string, string>>
  areas: PlayData['areas']
  /** All cities to choose from, in the order of their names; null = too many to send with the page. */
  cities: readonly CityName[] | null
  /** Name of the city that the page was opened with. */
  cityName: string
  /** Names of the areas in the reader's language. */
  names: Readonly<Record<string, string>>
  state: WeightsState
  /** Null while the weights cannot be used. */
  shown: ShownRanks | null
  failedRuns: number
  problems: readonly WeightProblem[]
}

export const weightsPath = '/method/weights'
export const pageSize = 20

const mostListed = 200 // cities that a list to choose from holds; more are looked for by name

/** The cities as a list to choose from; null = too many. */
export const listedCities = ({ cities }: Pick<PlayData, 'cities'>): CityName[] | null =>
  cities.length > mostListed ? null : cities.map(({ slug, name }) => ({ slug, name }))

/** The city that was meant: its key, its name, or how its name begins. */
export function findCityByText<T extends CityName>(cities: readonly T[], text: string): T | undefined {
  const wanted = text.trim().toLocaleLowerCase()
  if (wanted === '') return undefined
  const named = (fits: (name: string) => boolean) => cities.find(({ name }) => fits(name.toLocaleLowerCase()))
  return cities.find(({ slug }) => slug === wanted) ?? named((name) => name === wanted) ?? named((name) => name.startsWith(wanted))
}

/** Of all ranks, what stands on the page in a state. */
export function showRanks(
  ranks: readonly PlayRank[],
  { cities }: Pick<PlayData, 'cities'>,
  { city, page }: Pick<WeightsState, 'city' | 'page'>,
): ShownRanks {
  const names = new Map(cities.map(({ slug, name }) => [slug, name]))
  const named = (rank: PlayRank): NamedRank => ({ ...rank, name: names.get(rank.slug) ?? rank.slug })
  const own = ranks.find(({ slug }) => slug === city)
  const last = Math.max(1, Math.ceil(ranks.length / pageSize))
  const at = Math.min(page, last)
  return {
    total: ranks.length,
    city: { slug: city, name: names.get(city) ?? city },
    own: own === undefined ? null : named(own),
    neighbours: neighbourhood(ranks, city).map(named),
    rows: ranks.slice((at - 1) * pageSize, at * pageSize).map(named),
    page: at,
  }
}

/** Name of an area's weight in addresses and forms. */
export const weightField = (area: string): string => `w-${area}`

/** Address of the page, or of its file, in a state. */
export function weightsAddress({ typed, city, page }: WeightsState, ending = ''): string {
  const query = new URLSearchParams(Object.entries(typed).map(([area, weight]) => [weightField(area), weight]))
  query.set('city', city)
  if (page > 1) query.set('page', String(page))
  return `${weightsPath}${ending}?${query}`
}

const formats = new Map<string, Intl.NumberFormat>()

/** A number with one decimal. The page draws many of them with every move, and making a format is what takes time. */
export function oneDecimal(language: string, value: number): string {
  const format = formats.get(language) ?? new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  formats.set(language, format)
  return format.format(value)
}

/** Weights as texts of the fields: whole numbers, the same in every language. */
export function typedWeights(weights: PlayWeights): Record<string, string> {
  return Object.fromEntries(Object.entries(weights).map(([area, weight]) => [area, String(weight)]))
}

/** The presets with what they set the fields to. */
export function presetStates({ areas, state }: Pick<WeightsProps, 'areas' | 'state'>): { preset: PlayPreset; state: WeightsState }[] {
  return playPresets.map((preset) => ({ preset, state: { ...state, page: 1, typed: typedWeights(presetWeights({ areas }, preset)) } }))
}
