import type { Person } from '../../permissions.ts'
import type { DemoPerson } from './rows.ts'

export const expertsOf = (people: readonly DemoPerson[]): DemoPerson[] => people.filter(({ role }) => role === 'reviewer')

/** Somebody of the demonstration as every request finds them. */
export function personBy(
  people: readonly DemoPerson[],
  isMeant: (person: DemoPerson) => boolean,
  reviewedCityIds: readonly string[] = [],
): Person {
  const { id, name, email, language, role, cityId } = people.find(isMeant)!
  return { id, name, email, language, isDemo: true, memberships: [{ id, role, cityId, rights: [] }], reviewedCityIds }
}
