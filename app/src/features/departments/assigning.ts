import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { type Assignment, assignedQuestions } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import { type Assessment, closedSince } from '../assessments/assessment.ts'
import { openQuestionnaire, type OpenedQuestionnaire } from '../assessments/usecases.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type AssignmentFields, insertAssignments, markAssignmentEnded, type Target, writeAssignment } from './assignment-queries.ts'
import type { Workforce } from './department.ts'
import { dayIn, dueProblem } from './due.ts'
import { getTimeZone, getWorkforce } from './queries.ts'
import { findUnfit, isSameResponsible, responsibleIn } from './responsible.ts'
import { takeBackTelling, tellAssigned } from './telling.ts'

export const maximumNote = 500

/** Who answers what in an assessment, as one person sees it. */
export interface OpenedAssignments extends OpenedQuestionnaire {
  /** Only those about questions that the person reads. */
  assignments: Assignment[]
  workforce: Workforce
  canArrange: boolean
}

/** Whether an assignment is about something of the instrument. */
export function concerns({ dimensionId, questionId }: Target | Assignment, instrument: Instrument): boolean {
  if (dimensionId !== null) return instrument.dimensions.some(({ id }) => id === dimensionId)
  return questionsOf(instrument).some(({ id }) => id === questionId)
}

/** A constant number of queries. @throws {AppError} ASSESSMENT_NOT_FOUND */
export async function openAssignments(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedAssignments> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  const cityId = opened.assessment.city.id
  const canArrange = can(person, 'city.arrange', cityId).ok
  const workforce = await getWorkforce(db, cityId)
  const all = await listAssignments(db, [assessmentId])
  return {
    ...opened,
    canArrange,
    assignments: all.filter((each) => concerns(each, opened.instrument)),
    workforce: canArrange ? workforce : { ...workforce, contacts: workforce.contacts.map((contact) => ({ ...contact, email: null })) },
  }
}

/** Nothing is handed out once nobody can answer. */
export function requireRunning({ wave }: Assessment, now: Date): void {
  const closedAt = closedSince(wave, now)
  if (closedAt !== null) throw new AppError('WAVE_CLOSED', { wave: wave.name, closedAt })
}

/** The same for whoever arranges the work, while there is any. @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, WAVE_CLOSED */
async function openToArrange(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string, now: Date) {
  const opened = await openAssignments(db, person, instruments, assessmentId)
  const permission = can(person, 'city.arrange', opened.assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  requireRunning(opened.assessment, now)
  return opened
}

const invalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })

/** Between which days something can be asked for: today where the person is, and the day on which the wave closes there. */
export async function getDueRange(db: Db, person: Person, { wave }: Assessment, now: Date): Promise<{ today: string; closesOn: string }> {
  const timeZone = await getTimeZone(db, person.id)
  return { today: dayIn(timeZone, now), closesOn: dayIn(timeZone, wave.closesAt) }
}

/** Who and until when have to fit. @throws {AppError} INPUT_INVALID */
function requireFitting(
  fields: AssignmentFields,
  before: Assignment | undefined,
  { workforce, range }: { workforce: Workforce; range: { today: string; closesOn: string } },
): void {
  const unfit = findUnfit(fields, workforce)
  if (unfit === 'nobody') throw invalid('departmentId', 'departments.who.missing')
  if (unfit !== null) throw invalid(unfit, 'departments.who.unknown')
  const problem = dueProblem(fields.dueOn, { ...range, before: before?.dueOn })
  if (problem !== null) throw invalid('dueOn', problem)
}

export type AssignmentInput = Target &
  AssignmentFields & {
    /** Version of the assignment that was seen; 0 = nobody was responsible for it alone. */
    version: number
  }

const targetKey = ({ dimensionId, questionId }: Target | Assignment): string => `${dimensionId ?? ''}/${questionId ?? ''}`

const isSame = (fields: AssignmentFields, before: Assignment): boolean =>
  isSameResponsible(fields, responsibleIn(before)) && fields.dueOn === before.dueOn && fields.note === before.note

function requireTargets(items: readonly AssignmentInput[], instrument: Instrument): void {
  const strange = items.find((item) => !concerns(item, instrument))
  if (strange !== undefined) throw new AppError('QUESTION_NOT_FOUND', { question: strange.questionId ?? strange.dimensionId })
  if (new Set(items.map(targetKey)).size < items.length) throw invalid('questions', 'departments.target.twice')
}

/** Target and fields of an assignment, without anything else that an input carries. */
const toRow = ({ dimensionId, questionId, departmentId, personId, contactId, dueOn, note }: AssignmentInput) =>
  ({ dimensionId, questionId, departmentId, personId, contactId, dueOn, note }) as Target & AssignmentFields

