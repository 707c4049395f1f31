import { type Assignment, assignedQuestions } from '../assessments/assignment.ts'
import { type Progress, progressOf, type QuestionStatus } from '../assessments/assessment.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { isOverdue } from './due.ts'
import { isSameResponsible, names, type Responsible, responsibleIn, responsibleNames, type Who } from './responsible.ts'

/** A question with who owes its answer. */
export interface OwedQuestion {
  questionId: string
  dimensionId: string
  status: QuestionStatus
  /** Null = nobody. */
  assignment: Assignment | null
}

export const owedStates = ['all', 'answered', 'open', 'overdue'] as const
export type OwedState = (typeof owedStates)[number]

/** Every question that is asked, in the order of the questionnaire, with who answers it. */
export function owedQuestions(
  instrument: Instrument,
  assignments: readonly Assignment[],
  statuses: ReadonlyMap<string, QuestionStatus>,
): OwedQuestion[] {
  const assigned = assignedQuestions(instrument, assignments)
  return instrument.dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap((indicator) =>
      indicator.questions.flatMap(({ id }) => {
        const status = statuses.get(id)
        if (status === undefined || status.state === 'hidden' || status.state === 'excluded') return []
        return [{ questionId: id, dimensionId: dimension.id, status, assignment: assigned.get(id) ?? null }]
      }),
    ),
  )
}

/** Open although its day is over. */
export const isLate = ({ status, assignment }: OwedQuestion, today: string): boolean =>
  status.state === 'open' && isOverdue(assignment?.dueOn ?? null, today)

/** Whether a question is in the list that a number opens. */
export function isInState(owed: OwedQuestion, state: OwedState, today: string): boolean {
  if (state === 'all') return true
  if (state === 'overdue') return isLate(owed, today)
  return (owed.status.state === 'open') === (state === 'open')
}

/** What one department, person or contact, or several of them together, owe. */
export interface OwedBy extends Progress {
  /** department, person and contact of an assignment; all null = nobody answers these. */
  responsible: Responsible
  /** The department first. */
  names: string[]
  open: number
  overdue: number
  /** The earliest day on which something open was or is asked for. */
  dueOn: string | null
  /** When one of their answers was last saved, ISO 8601. */
  lastSavedAt: string | null
}

/** The address of a row, such as department:…,person:…; "nobody" where nobody is responsible. */
export function responsibleKey({ departmentId, personId, contactId }: Responsible): string {
  const parts = [departmentId && `department:${departmentId}`, personId && `person:${personId}`, contactId && `contact:${contactId}`]
  return parts.filter(Boolean).join(',') || 'nobody'
}

const earliest = (days: readonly string[]): string | null => [...days].sort()[0] ?? null
const latest = (times: readonly string[]): string | null => [...times].sort().at(-1) ?? null

function sumUp(responsible: Responsible, own: readonly OwedQuestion[], today: string): OwedBy {
  const { answered, asked } = progressOf(own.map(({ status }) => status))
  const open = own.filter(({ status }) => status.state === 'open')
  return {
    responsible,
    names: own[0]?.assignment ? responsibleNames(own[0].assignment) : [],
    answered,
    asked,
    open: open.length,
    overdue: own.filter((each) => isLate(each, today)).length,
    dueOn: earliest(open.flatMap(({ assignment }) => assignment?.dueOn ?? [])),
    lastSavedAt: latest(own.flatMap(({ status }) => status.answer?.updatedAt ?? [])),
  }
}

/** Most overdue first, then the nearest day, then most open, then by name; nobody comes last. */
function byUrgency(a: OwedBy, b: OwedBy): number {
  const isNobody = (row: OwedBy) => Number(row.names.length === 0)
  return (
    isNobody(a) - isNobody(b) ||
    b.overdue - a.overdue ||
    (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') ||
    b.open - a.open ||
    a.names.join().localeCompare(b.names.join())
  )
}

/** Who owes what; the questions that nobody answers are a row of their own. */
export function owedBy(questions: readonly OwedQuestion[], today: string): OwedBy[] {
  const groups = new Map<string, { responsible: Responsible; own: OwedQuestion[] }>()
  for (const each of questions) {
    const responsible: Responsible = each.assignment
      ? responsibleIn(each.assignment)
      : { departmentId: null, personId: null, contactId: null }
    const key = responsibleKey(responsible)
    const group = groups.get(key) ?? { responsible, own: [] }
    groups.set(key, group)
    group.own.push(each)
  }
  return [...groups.values()].map(({ responsible, own }) => sumUp(responsible, own, today)).sort(byUrgency)
}

/** Which questions a list is about: all, those of one row, those that name somebody, or those of nobody. */
export type OwedFilter = { kind: 'everybody' } | { kind: 'nobody' } | { kind: 'row'; responsible: Responsible } | { kind: 'who'; who: Who }

export function fits({ assignment }: OwedQuestion, filter: OwedFilter): boolean {
  if (filter.kind === 'everybody') return true
  if (assignment === null || filter.kind === 'nobody') return assignment === null && filter.kind === 'nobody'
  const responsible = responsibleIn(assignment)
  return filter.kind === 'who' ? names(responsible, filter.who) : isSameResponsible(responsible, filter.responsible)
}

/** Reads a filter from an address; what is not understood means everybody. A single department means all that name it. */
export function parseFilter(text: string): OwedFilter {
  if (text === 'nobody') return { kind: 'nobody' }
  const isRow = text.startsWith('only:')
  const parts = (isRow ? text.slice('only:'.length) : text).split(',')
  const responsible: Responsible = { departmentId: null, personId: null, contactId: null }
  const found = parts.flatMap((part) => {
    const [, kind, id] = /^(department|person|contact):([0-9a-f-]{36})$/.exec(part) ?? []
    return kind && id ? [{ kind: kind as Who['kind'], id }] : []
  })
  for (const { kind, id } of found) responsible[`${kind}Id`] = id
  if (found.length === 0) return { kind: 'everybody' }
  return isRow || found.length > 1 ? { kind: 'row', responsible } : { kind: 'who', who: found[0]! }
}

/** The address of exactly one row of the overview. */
export const rowFilter = (responsible: Responsible): string => {
  const key = responsibleKey(responsible)
  return key === 'nobody' ? key : `only:${key}`
}
