import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { openWatched, type ReviewedCopy } from '../reviews/opening.ts'
import { areRevealed } from '../reviews/review.ts'
import { readSettled, type Settled } from '../reviews/settling.ts'
import { addDaysTo, type DecisionReply, graceDays, isOpen, isReplyOpen, type QueryReply, type ReviewQuery } from './dialogue.ts'
import { listDecisionReplies, listQueries, listReplies, updateReview } from './queries.ts'
import { tellCity } from './telling.ts'

// What the lead of the evaluation does: read the dialogue, share the decisions with the city, close the review.

export type ShareObstacle = 'unsigned' | 'unsettled' | 'openQueries' | 'alreadyShared' | 'withdrawn'
export type CloseObstacle = 'notShared' | 'alreadyClosed' | 'withdrawn'

export interface Dialogue extends ReviewedCopy {
  queries: ReviewQuery[]
  replies: QueryReply[]
  decisionReplies: DecisionReply[]
  /** What counts; null as long as not every expert has signed. */
  settled: Settled | null
  shareObstacle: ShareObstacle | null
  closeObstacle: CloseObstacle | null
}

function shareObstacleOf(
  { review, assignments }: ReviewedCopy,
  queries: readonly ReviewQuery[],
  settled: Settled | null,
): ShareObstacle | null {
  if (review.withdrawnAt !== null) return 'withdrawn'
  if (review.sharedAt !== null) return 'alreadyShared'
  if (!areRevealed(assignments) || settled === null) return 'unsigned'
  if (settled.unsettled.length > 0) return 'unsettled'
  return queries.some((query) => isOpen(query)) ? 'openQueries' : null
}

function closeObstacleOf({ review }: ReviewedCopy): CloseObstacle | null {
  if (review.withdrawnAt !== null) return 'withdrawn'
  if (review.closedAt !== null) return 'alreadyClosed'
  return review.sharedAt === null ? 'notShared' : null
}

/** The whole dialogue of a review, for the evaluating organisation. @throws {AppError} REVIEW_NOT_FOUND */
export async function openDialogue(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<Dialogue> {
  const copy = await openWatched(db, person, instruments, reviewId)
  const queries = await listQueries(db, [reviewId])
  const replies = await listReplies(
    db,
    queries.map(({ id }) => id),
  )
  const decisionReplies = await listDecisionReplies(db, reviewId)
  const settled = await readSettled(db, copy)
  const shareObstacle = shareObstacleOf(copy, queries, settled)
  return { ...copy, queries, replies, decisionReplies, settled, shareObstacle, closeObstacle: closeObstacleOf(copy) }
}

function requireManaging(person: Person): void {
  const permission = can(person, 'reviews.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

interface StepRequest {
  reviewId: string
  version: number
  key: string
}

/**
 * Shows the decisions to the city, and opens its right of reply.
 * @throws {AppError} NOT_ALLOWED, REVIEW_NOT_FOUND, REVIEW_CHANGED, STEP_NOT_AVAILABLE before all experts have signed, while they differ
 * on a question that nobody has adjudicated, or while a query is open
 */
export async function shareDecisions(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { key, ...request }: StepRequest & { replyDays: number },
  now: Date,
): Promise<{ replyUntil: string }> {
  const { reviewId, version, replyDays } = request
  return once(db, person, { key, operation: 'shareDecisions', body: request }, async () => {
    const { review, shareObstacle } = await openDialogue(db, person, instruments, reviewId)
    requireManaging(person)
    if (shareObstacle !== null) throw new AppError('STEP_NOT_AVAILABLE', { reason: `dialogue.share.${shareObstacle}` })
    const replyUntil = addDaysTo(now, replyDays)
    if (!(await updateReview(db, reviewId, version, { sharedAt: now, sharedBy: person.id, replyUntil })))
      throw new AppError('REVIEW_CHANGED')
    const dueOn = replyUntil.toISOString().slice(0, 10)
    await tellCity(db, review, { kind: 'decisions-shared', dueOn, address: `/reviews/${reviewId}/decisions` }, person.id, now)
    await recordEvent(db, {
      action: 'review.shared',
      personId: person.id,
      cityId: review.city.id,
      subject: `review:${reviewId}`,
      payload: { replyUntil: replyUntil.toISOString() },
      now,
    })
    return { replyUntil: replyUntil.toISOString() }
  })
}

const shortestReason = 10 // characters

/**
 * Ends a review; slips can be mended for some days. While the city may still reply it needs a reason.
 * @throws {AppError} NOT_ALLOWED, REVIEW_NOT_FOUND, REVIEW_CHANGED, STEP_NOT_AVAILABLE, INPUT_INVALID when the reason is missing
 */
export async function closeReview(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { key, ...request }: StepRequest & { reason: string | null },
  now: Date,
): Promise<{ graceUntil: string }> {
  const { reviewId, version, reason } = request
  return once(db, person, { key, operation: 'closeReview', body: request }, async () => {
    const { review, closeObstacle } = await openDialogue(db, person, instruments, reviewId)
    requireManaging(person)
    if (closeObstacle !== null) throw new AppError('STEP_NOT_AVAILABLE', { reason: `dialogue.close.${closeObstacle}` })
    if (isReplyOpen(review, now) && (reason ?? '').trim().length < shortestReason)
      throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'reason', message: 'dialogue.close.reason.missing' }] })
    const graceUntil = addDaysTo(now, graceDays)
    if (!(await updateReview(db, reviewId, version, { closedAt: now, closedBy: person.id, graceUntil })))
      throw new AppError('REVIEW_CHANGED')
    await tellCity(db, review, { kind: 'review-closed', address: `/reviews/${reviewId}/result` }, person.id, now)
    await recordEvent(db, {
      action: 'review.closed',
      personId: person.id,
      cityId: review.city.id,
      subject: `review:${reviewId}`,
      payload: { graceUntil: graceUntil.toISOString(), reason },
      now,
    })
    return { graceUntil: graceUntil.toISOString() }
  })
}
