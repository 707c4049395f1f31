import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  adjudications,
  cities,
  frozenAnswerVersions,
  frozenAssessments,
  judgements,
  people,
  reviewAssignments,
  reviewQueries,
  reviews,
  waves,
} from '../../db/schema.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import type { FrozenContent } from '../results/frozen.ts'
import type { Adjudication, Assignment, Judgement, JudgementFields, Part, Review } from './review.ts'

const reviewColumns = {
  id: reviews.id,
  assessmentId: reviews.assessmentId,
  city: { id: cities.id, slug: cities.slug, name: cities.name, isSynthetic: cities.isSynthetic },
  wave: { id: waves.id, slug: waves.slug, name: waves.name, instrumentVersionId: waves.instrumentVersionId },
  frozenId: reviews.frozenId,
  registrationId: reviews.registrationId,
  sample: reviews.sample,
  dueOn: reviews.dueOn,
  openedAt: reviews.openedAt,
  openedBy: reviews.openedBy,
  sharedAt: reviews.sharedAt,
  replyUntil: reviews.replyUntil,
  closedAt: reviews.closedAt,
  graceUntil: reviews.graceUntil,
  signedAt: reviews.signedAt,
  signedBy: reviews.signedBy,
  publishedAt: reviews.publishedAt,
  publishedBy: reviews.publishedBy,
  withdrawnAt: reviews.withdrawnAt,
  version: reviews.version,
}

export interface ReviewFilter {
  id?: string
  ids?: readonly string[]
  waveId?: string
  cityIds?: readonly string[]
  assessmentId?: string
}

/** Reviews, newest first; those that were withdrawn only by their key. */
export async function listReviews(db: Db, { id, ids, waveId, cityIds, assessmentId }: ReviewFilter): Promise<Review[]> {
  if (ids?.length === 0) return []
  const rows = await db
    .select(reviewColumns)
    .from(reviews)
    .innerJoin(cities, eq(cities.id, reviews.cityId))
    .innerJoin(waves, eq(waves.id, reviews.waveId))
    .where(
      and(
        id === undefined ? isNull(reviews.withdrawnAt) : eq(reviews.id, id),
        ids === undefined ? undefined : inArray(reviews.id, [...ids]),
        waveId === undefined ? undefined : eq(reviews.waveId, waveId),
        cityIds === undefined ? undefined : inArray(reviews.cityId, [...cityIds]),
        assessmentId === undefined ? undefined : eq(reviews.assessmentId, assessmentId),
      ),
    )
    .orderBy(desc(reviews.openedAt), asc(reviews.id))
  return rows as Review[]
}

export async function findReview(db: Db, id: string): Promise<Review | null> {
  return (await listReviews(db, { id }))[0] ?? null
}

/** Assignments in force, the first expert before the second. */
export async function listReviewAssignments(db: Db, by: { reviewIds: readonly string[] } | { personId: string }): Promise<Assignment[]> {
  if ('reviewIds' in by && by.reviewIds.length === 0) return []
  const rows = await db
    .select({
      id: reviewAssignments.id,
      reviewId: reviewAssignments.reviewId,
      cityId: reviewAssignments.cityId,
      person: { id: people.id, name: people.name },
      part: reviewAssignments.part,
      dueOn: reviewAssignments.dueOn,
      assignedAt: reviewAssignments.assignedAt,
      overrideNote: reviewAssignments.overrideNote,
      lastQuestionId: reviewAssignments.lastQuestionId,
      lastAt: reviewAssignments.lastAt,
      signedAt: reviewAssignments.signedAt,
    })
    .from(reviewAssignments)
    .innerJoin(people, eq(people.id, reviewAssignments.personId))
    .where(
      and(
        isNull(reviewAssignments.endedAt),
        'reviewIds' in by ? inArray(reviewAssignments.reviewId, [...by.reviewIds]) : eq(reviewAssignments.personId, by.personId),
      ),
    )
    .orderBy(asc(reviewAssignments.reviewId), asc(reviewAssignments.part))
  return rows as Assignment[]
}

const judgementColumns = {
  questionId: judgements.questionId,
  personId: judgements.personId,
  version: judgements.version,
  answerVersion: judgements.answerVersion,
  decision: judgements.decision,
  reasonCode: judgements.reasonCode,
  points: judgements.points,
  note: judgements.note,
  reportText: judgements.reportText,
  isForMeeting: judgements.isForMeeting,
  seconds: judgements.seconds,
  graceReason: judgements.graceReason,
  decidedAt: judgements.decidedAt,
}

/** Every version of what one expert decided, oldest first. Blindness: ask for one expert unless all have signed. */
export async function listJudgementVersions(db: Db, reviewId: string, personId: string): Promise<Judgement[]> {
  const rows = await db
    .select(judgementColumns)
    .from(judgements)
    .where(and(eq(judgements.reviewId, reviewId), eq(judgements.personId, personId)))
    .orderBy(asc(judgements.questionId), asc(judgements.version))
  return rows as Judgement[]
}

/** What one expert decided last, by question. */
export async function getJudgements(db: Db, reviewId: string, personId: string): Promise<Map<string, Judgement>> {
  return new Map((await listJudgementVersions(db, reviewId, personId)).map((each) => [each.questionId, each]))
}

