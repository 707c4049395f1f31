import { type Instrument, questionsOf } from '../instrument/instrument.ts'

/** Who answers an area or a single question, until when. Department, person or both; or somebody without an account. */
export interface Assignment {
  id: string
  assessmentId: string
  /** The area; null = a single question. */
  dimensionId: string | null
  questionId: string | null
  department: { id: string; name: string } | null
  person: { id: string; name: string } | null
  /** Responsible without an account. */
  contact: { id: string; name: string } | null
  /** YYYY-MM-DD */
  dueOn: string | null
  note: string | null
  version: number
}

/** The assignment of every question that somebody answers for: its own, or else that of its area. */
export function assignedQuestions(instrument: Pick<Instrument, 'dimensions'>, assignments: readonly Assignment[]): Map<string, Assignment> {
  const ofArea = new Map(assignments.flatMap((each) => (each.dimensionId === null ? [] : [[each.dimensionId, each]])))
  const ofQuestion = new Map(assignments.flatMap((each) => (each.questionId === null ? [] : [[each.questionId, each]])))
  const pairs = instrument.dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap((indicator) =>
      indicator.questions.map(({ id }) => [id, ofQuestion.get(id) ?? ofArea.get(dimension.id)] as const),
    ),
  )
  return new Map(pairs.filter((pair): pair is [string, Assignment] => pair[1] !== undefined))
}

/** Whether an assignment names the person, or a department they work in. A named person excludes their department's colleagues. */
export function isMine({ person, department }: Assignment, personId: string, departmentIds: ReadonlySet<string>): boolean {
  if (person !== null) return person.id === personId
  return department !== null && departmentIds.has(department.id)
}

/** Which questions of an assessment a person reads and changes; null = all. */
export interface Reach {
  reads: ReadonlySet<string> | null
  writes: ReadonlySet<string> | null
}

export const everything: Reach = { reads: null, writes: null }
export const nothingToWrite: Reach = { reads: null, writes: new Set() }

export const mayRead = ({ reads }: Reach, questionId: string): boolean => reads === null || reads.has(questionId)
export const mayWrite = ({ writes }: Reach, questionId: string): boolean => writes === null || writes.has(questionId)

/** The reach of somebody who answers what is theirs. */
export function ownReach(
  instrument: Pick<Instrument, 'dimensions'>,
  assignments: readonly Assignment[],
  { personId, departmentIds, seesAll }: { personId: string; departmentIds: ReadonlySet<string>; seesAll: boolean },
): Reach {
  const own = [...assignedQuestions(instrument, assignments)].flatMap(([id, each]) => (isMine(each, personId, departmentIds) ? [id] : []))
  const writes = new Set(own)
  return { reads: seesAll ? null : writes, writes }
}

/** The instrument with only those questions; areas and indicators without any are left out. Wording and weights stay whole. */
export function instrumentWithin(instrument: Instrument, reads: ReadonlySet<string> | null): Instrument {
  if (reads === null || questionsOf(instrument).every(({ id }) => reads.has(id))) return instrument
  const dimensions = instrument.dimensions
    .map((dimension) => ({
      ...dimension,
      indicators: dimension.indicators
        .map((indicator) => ({ ...indicator, questions: indicator.questions.filter(({ id }) => reads.has(id)) }))
        .filter(({ questions }) => questions.length > 0),
    }))
    .filter(({ indicators }) => indicators.length > 0)
  return { ...instrument, dimensions }
}
