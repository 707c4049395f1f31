import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { carriedAnswers, citations, evidence, people } from '../../db/schema.ts'

/** The day on which a citation ends: its own or that of the document, whichever comes first. */
const expiry = sql<string | null>`least(${citations.validUntil}, ${evidence.validUntil})::text`

/** When the evidence of each answer expires, one entry for each citation that is in force. */
export async function getEvidenceExpiries(db: Db, assessmentId: string): Promise<Map<string, (string | null)[]>> {
  const rows = await db
    .select({ questionId: citations.questionId, expiry })
    .from(citations)
    .innerJoin(evidence, eq(evidence.id, citations.evidenceId))
    .where(and(eq(citations.assessmentId, assessmentId), isNull(citations.removedAt), isNull(evidence.removedAt)))
    .orderBy(asc(citations.questionId), asc(citations.createdAt), asc(citations.id))
  const byQuestion = new Map<string, (string | null)[]>()
  for (const row of rows) byQuestion.set(row.questionId, [...(byQuestion.get(row.questionId) ?? []), row.expiry])
  return byQuestion
}

export interface CarriedRecord {
  questionId: string
  fromVersion: number
  answerVersion: number
  decidedAt: Date
  decidedBy: string | null
}

/** What was confirmed by "Still true", oldest first. */
export async function listCarried(db: Db, assessmentId: string): Promise<CarriedRecord[]> {
  return db
    .select({
      questionId: carriedAnswers.questionId,
      fromVersion: carriedAnswers.fromVersion,
      answerVersion: carriedAnswers.answerVersion,
      decidedAt: carriedAnswers.decidedAt,
      decidedBy: people.name,
    })
    .from(carriedAnswers)
    .leftJoin(people, eq(people.id, carriedAnswers.decidedBy))
    .where(and(eq(carriedAnswers.assessmentId, assessmentId), eq(carriedAnswers.decision, 'confirmed')))
    .orderBy(asc(carriedAnswers.decidedAt), asc(carriedAnswers.id))
}

export interface NewCarried {
  assessmentId: string
  questionId: string
  cityId: string
  fromAssessmentId: string
  fromVersion: number
  answerVersion: number
  personId: string
  now: Date
}

export async function insertCarried(db: Db, { personId, now, ...row }: NewCarried): Promise<void> {
  await db.insert(carriedAnswers).values({ ...row, decision: 'confirmed', decidedAt: now, decidedBy: personId })
}

/**
 * Lets an answer cite what the earlier one cited, except what has expired and what it cites already.
 * @param today YYYY-MM-DD
 * @returns how many citations were carried over
 */
export async function carryCitations(
  db: Db,
  {
    assessmentId,
    questionId,
    fromAssessmentId,
    personId,
    now,
  }: Pick<NewCarried, 'assessmentId' | 'questionId' | 'fromAssessmentId' | 'personId' | 'now'>,
  today: string,
): Promise<number> {
  const { rowCount } = await db.execute(sql`
    insert into citations (city_id, assessment_id, question_id, evidence_id, page, quotation, note, valid_until, created_at, created_by)
    select c.city_id, ${assessmentId}, c.question_id, c.evidence_id, c.page, c.quotation, c.note, c.valid_until, ${now}, ${personId}
    from citations c join evidence e on e.id = c.evidence_id
    where c.assessment_id = ${fromAssessmentId} and c.question_id = ${questionId} and c.removed_at is null and e.removed_at is null
      and (least(c.valid_until, e.valid_until) is null or least(c.valid_until, e.valid_until) >= ${today}::date)
      and not exists (select from citations own where own.assessment_id = ${assessmentId} and own.question_id = c.question_id
        and own.evidence_id = c.evidence_id and own.page is not distinct from c.page and own.removed_at is null)`)
  return rowCount ?? 0
}
