import { asc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  adjudications,
  answerHistory,
  answers,
  cities,
  decisionReplies,
  frozenAnswerVersions,
  judgements,
  mergeDecisions,
  methodRegistrations,
  queryReplies,
  reviewAssignments,
  reviewQueries,
  reviews,
  scopeStatements,
} from '../../db/schema.ts'
import { answerFields, scopeFields } from './answer-events.ts'
import { decisionReplyFields, mergeFields, queryFields, queryTimes, replyFields, versionFields } from './dialogue-events.ts'
import type { Details } from './rebuilt.ts'
import { adjudicationFields, assignmentFields, judgementFields, reviewFields } from './review-events.ts'

/** A row as the events know it. */
interface PresentRow {
  key: string
  cityId: string
  value: Details
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null))
const only = (row: Details, names: readonly string[]): Details => Object.fromEntries(names.map((name) => [name, plain(row[name])]))

async function listAnswered(db: Db): Promise<PresentRow[]> {
  const saved = await db.select().from(answers)
  const history = await db.select().from(answerHistory)
  const stated = await db.select().from(scopeStatements).orderBy(asc(scopeStatements.version)) // the last of each key counts
  return [
    ...saved.map((row) => ({
      key: `answer:${row.assessmentId}/${row.questionId}`,
      cityId: row.cityId,
      value: { ...only(row, answerFields), by: row.updatedBy ?? row.guestId, at: plain(row.updatedAt) },
    })),
    ...history.map((row) => ({
      key: `answer-version:${row.assessmentId}/${row.questionId}/${row.version}`,
      cityId: row.cityId,
      value: { ...only(row, answerFields), by: row.savedBy ?? row.guestId, at: plain(row.savedAt) },
    })),
    ...stated.map((row) => ({
      key: `scope:${row.assessmentId}/${row.scopeId}`,
      cityId: row.cityId,
      value: { ...only(row, scopeFields), by: row.statedBy, at: plain(row.statedAt) },
    })),
  ]
}

async function listReviewed(db: Db): Promise<PresentRow[]> {
  const opened = await db
    .select({ review: reviews, methodHash: methodRegistrations.contentHash })
    .from(reviews)
    .innerJoin(methodRegistrations, eq(methodRegistrations.id, reviews.registrationId))
  const assigned = await db.select().from(reviewAssignments)
  const judged = await db.select().from(judgements)
  const adjudicated = await db.select().from(adjudications)
  return [
    ...opened.map(({ review, methodHash }) => ({
      key: `review:${review.id}`,
      cityId: review.cityId,
      value: only({ ...review, methodHash }, reviewFields),
    })),
    ...assigned.map((row) => ({ key: `assignment:${row.reviewId}/${row.id}`, cityId: row.cityId, value: only(row, assignmentFields) })),
    ...judged.map((row) => ({
      key: `judgement:${row.reviewId}/${row.questionId}/${row.personId}/${row.version}`,
      cityId: row.cityId,
      value: only(row, [...judgementFields, 'decidedAt']),
    })),
    ...adjudicated.map((row) => ({
      key: `adjudication:${row.reviewId}/${row.questionId}/${row.version}`,
      cityId: row.cityId,
      value: only(row, [...adjudicationFields, 'decidedAt', 'decidedBy']),
    })),
  ]
}

async function listSaid(db: Db): Promise<PresentRow[]> {
  const asked = await db.select().from(reviewQueries)
  const replied = await db.select().from(queryReplies)
  const versions = await db.select().from(frozenAnswerVersions)
  const answered = await db.select().from(decisionReplies)
  const merged = await db.select().from(mergeDecisions)
  return [
    ...asked.map((row) => ({ key: `query:${row.id}`, cityId: row.cityId, value: only(row, [...queryFields, ...queryTimes]) })),
    ...replied.map((row) => ({ key: `query-reply:${row.queryId}/${row.id}`, cityId: row.cityId, value: only(row, replyFields) })),
    ...versions.map((row) => ({
      key: `frozen-answer:${row.queryId}/${row.version}`,
      cityId: row.cityId,
      value: only(row, [...versionFields, 'savedAt', 'savedBy']),
    })),
    ...answered.map((row) => ({
      key: `decision-reply:${row.reviewId}/${row.questionId}/${row.id}`,
      cityId: row.cityId,
      value: only(row, decisionReplyFields),
    })),
    ...merged.map((row) => ({ key: `correction:${row.reviewId}/${row.questionId}`, cityId: row.cityId, value: only(row, mergeFields) })),
  ]
}

/** What the database says now of everything that can be replayed, by the keys of the events, and which of it belongs to invented cities. */
export async function readPresentState(db: Db): Promise<{ state: Map<string, Details>; synthetic: Set<string> }> {
  const rows = [...(await listAnswered(db)), ...(await listReviewed(db)), ...(await listSaid(db))]
  const invented = await db.select({ id: cities.id }).from(cities).where(eq(cities.isSynthetic, true))
  const inventedIds = new Set(invented.map(({ id }) => id))
  return {
    state: new Map(rows.map(({ key, value }) => [key, value])),
    synthetic: new Set(rows.filter(({ cityId }) => inventedIds.has(cityId)).map(({ key }) => key)),
  }
}
