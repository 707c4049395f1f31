import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import { questionStatuses } from '../assessments/assessment.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { getDueRange, openAssignments, type OpenedAssignments } from './assigning.ts'
import { type OwedBy, owedBy, type OwedQuestion, owedQuestions } from './overview.ts'

/** Who owes what, as one person sees it. */
export interface OpenedOverview extends OpenedAssignments {
  questions: OwedQuestion[]
  rows: OwedBy[]
  /** YYYY-MM-DD where the person is. */
  today: string
}

/** A constant number of queries. @throws {AppError} ASSESSMENT_NOT_FOUND */
export async function openOverview(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  now: Date,
): Promise<OpenedOverview> {
  const opened = await openAssignments(db, person, instruments, assessmentId)
  const { today } = await getDueRange(db, person, opened.assessment, now)
  const statuses = questionStatuses(opened.instrument, opened.answers, opened.exclusions)
  const questions = owedQuestions(opened.instrument, opened.assignments, statuses)
  return { ...opened, questions, rows: owedBy(questions, today), today }
}
