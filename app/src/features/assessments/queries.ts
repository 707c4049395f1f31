import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answerHistory, answers, assessments, cities, guestLinks, people, waves } from '../../db/schema.ts'
import type { Author } from '../../permissions.ts'
import type { AnswerFields, AnswerOrigin, StoredAnswer } from './answer.ts'
import type { Assessment } from './assessment.ts'

const assessmentColumns = {
  id: assessments.id,
  submittedAt: assessments.submittedAt,
  city: { id: cities.id, slug: cities.slug, name: cities.name, isSynthetic: cities.isSynthetic },
  wave: {
    id: waves.id,
    slug: waves.slug,
    name: waves.name,
    opensAt: waves.opensAt,
    closesAt: waves.closesAt,
    closedAt: waves.closedAt,
    instrumentVersionId: waves.instrumentVersionId,
  },
}

const answerColumns = {
  questionId: answers.questionId,
  version: answers.version,
  options: answers.options,
  missing: answers.missing,
  reason: answers.reason,
  explanation: answers.explanation,
  language: answers.language,
  updatedAt: answers.updatedAt,
  authorId: answers.updatedBy,
  authorName: people.name,
  guestId: answers.guestId,
  guestName: guestLinks.name,
}

/** An answer or one of its versions as it lies in the database. */
/** A saved version as `toStored` takes it. */
export const historyColumns = {
  questionId: answerHistory.questionId,
  version: answerHistory.version,
  options: answerHistory.options,
  missing: answerHistory.missing,
  reason: answerHistory.reason,
  explanation: answerHistory.explanation,
  language: answerHistory.language,
  updatedAt: answerHistory.savedAt,
  authorId: answerHistory.savedBy,
  authorName: people.name,
  guestId: answerHistory.guestId,
  guestName: guestLinks.name,
  origin: answerHistory.origin,
}

export interface AnswerRow {
  questionId: string
  version: number
  options: string[] | null
  missing: string | null
  reason: string | null
  explanation: string | null
  language: string | null
  updatedAt: Date
  authorId: string | null
  authorName: string | null
  guestId: string | null
  guestName: string | null
  origin?: string | null
}

export function toStored({ updatedAt, authorId, authorName, guestId, guestName, missing, origin, ...row }: AnswerRow): StoredAnswer {
  const author =
    guestId !== null
      ? { id: guestId, name: guestName ?? '', isGuest: true }
      : authorId === null
        ? null
        : { id: authorId, name: authorName ?? '', isGuest: false }
  const stored = { ...row, missing: missing as StoredAnswer['missing'], updatedAt: updatedAt.toISOString(), author }
  return origin === undefined ? stored : { ...stored, origin: origin as AnswerOrigin | null }
}

export async function findAssessment(db: Db, id: string): Promise<Assessment | null> {
  const [row] = await db
    .select(assessmentColumns)
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(eq(assessments.id, id))
  return (row as Assessment | undefined) ?? null
}

/** Holds the assessment until the end of the transaction: it is handed in, or said what the city is responsible for, once at a time. */
export async function lockAssessment(db: Db, assessmentId: string): Promise<void> {
  await db.select({ id: assessments.id }).from(assessments).where(eq(assessments.id, assessmentId)).for('no key update')
}

/** Assessments of some cities, newest wave first. */
export async function listAssessments(db: Db, cityIds: readonly string[]): Promise<Assessment[]> {
  const rows = await db
    .select(assessmentColumns)
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(inArray(assessments.cityId, [...cityIds]))
    .orderBy(desc(waves.opensAt), asc(cities.name), asc(assessments.id))
  return rows as Assessment[]
}

/** All answers of an assessment by question. */
export async function getAnswers(db: Db, assessmentId: string): Promise<Map<string, StoredAnswer>> {
  const rows = await db
    .select(answerColumns)
    .from(answers)
    .leftJoin(people, eq(people.id, answers.updatedBy))
    .leftJoin(guestLinks, eq(guestLinks.id, answers.guestId))
    .where(eq(answers.assessmentId, assessmentId))
    .orderBy(asc(answers.questionId))
  return new Map(rows.map((row) => [row.questionId, toStored(row)]))
}

export async function findAnswer(db: Db, assessmentId: string, questionId: string): Promise<StoredAnswer | null> {
  const [row] = await db
    .select(answerColumns)
    .from(answers)
    .leftJoin(people, eq(people.id, answers.updatedBy))
    .leftJoin(guestLinks, eq(guestLinks.id, answers.guestId))
    .where(and(eq(answers.assessmentId, assessmentId), eq(answers.questionId, questionId)))
  return row ? toStored(row) : null
}

export interface AnswerWrite extends AnswerFields {
  assessmentId: string
  questionId: string
  cityId: string
  language: string
  author: Author
  origin: AnswerOrigin | null
  now: Date
}

/**
 * Writes the next version of an answer if the present one is still `version`.
 * @returns the version written, or null when somebody else was quicker
 */
export async function writeAnswer(
  db: Db,
  version: number,
  { assessmentId, questionId, cityId, author, origin, now, language, ...fields }: AnswerWrite,
): Promise<number | null> {
  const { options, missing, reason, explanation } = fields
  const { personId, guestId } = author
  const values = { options, missing, reason, explanation, language, version: version + 1, updatedAt: now, updatedBy: personId, guestId }
  const written =
    version === 0
      ? await db
          .insert(answers)
          .values({ assessmentId, questionId, cityId, ...values })
          .onConflictDoNothing()
          .returning({ version: answers.version })
      : await db
          .update(answers)
          .set(values)
          .where(and(eq(answers.assessmentId, assessmentId), eq(answers.questionId, questionId), eq(answers.version, version)))
          .returning({ version: answers.version })
  if (written.length === 0) return null
  await db.insert(answerHistory).values({
    assessmentId,
    questionId,
    cityId,
    version: version + 1,
    options,
    missing,
    reason,
    explanation,
    language,
    savedAt: now,
    savedBy: personId,
    guestId,
    origin,
  })
  return version + 1
}

/** Every saved version of an answer, newest first. */
export async function listHistory(db: Db, assessmentId: string, questionId: string): Promise<StoredAnswer[]> {
  const rows = await db
    .select(historyColumns)
    .from(answerHistory)
    .leftJoin(people, eq(people.id, answerHistory.savedBy))
    .leftJoin(guestLinks, eq(guestLinks.id, answerHistory.guestId))
    .where(and(eq(answerHistory.assessmentId, assessmentId), eq(answerHistory.questionId, questionId)))
    .orderBy(desc(answerHistory.version))
  return rows.map(toStored)
}
