import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import { questionsOfDimension } from '../assessments/assessment.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { NewNotice } from '../notices/notice.ts'
import { addNotices, withdrawNotices } from '../notices/queries.ts'
import type { AssignmentFields, Target } from './assignment-queries.ts'
import type { Workforce } from './department.ts'
import { listAddressees } from './responsible.ts'

/** Whose action it was, and where. */
export interface Telling {
  person: Person
  assessment: { id: string; city: { id: string }; wave: { name: string } }
  workforce: Workforce
  /** To count questions; null = they are not counted. */
  instrument: Instrument | null
}

type Item = Target & AssignmentFields

/** Page of what was assigned; the mark keeps apart what else is said about that page, so that it can be taken back alone. */
function addressOf(assessmentId: string, items: readonly Target[]): string {
  const base = `/assessments/${assessmentId}`
  const [only] = items
  if (items.length > 1 || only === undefined) return `${base}?from=assignment`
  return only.dimensionId === null
    ? `${base}/questions/${only.questionId}?from=assignment`
    : `${base}/areas/${only.dimensionId}?from=assignment`
}

function countQuestions(items: readonly Target[], instrument: Instrument | null): number | undefined {
  if (instrument === null) return undefined
  const sizeOf = ({ dimensionId }: Target) => {
    const dimension = instrument.dimensions.find(({ id }) => id === dimensionId)
    return dimension === undefined ? 1 : questionsOfDimension(dimension).length
  }
  return items.reduce((sum, item) => sum + sizeOf(item), 0)
}

/** What a notice about assignments names: one question, one area, or a number of questions; the earliest day. */
export function assignedSubject(items: readonly Item[], { person, assessment, instrument }: Telling): NewNotice['subject'] {
  const [day] = items.flatMap(({ dueOn }) => dueOn ?? []).sort()
  const note = items.find((item) => item.note !== null)?.note
  const only = items.length === 1 ? items[0]! : null
  const count = countQuestions(items, instrument)
  return {
    who: person.name,
    wave: assessment.wave.name,
    ...(only?.dimensionId && { area: only.dimensionId }),
    ...(only?.questionId && { question: only.questionId }),
    ...(count !== undefined && { count }),
    ...(day && { dueOn: day }),
    ...(note && { note }),
  }
}

/** One notice for each person who is responsible now, however many questions it is about. */
export async function tellAssigned(db: Db, items: readonly Item[], telling: Telling, now: Date): Promise<void> {
  const { person, assessment, workforce } = telling
  const byPerson = new Map<string, Item[]>()
  for (const item of items)
    for (const personId of listAddressees(item, workforce)) byPerson.set(personId, [...(byPerson.get(personId) ?? []), item])
  const notices = [...byPerson].map(([personId, own]): NewNotice => ({
    personId,
    cityId: assessment.city.id,
    kind: 'question-assigned',
    subject: assignedSubject(own, telling),
    address: addressOf(assessment.id, own),
  }))
  await addNotices(db, notices, person.id, now)
}

/** Who has not been told yet that something was theirs need not hear of it any more. */
export function takeBackTelling(db: Db, target: Target, assessmentId: string, now: Date): Promise<void> {
  return withdrawNotices(db, [addressOf(assessmentId, [target])], now)
}

/** The coordination hears that somebody has handed on what was theirs. @param to name of whoever answers now */
export async function tellHandedOn(db: Db, items: readonly Item[], telling: Telling, to: string, now: Date): Promise<void> {
  const { person, assessment, workforce } = telling
  const told = new Set(items.flatMap((item) => listAddressees(item, workforce)))
  const coordinators = workforce.colleagues.filter(({ id, roles }) => roles.includes('city-coordinator') && !told.has(id))
  const notices = coordinators.map(({ id }): NewNotice => ({
    personId: id,
    cityId: assessment.city.id,
    kind: 'assignment-handed-on',
    subject: { ...assignedSubject(items, telling), to },
    address: `/assessments/${assessment.id}/assignments`,
  }))
  await addNotices(db, notices, person.id, now)
}
