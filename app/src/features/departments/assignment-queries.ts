import { and, asc, desc, eq, gt, isNull, lt, or, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { assessments, assignments, waves } from '../../db/schema.ts'
import type { Assignment } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import type { Responsible, Who } from './responsible.ts'

/** What is assigned: an area, or a single question. */
export type Target = { dimensionId: string; questionId: null } | { dimensionId: null; questionId: string }

export interface AssignmentFields extends Responsible {
  /** YYYY-MM-DD */
  dueOn: string | null
  note: string | null
}

interface Origin {
  assessmentId: string
  cityId: string
  personId: string
  now: Date
}

/** Adds assignments where there are none. @returns how many; fewer than given when somebody else was quicker */
export async function insertAssignments(
  db: Db,
  rows: readonly (Target & AssignmentFields)[],
  { assessmentId, cityId, personId, now }: Origin,
): Promise<{ id: string }[]> {
  if (rows.length === 0) return []
  return db
    .insert(assignments)
    .values(rows.map((row) => ({ ...row, assessmentId, cityId, createdAt: now, createdBy: personId })))
    .onConflictDoNothing()
    .returning({ id: assignments.id })
}

/** @returns false when it is no longer the version seen */
export async function writeAssignment(
  db: Db,
  { id, version }: Pick<Assignment, 'id' | 'version'>,
  { departmentId, personId, contactId, dueOn, note }: AssignmentFields,
): Promise<boolean> {
  const written = await db
    .update(assignments)
    .set({ departmentId, personId, contactId, dueOn, note, version: version + 1 })
    .where(and(eq(assignments.id, id), eq(assignments.version, version), isNull(assignments.endedAt)))
    .returning({ id: assignments.id })
  return written.length > 0
}

/** @returns false when it is no longer the version seen */
export async function markAssignmentEnded(db: Db, { id, version }: Pick<Assignment, 'id' | 'version'>, now: Date): Promise<boolean> {
  const ended = await db
    .update(assignments)
    .set({ endedAt: now, version: version + 1 })
    .where(and(eq(assignments.id, id), eq(assignments.version, version), isNull(assignments.endedAt)))
    .returning({ id: assignments.id })
  return ended.length > 0
}

/** Waves that still take answers, or will. */
const takesAnswers = (now: Date): SQL => and(gt(waves.closesAt, now), or(isNull(waves.closedAt), gt(waves.closedAt, now)))!

/** An assignment with the wave it belongs to. */
export interface WaveAssignment extends Assignment {
  wave: string
  instrumentVersionId: string
}

/** Assignments of a city in waves that still take answers, the newest wave first: two queries. */
export async function listCurrentAssignments(db: Db, cityId: string, now: Date): Promise<WaveAssignment[]> {
  const rows = await db
    .select({ id: assessments.id, wave: waves.name, instrumentVersionId: waves.instrumentVersionId })
    .from(assessments)
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(and(eq(assessments.cityId, cityId), takesAnswers(now)))
    .orderBy(desc(waves.opensAt), asc(assessments.id))
  const found = await listAssignments(
    db,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ id, wave, instrumentVersionId }) =>
    found.filter(({ assessmentId }) => assessmentId === id).map((each) => ({ ...each, wave, instrumentVersionId: instrumentVersionId! })),
  )
}

/** Key of the assessment of the same city in the last wave before this one that has any assignment; null = there is none. */
export async function findEarlierAssigned(
  db: Db,
  { cityId, opensAt }: { cityId: string; opensAt: Date },
): Promise<{ id: string; wave: string } | null> {
  const [row] = await db
    .select({ id: assessments.id, wave: waves.name })
    .from(assessments)
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .innerJoin(assignments, and(eq(assignments.assessmentId, assessments.id), isNull(assignments.endedAt)))
    .where(and(eq(assessments.cityId, cityId), lt(waves.opensAt, opensAt)))
    .orderBy(desc(waves.opensAt))
    .limit(1)
  return row ?? null
}

/** Assessments with an assignment until a day, in waves that take answers on it. */
export async function listAssessmentsDue(
  db: Db,
  dueOn: string,
): Promise<{ id: string; cityId: string; wave: string; instrumentVersionId: string }[]> {
  const isOpenThen = takesAnswers(new Date(`${dueOn}T00:00:00Z`))
  const rows = await db
    .selectDistinct({ id: assessments.id, cityId: assessments.cityId, wave: waves.name, instrumentVersionId: waves.instrumentVersionId })
    .from(assignments)
    .innerJoin(assessments, eq(assessments.id, assignments.assessmentId))
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(and(eq(assignments.dueOn, dueOn), isNull(assignments.endedAt), isOpenThen))
    .orderBy(asc(assessments.id))
  return rows.map((row) => ({ ...row, instrumentVersionId: row.instrumentVersionId! }))
}

/** Whether one of these names somebody. */
export const namesWho = ({ department, person, contact }: Assignment, { kind, id }: Who): boolean =>
  ({ department, person, contact })[kind]?.id === id
