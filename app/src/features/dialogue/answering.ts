import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person } from '../../permissions.ts'
import {
  type AnswerFields,
  type AnswerPatch,
  applyPatch,
  equalFields,
  findBrokenRule,
  neverSaved,
  pickFields,
  type StoredAnswer,
} from '../assessments/answer.ts'
import { mayRead, mayWrite, type Reach } from '../assessments/assignment.ts'
import { reachOf } from '../assessments/reach.ts'
import { recordEvent } from '../audit/queries.ts'
import { findQuestion } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { lineOfPart, newestAnswers } from '../reviews/line.ts'
import { openOwnReview, type ReviewedCopy } from '../reviews/opening.ts'
import { areRevealed } from '../reviews/review.ts'
import { isOpen, type QueryReply, type ReviewQuery, tidy } from './dialogue.ts'
import { insertFrozenVersion, insertReply, listQueries, listReplies, lockQuery, markQuery } from './queries.ts'
import { tellAsker } from './telling.ts'

// What the city does: read queries, reply, send a better answer along, hand back. Its working copy is never touched.

export interface CityReview extends ReviewedCopy {
  reach: Reach
  /** Those about questions that the person reads, without those taken back; oldest first. */
  queries: ReviewQuery[]
  replies: QueryReply[]
}

async function inCity(db: Db, person: Person, copy: ReviewedCopy): Promise<CityReview> {
  const { review, instrument } = copy
  const reach = await reachOf(db, person, { id: review.assessmentId, city: review.city }, instrument)
  const all = await listQueries(db, [review.id])
  const queries = all.filter(({ questionId, withdrawnAt }) => withdrawnAt === null && mayRead(reach, questionId))
  const replies = await listReplies(
    db,
    queries.map(({ id }) => id),
  )
  return { ...copy, reach, queries, replies }
}

/** A review of the person's own city with its queries. @throws {AppError} REVIEW_NOT_FOUND */
export async function openCityReview(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<CityReview> {
  return inCity(db, person, await openOwnReview(db, person, instruments, reviewId))
}

export interface OpenedQuery extends CityReview {
  query: ReviewQuery
  /** The newest version in the frozen copy's own line; version 1 = as it was handed in. */
  answer: StoredAnswer
  /** Whoever asks has an older answer before them: the newer one went to somebody else. A reply takes the newest along. */
  isBehind: boolean
  /** Somebody else asks about the same question; neither may hear of the other. */
  hasTwin: boolean
  /** Why the person cannot reply: a key of the texts; null = they can. */
  obstacle: 'role' | 'notYours' | 'closed' | null
}

const firstVersion = (questionId: string): StoredAnswer => ({ ...neverSaved(questionId), version: 1 })

function replyObstacle(person: Person, { review, reach }: CityReview, query: ReviewQuery): OpenedQuery['obstacle'] {
  if (!can(person, 'review.reply', review.city.id).ok) return 'role'
  if (!mayWrite(reach, query.questionId)) return 'notYours'
  return isOpen(query) && review.closedAt === null ? null : 'closed'
}

/** @throws {AppError} REVIEW_NOT_FOUND, NOT_FOUND when there is no such query, or the person does not read its question */
export async function openQuery(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reviewId, queryId }: { reviewId: string; queryId: string },
): Promise<OpenedQuery> {
  const opened = await openCityReview(db, person, instruments, reviewId)
  const query = opened.queries.find(({ id }) => id === queryId)
  if (query === undefined) throw new AppError('NOT_FOUND')
  const answer = opened.answers.get(query.questionId) ?? firstVersion(query.questionId)
  const hasTwin = opened.queries.some(
    ({ id, questionId, askerPart }) => id !== queryId && questionId === query.questionId && askerPart !== query.askerPart,
  )
  return { ...opened, query, answer, isBehind: isBehind(opened, query, answer), hasTwin, obstacle: replyObstacle(person, opened, query) }
}

/** Whether the asker would see something else than the newest answer. Once all experts have signed, everybody sees the newest. */
function isBehind({ assignments, handedIn, line }: CityReview, { askerPart, questionId }: ReviewQuery, newest: StoredAnswer): boolean {
  if (askerPart === null || areRevealed(assignments)) return false
  const seen = newestAnswers(handedIn, lineOfPart(line, askerPart)).get(questionId) ?? firstVersion(questionId)
  return !equalFields(seen, newest)
}

export interface ReplyRequest {
  reviewId: string
  queryId: string
  text: string
  language: string
  /** Hands the query back to the expert. */
  isDone: boolean
  /** What changes in the frozen answer; null or nothing new = it stays. */
  patch: AnswerPatch | null
  /** Version of the frozen answer that was seen. */
  answerVersion: number
}

