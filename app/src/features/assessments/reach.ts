import type { Db } from '../../db/open.ts'
import { can, hasRoleIn, type Person } from '../../permissions.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { type Assignment, everything, nothingToWrite, ownReach, type Reach } from './assignment.ts'
import { getCityWork, listAssignments } from './assignment-queries.ts'
import type { Assessment } from './assessment.ts'

/** Whether the person answers in this city only what is theirs: a contributor who holds no further role there. */
export const isLimited = (person: Person, cityId: string): boolean =>
  hasRoleIn(person, 'contributor', cityId) &&
  !(['city-coordinator', 'approver', 'technical-partner'] as const).some((role) => hasRoleIn(person, role, cityId))

/**
 * Which questions of an assessment the person reads and changes. A coordinator reads and changes all, a contributor changes what
 * is theirs and reads it, or all where the city wants that; others read. Two queries for a contributor, none for the others.
 */
export async function reachOf(
  db: Db,
  person: Person,
  { id, city }: Pick<Assessment, 'id' | 'city'>,
  instrument: Instrument,
): Promise<Reach> {
  if (hasRoleIn(person, 'city-coordinator', city.id)) return everything
  if (!can(person, 'answer.save', city.id).ok) return nothingToWrite
  const [assignments, work] = await Promise.all([listAssignments(db, [id]), getCityWork(db, person.id)])
  return reachAmong(assignments, work, person, city.id, instrument)
}

/** The same for assignments and settings that are known already. */
export function reachAmong(
  assignments: readonly Assignment[],
  { departmentIds, openCityIds }: Awaited<ReturnType<typeof getCityWork>>,
  person: Person,
  cityId: string,
  instrument: Instrument,
): Reach {
  const seesAll = openCityIds.has(cityId) || !isLimited(person, cityId)
  return ownReach(instrument, assignments, { personId: person.id, departmentIds, seesAll })
}
