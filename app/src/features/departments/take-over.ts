import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { Assignment } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { concerns, openAssignments, type OpenedAssignments, record, requireRunning } from './assigning.ts'
import { type AssignmentFields, findEarlierAssigned, insertAssignments, type Target } from './assignment-queries.ts'
import type { Workforce } from './department.ts'
import { responsibleIn, stillThere } from './responsible.ts'
import { tellAssigned } from './telling.ts'

/**
 * Who answered what last time, as far as area, question and people are still there and nobody is responsible yet; without dates.
 * @returns rows to add, and how many could not be taken over
 */
export function carriedOver(
  earlier: readonly Assignment[],
  { instrument, present, workforce }: { instrument: Instrument; present: readonly Assignment[]; workforce: Workforce },
): { rows: (Target & AssignmentFields)[]; left: number } {
  const taken = new Set(present.map(({ dimensionId, questionId }) => `${dimensionId}/${questionId}`))
  const rows = earlier
    .filter((each) => concerns(each, instrument) && !taken.has(`${each.dimensionId}/${each.questionId}`))
    .flatMap((each) => {
      const responsible = stillThere(responsibleIn(each), workforce)
      const target = { dimensionId: each.dimensionId, questionId: each.questionId } as Target
      return responsible === null ? [] : [{ ...target, ...responsible, dueOn: null, note: each.note }]
    })
  return { rows, left: earlier.length - rows.length }
}

/** What could be taken over from the last wave; null = nothing. Three queries. */
export async function findCarriedOver(
  db: Db,
  { assessment, whole, assignments, workforce }: OpenedAssignments,
): Promise<{ wave: string; rows: (Target & AssignmentFields)[]; left: number } | null> {
  const earlier = await findEarlierAssigned(db, { cityId: assessment.city.id, opensAt: assessment.wave.opensAt })
  if (earlier === null) return null
  const before = await listAssignments(db, [earlier.id])
  const carried = carriedOver(before, { instrument: whole, present: assignments, workforce })
  return carried.rows.length === 0 ? null : { wave: earlier.wave, ...carried }
}

/**
 * Takes over who answered what in the last wave.
 * @returns how many assignments were taken over
 * @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, WAVE_CLOSED
 */
export async function takeOverAssignments(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId }: { assessmentId: string },
  now: Date,
): Promise<number> {
  const opened = await openAssignments(db, person, instruments, assessmentId)
  const { assessment, workforce } = opened
  const permission = can(person, 'city.arrange', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  requireRunning(assessment, now)
  const carried = await findCarriedOver(db, opened)
  if (carried === null) return 0
  const { rows, wave } = carried
  const inserted = await insertAssignments(db, rows, { assessmentId, cityId: assessment.city.id, personId: person.id, now })
  await tellAssigned(db, rows, { person, assessment, workforce, instrument: opened.whole }, now)
  await record(db, person, assessment, 'assignment.taken-over', { wave, assignments: rows }, now)
  return inserted.length
}
