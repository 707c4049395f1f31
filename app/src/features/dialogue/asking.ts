import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { contextOf } from '../../web.ts'
import { recordEvent } from '../audit/queries.ts'
import { isDay } from '../departments/due.ts'
import { findQuestion } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { withdrawNotices } from '../notices/queries.ts'
import { numberFor } from '../reviews/line.ts'
import { openAssigned, type OpenedReview } from '../reviews/opening.ts'
import { areRevealed } from '../reviews/review.ts'
import { isOpen, type QueryReply, type ReviewQuery, tidy, visibleQueries } from './dialogue.ts'
import { insertQuery, listQueries, listReplies, lockQuery, markQuery } from './queries.ts'
import { findAsked, queryAddress, tellAsked } from './telling.ts'

// What experts do: ask the city, read what it replies, close.

export interface QuestionKey {
  reviewId: string
  questionId: string
}

export interface OpenedQueries extends OpenedReview {
  questionId: string
  /** The expert's own about this question, oldest first; of all experts once all have signed. */
  queries: ReviewQuery[]
  /** With numbers of versions as this expert knows them. */
  replies: QueryReply[]
  /** Why nothing can be asked: a key of the texts; null = it can. */
  obstacle: 'signed' | 'shared' | 'open' | null
}

async function openQuestion(db: Db, person: Person, instruments: InstrumentStore, { reviewId, questionId }: QuestionKey) {
  const opened = await openAssigned(db, person, instruments, reviewId)
  if (!opened.questionIds.includes(questionId)) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  const all = await listQueries(db, [reviewId])
  const queries = visibleQueries(all, opened.assignment.part, areRevealed(opened.assignments)).filter(
    (query) => query.questionId === questionId,
  )
  return { opened, queries }
}

function obstacleOf({ review, assignment }: OpenedReview, queries: readonly ReviewQuery[]): OpenedQueries['obstacle'] {
  if (assignment.signedAt !== null) return 'signed'
  if (review.sharedAt !== null || review.closedAt !== null) return 'shared'
  return queries.some((query) => isOpen(query)) ? 'open' : null
}

/** @throws {AppError} REVIEW_NOT_FOUND, QUESTION_NOT_FOUND outside of the expert's part */
export async function openQueries(db: Db, person: Person, instruments: InstrumentStore, key: QuestionKey): Promise<OpenedQueries> {
  const { opened, queries } = await openQuestion(db, person, instruments, key)
  const replies = await listReplies(
    db,
    queries.map(({ id }) => id),
  )
  const { questionId } = key
  const known = replies.map((reply) => ({
    ...reply,
    frozenVersion: reply.frozenVersion && numberFor(opened.line, questionId, reply.frozenVersion),
  }))
  return { ...opened, questionId, queries, replies: known, obstacle: obstacleOf(opened, queries) }
}

export interface AskRequest extends QuestionKey {
  text: string
  /** YYYY-MM-DD */
  dueOn: string
  language: string
  key: string
}

const invalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })

/**
 * Asks the city about one question; only this question is reopened, in the frozen copy's own line of versions.
 * @throws {AppError} REVIEW_NOT_FOUND, QUESTION_NOT_FOUND, STEP_NOT_AVAILABLE, INPUT_INVALID
 */
