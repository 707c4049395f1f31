import { and, asc, desc, eq, lt, lte, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answerHistory, answers, assessments, frozenAssessments, guestLinks, people, waves } from '../../db/schema.ts'
import type { StoredAnswer } from './answer.ts'
import { type AnswerRow, getAnswers, historyColumns, toStored } from './queries.ts'
import type { Assessment } from './assessment.ts'
import { type FrozenSheet, versionKey } from './sheet.ts'

export interface SheetOrigin {
  assessmentId: string
  wave: { slug: string; name: string }
  instrumentVersionId: string
}

export interface FrozenCopy {
  id: string
  frozenAt: Date
  content: FrozenSheet
}

/**
 * The city's newest assessment of an earlier wave that was handed in or in which something was answered.
 * @returns null when this is the city's first wave
 */
export async function findEarlierAssessment(db: Db, { id, city, wave }: Assessment): Promise<SheetOrigin | null> {
  const [row] = await db
    .select({
      assessmentId: assessments.id,
      wave: { slug: waves.slug, name: waves.name },
      instrumentVersionId: waves.instrumentVersionId,
    })
    .from(assessments)
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(
      and(
        eq(assessments.cityId, city.id),
        sql`${assessments.id} <> ${id}`,
        lt(waves.opensAt, wave.opensAt),
        or(
          sql`exists (select from ${frozenAssessments} where ${frozenAssessments.assessmentId} = ${assessments.id})`,
          sql`exists (select from ${answers} where ${answers.assessmentId} = ${assessments.id})`,
        ),
      ),
    )
    .orderBy(desc(waves.opensAt), desc(assessments.id))
    .limit(1)
  return (row as SheetOrigin | undefined) ?? null
}

/** Copies that were handed in, newest first; without their content. */
export async function listFrozenCopies(db: Db, assessmentId: string): Promise<Omit<FrozenCopy, 'content'>[]> {
  return db
    .select({ id: frozenAssessments.id, frozenAt: frozenAssessments.frozenAt })
    .from(frozenAssessments)
    .where(eq(frozenAssessments.assessmentId, assessmentId))
    .orderBy(desc(frozenAssessments.frozenAt), desc(frozenAssessments.id))
}

/** One copy that was handed in, or the newest. */
export async function findFrozenCopy(db: Db, assessmentId: string, frozenId?: string): Promise<FrozenCopy | null> {
  const [row] = await db
    .select({ id: frozenAssessments.id, frozenAt: frozenAssessments.frozenAt, content: frozenAssessments.content })
    .from(frozenAssessments)
    .where(and(eq(frozenAssessments.assessmentId, assessmentId), frozenId === undefined ? undefined : eq(frozenAssessments.id, frozenId)))
    .orderBy(desc(frozenAssessments.frozenAt), desc(frozenAssessments.id))
    .limit(1)
  return (row as FrozenCopy | undefined) ?? null
}

/** Every saved version of every answer up to a moment, oldest first. */
export async function listVersions(db: Db, assessmentId: string, at: Date | null): Promise<StoredAnswer[]> {
  const rows: AnswerRow[] = await db
    .select(historyColumns)
    .from(answerHistory)
    .leftJoin(people, eq(people.id, answerHistory.savedBy))
    .leftJoin(guestLinks, eq(guestLinks.id, answerHistory.guestId))
    .where(and(eq(answerHistory.assessmentId, assessmentId), at === null ? undefined : lte(answerHistory.savedAt, at)))
    .orderBy(asc(answerHistory.questionId), asc(answerHistory.version))
  return rows.map(toStored)
}

/** The answers as they stood at a moment, with who had written them. */
export async function getAnswersAt(db: Db, assessmentId: string, at: Date | null): Promise<Map<string, StoredAnswer>> {
  if (at === null) return getAnswers(db, assessmentId)
  return new Map((await listVersions(db, assessmentId, at)).map((version) => [version.questionId, version]))
}

/** Who wrote which version of which answer. */
export async function getAuthors(db: Db, assessmentId: string): Promise<Map<string, StoredAnswer['author']>> {
  return new Map((await listVersions(db, assessmentId, null)).map((version) => [versionKey(version), version.author]))
}
