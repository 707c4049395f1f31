import type { SampleMode } from './sample.ts'

/** By what the cities of the comparison can be ordered. */
export const sortKeys = ['name', 'country', 'size', 'core', 'rank', 'coverage', 'verified', 'level'] as const
export type SortKey = (typeof sortKeys)[number]

export type Direction = 'ascending' | 'descending'

/** Cities that can be compared area by area at once. */
export const mostPicks = 5

/** How all cities are looked at. All of it stands in the address; empty = not asked for. */
export interface CompareState {
  /** Null = the newest wave with results. */
  wave: string | null
  mode: SampleMode
  /** Code of the level that is drawn: core, extended, dimension:…, indicator:… */
  level: string
  search: string
  country: string
  /** Group of the declared scheme of sizes. */
  size: string
  diversity: string
  /** Id of an own saved group. */
  group: string
  sort: SortKey
  direction: Direction
  /** From 1. */
  page: number
  /** Slugs, in the order in which they were picked. */
  picks: readonly string[]
}

export const standardState: CompareState = {
  wave: null,
  mode: 'all',
  level: 'core',
  search: '',
  country: '',
  size: '',
  diversity: '',
  group: '',
  sort: 'name',
  direction: 'ascending',
  page: 1,
  picks: [],
}

/** Scores are read from the highest, everything else from the first. */
export const firstDirection = (sort: SortKey): Direction =>
  sort === 'name' || sort === 'country' || sort === 'rank' ? 'ascending' : 'descending'

const longestText = 100 // characters

function readPage(text: string | undefined): number {
  const page = Number(text)
  return Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1
}

/** Picks that an address carries; five can be compared, more can be saved as a group. */
const longestPicks = 200

/** Slugs in the address: once as a list with commas, or several times, as checkboxes send them. */
export function readPicks(values: readonly string[]): string[] {
  const slugs = values.flatMap((value) => value.split(',')).map((slug) => slug.trim())
  return [...new Set(slugs.filter((slug) => slug !== ''))].slice(0, longestPicks)
}

/** `core`, or `core.asc` where it is turned round. */
function readSort(text: string | undefined): Pick<CompareState, 'sort' | 'direction'> {
  const [key, order] = (text ?? '').split('.')
  const sort = sortKeys.find((each) => each === key) ?? 'name'
  const direction = order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : firstDirection(sort)
  return { sort, direction }
}

/** An order as the address and the form name it. */
export function sortParameter({ sort, direction }: Pick<CompareState, 'sort' | 'direction'>): string {
  return direction === firstDirection(sort) ? sort : `${sort}.${direction === 'ascending' ? 'asc' : 'desc'}`
}

/** Reads the state from an address; what it does not know is the standard. */
export function parseState(query: (name: string) => string | undefined, queries: (name: string) => readonly string[]): CompareState {
  const text = (name: string) => (query(name) ?? '').trim().slice(0, longestText)
  return {
    wave: text('wave') || null,
    mode: query('sample') === 'wave' ? 'wave' : 'all',
    level: text('level') || 'core',
    search: text('q'),
    country: text('country').toUpperCase(),
    size: text('size'),
    diversity: text('diversity'),
    group: text('group'),
    ...readSort(query('sort')),
    page: readPage(query('page')),
    picks: readPicks(queries('pick')),
  }
}

/** The parameters of a state that are not the standard, in a fixed order. */
export function stateParameters(state: CompareState): Record<string, string> {
  const all: [string, string, boolean][] = [
    ['wave', state.wave ?? '', state.wave !== null],
    ['sample', state.mode, state.mode !== 'all'],
    ['level', state.level, state.level !== 'core'],
    ['q', state.search, state.search !== ''],
    ['country', state.country, state.country !== ''],
    ['size', state.size, state.size !== ''],
    ['diversity', state.diversity, state.diversity !== ''],
    ['group', state.group, state.group !== ''],
    ['sort', sortParameter(state), sortParameter(state) !== 'name'],
    ['page', String(state.page), state.page !== 1],
    ['pick', state.picks.join(','), state.picks.length > 0],
  ]
  return Object.fromEntries(all.filter(([, , isStated]) => isStated).map(([name, value]) => [name, value]))
}

/** Address of a page of the comparison in a state. */
export function comparePath(page: string, state: CompareState, more: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams({ ...stateParameters(state), ...more }).toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return `/compare${page}${search && `?${search}`}`
}
