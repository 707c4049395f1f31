import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { assessments, frozenAssessments, results } from '../../db/schema.ts'
import type { FrozenContent, ResultRow } from './frozen.ts'

/** One frozen copy of an assessment. */
export interface FrozenAssessment {
  id: string
  assessmentId: string
  content: FrozenContent
  contentHash: string
  frozenAt: Date
}

const frozenColumns = {
  id: frozenAssessments.id,
  assessmentId: frozenAssessments.assessmentId,
  content: frozenAssessments.content,
  contentHash: frozenAssessments.contentHash,
  frozenAt: frozenAssessments.frozenAt,
}

/** The copy that was handed in last. */
export async function findNewestFrozen(db: Db, assessmentId: string): Promise<FrozenAssessment | null> {
  const [row] = await db
    .select(frozenColumns)
    .from(frozenAssessments)
    .where(eq(frozenAssessments.assessmentId, assessmentId))
    .orderBy(desc(frozenAssessments.frozenAt), desc(frozenAssessments.id))
    .limit(1)
  return (row as FrozenAssessment | undefined) ?? null
}

export async function findFrozen(db: Db, assessmentId: string, frozenId: string): Promise<FrozenAssessment | null> {
  const [row] = await db
    .select(frozenColumns)
    .from(frozenAssessments)
    .where(and(eq(frozenAssessments.id, frozenId), eq(frozenAssessments.assessmentId, assessmentId)))
  return (row as FrozenAssessment | undefined) ?? null
}

export interface NewFrozen {
  assessmentId: string
  cityId: string
  waveId: string
  content: FrozenContent
  contentHash: string
  frozenAt: Date
  frozenBy: string | null
}

export async function insertFrozen(db: Db, frozen: NewFrozen): Promise<string> {
  const [row] = await db.insert(frozenAssessments).values(frozen).returning({ id: frozenAssessments.id })
  return row!.id
}

export interface ResultKeys {
  frozenId: string
  cityId: string
  waveId: string
  instrumentVersionId: string
}

/**
 * Lets one transaction at a time add results until it ends: their numbers then become visible in rising order, and a
 * reader who asks for what is newer than it knows misses none.
 */
export async function lockResults(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(7212003)`)
}

/** Adds the results of one frozen copy. */
export async function insertResults(db: Db, keys: ResultKeys, rows: readonly ResultRow[], now: Date): Promise<void> {
  await lockResults(db)
  await db.insert(results).values(rows.map((row) => ({ ...keys, ...row, createdAt: now })))
}

export async function markSubmitted(db: Db, assessmentId: string, personId: string, now: Date): Promise<void> {
  await db.update(assessments).set({ submittedAt: now, submittedBy: personId }).where(eq(assessments.id, assessmentId))
}
