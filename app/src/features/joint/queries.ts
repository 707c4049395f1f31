import { and, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../db/open.ts'
import { assessments, cities, jointAgreements, suggestions } from '../../db/schema.ts'
import type { AnswerFields } from '../assessments/answer.ts'
import type { JointAgreement } from './joint.ts'

const leadCity = alias(cities, 'lead_city')
const partnerCity = alias(cities, 'partner_city')

const columns = {
  id: jointAgreements.id,
  waveId: jointAgreements.waveId,
  lead: { assessmentId: jointAgreements.leadAssessmentId, cityId: jointAgreements.cityId, name: leadCity.name },
  partner: { assessmentId: jointAgreements.partnerAssessmentId, cityId: jointAgreements.partnerCityId, name: partnerCity.name },
  dimensions: jointAgreements.dimensions,
  note: jointAgreements.note,
  proposedAt: jointAgreements.proposedAt,
  acceptedAt: jointAgreements.acceptedAt,
  endedAt: jointAgreements.endedAt,
}

/** Agreements of an assessment, as leading city or as the other one; newest first. */
export async function listAgreements(db: Db, assessmentId: string): Promise<JointAgreement[]> {
  return db
    .select(columns)
    .from(jointAgreements)
    .innerJoin(leadCity, eq(leadCity.id, jointAgreements.cityId))
    .innerJoin(partnerCity, eq(partnerCity.id, jointAgreements.partnerCityId))
    .where(or(eq(jointAgreements.leadAssessmentId, assessmentId), eq(jointAgreements.partnerAssessmentId, assessmentId)))
    .orderBy(desc(jointAgreements.proposedAt), asc(jointAgreements.id))
}

/** One agreement, held until the end of the transaction. */
export async function lockAgreement(db: Db, id: string): Promise<JointAgreement | null> {
  const [row] = await db
    .select(columns)
    .from(jointAgreements)
    .innerJoin(leadCity, eq(leadCity.id, jointAgreements.cityId))
    .innerJoin(partnerCity, eq(partnerCity.id, jointAgreements.partnerCityId))
    .where(eq(jointAgreements.id, id))
    .for('update', { of: jointAgreements })
  return row ?? null
}

/** @returns null when the two cities have an agreement already */
export async function insertAgreement(db: Db, agreement: typeof jointAgreements.$inferInsert): Promise<string | null> {
  const [row] = await db.insert(jointAgreements).values(agreement).onConflictDoNothing().returning({ id: jointAgreements.id })
  return row?.id ?? null
}

export async function markAgreement(
  db: Db,
  id: string,
  step: { acceptedAt: Date; acceptedBy: string } | { endedAt: Date; endedBy: string },
): Promise<void> {
  await db.update(jointAgreements).set(step).where(eq(jointAgreements.id, id))
}

export interface WaveCity {
  assessmentId: string
  cityId: string
  slug: string
  name: string
}

/** The other cities of a wave, by name. Needs the network context: only names are read. */
export async function listOtherCities(db: Db, waveId: string, cityId: string): Promise<WaveCity[]> {
  return db
    .select({ assessmentId: assessments.id, cityId: cities.id, slug: cities.slug, name: cities.name })
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .where(and(eq(assessments.waveId, waveId), ne(assessments.cityId, cityId)))
    .orderBy(asc(cities.name), asc(cities.id))
}

/** The newest words handed over by an agreement, by question, whatever became of them. */
export async function getHandedOver(db: Db, jointId: string): Promise<Map<string, AnswerFields>> {
  const rows = await db
    .select({
      questionId: suggestions.questionId,
      options: suggestions.options,
      missing: suggestions.missing,
      reason: suggestions.reason,
      explanation: suggestions.explanation,
    })
    .from(suggestions)
    .where(eq(suggestions.jointId, jointId))
    .orderBy(asc(suggestions.createdAt), asc(suggestions.id))
  return new Map(rows.map(({ questionId, ...fields }) => [questionId, fields as AnswerFields]))
}

/** Words of an agreement that still wait give way to newer ones. */
export async function withdrawWaiting(db: Db, jointId: string, questionIds: readonly string[], now: Date): Promise<void> {
  await db
    .update(suggestions)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(suggestions.jointId, jointId),
        inArray(suggestions.questionId, [...questionIds]),
        isNull(suggestions.decidedAt),
        isNull(suggestions.withdrawnAt),
      ),
    )
}

/** Suggestions of joint answers that wait, where the city has no answer of its own yet or took an earlier joint one over. */
export async function listTakeable(db: Db, assessmentId: string): Promise<{ id: string; version: number }[]> {
  const { rows } = await db.execute<{ id: string; version: number }>(sql`
    select s.id, coalesce(a.version, 0) as version from suggestions s
    left join answers a on a.assessment_id = s.assessment_id and a.question_id = s.question_id
    left join answer_history h on h.assessment_id = a.assessment_id and h.question_id = a.question_id and h.version = a.version
    where s.assessment_id = ${assessmentId} and s.origin = 'joint' and s.decided_at is null and s.withdrawn_at is null
      and (a.version is null or h.origin = 'joint')
    order by s.question_id`)
  return rows
}
