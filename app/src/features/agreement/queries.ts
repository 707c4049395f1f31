import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { adjudications, judgements, methodRegistrations, people, reviewAssignments, reviews, verifiedResults } from '../../db/schema.ts'
import type { MethodChoices } from '../evaluations/method.ts'
import { lockResults } from '../results/queries.ts'
import type { Adjudication, Decision, Judgement, ReasonCode } from '../reviews/review.ts'

/** Judgements of many reviews: newest version of each expert and question, with the review they belong to. */
export async function listNewestJudgements(db: Db, reviewIds: readonly string[]): Promise<(Judgement & { reviewId: string })[]> {
  if (reviewIds.length === 0) return []
  const rows = await db
    .selectDistinctOn([judgements.reviewId, judgements.personId, judgements.questionId], {
      reviewId: judgements.reviewId,
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
    })
    .from(judgements)
    .where(inArray(judgements.reviewId, [...reviewIds]))
    .orderBy(asc(judgements.reviewId), asc(judgements.personId), asc(judgements.questionId), desc(judgements.version))
  return rows as (Judgement & { reviewId: string })[]
}

/** Adjudications of many reviews: newest version of each question. */
export async function listNewestAdjudications(db: Db, reviewIds: readonly string[]): Promise<(Adjudication & { reviewId: string })[]> {
  if (reviewIds.length === 0) return []
  const rows = await db
    .selectDistinctOn([adjudications.reviewId, adjudications.questionId], {
      reviewId: adjudications.reviewId,
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
    .where(inArray(adjudications.reviewId, [...reviewIds]))
    .orderBy(asc(adjudications.reviewId), asc(adjudications.questionId), desc(adjudications.version))
  return rows as (Adjudication & { reviewId: string })[]
}

export interface NewAdjudication {
  reviewId: string
  cityId: string
  questionId: string
  version: number
  decision: Decision
  reasonCode: ReasonCode | null
  points: number | null
  reason: string
  reportText: string | null
  decidedAt: Date
  decidedBy: string
}

/** Adds a version. @returns whether it was added; false = somebody has added that version meanwhile */
export async function insertAdjudication(db: Db, adjudication: NewAdjudication): Promise<boolean> {
  const added = await db.insert(adjudications).values(adjudication).onConflictDoNothing().returning({ id: adjudications.id })
  return added.length > 0
}

/** Everybody who has ever worked on a review, those whose assignment has ended too. */
export async function listWorkers(db: Db, reviewId: string): Promise<Set<string>> {
  const assigned = await db
    .select({ id: reviewAssignments.personId })
    .from(reviewAssignments)
    .where(eq(reviewAssignments.reviewId, reviewId))
  const judged = await db.selectDistinct({ id: judgements.personId }).from(judgements).where(eq(judgements.reviewId, reviewId))
  return new Set([...assigned, ...judged].map(({ id }) => id))
}

/** Changes a review in the version seen. @returns whether it was that version still */
export async function writeReview(
  db: Db,
  { id, version }: { id: string; version: number },
  change: Partial<Pick<typeof reviews.$inferInsert, 'signedAt' | 'signedBy' | 'publishedAt' | 'publishedBy'>>,
): Promise<boolean> {
  const written = await db
    .update(reviews)
    .set({ ...change, version: version + 1 })
    .where(and(eq(reviews.id, id), eq(reviews.version, version)))
    .returning({ id: reviews.id })
  return written.length > 0
}

export type NewVerifiedResult = Omit<typeof verifiedResults.$inferInsert, 'seq'>

/** Adds the results of one review; like self-reported ones, one transaction at a time. */
export async function insertVerifiedResults(db: Db, rows: readonly NewVerifiedResult[]): Promise<void> {
  await lockResults(db)
  await db.insert(verifiedResults).values([...rows])
}

/** Names by key, for whoever signed and published. */
export async function listNames(db: Db, personIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = personIds.filter((id): id is string => id !== null)
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]))
    .orderBy(asc(people.name))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What was registered. */
export interface Registration {
  id: string
  content: MethodChoices
  contentHash: string
}

const registrationColumns = {
  id: methodRegistrations.id,
  content: methodRegistrations.content,
  contentHash: methodRegistrations.contentHash,
}

/** The registration that a review is bound to. */
export async function findRegistration(db: Db, id: string): Promise<Registration> {
  const [row] = await db.select(registrationColumns).from(methodRegistrations).where(eq(methodRegistrations.id, id))
  return row as Registration
}

/** The method of a wave with its newest addendum. */
export async function findNewestRegistration(db: Db, waveId: string): Promise<Registration | null> {
  const [row] = await db
    .select(registrationColumns)
    .from(methodRegistrations)
    .where(eq(methodRegistrations.waveId, waveId))
    .orderBy(desc(methodRegistrations.version))
    .limit(1)
  return (row as Registration | undefined) ?? null
}
