import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  cities,
  frozenAssessments,
  interestDeclarations,
  judgements,
  memberships,
  methodRegistrations,
  people,
  reviewAssignments,
} from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'
import type { Part } from '../reviews/review.ts'
import type { HandedIn } from './board.ts'
import type { Declaration, HeldRole } from './interests.ts'
import type { MethodContent } from './method.ts'

export interface Registration {
  id: string
  /** 1 = the registration, 2 and later = addenda. */
  version: number
  content: MethodContent
  contentHash: string
  /** Null for the first. */
  reason: string | null
  registeredAt: Date
  registeredBy: string | null
}

/** The method of a wave with its addenda, oldest first. */
export async function listRegistrations(db: Db, waveId: string): Promise<Registration[]> {
  const rows = await db
    .select({
      id: methodRegistrations.id,
      version: methodRegistrations.version,
      content: methodRegistrations.content,
      contentHash: methodRegistrations.contentHash,
      reason: methodRegistrations.reason,
      registeredAt: methodRegistrations.registeredAt,
      registeredBy: methodRegistrations.registeredBy,
    })
    .from(methodRegistrations)
    .where(eq(methodRegistrations.waveId, waveId))
    .orderBy(asc(methodRegistrations.version))
  return rows as Registration[]
}

/** @returns null when this version has been registered meanwhile */
export async function insertRegistration(db: Db, row: Omit<Registration, 'id'> & { waveId: string }): Promise<string | null> {
  const [made] = await db.insert(methodRegistrations).values(row).onConflictDoNothing().returning({ id: methodRegistrations.id })
  return made?.id ?? null
}

/** Waves whose method is registered. */
export async function listRegisteredWaves(db: Db): Promise<Set<string>> {
  const rows = await db.selectDistinct({ waveId: methodRegistrations.waveId }).from(methodRegistrations)
  return new Set(rows.map(({ waveId }) => waveId))
}

export async function insertDeclaration(db: Db, { waveId, ...declaration }: Declaration & { waveId: string }): Promise<void> {
  await db.insert(interestDeclarations).values({ waveId, ...declaration, ties: [...declaration.ties] })
}

/** What people have declared last for a wave, by person. @param personId only this one */
export async function getDeclarations(db: Db, waveId: string, personId?: string): Promise<Map<string, Declaration>> {
  const rows = await db
    .selectDistinctOn([interestDeclarations.personId], {
      personId: interestDeclarations.personId,
      ties: interestDeclarations.ties,
      declaredAt: interestDeclarations.declaredAt,
    })
    .from(interestDeclarations)
    .where(and(eq(interestDeclarations.waveId, waveId), personId === undefined ? undefined : eq(interestDeclarations.personId, personId)))
    .orderBy(asc(interestDeclarations.personId), desc(interestDeclarations.declaredAt), desc(interestDeclarations.id))
  return new Map((rows as Declaration[]).map((row) => [row.personId, row]))
}

/** Waves for which somebody has declared something. */
export async function listDeclaredWaves(db: Db, personId: string): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ waveId: interestDeclarations.waveId })
    .from(interestDeclarations)
    .where(eq(interestDeclarations.personId, personId))
  return new Set(rows.map(({ waveId }) => waveId))
}

export interface Expert {
  id: string
  name: string
  /** Every role held, now or ever. */
  roles: HeldRole[]
}

/** Everybody who is an expert now, by name, with all roles ever held. Sees only what the transaction may see of memberships. */
export async function listExperts(db: Db): Promise<Expert[]> {
  const experts = db
    .select({ personId: memberships.personId })
    .from(memberships)
    .where(and(eq(memberships.role, 'reviewer'), isNull(memberships.endedAt)))
  const rows = await db
    .select({ id: people.id, name: people.name, role: memberships.role, cityId: memberships.cityId, endedAt: memberships.endedAt })
    .from(people)
    .innerJoin(memberships, eq(memberships.personId, people.id))
    .where(inArray(people.id, experts))
    .orderBy(asc(people.name), asc(people.id), asc(memberships.createdAt))
  const found = new Map<string, Expert>()
  for (const { id, name, role, ...held } of rows) {
    const expert = found.get(id) ?? { id, name, roles: [] }
    expert.roles.push({ role: role as Role, ...held })
    found.set(id, expert)
  }
  return [...found.values()]
}

