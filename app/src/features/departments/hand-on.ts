import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, hasRoleIn, type Person } from '../../permissions.ts'
import { type Assignment, isMine } from '../assessments/assignment.ts'
import { getCityWork } from '../assessments/assignment-queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import {
  type AssignmentKey,
  assignmentIn,
  coveredQuestions,
  openAssignments,
  type OpenedAssignments,
  record,
  requireRunning,
} from './assigning.ts'
import { type AssignmentFields, insertAssignments, type Target, writeAssignment } from './assignment-queries.ts'
import { departmentsOf, type Workforce } from './department.ts'
import { findUnfit, nobody, type Responsible, responsibleIn, responsibleOf, type Who } from './responsible.ts'
import { tellAssigned, tellHandedOn } from './telling.ts'

/** Whoever it is handed on to answers with their department: the present one if they belong to it. */
export function handedTo({ departmentId }: Responsible, to: Who, workforce: Workforce): Responsible {
  if (to.kind === 'department') return responsibleOf(to)
  if (to.kind === 'contact') {
    const own = workforce.contacts.find(({ id }) => id === to.id)?.departmentId ?? null
    return { ...nobody, departmentId: own ?? departmentId, contactId: to.id }
  }
  const own = departmentsOf(workforce, to.id).map(({ id }) => id)
  return { ...nobody, departmentId: own.find((id) => id === departmentId) ?? own[0] ?? null, personId: to.id }
}

/** An assignment that the person may hand on, with the questions it covers. @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, WAVE_CLOSED, ASSIGNMENT_NOT_FOUND */
export async function openHandOn(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, assignmentId }: Pick<AssignmentKey, 'assessmentId' | 'assignmentId'>,
  now: Date,
): Promise<OpenedAssignments & { assignment: Assignment; covered: string[] }> {
  const opened = await openAssignments(db, person, instruments, assessmentId)
  const cityId = opened.assessment.city.id
  const permission = can(person, 'answer.save', cityId)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  requireRunning(opened.assessment, now)
  const assignment = assignmentIn(opened, assignmentId)
  const { departmentIds } = await getCityWork(db, person.id)
  if (!hasRoleIn(person, 'city-coordinator', cityId) && !isMine(assignment, person.id, departmentIds))
    throw new AppError('ASSIGNMENT_NOT_FOUND')
  return { ...opened, assignment, covered: coveredQuestions(opened.whole, opened.assignments, assignment.id) }
}

export interface HandOnInput extends AssignmentKey {
  to: Who
  note: string | null
  /** Only these questions of the area; empty = all of it. */
  questionIds: readonly string[]
}

async function write(
  db: Db,
  { assessment, assignment, covered }: Awaited<ReturnType<typeof openHandOn>>,
  { version, questionIds }: HandOnInput,
  fields: AssignmentFields,
  { personId, now }: { personId: string; now: Date },
): Promise<(Target & AssignmentFields)[]> {
  const isPart = assignment.questionId === null && questionIds.length > 0 && questionIds.length < covered.length
  if (!isPart) {
    if (!(await writeAssignment(db, { id: assignment.id, version }, fields))) throw new AppError('ASSIGNMENT_CHANGED')
    return [{ ...({ dimensionId: assignment.dimensionId, questionId: assignment.questionId } as Target), ...fields }]
  }
  const rows = questionIds.map((questionId) => ({ dimensionId: null, questionId, ...fields }))
  const inserted = await insertAssignments(db, rows, { assessmentId: assessment.id, cityId: assessment.city.id, personId, now })
  if (inserted.length < rows.length) throw new AppError('ASSIGNMENT_CHANGED')
  return rows
}

/**
 * Hands on what is one's own to a colleague or to somebody without an account, whole or in part. The date stays; the coordination
 * hears of it.
 * @throws {AppError} as openHandOn; ASSIGNMENT_CHANGED, INPUT_INVALID
 */
export async function handOnAssignment(db: Db, person: Person, instruments: InstrumentStore, input: HandOnInput, now: Date): Promise<void> {
  const opened = await openHandOn(db, person, instruments, input, now)
  const { assessment, assignment, covered, workforce } = opened
  const { to, note, version, questionIds } = input
  const invalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })
  if (assignment.version !== version) throw new AppError('ASSIGNMENT_CHANGED')
  if (to.id === person.id) throw invalid('to', 'departments.handOn.self')
  if (findUnfit(responsibleOf(to), workforce) !== null) throw invalid('to', 'departments.who.unknown')
  if (questionIds.some((id) => !covered.includes(id))) throw invalid('questionIds', 'departments.handOn.notCovered')
  const fields = { ...handedTo(responsibleIn(assignment), to, workforce), dueOn: assignment.dueOn, note: note ?? assignment.note }
  const items = await write(db, opened, input, fields, { personId: person.id, now })
  const telling = { person, assessment, workforce, instrument: opened.whole }
  await tellAssigned(db, items, telling, now)
  const everybody = [...workforce.departments, ...workforce.colleagues, ...workforce.contacts]
  await tellHandedOn(db, items, telling, everybody.find(({ id }) => id === to.id)!.name, now)
  await record(db, person, assessment, 'assignment.handed-on', { from: responsibleIn(assignment), assignments: items }, now)
}
