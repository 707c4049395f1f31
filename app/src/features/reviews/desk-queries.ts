import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documentViews, frozenAnswerVersions, frozenAssessments, judgements, reviewAssignments, reviewQueries } from '../../db/schema.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import type { FrozenContent } from '../results/frozen.ts'
import type { Judgement } from './review.ts'

/** Holds up other changes of one expert's part until the transaction ends. @returns null when the assignment has ended */
export async function lockAssignment(db: Db, id: string): Promise<{ signedAt: Date | null } | null> {
  const [row] = await db
    .select({ signedAt: reviewAssignments.signedAt, endedAt: reviewAssignments.endedAt })
    .from(reviewAssignments)
    .where(eq(reviewAssignments.id, id))
    .for('update')
  return row === undefined || row.endedAt !== null ? null : { signedAt: row.signedAt }
}

export async function markSigned(db: Db, assignmentId: string, now: Date): Promise<void> {
  await db.update(reviewAssignments).set({ signedAt: now }).where(eq(reviewAssignments.id, assignmentId))
}

/** When a person has opened which document in a review, first time. */
export async function getDocumentViews(db: Db, reviewId: string, personId: string): Promise<Map<string, Date>> {
  const rows = await db
    .select({ evidenceId: documentViews.evidenceId, seenAt: documentViews.seenAt })
    .from(documentViews)
    .where(and(eq(documentViews.reviewId, reviewId), eq(documentViews.personId, personId)))
  return new Map(rows.map(({ evidenceId, seenAt }) => [evidenceId, seenAt]))
}

export interface DocumentView {
  reviewId: string
  cityId: string
  evidenceId: string
  personId: string
}

/** Remembers that a document was opened; the first time counts. */
export async function markSeen(db: Db, view: DocumentView, now: Date): Promise<void> {
  await db
    .insert(documentViews)
    .values({ ...view, seenAt: now })
    .onConflictDoNothing()
}

/** Frozen copies by their keys, with the answers that the city has given anew in them. Two queries. */
export async function listFrozenCopies(
  db: Db,
  frozenIds: readonly string[],
): Promise<Map<string, { content: FrozenContent; versions: Map<string, StoredAnswer> }>> {
  if (frozenIds.length === 0) return new Map()
  const [copies, versions] = await Promise.all([
    db
      .select({ id: frozenAssessments.id, content: frozenAssessments.content })
      .from(frozenAssessments)
      .where(inArray(frozenAssessments.id, [...frozenIds])),
    db
      .select()
      .from(frozenAnswerVersions)
      .where(inArray(frozenAnswerVersions.frozenId, [...frozenIds]))
      .orderBy(asc(frozenAnswerVersions.version)),
  ])
  return new Map(
    copies.map(({ id, content }) => {
      const own = versions.filter(({ frozenId }) => frozenId === id)
      const answers = own.map(
        ({ questionId, version, options, missing, reason, explanation, language, savedAt }): [string, StoredAnswer] => [
          questionId,
          {
            questionId,
            version,
            options,
            reason,
            explanation,
            language,
            missing: missing as StoredAnswer['missing'],
            updatedAt: savedAt.toISOString(),
            author: null,
          },
        ],
      )
      return [id, { content: content as FrozenContent, versions: new Map(answers) }]
    }),
  )
}

/** What one expert decided last, in several reviews: by review and question. */
export async function getJudgementsIn(
  db: Db,
  reviewIds: readonly string[],
  personId: string,
): Promise<Map<string, Map<string, Judgement>>> {
  const found = new Map(reviewIds.map((id) => [id, new Map<string, Judgement>()]))
  if (reviewIds.length === 0) return found
  const rows = await db
    .select()
    .from(judgements)
    .where(and(inArray(judgements.reviewId, [...reviewIds]), eq(judgements.personId, personId)))
    .orderBy(asc(judgements.version))
  for (const row of rows) found.get(row.reviewId)?.set(row.questionId, row as unknown as Judgement)
  return found
}

export interface Waiting {
  /** Queries that the city has not answered. */
  onCity: number
  /** Queries that the city has answered and the expert has not closed. */
  onMe: number
}

/** How many queries of one expert wait for whom, by review; reviews without any are left out. */
export async function countWaiting(db: Db, reviewIds: readonly string[], personId: string): Promise<Map<string, Waiting>> {
  if (reviewIds.length === 0) return new Map()
  const rows = await db
    .select({
      reviewId: reviewQueries.reviewId,
      onCity: sql<number>`(count(*) filter (where ${reviewQueries.answeredAt} is null))::int`,
      onMe: sql<number>`(count(*) filter (where ${reviewQueries.answeredAt} is not null))::int`,
    })
    .from(reviewQueries)
    .where(
      and(
        inArray(reviewQueries.reviewId, [...reviewIds]),
        eq(reviewQueries.askedBy, personId),
        isNull(reviewQueries.closedAt),
        isNull(reviewQueries.withdrawnAt),
      ),
    )
    .groupBy(reviewQueries.reviewId)
  return new Map(rows.map(({ reviewId, ...waiting }) => [reviewId, waiting]))
}
