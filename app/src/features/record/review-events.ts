import type { StoredEvent } from '../audit/audit.ts'
import { type Details, fieldsOf, type Rebuilt } from './rebuilt.ts'

// How the review of a city goes: its steps, who works on it, what they decide, and what was settled between two of them.

export const judgementFields = [
  'answerVersion',
  'decision',
  'reasonCode',
  'points',
  'note',
  'reportText',
  'isForMeeting',
  'seconds',
  'graceReason',
] as const
export const adjudicationFields = ['decision', 'reasonCode', 'points', 'reason', 'reportText'] as const
export const reviewFields = [
  'frozenId',
  'methodHash',
  'sample',
  'dueOn',
  'openedAt',
  'openedBy',
  'sharedAt',
  'sharedBy',
  'replyUntil',
  'closedAt',
  'closedBy',
  'graceUntil',
  'signedAt',
  'signedBy',
  'publishedAt',
  'publishedBy',
  'withdrawnAt',
] as const
export const assignmentFields = [
  'personId',
  'part',
  'dueOn',
  'assignedAt',
  'assignedBy',
  'overriddenBy',
  'overrideReason',
  'overrideNote',
  'signedAt',
  'endedAt',
] as const

type Apply = (rebuilt: Rebuilt, event: StoredEvent, details: Details) => void

const assignmentsOf = (subject: string): string => `${subject.replace(/^review:/, 'assignment:')}/`

/** An expert begins; with an exception the event holds who allowed it and why. */
const assign: Apply = (rebuilt, { subject, at }, { assignment, person, exception, ...details }) =>
  rebuilt.set(
    `${assignmentsOf(subject)}${String(assignment)}`,
    fieldsOf({ ...details, ...(exception as Details | undefined), personId: person, assignedAt: at }, assignmentFields),
  )

const setDates: Apply = (rebuilt, { subject }, { after, parts }) => {
  rebuilt.change(subject, { dueOn: after ?? null })
  for (const { id, after: dueOn } of parts as { id: string; after: string | null }[])
    rebuilt.change(`${assignmentsOf(subject)}${id}`, { dueOn })
}

/** Each step of a review, by the name of its event. */
const steps: Record<string, Apply> = {
  'review.opened': (rebuilt, { subject, at, personId }, details) =>
    rebuilt.set(subject, fieldsOf({ ...details, openedAt: at, openedBy: personId }, reviewFields)),
  'review.assigned': assign,
  'review.conflict-overridden': assign,
  'review.dates-set': setDates,
  'review.assignment-ended': (rebuilt, { subject, at }, { assignment }) =>
    rebuilt.change(`${assignmentsOf(subject)}${String(assignment)}`, { endedAt: at }),
  'review.part-signed': (rebuilt, { subject, at, personId }, { part }) => {
    const isOwn = (row: Details) => row.personId === personId && row.part === part && row.endedAt === null
    for (const key of rebuilt.keys(assignmentsOf(subject), isOwn)) rebuilt.change(key, { signedAt: at })
  },
  'review.shared': (rebuilt, { subject, at, personId }, { replyUntil }) =>
    rebuilt.change(subject, { sharedAt: at, sharedBy: personId, replyUntil }),
  'review.closed': (rebuilt, { subject, at, personId }, { graceUntil }) =>
    rebuilt.change(subject, { closedAt: at, closedBy: personId, graceUntil }),
  'review.signed': (rebuilt, { subject, at, personId }) => rebuilt.change(subject, { signedAt: at, signedBy: personId }),
  'review.published': (rebuilt, { subject, at, personId }) => rebuilt.change(subject, { publishedAt: at, publishedBy: personId }),
  'review.withdrawn': (rebuilt, { subject, at }) => {
    rebuilt.change(subject, { withdrawnAt: at })
    for (const key of rebuilt.keys(assignmentsOf(subject), ({ endedAt }) => endedAt === null)) rebuilt.change(key, { endedAt: at })
  },
}

/** Versions of decisions, which are never changed. */
function applyDecision(rebuilt: Rebuilt, { action, subject, personId, at, payload }: StoredEvent): void {
  const isSettled = action === 'judgement.adjudicated'
  const beginning = isSettled ? `${subject.replace(/^judgement:/, 'adjudication:')}/` : `${subject}/${personId}/`
  if (payload === undefined) return rebuilt.loseAddition(beginning)
  const details = payload as Details
  const fields = fieldsOf(details, isSettled ? adjudicationFields : judgementFields)
  rebuilt.set(`${beginning}${String(details.version)}`, { ...fields, decidedAt: at, ...(isSettled && { decidedBy: personId }) })
}

/** Erasing a person ends what they had not signed yet. */
function endErased(rebuilt: Rebuilt, { subject, at }: StoredEvent): void {
  const id = subject.replace(/^person:/, '')
  const isOwn = (row: Details) => row.personId === id && row.endedAt === null && row.signedAt === null
  for (const key of rebuilt.keys('assignment:', isOwn)) rebuilt.change(key, { endedAt: at })
}

export function applyReviewEvent(rebuilt: Rebuilt, event: StoredEvent): void {
  const { action, subject, payload } = event
  if (action === 'judgement.saved' || action === 'judgement.adjudicated') return applyDecision(rebuilt, event)
  if (action === 'person.erased') return endErased(rebuilt, event)
  const step = steps[action]
  if (step === undefined) return
  if (payload !== undefined) return step(rebuilt, event, payload as Details)
  if (step === assign) return rebuilt.loseAddition(assignmentsOf(subject))
  rebuilt.lose(subject)
  rebuilt.loseAll(assignmentsOf(subject))
}
