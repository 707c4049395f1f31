import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documentViews, judgements, reviewAssignments } from '../../db/schema.ts'
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