export async function askQuery(
  services: Pick<Services, 'db' | 'instruments'>,
  person: Person,
  { key, ...request }: AskRequest,
  now: Date,
): Promise<{ id: string }> {
  const inOwn = <T>(work: (db: Db) => Promise<T>) => inContext(services.db, contextOf(person), work)
  const { opened } = await inOwn((db) => openQuestion(db, person, services.instruments, request))
  const { review, instrument } = opened
  const { reviewId, questionId, dueOn, language } = request
  if (findQuestion(instrument, questionId) === null) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  if (!isDay(dueOn) || dueOn < now.toISOString().slice(0, 10)) throw invalid('dueOn', 'dialogue.ask.due.past')
  const asked = await findAsked(services, review, instrument, questionId)
  const text = tidy(request.text)
  return inOwn((db) =>
    once(db, person, { key, operation: 'askQuery', body: request }, async () => {
      const again = await openQuestion(db, person, services.instruments, request)
      const obstacle = obstacleOf(again.opened, again.queries)
      if (obstacle !== null) throw new AppError('STEP_NOT_AVAILABLE', { reason: `dialogue.obstacle.${obstacle}` })
      const query = { reviewId, questionId, text, language, dueOn, askedAt: now, askedBy: person.id }
      const id = await insertQuery(db, { ...query, cityId: review.city.id })
      if (id === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'dialogue.obstacle.open' })
      await tellAsked(db, asked, review, { id, questionId, dueOn, text }, person.id, now)
      const payload = { review: reviewId, question: questionId, text, language, dueOn }
      await recordEvent(db, { action: 'query.asked', personId: person.id, cityId: review.city.id, subject: `query:${id}`, payload, now })
      return { id }
    }),
  )
}

/** The expert's own query, held until the transaction ends. @throws {AppError} REVIEW_NOT_FOUND, NOT_FOUND */
async function holdOwn(db: Db, person: Person, instruments: InstrumentStore, { reviewId, queryId }: QueryKey) {
  const opened = await openAssigned(db, person, instruments, reviewId)
  await lockQuery(db, queryId)
  const mine = (await listQueries(db, [reviewId])).filter(({ askerPart }) => askerPart === opened.assignment.part)
  const query = mine.find(({ id }) => id === queryId)
  if (query === undefined) throw new AppError('NOT_FOUND')
  return { opened, query }
}

export interface QueryKey {
  reviewId: string
  queryId: string
}

/** Ends a query: the expert has what they need, or no longer waits. Doing it twice changes nothing. */
export async function closeQuery(db: Db, person: Person, instruments: InstrumentStore, key: QueryKey, now: Date): Promise<ReviewQuery> {
  const { opened, query } = await holdOwn(db, person, instruments, key)
  if (!(await markQuery(db, query.id, { closedAt: now }))) return query
  await recordEvent(db, {
    action: 'query.closed',
    personId: person.id,
    cityId: opened.review.city.id,
    subject: `query:${query.id}`,
    payload: { review: key.reviewId, question: query.questionId },
    now,
  })
  return query
}

/** @throws {AppError} STEP_NOT_AVAILABLE once there is a reply */
async function markWithdrawn(db: Db, person: Person, instruments: InstrumentStore, key: QueryKey, now: Date) {
  const { opened, query } = await holdOwn(db, person, instruments, key)
  const { city } = opened.review
  if (query.withdrawnAt !== null) return { query, city }
  if ((await listReplies(db, [query.id])).length > 0 || query.closedAt !== null)
    throw new AppError('STEP_NOT_AVAILABLE', { reason: 'dialogue.obstacle.replied' })
  await markQuery(db, query.id, { withdrawnAt: now })
  const payload = { review: key.reviewId, question: query.questionId }
  await recordEvent(db, { action: 'query.withdrawn', personId: person.id, cityId: city.id, subject: `query:${query.id}`, payload, now })
  return { query, city }
}

/**
 * Takes a query back that the city has not replied to; what nobody has been mailed yet is not mailed. The expert does not reach what
 * the city's people are told, so that this happens in a transaction of its own, in the city.
 * @throws {AppError} REVIEW_NOT_FOUND, NOT_FOUND, STEP_NOT_AVAILABLE once there is a reply
 */
export async function withdrawQuery(
  { db, instruments }: Pick<Services, 'db' | 'instruments'>,
  person: Person,
  key: QueryKey,
  now: Date,
): Promise<ReviewQuery> {
  const { query, city } = await inContext(db, contextOf(person), (own) => markWithdrawn(own, person, instruments, key, now))
  await inContext(db, { scope: 'city', cityIds: [city.id] }, (inCity) =>
    withdrawNotices(inCity, [queryAddress(key.reviewId, query.id)], now),
  )
  return query
}
