import { fractionToNumber, type QuestionState, scoreSheet } from '@tessera/engine'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import { toEngineAnswers } from '../assessments/answer.ts'
import { mayRead, mayWrite, type Reach } from '../assessments/assignment.ts'
import { reachOf } from '../assessments/reach.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { answersOf } from '../results/frozen.ts'
import { planOf } from '../results/results.ts'
import { openOwnReview, type ReviewedCopy } from '../reviews/opening.ts'
import { type EffectiveDecision, type Outcome, outcomeOf, scoreReviewed } from '../reviews/effective.ts'
import { areSameAnswer } from '../reviews/line.ts'
import { readSettled, type Settled } from '../reviews/settling.ts'
import { type DecisionReply, isReplyOpen, tidy } from './dialogue.ts'
import { insertDecisionReply, listDecisionReplies } from './queries.ts'

// The city's right of reply: free text to each decision, until a date; it stays beside the decision for ever.

/** One decision as the city reads it. */
export interface SharedDecision extends EffectiveDecision {
  /** Points of the answer as it was handed in; null = open or does not apply. */
  before: number | null
  after: Outcome
  max: number
  /** The decision is about an older answer than the newest: the newer one went to the other expert only. */
  isOlderAnswer: boolean
  replies: DecisionReply[]
}

export interface SharedDecisions extends ReviewedCopy {
  reach: Reach
  /** Those other than agreed first, each in the order of the questionnaire. */
  decisions: SharedDecision[]
  /** Why the person cannot reply; null = they can. */
  obstacle: 'role' | 'tooLate' | null
}

const openStates: readonly QuestionState[] = ['notKnown', 'notAnswered', 'hiddenOpen']
const isOpen = (state: QuestionState): boolean => openStates.includes(state)

/** Points of the answers as they were handed in; open ones and those that do not apply have none. */
function handedInPoints({ instrument, content, exclusions }: ReviewedCopy): Map<string, number | null> {
  const { questions } = scoreSheet(planOf(instrument, null).plan, toEngineAnswers(answersOf(content).values(), exclusions))
  return new Map([...questions].map(([id, { state, points }]) => [id, points === null || isOpen(state) ? null : fractionToNumber(points)]))
}

/** What the decisions of a review did to the points of each question. */
export function describeDecisions(
  copy: ReviewedCopy,
  { decisions }: Pick<Settled, 'decisions'>,
  replies: readonly DecisionReply[],
): SharedDecision[] {
  const { questions } = scoreReviewed(copy, decisions)
  const handedIn = handedInPoints(copy)
  return [...decisions.values()].flatMap((decision) => {
    const { questionId } = decision
    const score = questions.get(questionId)
    if (score === undefined) return []
    return {
      ...decision,
      before: handedIn.get(questionId) ?? null,
      after: outcomeOf(score),
      max: fractionToNumber(score.max),
      isOlderAnswer: !areSameAnswer(copy, questionId, [decision.answerVersion, copy.answers.get(questionId)?.version ?? 1]),
      replies: replies.filter((reply) => reply.questionId === questionId),
    }
  })
}

function obstacleOf(person: Person, copy: ReviewedCopy, now: Date): SharedDecisions['obstacle'] {
  if (!can(person, 'review.reply', copy.review.city.id).ok) return 'role'
  return isReplyOpen(copy.review, now) ? null : 'tooLate'
}

/**
 * The decisions about the questions that the person reads, once they are shared.
 * @throws {AppError} REVIEW_NOT_FOUND, STEP_NOT_AVAILABLE before the decisions are shared
 */
export async function openDecisions(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  reviewId: string,
  now: Date,
): Promise<SharedDecisions> {
  const copy = await openOwnReview(db, person, instruments, reviewId)
  const { review, instrument } = copy
  const settled = review.sharedAt === null ? null : await readSettled(db, copy)
  if (settled === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'dialogue.obstacle.notShared' })
  const reach = await reachOf(db, person, { id: review.assessmentId, city: review.city }, instrument)
  const all = describeDecisions(copy, settled, await listDecisionReplies(db, reviewId))
  const read = all.filter(({ questionId }) => mayRead(reach, questionId))
  const isAgreed = ({ decision }: SharedDecision) => decision === 'agreed'
  const decisions = [...read.filter((each) => !isAgreed(each)), ...read.filter(isAgreed)]
  return { ...copy, reach, decisions, obstacle: obstacleOf(person, copy, now) }
}

export interface DecisionReplyRequest {
  reviewId: string
  questionId: string
  text: string
  language: string
}

/**
 * Says something to a decision; it can be said more than once, and is never changed.
 * @throws {AppError} REVIEW_NOT_FOUND, QUESTION_NOT_FOUND, NOT_ALLOWED, STEP_NOT_AVAILABLE before sharing and after the date
 */
export async function replyToDecision(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { key, ...request }: DecisionReplyRequest & { key: string },
  now: Date,
): Promise<{ id: string }> {
  const { reviewId, questionId, language } = request
  return once(db, person, { key, operation: 'replyToDecision', body: request }, async () => {
    const { review, reach, decisions, obstacle } = await openDecisions(db, person, instruments, reviewId, now)
    if (!decisions.some((each) => each.questionId === questionId)) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
    if (obstacle === 'role') throw new AppError('NOT_ALLOWED', { reason: 'role' })
    if (!mayWrite(reach, questionId)) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
    if (obstacle === 'tooLate') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'dialogue.obstacle.tooLate' })
    const text = tidy(request.text)
    const cityId = review.city.id
    const id = await insertDecisionReply(db, { reviewId, cityId, questionId, text, language, writtenAt: now, writtenBy: person.id })
    await recordEvent(db, {
      action: 'decision.replied',
      personId: person.id,
      cityId,
      subject: `decision:${reviewId}/${questionId}`,
      payload: { reply: id, text, language },
      now,
    })
    return { id }
  })
}
