import { quartiles } from '@tessera/engine'
import { slugOf, withoutMarks } from '../cities/city.ts'

// Results of earlier evaluations: figures that others computed, with the questionnaire they came from. They stand beside our own
// results and have no rank among them.

/** The columns of a file of earlier results, in the order of the template. */
export const columns = ['city', 'country', 'year', 'instrument', 'instrument_version', 'code', 'value', 'source', 'remark'] as const
export type Column = (typeof columns)[number]

/** A figure of an earlier evaluation. */
export interface EarlierFigure {
  /** Row of the file, 1 = the head. */
  row: number
  city: string
  /** ISO 3166-1 alpha-2. */
  country: string
  year: number
  instrument: string
  instrumentVersion: string
  code: string
  /** 0-100. */
  value: number
  source: string
  remark: string | null
}

/** A questionnaire in one of its versions. */
export interface InstrumentName {
  instrument: string
  instrumentVersion: string
}

/** How a figure's questionnaire relates to ours. Only what comes from the same one in the same version could ever be set side by side. */
export type Kinship = 'same' | 'other-version' | 'other-instrument'

const plain = (text: string): string => text.trim().toLowerCase()

/** @param own the instrument that new waves use */
export function kinshipOf(figure: InstrumentName, own: { id: string; version: string }): Kinship {
  if (plain(figure.instrument) !== plain(own.id)) return 'other-instrument'
  return plain(figure.instrumentVersion) === plain(own.version) ? 'same' : 'other-version'
}

/** What makes a figure the same figure: a second one for it would contradict the first. */
export function figureKey({
  city,
  country,
  year,
  instrument,
  instrumentVersion,
  code,
}: Omit<EarlierFigure, 'row' | 'value' | 'source' | 'remark'>): string {
  return [plain(city), country, year, plain(instrument), plain(instrumentVersion), code].join('\u0000')
}

/** A city of which something is published. */
export interface Place {
  city: string
  country: string | null
}

const longSlug = ({ city, country }: Place): string => (country === null ? slugOf(city) : `${slugOf(city)}-${country.toLowerCase()}`)

/** Gives the address of a place: its name, and its country with it where two places share the name. */
export function slugFinder(places: readonly Place[]): (place: Place) => string {
  const counts = new Map<string, number>()
  for (const { city } of places) counts.set(plain(city), (counts.get(plain(city)) ?? 0) + 1)
  return (place) => ((counts.get(plain(place.city)) ?? 0) > 1 ? longSlug(place) : slugOf(place.city))
}

/** The places that an address can mean: one, several of the same name, or none. */
export function findPlaces(places: readonly Place[], slug: string): Place[] {
  const named = places.filter(({ city }) => slugOf(city) === slug)
  return named.length > 0 ? named : places.filter((place) => longSlug(place) === slug)
}

/** A part of the list of places. */
export interface PlacePart {
  shown: readonly Place[]
  /** Places that were found. */
  total: number
  /** From 1. */
  page: number
  pages: number
  /** Places before this part. */
  first: number
}

const searchable = (text: string): string => withoutMarks(plain(text))

/** The places whose name contains a text, by name, one part of them; a part behind the end is the last one. */
export function partOfPlaces(
  language: string,
  places: readonly Place[],
  { search, page, size }: { search: string; page: number; size: number },
): PlacePart {
  const collator = new Intl.Collator(language)
  const words = searchable(search)
  const found = places
    .filter(({ city }) => searchable(city).includes(words))
    .sort((a, b) => collator.compare(a.city, b.city) || collator.compare(a.country ?? '', b.country ?? ''))
  const pages = Math.max(1, Math.ceil(found.length / size))
  const shownPage = Math.min(page, pages)
  const first = (shownPage - 1) * size
  return { shown: found.slice(first, first + size), total: found.length, page: shownPage, pages, first }
}

/** Scores of other cities for one figure. */
export interface Band {
  /** Cities with a score. */
  n: number
  q1: number
  median: number
  q3: number
  /** One score of each city, its newest, ascending. */
  scores: number[]
}

/** From this many cities on a middle half says something. */
export const smallestBand = 5

/** The newest score of each city for one figure; null when there is none. */
export function bandOf(figures: readonly (Place & { year: number | null; value: number | null })[]): Band | null {
  const newest = new Map<string, { year: number; value: number }>()
  for (const { city, country, year, value } of figures) {
    const key = `${plain(city)}\u0000${country}`
    if (value !== null && (newest.get(key)?.year ?? -1) < (year ?? 0)) newest.set(key, { year: year ?? 0, value })
  }
  const scores = [...newest.values()].map(({ value }) => value).sort((a, b) => a - b)
  return scores.length === 0 ? null : { n: scores.length, ...quartiles(scores), scores }
}
