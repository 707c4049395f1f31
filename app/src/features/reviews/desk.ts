import type { StoredAnswer } from '../assessments/answer.ts'
import { type QuestionStatus, questionStatuses } from '../assessments/assessment.ts'
import { hashOf } from '../../canonical.ts'
import { judgementsFor } from './line.ts'
import type { OpenedReview } from './opening.ts'
import type { OpenQuery } from './queries.ts'
import type { Assignment, Judgement, JudgementFields, Review } from './review.ts'

// The desk of one expert: which questions wait for a decision, and whether decisions can still change.

/** outdated: decided, but the city has answered anew since. hidden and excluded questions need no decision. */
export type DeskState = 'open' | 'outdated' | 'decided' | 'hidden' | 'excluded'

export interface DeskQuestion {
  id: string
  status: QuestionStatus
  answer: StoredAnswer | undefined
  /** The expert's own, newest version, with the number of the answer's version that the expert knows. */
  judgement: Judgement | null
  state: DeskState
  /** Who has to do something about a query of the own part that is not closed; null = there is none. */
  waitsFor: 'city' | 'expert' | null
}

/** Version of the answer in the frozen copy's own line; 1 also where nothing was answered. */
export const answerVersionOf = (answer: Pick<StoredAnswer, 'version'> | undefined): number => answer?.version ?? 1

function stateOf(status: QuestionStatus, judgement: Judgement | null, isSigned: boolean): DeskState {
  if (status.state === 'hidden' || (status.state === 'excluded' && judgement === null)) return status.state
  if (judgement === null) return 'open'
  return !isSigned && judgement.answerVersion < answerVersionOf(status.answer) ? 'outdated' : 'decided'
}

/**
 * The questions of an expert's part, in the order of the questionnaire.
 * @param judgements the expert's own, as they are stored
 * @param queries those that are not closed, of everybody: only those of the own part are looked at
 */
export function deskOf(
  { review, instrument, answers, exclusions, line, questionIds, assignment }: OpenedReview,
  judgements: ReadonlyMap<string, Judgement>,
  queries: readonly OpenQuery[],
): DeskQuestion[] {
  const asked = queries.filter((query) => query.reviewId === review.id && query.askerPart === assignment.part)
  const statuses = questionStatuses(instrument, answers, exclusions)
  const own = judgementsFor(line, judgements)
  return questionIds.map((id) => {
    const status = statuses.get(id)!
    const judgement = own.get(id) ?? null
    // what was signed stands, also where the answer that the other expert was sent is seen only now
    const state = stateOf(status, judgement, assignment.signedAt !== null)
    const query = asked.find(({ questionId }) => questionId === id)
    const waitsFor = query === undefined ? null : query.answeredAt === null ? 'city' : 'expert'
    return { id, status, answer: status.answer, judgement, state, waitsFor }
  })
}

/** Whether a decision is missing before the part can be signed. */
export const isWaiting = ({ state }: Pick<DeskQuestion, 'state'>): boolean => state === 'open' || state === 'outdated'

export const isFlagged = ({ judgement }: Pick<DeskQuestion, 'judgement'>): boolean => judgement?.isForMeeting ?? false

export interface DeskProgress {
  decided: number
  /** Questions that need a decision. */
  needed: number
  flagged: number
}

export function deskProgress(questions: readonly DeskQuestion[]): DeskProgress {
  const needed = questions.filter(({ state }) => state !== 'hidden' && state !== 'excluded')
  return {
    decided: needed.filter((question) => !isWaiting(question)).length,
    needed: needed.length,
    flagged: questions.filter(isFlagged).length,
  }
}

export const deskFilters = ['all', 'open', 'flagged'] as const
export type DeskFilter = (typeof deskFilters)[number]

export const filtered = (questions: readonly DeskQuestion[], filter: DeskFilter): DeskQuestion[] =>
  questions.filter((question) => filter === 'all' || (filter === 'open' ? isWaiting(question) : isFlagged(question)))

/** The next question that waits, after this one and then from the beginning; null = none waits, but perhaps this one. */
export function nextWaiting(questions: readonly DeskQuestion[], afterId: string | null): string | null {
  const at = questions.findIndex(({ id }) => id === afterId)
  const round = [...questions.slice(at + 1), ...questions.slice(0, Math.max(0, at))]
  return round.find(isWaiting)?.id ?? null
}

export interface Neighbours {
  /** From 1, within the part. */
  position: number
  count: number
  previous: string | null
  next: string | null
}

export function neighboursOf(questions: readonly { id: string }[], id: string): Neighbours {
  const at = questions.findIndex((question) => question.id === id)
  return { position: at + 1, count: questions.length, previous: questions[at - 1]?.id ?? null, next: questions[at + 1]?.id ?? null }
}

/** Where "continue" leads: where the expert was last, as long as something waits; else the first question. */
export function continueAt(questions: readonly DeskQuestion[], lastQuestionId: string | null): string | null {
  const last = questions.find(({ id }) => id === lastQuestionId)
  if (last !== undefined && isWaiting(last)) return last.id
  return nextWaiting(questions, lastQuestionId) ?? last?.id ?? questions[0]?.id ?? null
}

/** open: decisions change freely; grace: slips can be mended, each with a reason; locked says why not, as a key under reviews.step. */
export type Changing = { kind: 'open' } | { kind: 'grace'; until: Date } | { kind: 'locked'; reason: 'signed' | 'closed' }

/** Decisions change until the expert signs, and once more between closing and the end of the grace window. */
export function changingOf(
  review: Pick<Review, 'closedAt' | 'graceUntil' | 'signedAt' | 'publishedAt' | 'sharedAt'>,
  assignment: Pick<Assignment, 'signedAt'>,
  now: Date,
): Changing {
  if (review.signedAt !== null || review.publishedAt !== null) return { kind: 'locked', reason: 'closed' }
  if (review.closedAt !== null) {
    const isOpen = assignment.signedAt !== null && review.graceUntil !== null && now < review.graceUntil
    return isOpen ? { kind: 'grace', until: review.graceUntil! } : { kind: 'locked', reason: 'closed' }
  }
  if (assignment.signedAt !== null) return { kind: 'locked', reason: 'signed' }
  return review.sharedAt === null ? { kind: 'open' } : { kind: 'locked', reason: 'closed' }
}

/** Shortest reason for mending a slip. */
export const shortestGraceReason = 10 // characters

export const fieldsOf = ({ decision, reasonCode, points, note, reportText, isForMeeting }: JudgementFields): JudgementFields => ({
  decision,
  reasonCode,
  points,
  note,
  reportText,
  isForMeeting,
})

export const equalJudgements = (a: JudgementFields, b: JudgementFields): boolean => hashOf(fieldsOf(a)) === hashOf(fieldsOf(b))

const longestSitting = 4 * 3600 // seconds that one saving can add: longer is a forgotten window

export const addSeconds = (before: number, more: number): number => before + Math.min(Math.max(0, Math.round(more)), longestSitting)
