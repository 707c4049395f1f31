import { localeOf } from '../../../text/fill.ts'
import {
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

/** Everything that the page draws from, on the server and in the browser alike. */
export interface WeightsProps {
  language: string
  texts: Readonly<Record<string, string>>
  data: PlayData
  /** Names of the areas in the reader's language. */
  names: Readonly<Record<string, string>>
  state: WeightsState
  /** Null while the weights cannot be used. */
  ranks: readonly PlayRank[] | null
  failedRuns: number
  problems: readonly WeightProblem[]
}

export const weightsPath = '/method/weights'
export const pageSize = 20

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
export function presetStates({ data, state }: Pick<WeightsProps, 'data' | 'state'>): { preset: PlayPreset; state: WeightsState }[] {
  return playPresets.map((preset) => ({ preset, state: { ...state, page: 1, typed: typedWeights(presetWeights(data, preset)) } }))
}
