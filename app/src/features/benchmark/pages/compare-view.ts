import { AppError } from '../../../errors.ts'
import { citiesOf } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { inTransaction, type WebContext } from '../../../web.ts'
import { type CityLine, filterLines, linesPerPage, pageOfLines, sortLines } from '../all-cities.ts'
import { type AllCities, openAllCities } from '../all-cities-usecases.ts'
import { type CompareState, parseState } from '../compare-state.ts'
import type { SavedGroup } from '../saved-groups.ts'
import { listSavedGroups } from '../saved-groups-usecases.ts'
import { countryOrder } from './compare-words.ts'

/** Everything a page of the comparison shows. */
export interface CompareView {
  t: Translator
  state: CompareState
  compared: AllCities
  /** Own saved groups of a signed-in reader, by name. */
  groups: readonly SavedGroup[]
  isSignedIn: boolean
  /** Cities in which the reader has a role. */
  ownIds: ReadonlySet<string>
  /** Cities that fit the filter, in order. */
  found: readonly CityLine[]
  /** Those on this page. */
  shown: readonly CityLine[]
  page: number
  pages: number
  /** Cities before this page. */
  first: number
  now: Date
}

export const stateOf = (c: WebContext): CompareState =>
  parseState(
    (name) => c.req.query(name),
    (name) => c.req.queries(name) ?? [],
  )

/** The slugs of the saved group that is asked for; a group that is gone filters nothing out. */
function membersOf(state: CompareState, groups: readonly SavedGroup[]): ReadonlySet<string> | null {
  const group = groups.find(({ id }) => id === state.group)
  return group === undefined ? null : new Set(group.cities)
}

/** All cities in the order of a state; thousands are put in an order once, not with every page. */
function orderedLines({ language }: Translator, { sort, direction }: CompareState, compared: AllCities): readonly CityLine[] {
  const { sample, lines, level, levelOf, countries } = compared
  const key = ['order', sort, direction, sort === 'level' ? level : '', sort === 'country' ? language : ''].join(' ')
  return sample.once(key, () => sortLines(lines, { sort, direction, levelOf, countries: countryOrder(language, countries) }))
}

/** Cities that fit a state, in its order. */
export function linesFor(t: Translator, state: CompareState, compared: AllCities, groups: readonly SavedGroup[]): CityLine[] {
  return filterLines(orderedLines(t, state, compared), { ...state, members: membersOf(state, groups) })
}

/**
 * @param size cities on a page
 * @returns null when there is no result that the reader may see
 */
export async function openView(c: WebContext, services: Services, size = linesPerPage): Promise<CompareView | null> {
  const t = c.get('t')
  const person = c.get('person')
  const state = stateOf(c)
  const compared = await openAllCities(services, person, state)
  if (compared === null) return null
  const groups = person === null ? [] : await inTransaction(services, c, (db) => listSavedGroups(db, person))
  const known = groups.some(({ id }) => id === state.group) ? state : { ...state, group: '' }
  const found = linesFor(t, known, compared, groups)
  const { shown, page, pages, first } = pageOfLines(found, state.page, size)
  return {
    t,
    state: known,
    compared,
    groups,
    isSignedIn: person !== null,
    ownIds: new Set(person === null ? [] : citiesOf(person)),
    found,
    shown,
    page,
    pages,
    first,
    now: services.now(),
  }
}

/** For files, which have no empty state. @throws {AppError} SIGN_IN_REQUIRED, NOT_FOUND */
export async function requireView(c: WebContext, services: Services, size = linesPerPage): Promise<CompareView> {
  const view = await openView(c, services, size)
  if (view === null) throw new AppError(c.get('person') === null ? 'SIGN_IN_REQUIRED' : 'NOT_FOUND')
  return view
}
