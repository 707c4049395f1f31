import { asc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { mergeDecisions, people } from '../../db/schema.ts'
import type { MergeDecision } from './corrections.ts'

/** What the city has done with a correction. */
export interface Merged {
  questionId: string
  decision: MergeDecision
  /** Version of the working answer: the one written, or the one kept. */
  answerVersion: number
  decidedAt: Date
  by: string | null
}

/** By question. */
export async function getMerged(db: Db, reviewId: string): Promise<Map<string, Merged>> {
  const rows = await db
    .select({
      questionId: mergeDecisions.questionId,
      decision: mergeDecisions.decision,
      answerVersion: mergeDecisions.answerVersion,
      decidedAt: mergeDecisions.decidedAt,
      by: people.name,
    })
    .from(mergeDecisions)
    .leftJoin(people, eq(people.id, mergeDecisions.decidedBy))
    .where(eq(mergeDecisions.reviewId, reviewId))
    .orderBy(asc(mergeDecisions.questionId))
  return new Map((rows as Merged[]).map((row) => [row.questionId, row]))
}

export interface NewMerge {
  reviewId: string
  assessmentId: string
  cityId: string
  questionId: string
  decision: MergeDecision
  answerVersion: number
  decidedAt: Date
  decidedBy: string
}

/** @returns whether it was added; false = somebody has decided about the question meanwhile */
export async function insertMerge(db: Db, merge: NewMerge): Promise<boolean> {
  const added = await db.insert(mergeDecisions).values(merge).onConflictDoNothing().returning({ id: mergeDecisions.id })
  return added.length > 0
}
