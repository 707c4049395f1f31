import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Assignment } from '../assessments/assignment.ts'
import { writeAssignment } from './assignment-queries.ts'
import type { Workforce } from './department.ts'
import { findUnfit, handedOn, responsibleIn, responsibleOf, type Who, whoKey } from './responsible.ts'

/** Somebody who ends hands on what is left to answer; dates and sentences stay. @throws {AppError} INPUT_INVALID, ASSIGNMENT_CHANGED */
export async function handOnAll(
  db: Db,
  owed: readonly Assignment[],
  { gone, to, workforce }: { gone: Who; to: Who; workforce: Workforce },
): Promise<void> {
  if (whoKey(gone) === whoKey(to) || findUnfit(responsibleOf(to), workforce) !== null)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'to', message: 'departments.who.unknown' }] })
  for (const each of owed) {
    const { dueOn, note } = each
    const isWritten = await writeAssignment(db, each, { ...handedOn(responsibleIn(each), gone, to), dueOn, note })
    if (!isWritten) throw new AppError('ASSIGNMENT_CHANGED', { what: 'none' })
  }
}
