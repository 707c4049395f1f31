import type { Db } from '../../db/open.ts'
import { getAnswersOf } from '../assessments/home-queries.ts'
import { assignedQuestions } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import { questionStatuses } from '../assessments/assessment.ts'
import { exclusionsOf } from '../assessments/scope.ts'
import { getScopeStatements } from '../assessments/scope-queries.ts'
import { dimensionOf, type Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { NewNotice } from '../notices/notice.ts'
import { listAssessmentsDue } from './assignment-queries.ts'
import type { Workforce } from './department.ts'
import { addDays, remindedDaysBefore } from './due.ts'
import { getWorkforce } from './queries.ts'
import { listAddressees, responsibleIn } from './responsible.ts'

/** What somebody still has to answer until a day. */
export interface DueAssignments {
  personId: string
  cityId: string
  assessmentId: string
  wave: string
  dueOn: string
  /** Open questions only. */
  questionIds: string[]
  instrument: Instrument
}

interface DueIn {
  assessment: Awaited<ReturnType<typeof listAssessmentsDue>>[number]
  instrument: Instrument
  workforce: Workforce
}

async function listDueIn(db: Db, dueOn: string, { assessment, instrument, workforce }: DueIn): Promise<DueAssignments[]> {
  const { id: assessmentId, cityId, wave } = assessment
  const answers = (await getAnswersOf(db, [assessmentId])).get(assessmentId)!
  const exclusions = exclusionsOf(instrument, (await getScopeStatements(db, [assessmentId])).get(assessmentId)!)
  const statuses = questionStatuses(instrument, answers, exclusions)
  const byPerson = new Map<string, string[]>()
  for (const [questionId, each] of assignedQuestions(instrument, await listAssignments(db, [assessmentId]))) {
    if (each.dueOn !== dueOn || statuses.get(questionId)!.state !== 'open') continue
    for (const personId of listAddressees(responsibleIn(each), workforce))
      byPerson.set(personId, [...(byPerson.get(personId) ?? []), questionId])
  }
  return [...byPerson].map(([personId, questionIds]) => ({ personId, cityId, assessmentId, wave, dueOn, questionIds, instrument }))
}

/**
 * What is still open and asked for until a day, for each person and assessment, in waves that take answers. What is answered needs
 * no reminder. Needs the context of the network.
 * @param dueOn YYYY-MM-DD
 */
export async function listDueAssignments(db: Db, instruments: InstrumentStore, dueOn: string): Promise<DueAssignments[]> {
  const found: DueAssignments[] = []
  for (const assessment of await listAssessmentsDue(db, dueOn)) {
    const instrument = await instruments.get(db, assessment.instrumentVersionId)
    found.push(...(await listDueIn(db, dueOn, { assessment, instrument, workforce: await getWorkforce(db, assessment.cityId) })))
  }
  return found
}

/** Reminders of what is asked for in two days; one for each person and assessment. @param day today, YYYY-MM-DD */
export async function listDueReminders(db: Db, instruments: InstrumentStore, day: string): Promise<NewNotice[]> {
  const due = await listDueAssignments(db, instruments, addDays(day, remindedDaysBefore))
  return due.map(({ personId, cityId, assessmentId, wave, dueOn, questionIds, instrument }) => {
    const areas = new Set(questionIds.map((id) => dimensionOf(instrument, id)!.id))
    const [area] = areas
    const isOneArea = areas.size === 1 && questionIds.length > 1
    const base = `/assessments/${assessmentId}`
    return {
      personId,
      cityId,
      kind: 'assignment-due',
      subject: {
        wave,
        dueOn,
        ...(isOneArea && { area: area! }),
        ...(questionIds.length === 1 && { question: questionIds[0]! }),
        ...(areas.size > 1 && { count: questionIds.length }),
      },
      address: questionIds.length === 1 ? `${base}/questions/${questionIds[0]}` : isOneArea ? `${base}/areas/${area}` : base,
    }
  })
}
