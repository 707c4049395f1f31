import { withoutMarks } from '../cities/city.ts'
import type { CompareState, Direction, SortKey } from './compare-state.ts'
import type { VerifiedCore } from './queries.ts'

/** Places that a city takes, and that it takes under every other weighting and by geometric mean. */
export interface RankSpan {
  rank: number
  /** Cities that have a rank. */
  of: number
  low: number
  high: number
}

/** One city of the comparison. Scores 0-100, coverage 0-1; null = not known, nothing applies, or provisional. */
export interface CityLine {
  /** Row of the sample. */
  position: number
  id: string
  slug: string
  name: string
  country: string
  region: string | null
  latitude: number | null
  longitude: number | null
  isSynthetic: boolean
  wave: { slug: string; name: string }
  /** Inhabitants; null = not known. */
  population: number | null
  /** Groups of the declared schemes. */
  size: string | null
  diversity: string | null
  core: number | null
  coverage: number | null
  isProvisional: boolean
  rank: RankSpan | null
  /** What experts made of the core index; null = no review of this result is published. */
  verified: VerifiedCore | null
  /** Name and slug as they are searched. */
  searchText: string
}

const searchable = (text: string): string => withoutMarks(text.toLowerCase())

export const searchTextOf = (name: string, slug: string): string => `${searchable(name)} ${slug}`

/** Which cities are shown; `members` are the slugs of the saved group that was asked for. */
export type LineFilter = Pick<CompareState, 'search' | 'country' | 'size' | 'diversity'> & { members: ReadonlySet<string> | null }

/** Lines that fit every part of a filter, in their order. */
export function filterLines<T extends CityLine>(lines: readonly T[], { search, country, size, diversity, members }: LineFilter): T[] {
  const words = searchable(search.trim())
  return lines.filter(
    (line) =>
      (words === '' || line.searchText.includes(words)) &&
      (country === '' || line.country === country) &&
      (size === '' || line.size === size) &&
      (diversity === '' || line.diversity === diversity) &&
      (members === null || members.has(line.slug)),
  )
}

/** What a line is ordered by; null stands last in either direction. */
function sortValue(line: CityLine, sort: SortKey, levelOf: (line: CityLine) => number | null, orderOfCountry: ReadonlyMap<string, number>) {
  if (sort === 'country') return orderOfCountry.get(line.country) ?? null
  if (sort === 'size') return line.population
  if (sort === 'core') return line.core
  if (sort === 'rank') return line.rank?.rank ?? null
  if (sort === 'coverage') return line.coverage
  if (sort === 'verified') return line.verified?.score ?? null
  return levelOf(line)
}

export interface LineOrder {
  sort: SortKey
  direction: Direction
  /** Score of the level that is shown. */
  levelOf: (line: CityLine) => number | null
  /** Codes in the order of their names in the language of the reader. */
  countries: readonly string[]
}

/**
 * Lines in an order; equal ones stay as they are, which is by name.
 * @param lines by name
 */
export function sortLines<T extends CityLine>(lines: readonly T[], { sort, direction, levelOf, countries }: LineOrder): T[] {
  const sign = direction === 'ascending' ? 1 : -1
  if (sort === 'name') return direction === 'ascending' ? [...lines] : lines.toReversed()
  const orderOfCountry = new Map(countries.map((country, i) => [country, i]))
  const keyed = lines.map((line) => ({ line, value: sortValue(line, sort, levelOf, orderOfCountry) }))
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    return sign * (a.value - b.value)
  })
  return keyed.map(({ line }) => line)
}

/** Cities on one page of the table. */
export const linesPerPage = 50

/** Cities in the table below the map: fewer, because the map itself needs half of the page's bytes. */
export const linesBelowMap = 25

/** One page of the lines; a page behind the end is the last one. */
export function pageOfLines<T>(
  lines: readonly T[],
  page: number,
  size = linesPerPage,
): { shown: T[]; page: number; pages: number; first: number } {
  const pages = Math.max(1, Math.ceil(lines.length / size))
  const found = Math.min(page, pages)
  const first = (found - 1) * size
  return { shown: lines.slice(first, first + size), page: found, pages, first }
}

/**
 * Places of all scores, highest first; equal ones share the best place.
 * @param scores  NaN = has no place
 * @param compareExact decides exactly about two positions whose scores cannot be told apart as numbers: the sign of a − b
 * @returns by position; 0 = no place
 */
export function rankAll(scores: Float64Array, compareExact: (a: number, b: number) => number): Int32Array {
  const compare = (a: number, b: number): number => {
    const difference = scores[a]! - scores[b]!
    return Math.abs(difference) > 1e-9 ? difference : compareExact(a, b)
  }
  const positions = [...scores.keys()].filter((i) => !Number.isNaN(scores[i])).sort((a, b) => compare(b, a))
  const ranks = new Int32Array(scores.length)
  for (const [place, position] of positions.entries()) {
    const before = positions[place - 1]
    ranks[position] = before !== undefined && compare(before, position) === 0 ? ranks[before]! : place + 1
  }
  return ranks
}
