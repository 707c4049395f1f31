import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { decisionReplies, frozenAnswerVersions, people, queryReplies, reviewQueries, reviews } from '../../db/schema.ts'
import type { AnswerFields } from '../assessments/answer.ts'
import { askerPart } from '../reviews/queries.ts'
import type { DecisionReply, QueryReply, ReviewQuery } from './dialogue.ts'

const queryColumns = {
  id: reviewQueries.id,
  reviewId: reviewQueries.reviewId,
  questionId: reviewQueries.questionId,
  text: reviewQueries.text,
  language: reviewQueries.language,
  dueOn: reviewQueries.dueOn,
  askedAt: reviewQueries.askedAt,
  askedBy: reviewQueries.askedBy,
  askerPart,
  answeredAt: reviewQueries.answeredAt,
  closedAt: reviewQueries.closedAt,
  withdrawnAt: reviewQueries.withdrawnAt,
}

/** Queries of some reviews, oldest first. */
export async function listQueries(db: Db, reviewIds: readonly string[]): Promise<ReviewQuery[]> {
  if (reviewIds.length === 0) return []
  return db
    .select(queryColumns)
    .from(reviewQueries)
    .where(inArray(reviewQueries.reviewId, [...reviewIds]))
    .orderBy(asc(reviewQueries.askedAt), asc(reviewQueries.id))
}

/** Holds a query until the transaction ends, so that it is answered and closed one after the other. */
export async function lockQuery(db: Db, id: string): Promise<void> {
  await db.select({ id: reviewQueries.id }).from(reviewQueries).where(eq(reviewQueries.id, id)).for('update')
}

export interface NewQuery {
  reviewId: string
  cityId: string
  questionId: string
  text: string
  language: string
  dueOn: string
  askedAt: Date
  askedBy: string
}

/** @returns its key; null = this expert's earlier query about the question is still open */
export async function insertQuery(db: Db, query: NewQuery): Promise<string | null> {
  const [row] = await db.insert(reviewQueries).values(query).onConflictDoNothing().returning({ id: reviewQueries.id })
  return row?.id ?? null
}

/** Sets times of a query that is still open. @returns whether it was */
export async function markQuery(
  db: Db,
  id: string,
  times: Partial<Pick<ReviewQuery, 'answeredAt' | 'closedAt' | 'withdrawnAt'>>,
): Promise<boolean> {
  const marked = await db
    .update(reviewQueries)
    .set(times)
    .where(and(eq(reviewQueries.id, id), isNull(reviewQueries.closedAt), isNull(reviewQueries.withdrawnAt)))
    .returning({ id: reviewQueries.id })
  return marked.length > 0
}

/** What the city has replied to some queries, oldest first. */
export async function listReplies(db: Db, queryIds: readonly string[]): Promise<QueryReply[]> {
  if (queryIds.length === 0) return []
  return db
    .select({
      id: queryReplies.id,
      queryId: queryReplies.queryId,
      text: queryReplies.text,
      language: queryReplies.language,
      frozenVersion: queryReplies.frozenVersion,
      writtenAt: queryReplies.writtenAt,
      writer: people.name,
    })
    .from(queryReplies)
    .leftJoin(people, eq(people.id, queryReplies.writtenBy))
    .where(inArray(queryReplies.queryId, [...queryIds]))
    .orderBy(asc(queryReplies.writtenAt), asc(queryReplies.id))
}

export interface NewReply {
  queryId: string
  cityId: string
  text: string
  language: string
  frozenVersion: number | null
  writtenAt: Date
  writtenBy: string
}

export async function insertReply(db: Db, reply: NewReply): Promise<string> {
  const [row] = await db.insert(queryReplies).values(reply).returning({ id: queryReplies.id })
  return row!.id
}

export interface NewFrozenVersion extends AnswerFields {
  frozenId: string
  cityId: string
  questionId: string
  version: number
  queryId: string
  language: string
  contentHash: string
  savedAt: Date
  savedBy: string
}

/** @returns whether it was added; false = somebody has added that version meanwhile */
export async function insertFrozenVersion(db: Db, version: NewFrozenVersion): Promise<boolean> {
  const added = await db
    .insert(frozenAnswerVersions)
    .values(version)
    .onConflictDoNothing()
    .returning({ version: frozenAnswerVersions.version })
  return added.length > 0
}

/** Every word of the city about the decisions of a review, oldest first. */
export async function listDecisionReplies(db: Db, reviewId: string): Promise<DecisionReply[]> {
  return db
    .select({
      id: decisionReplies.id,
      questionId: decisionReplies.questionId,
      text: decisionReplies.text,
      language: decisionReplies.language,
      writtenAt: decisionReplies.writtenAt,
      writer: people.name,
    })
    .from(decisionReplies)
    .leftJoin(people, eq(people.id, decisionReplies.writtenBy))
    .where(eq(decisionReplies.reviewId, reviewId))
    .orderBy(asc(decisionReplies.writtenAt), asc(decisionReplies.id))
}

export interface NewDecisionReply {
  reviewId: string
  cityId: string
  questionId: string
  text: string
  language: string
  writtenAt: Date
  writtenBy: string
}

export async function insertDecisionReply(db: Db, reply: NewDecisionReply): Promise<string> {
  const [row] = await db.insert(decisionReplies).values(reply).returning({ id: decisionReplies.id })
  return row!.id
}

type ReviewTimes = Partial<
  Pick<typeof reviews.$inferInsert, 'sharedAt' | 'sharedBy' | 'replyUntil' | 'closedAt' | 'closedBy' | 'graceUntil'>
>

/** Changes a review if it is still the version seen. @returns whether it was */
export async function updateReview(db: Db, id: string, version: number, times: ReviewTimes): Promise<boolean> {
  const changed = await db
    .update(reviews)
    .set({ ...times, version: version + 1 })
    .where(and(eq(reviews.id, id), eq(reviews.version, version)))
    .returning({ id: reviews.id })
  return changed.length > 0
}

/** Queries that wait for their city until a day. Needs the context of the network. @param dueOn YYYY-MM-DD */
export async function listQueriesDue(
  db: Db,
  dueOn: string,
): Promise<{ id: string; reviewId: string; cityId: string; questionId: string }[]> {
  return db
    .select({ id: reviewQueries.id, reviewId: reviewQueries.reviewId, cityId: reviewQueries.cityId, questionId: reviewQueries.questionId })
    .from(reviewQueries)
    .innerJoin(reviews, and(eq(reviews.id, reviewQueries.reviewId), isNull(reviews.withdrawnAt), isNull(reviews.closedAt)))
    .where(
      and(
        eq(reviewQueries.dueOn, dueOn),
        isNull(reviewQueries.answeredAt),
        isNull(reviewQueries.closedAt),
        isNull(reviewQueries.withdrawnAt),
      ),
    )
    .orderBy(asc(reviewQueries.id))
}

/** Reviews whose city may reply to the decisions until some time of a day (UTC). @param day YYYY-MM-DD */
export async function listRepliesEnding(db: Db, day: string): Promise<{ id: string; cityId: string }[]> {
  return db
    .select({ id: reviews.id, cityId: reviews.cityId })
    .from(reviews)
    .where(and(isNull(reviews.closedAt), isNull(reviews.withdrawnAt), sql`(${reviews.replyUntil} at time zone 'UTC')::date = ${day}::date`))
    .orderBy(asc(reviews.id))
}