export interface NewJudgement extends JudgementFields {
  reviewId: string
  cityId: string
  questionId: string
  personId: string
  version: number
  answerVersion: number
  seconds: number
  graceReason: string | null
  decidedAt: Date
}

/** Adds a version. @returns whether it was added; false = somebody, the same person elsewhere, has added that version meanwhile */
export async function insertJudgement(db: Db, judgement: NewJudgement): Promise<boolean> {
  const added = await db.insert(judgements).values(judgement).onConflictDoNothing().returning({ id: judgements.id })
  return added.length > 0
}

/** What counts where experts disagreed, newest version of each question. */
export async function getAdjudications(db: Db, reviewId: string): Promise<Map<string, Adjudication>> {
  const rows = await db
    .select({
      questionId: adjudications.questionId,
      version: adjudications.version,
      decision: adjudications.decision,
      reasonCode: adjudications.reasonCode,
      points: adjudications.points,
      reason: adjudications.reason,
      reportText: adjudications.reportText,
      decidedAt: adjudications.decidedAt,
      decidedBy: adjudications.decidedBy,
    })
    .from(adjudications)
    .where(eq(adjudications.reviewId, reviewId))
    .orderBy(asc(adjudications.questionId), asc(adjudications.version))
  return new Map((rows as Adjudication[]).map((each) => [each.questionId, each]))
}

/** A version in the own line of a frozen copy, with the review and the part of whoever asked for it. */
export interface StoredLineVersion {
  frozenId: string
  reviewId: string
  askerPart: Part | null
  answer: StoredAnswer
}

/** Part that an asker holds or held last; whoever takes a part over sees its queries. Needs `review_queries` in the query. */
export const askerPart = sql<Part | null>`(select a.part from review_assignments a where a.review_id = review_queries.review_id
    and a.person_id = review_queries.asked_by order by a.assigned_at desc limit 1)`

/** Answers of frozen copies that the city has given anew in reply to queries: every version from 2, in their order. One query. */
export async function listLineVersions(db: Db, frozenIds: readonly string[]): Promise<StoredLineVersion[]> {
  if (frozenIds.length === 0) return []
  const rows = await db
    .select({
      frozenId: frozenAnswerVersions.frozenId,
      questionId: frozenAnswerVersions.questionId,
      version: frozenAnswerVersions.version,
      options: frozenAnswerVersions.options,
      missing: frozenAnswerVersions.missing,
      reason: frozenAnswerVersions.reason,
      explanation: frozenAnswerVersions.explanation,
      language: frozenAnswerVersions.language,
      savedAt: frozenAnswerVersions.savedAt,
      reviewId: reviewQueries.reviewId,
      askerPart,
    })
    .from(frozenAnswerVersions)
    .innerJoin(reviewQueries, eq(reviewQueries.id, frozenAnswerVersions.queryId))
    .where(inArray(frozenAnswerVersions.frozenId, [...frozenIds]))
    .orderBy(asc(frozenAnswerVersions.frozenId), asc(frozenAnswerVersions.questionId), asc(frozenAnswerVersions.version))
  return rows.map(({ frozenId, reviewId, askerPart: part, savedAt, ...row }) => ({
    frozenId,
    reviewId,
    askerPart: part,
    answer: { ...row, missing: row.missing as StoredAnswer['missing'], updatedAt: savedAt.toISOString(), author: null },
  }))
}

/** Frozen copies by their keys. */
export async function listFrozenContents(
  db: Db,
  frozenIds: readonly string[],
): Promise<Map<string, { content: FrozenContent; contentHash: string }>> {
  if (frozenIds.length === 0) return new Map()
  const rows = await db
    .select({ id: frozenAssessments.id, content: frozenAssessments.content, contentHash: frozenAssessments.contentHash })
    .from(frozenAssessments)
    .where(inArray(frozenAssessments.id, [...frozenIds]))
    .orderBy(asc(frozenAssessments.id))
  return new Map(rows.map(({ id, content, contentHash }) => [id, { content: content as FrozenContent, contentHash }]))
}

/** A query that is not closed, as far as it is needed to say who waits for whom. */
export interface OpenQuery {
  reviewId: string
  questionId: string
  askerPart: Part | null
  askedAt: Date
  /** Null = the city has not answered yet. */
  answeredAt: Date | null
}

/** Queries of some reviews that are neither closed nor taken back, oldest first. Blindness: an expert is shown those of their part. */
export async function listOpenQueries(db: Db, reviewIds: readonly string[]): Promise<OpenQuery[]> {
  if (reviewIds.length === 0) return []
  return db
    .select({
      reviewId: reviewQueries.reviewId,
      questionId: reviewQueries.questionId,
      askerPart,
      askedAt: reviewQueries.askedAt,
      answeredAt: reviewQueries.answeredAt,
    })
    .from(reviewQueries)
    .where(and(inArray(reviewQueries.reviewId, [...reviewIds]), isNull(reviewQueries.closedAt), isNull(reviewQueries.withdrawnAt)))
    .orderBy(asc(reviewQueries.askedAt), asc(reviewQueries.id))
}

/** Remembers where an expert is, so that they can go on there. */
export async function markPosition(db: Db, assignmentId: string, questionId: string, now: Date): Promise<void> {
  await db.update(reviewAssignments).set({ lastQuestionId: questionId, lastAt: now }).where(eq(reviewAssignments.id, assignmentId))
}
