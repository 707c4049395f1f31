import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answerHistory, people, signOffs, signOffSteps } from '../../db/schema.ts'
import type { AnswerFields } from '../assessments/answer.ts'
import type { SignOff, SignOffStep } from './signoff.ts'

const stepColumns = {
  id: signOffSteps.id,
  position: signOffSteps.position,
  name: signOffSteps.name,
  person: { id: people.id, name: people.name },
  dimensions: signOffSteps.dimensions,
  version: signOffSteps.version,
}

/** The chain of a city, first step first. */
export async function listSteps(db: Db, cityId: string): Promise<SignOffStep[]> {
  return db
    .select(stepColumns)
    .from(signOffSteps)
    .leftJoin(people, eq(people.id, signOffSteps.personId))
    .where(and(eq(signOffSteps.cityId, cityId), isNull(signOffSteps.endedAt)))
    .orderBy(asc(signOffSteps.position), asc(signOffSteps.id))
}

/** The chain, held until the end of the transaction, so that it is changed once at a time. */
export async function lockSteps(db: Db, cityId: string): Promise<SignOffStep[]> {
  await db.execute(sql`select pg_advisory_xact_lock(7212004, hashtext(${cityId}))`)
  return listSteps(db, cityId)
}

export interface NewStep {
  cityId: string
  position: number
  name: string
  personId: string | null
  dimensions: string[] | null
  createdBy: string
  createdAt: Date
}

export async function insertStep(db: Db, step: NewStep): Promise<string> {
  const [row] = await db.insert(signOffSteps).values(step).returning({ id: signOffSteps.id })
  return row!.id
}

/** @returns whether the step was still the version seen */
export async function updateStep(
  db: Db,
  id: string,
  version: number,
  changes: { name: string; personId: string | null; dimensions: string[] | null },
): Promise<boolean> {
  const rows = await db
    .update(signOffSteps)
    .set({ ...changes, version: version + 1 })
    .where(and(eq(signOffSteps.id, id), eq(signOffSteps.version, version), isNull(signOffSteps.endedAt)))
    .returning({ id: signOffSteps.id })
  return rows.length === 1
}

export async function setPosition(db: Db, id: string, position: number): Promise<void> {
  await db.update(signOffSteps).set({ position }).where(eq(signOffSteps.id, id))
}

export async function endStep(db: Db, id: string, now: Date): Promise<void> {
  await db.update(signOffSteps).set({ endedAt: now }).where(eq(signOffSteps.id, id))
}

/** Decisions about an assessment, newest first. */
export async function listSignOffs(db: Db, assessmentId: string): Promise<SignOff[]> {
  const rows = await db
    .select({
      id: signOffs.id,
      stepId: signOffs.stepId,
      decision: signOffs.decision,
      note: signOffs.note,
      questionId: signOffs.questionId,
      contentHash: signOffs.contentHash,
      versions: signOffs.versions,
      decidedAt: signOffs.decidedAt,
      by: { id: people.id, name: people.name },
    })
    .from(signOffs)
    .leftJoin(people, eq(people.id, signOffs.decidedBy))
    .where(eq(signOffs.assessmentId, assessmentId))
    .orderBy(desc(signOffs.decidedAt), desc(signOffs.id))
  return rows as SignOff[]
}

export async function insertSignOff(db: Db, decision: typeof signOffs.$inferInsert): Promise<string> {
  const [row] = await db.insert(signOffs).values(decision).returning({ id: signOffs.id })
  return row!.id
}

export interface OldAnswer extends AnswerFields {
  questionId: string
  language: string | null
}

/** Answers in the versions that were signed, to be shown beside those of now: one query. */
export async function getOldAnswers(
  db: Db,
  assessmentId: string,
  versions: readonly (readonly [string, number])[],
): Promise<Map<string, OldAnswer>> {
  if (versions.length === 0) return new Map()
  const rows = await db
    .select({
      questionId: answerHistory.questionId,
      options: answerHistory.options,
      missing: answerHistory.missing,
      reason: answerHistory.reason,
      explanation: answerHistory.explanation,
      language: answerHistory.language,
    })
    .from(answerHistory)
    .where(
      and(
        eq(answerHistory.assessmentId, assessmentId),
        or(...versions.map(([questionId, version]) => and(eq(answerHistory.questionId, questionId), eq(answerHistory.version, version)))),
      ),
    )
  return new Map(rows.map((row) => [row.questionId, row as OldAnswer]))
}