const tidyPatch = (patch: AnswerPatch): AnswerPatch => ({
  ...patch,
  ...(patch.explanation != null && { explanation: tidy(patch.explanation) }),
  ...(patch.reason != null && { reason: tidy(patch.reason) }),
})

/**
 * Adds a version of the answer to the frozen copy's own line: what the city changes now, or what it has told the other expert before and
 * this one does not know yet. @returns it; null = it says nothing new to whoever asks
 */
async function addVersion(
  db: Db,
  person: Person,
  { instrument, review, query, answer, isBehind: isLate }: OpenedQuery,
  { patch, answerVersion, language }: ReplyRequest,
  now: Date,
): Promise<{ version: number; contentHash: string; before: AnswerFields; after: AnswerFields } | null> {
  const { questionId } = query
  const before = pickFields(answer)
  const after = patch === null ? before : applyPatch(before, tidyPatch(patch))
  const isNew = !equalFields(before, after)
  if (!isNew && !isLate) return null
  if (isNew && answer.version !== answerVersion) throw new AppError('REVIEW_CHANGED', {}, { currentVersion: answer.version })
  const rule = findBrokenRule(findQuestion(instrument, questionId)!, after)
  if (rule !== null) throw new AppError('ANSWER_INVALID', { question: questionId, rule: `assessments.rule.${rule}` })
  const version = answer.version + 1
  const contentHash = hashOf({ frozen: review.frozenId, question: questionId, version, ...after, language })
  const row = { ...after, frozenId: review.frozenId, cityId: review.city.id, questionId, version, queryId: query.id, language, contentHash }
  const isAdded = await insertFrozenVersion(db, { ...row, savedAt: now, savedBy: person.id })
  if (!isAdded) throw new AppError('REVIEW_CHANGED')
  return { version, contentHash, before, after }
}

async function holdQuery(db: Db, person: Person, instruments: InstrumentStore, key: { reviewId: string; queryId: string }) {
  await openQuery(db, person, instruments, key) // before anything is held: whoever may not see it holds nothing
  await lockQuery(db, key.queryId)
  const opened = await openQuery(db, person, instruments, key)
  if (opened.obstacle === 'role') throw new AppError('NOT_ALLOWED', { reason: 'role' })
  if (opened.obstacle === 'notYours') throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  if (opened.obstacle === 'closed') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'dialogue.obstacle.closed' })
  return opened
}

/**
 * Replies to a query, with a new version of the answer if there is one, also after the date as long as the query is open.
 * @throws {AppError} REVIEW_NOT_FOUND, NOT_FOUND, NOT_ALLOWED, STEP_NOT_AVAILABLE, REVIEW_CHANGED when somebody has sent another version
 * of the answer meanwhile, ANSWER_INVALID
 */
export async function replyToQuery(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { key, ...request }: ReplyRequest & { key: string },
  now: Date,
): Promise<{ id: string; frozenVersion: number | null }> {
  return once(db, person, { key, operation: 'replyToQuery', body: request }, async () => {
    const opened = await holdQuery(db, person, instruments, request)
    const { review, query } = opened
    const added = await addVersion(db, person, opened, request, now)
    const reply = { queryId: query.id, cityId: review.city.id, text: tidy(request.text), language: request.language }
    const frozenVersion = added?.version ?? null
    const id = await insertReply(db, { ...reply, frozenVersion, writtenAt: now, writtenBy: person.id })
    if (request.isDone) await markQuery(db, query.id, { answeredAt: now })
    await tellAsker(db, review, query, person.id, now)
    const { text } = reply
    await recordEvent(db, {
      action: 'query.replied',
      personId: person.id,
      cityId: review.city.id,
      subject: `query:${query.id}`,
      payload: {
        review: review.id,
        question: query.questionId,
        reply: id,
        text,
        language: reply.language,
        isDone: request.isDone,
        answer: added,
      },
      now,
    })
    return { id, frozenVersion }
  })
}

/** Hands a query back after replies. @throws {AppError} STEP_NOT_AVAILABLE without a reply; as replyToQuery */
export async function finishQuery(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  key: { reviewId: string; queryId: string },
  now: Date,
): Promise<void> {
  const { review, query, replies } = await holdQuery(db, person, instruments, key)
  if (!replies.some(({ queryId }) => queryId === query.id))
    throw new AppError('STEP_NOT_AVAILABLE', { reason: 'dialogue.obstacle.noReply' })
  if (query.answeredAt !== null) return
  await markQuery(db, query.id, { answeredAt: now })
  await tellAsker(db, review, query, person.id, now)
  await recordEvent(db, {
    action: 'query.finished',
    personId: person.id,
    cityId: review.city.id,
    subject: `query:${query.id}`,
    payload: { review: review.id, question: query.questionId },
    now,
  })
}
