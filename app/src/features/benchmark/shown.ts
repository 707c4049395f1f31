import type { Person, Role } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { findJudgedCities } from '../reviews/blind-queries.ts'
import type { ShownResults } from './store.ts'

/** Members of the network see results of real cities; visitors without a role do not. */
export const isMember = (person: Person | null): boolean => person !== null && person.memberships.length > 0

const coordinating: readonly Role[] = ['network-coordinator', 'evaluation-coordinator']

/** Whoever may be asked to judge answers tomorrow, and runs neither the network nor its evaluation. */
export const isExpert = (person: Person | null): person is Person =>
  person !== null &&
  person.memberships.some(({ role }) => role === 'reviewer') &&
  !person.memberships.some(({ role }) => coordinating.includes(role))

export const everyResult: ShownResults = { key: 'all', isShown: () => true }

/** What everybody sees: results of invented cities in closed waves. */
function publicResults({ results, now }: Pick<Services, 'results' | 'now'>): ShownResults {
  const moment = now()
  const closed = new Set(results.waves.filter(({ closesAt, closedAt }) => (closedAt ?? closesAt) <= moment).map(({ id }) => id))
  return {
    key: `public ${[...closed].join(' ')}`,
    isShown: ({ cityId, wave }) => closed.has(wave.id) && results.cities.get(cityId)?.isSynthetic === true,
  }
}

/**
 * Which results somebody sees. Whoever judges answers sees no score before the judgement is made: of a city that they judge none until
 * both experts have signed, and of any other real city none until its review is published, as they may be asked to judge it next.
 * The store has to be fresh.
 */
export async function shownTo(services: Pick<Services, 'db' | 'results' | 'now'>, person: Person | null): Promise<ShownResults> {
  if (!isMember(person)) return publicResults(services)
  const { judged, signed } = await findJudgedCities(services.db, person)
  const keys = `judged ${[...judged].sort().join(' ')}`
  if (!isExpert(person)) {
    if (judged.size === 0) return everyResult
    return { key: keys, isShown: ({ cityId }) => !judged.has(cityId), blind: 'judging' }
  }
  const open = publicResults(services)
  return {
    key: `expert ${open.key} ${keys} signed ${[...signed].sort().join(' ')}`,
    isShown: (row) =>
      !judged.has(row.cityId) &&
      (open.isShown(row) || signed.has(`${row.wave.id}/${row.cityId}`) || services.results.verifiedOf(row) !== null),
    blind: 'expert',
  }
}