/** Writes what differs from what is stored. @returns the items that were written */
async function writeItems(db: Db, items: readonly AssignmentInput[], opened: OpenedAssignments, person: Person, now: Date) {
  const current = new Map(opened.assignments.map((each) => [targetKey(each), each]))
  const changed = items.filter((item) => {
    const before = current.get(targetKey(item))
    if ((before?.version ?? 0) !== item.version) throw new AppError('ASSIGNMENT_CHANGED')
    return before === undefined || !isSame(item, before)
  })
  const added = changed.filter((item) => !current.has(targetKey(item))).map(toRow)
  const { id: assessmentId, city } = opened.assessment
  const inserted = await insertAssignments(db, added, { assessmentId, cityId: city.id, personId: person.id, now })
  if (inserted.length < added.length) throw new AppError('ASSIGNMENT_CHANGED')
  for (const item of changed) {
    const before = current.get(targetKey(item))
    if (before !== undefined && !(await writeAssignment(db, before, item))) throw new AppError('ASSIGNMENT_CHANGED')
  }
  return changed.map(toRow)
}

/**
 * Says who answers areas and single questions, until when. Whoever is responsible now hears of it once.
 * @returns how many assignments are new or different
 * @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, WAVE_CLOSED, QUESTION_NOT_FOUND, INPUT_INVALID, ASSIGNMENT_CHANGED
 */
export async function assignQuestions(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, items }: { assessmentId: string; items: readonly AssignmentInput[] },
  now: Date,
): Promise<number> {
  const opened = await openToArrange(db, person, instruments, assessmentId, now)
  const { assessment, workforce, assignments } = opened
  requireTargets(items, opened.whole)
  const range = await getDueRange(db, person, assessment, now)
  const before = new Map(assignments.map((each) => [targetKey(each), each]))
  for (const item of items) requireFitting(item, before.get(targetKey(item)), { workforce, range })
  const written = await writeItems(db, items, opened, person, now)
  if (written.length === 0) return 0
  await tellAssigned(db, written, { person, assessment, workforce, instrument: opened.whole }, now)
  await record(db, person, assessment, 'assignment.made', { assignments: written }, now)
  return written.length
}

export function record(db: Db, person: Person, { id, city }: Assessment, action: string, payload: unknown, now: Date): Promise<void> {
  return recordEvent(db, { action, personId: person.id, cityId: city.id, subject: `assessment:${id}`, payload, now })
}

/** An assignment in the version that was seen. */
export interface AssignmentKey {
  assessmentId: string
  assignmentId: string
  version: number
}

/** @throws {AppError} ASSIGNMENT_NOT_FOUND */
export function assignmentIn({ assignments }: OpenedAssignments, assignmentId: string): Assignment {
  const found = assignments.find(({ id }) => id === assignmentId)
  if (found === undefined) throw new AppError('ASSIGNMENT_NOT_FOUND')
  return found
}

/** Changes who answers, until when. @throws {AppError} as assignQuestions; ASSIGNMENT_NOT_FOUND */
export async function updateAssignment(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  input: AssignmentKey & AssignmentFields,
  now: Date,
): Promise<Assignment> {
  const opened = await openToArrange(db, person, instruments, input.assessmentId, now)
  const before = assignmentIn(opened, input.assignmentId)
  const { departmentId, personId, contactId, dueOn, note, version, assessmentId } = input
  const target = { dimensionId: before.dimensionId, questionId: before.questionId } as Target
  const item = { ...target, departmentId, personId, contactId, dueOn, note, version }
  await assignQuestions(db, person, instruments, { assessmentId, items: [item] }, now)
  const after = await listAssignments(db, [assessmentId])
  return after.find(({ id }) => id === before.id)!
}

/** Takes an assignment back; what was answered stays. @throws {AppError} ASSESSMENT_NOT_FOUND, NOT_ALLOWED, WAVE_CLOSED, ASSIGNMENT_NOT_FOUND, ASSIGNMENT_CHANGED */
export async function withdrawAssignment(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, assignmentId, version }: AssignmentKey,
  now: Date,
): Promise<void> {
  const opened = await openToArrange(db, person, instruments, assessmentId, now)
  const before = assignmentIn(opened, assignmentId)
  if (!(await markAssignmentEnded(db, { id: before.id, version }, now))) throw new AppError('ASSIGNMENT_CHANGED')
  const { dimensionId, questionId } = before
  await takeBackTelling(db, { dimensionId, questionId } as Target, assessmentId, now)
  await record(db, person, opened.assessment, 'assignment.withdrawn', { dimensionId, questionId, ...responsibleIn(before) }, now)
}

/** Questions that an assignment covers: those of its area that nobody else answers for. */
export function coveredQuestions(instrument: Instrument, assignments: readonly Assignment[], assignmentId: string): string[] {
  return [...assignedQuestions(instrument, assignments)].flatMap(([id, each]) => (each.id === assignmentId ? [id] : []))
}