/** Cities that have handed in for a wave, with the newest copy of each, by name. */
export async function listHandedIn(db: Db, waveId: string): Promise<HandedIn[]> {
  const rows = await db
    .selectDistinctOn([frozenAssessments.assessmentId], {
      assessmentId: frozenAssessments.assessmentId,
      frozenId: frozenAssessments.id,
      frozenHash: frozenAssessments.contentHash,
      frozenAt: frozenAssessments.frozenAt,
      frozenBy: frozenAssessments.frozenBy,
      city: { id: cities.id, slug: cities.slug, name: cities.name, isSynthetic: cities.isSynthetic },
    })
    .from(frozenAssessments)
    .innerJoin(cities, eq(cities.id, frozenAssessments.cityId))
    .where(eq(frozenAssessments.waveId, waveId))
    .orderBy(asc(frozenAssessments.assessmentId), desc(frozenAssessments.frozenAt), desc(frozenAssessments.id))
  return rows.sort((a, b) => a.city.name.localeCompare(b.city.name) || (a.assessmentId < b.assessmentId ? -1 : 1))
}

/** How many questions the first expert of each review has decided, by assignment. Nothing is counted of the second. */
export async function countDecided(db: Db, reviewIds: readonly string[]): Promise<Map<string, number>> {
  if (reviewIds.length === 0) return new Map()
  const rows = await db
    .select({ id: reviewAssignments.id, decided: sql<number>`count(distinct ${judgements.questionId})::int` })
    .from(reviewAssignments)
    .innerJoin(judgements, and(eq(judgements.reviewId, reviewAssignments.reviewId), eq(judgements.personId, reviewAssignments.personId)))
    .where(and(inArray(reviewAssignments.reviewId, [...reviewIds]), eq(reviewAssignments.part, 'first'), isNull(reviewAssignments.endedAt)))
    .groupBy(reviewAssignments.id)
  return new Map(rows.map(({ id, decided }) => [id, decided]))
}

export interface Work {
  personId: string
  part: Part
  sampleSize: number
  instrumentVersionId: string
  decided: number
}

/** Assignments that are not signed, of all waves. */
export async function listWork(db: Db): Promise<Work[]> {
  const { rows } = await db.execute<Work & Record<string, unknown>>(sql`
    select a.person_id as "personId", a.part, cardinality(r.sample) as "sampleSize", w.instrument_version_id as "instrumentVersionId",
      case when a.part = 'first'
        then (select count(distinct j.question_id)::int from judgements j where j.review_id = a.review_id and j.person_id = a.person_id)
        else 0 end as decided
    from review_assignments a
    join reviews r on r.id = a.review_id and r.withdrawn_at is null and r.shared_at is null and r.closed_at is null
    join waves w on w.id = r.wave_id
    where a.ended_at is null and a.signed_at is null
    order by a.person_id, a.id`)
  return rows
}

/** Everybody who has had a part of these reviews and handed it over. */
export async function listFormer(db: Db, reviewIds: readonly string[]): Promise<{ reviewId: string; personId: string; part: Part }[]> {
  if (reviewIds.length === 0) return []
  const rows = await db
    .select({ reviewId: reviewAssignments.reviewId, personId: reviewAssignments.personId, part: reviewAssignments.part })
    .from(reviewAssignments)
    .where(and(inArray(reviewAssignments.reviewId, [...reviewIds]), isNotNull(reviewAssignments.endedAt)))
    .orderBy(asc(reviewAssignments.assignedAt))
  return rows as { reviewId: string; personId: string; part: Part }[]
}
