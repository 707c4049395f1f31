import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { type Assignment, assignedQuestions, instrumentWithin } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import { noExclusions } from '../assessments/scope.ts'
import { openQuestionnaire, type OpenedQuestionnaire } from '../assessments/usecases.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { SheetContent } from './questionnaire-rows.ts'

/** Which part of a questionnaire goes into a file. */
export interface ExportRequest {
  assessmentId: string
  /** Without answers. */
  isEmpty: boolean
  departmentId: string | null
  dimensionId: string | null
}

/** A part of the questionnaire that can be had as a file of its own. */
export interface DepartmentPart {
  id: string
  name: string
  questions: number
}

/** Questions that a department answers, among those that the person reads. */
function questionsOfDepartment(instrument: Instrument, assignments: readonly Assignment[], departmentId: string): Set<string> {
  const assigned = assignedQuestions(instrument, assignments)
  return new Set([...assigned].flatMap(([id, { department }]) => (department?.id === departmentId ? [id] : [])))
}

/** Departments that answer something, by name, with how many questions. */
export function departmentParts(instrument: Instrument, assignments: readonly Assignment[]): DepartmentPart[] {
  const assigned = [...assignedQuestions(instrument, assignments).values()].flatMap(({ department }) => department ?? [])
  const counted = Map.groupBy(assigned, ({ id }) => id)
  return [...counted.values()]
    .map((group) => ({ ...group[0]!, questions: group.length }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}

export interface OpenedSpreadsheet extends OpenedQuestionnaire {
  departments: DepartmentPart[]
}

/** What the page about files of an assessment needs. @throws {AppError} ASSESSMENT_NOT_FOUND */
export async function openSpreadsheet(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedSpreadsheet> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  return { ...opened, departments: departmentParts(opened.instrument, await listAssignments(db, [assessmentId])) }
}

export interface Exported {
  assessment: Assessment
  content: SheetContent
  /** Name of the department or key of the area that it is about; null = everything that the person reads. */
  part: string | null
}

function partOf(
  { instrument }: OpenedQuestionnaire,
  assignments: readonly Assignment[],
  { departmentId, dimensionId }: ExportRequest,
): { reads: Set<string>; name: string | null } {
  const dimension = instrument.dimensions.find(({ id }) => id === dimensionId)
  if (dimensionId !== null && dimension === undefined) throw new AppError('NOT_FOUND')
  const all = new Set(questionsOf(dimension === undefined ? instrument : { ...instrument, dimensions: [dimension] }).map(({ id }) => id))
  if (departmentId === null) return { reads: all, name: dimension?.id ?? null }
  const department = departmentParts(instrument, assignments).find(({ id }) => id === departmentId)
  if (department === undefined) throw new AppError('DEPARTMENT_NOT_FOUND')
  return {
    reads: new Set([...questionsOfDepartment(instrument, assignments, departmentId)].filter((id) => all.has(id))),
    name: department.name,
  }
}

/**
 * What goes into a file: the questions that the person reads, or the part of a department or an area of them.
 * @throws {AppError} ASSESSMENT_NOT_FOUND, DEPARTMENT_NOT_FOUND, NOT_FOUND
 */
export async function exportQuestionnaire(db: Db, person: Person, instruments: InstrumentStore, request: ExportRequest): Promise<Exported> {
  const opened = await openQuestionnaire(db, person, instruments, request.assessmentId)
  const assignments = request.departmentId === null ? [] : await listAssignments(db, [request.assessmentId])
  const { assessment, instrument, whole, answers, exclusions } = opened
  const { reads, name } = partOf(opened, assignments, request)
  const content = {
    instrument: instrumentWithin(instrument, reads),
    whole,
    assessmentId: assessment.id,
    answers,
    isEmpty: request.isEmpty,
    exclusions,
  }
  return { assessment, content, part: name }
}

/** The questionnaire by itself, for everybody. */
export function blankContent(instrument: Instrument): SheetContent {
  return { instrument, whole: instrument, assessmentId: null, answers: new Map(), isEmpty: true, exclusions: noExclusions }
}
