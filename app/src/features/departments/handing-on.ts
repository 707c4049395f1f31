import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import { type AssignmentFields, type Target, type WaveAssignment, writeAssignment } from './assignment-queries.ts'
import type { Workforce } from './department.ts'
import { findUnfit, handedOn, responsibleIn, responsibleOf, type Who, whoKey } from './responsible.ts'
import { tellAssigned } from './telling.ts'

/** Somebody ends, and another takes over. */
export interface Takeover {
  person: Person
  city: { id: string }
  gone: Who
  to: Who
  workforce: Workforce
}

/** Somebody who ends hands on what is left to answer; dates and sentences stay. @throws {AppError} INPUT_INVALID, ASSIGNMENT_CHANGED */
export async function handOnAll(
  db: Db,
  owed: readonly WaveAssignment[],
  { person, city, gone, to, workforce }: Takeover,
  now: Date,
): Promise<void> {
  if (whoKey(gone) === whoKey(to) || findUnfit(responsibleOf(to), workforce) !== null)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'to', message: 'departments.who.unknown' }] })
  const changed: (Target & AssignmentFields & Pick<WaveAssignment, 'assessmentId' | 'wave'>)[] = []
  for (const each of owed) {
    const { dueOn, note, assessmentId, wave } = each
    const target = { dimensionId: each.dimensionId, questionId: each.questionId } as Target
    const responsible = handedOn(responsibleIn(each), gone, to)
    if (!(await writeAssignment(db, each, { ...responsible, dueOn, note }))) throw new AppError('ASSIGNMENT_CHANGED')
    changed.push({ ...target, ...responsible, dueOn, note, assessmentId, wave })
  }
  for (const assessmentId of new Set(changed.map((each) => each.assessmentId))) {
    const items = changed.filter((each) => each.assessmentId === assessmentId)
    const assessment = { id: assessmentId, city, wave: { name: items[0]!.wave } }
    await tellAssigned(db, items, { person, assessment, workforce, instrument: null }, now)
  }
}
