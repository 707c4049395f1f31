import { asc, desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  adjudications,
  answers,
  assessments,
  cities,
  frozenAnswerVersions,
  frozenAssessments,
  judgements,
  methodRegistrations,
  results,
  scopeStatements,
  verifiedResults,
  waves,
} from '../../db/schema.ts'
import { adjudicationFields, answerFields, judgementFields, scopeFields, type State } from './replay.ts'

/** Assessments of invented cities. */
export async function listSyntheticAssessments(db: Db): Promise<Set<string>> {
  const rows = await db
    .select({ id: assessments.id })
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .where(eq(cities.isSynthetic, true))
  return new Set(rows.map(({ id }) => id))
}

const only = (row: Record<string, unknown>, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))

/** What the database says now of everything that can be replayed, by the keys of the events. */
export async function readPresentState(db: Db): Promise<State> {
  const [saved, stated, judged, adjudicated] = await Promise.all([
    db.select().from(answers),
    db.select().from(scopeStatements).orderBy(asc(scopeStatements.version)),
    db.select().from(judgements).orderBy(asc(judgements.version)),
    db.select().from(adjudications).orderBy(asc(adjudications.version)),
  ])
  return new Map<string, unknown>([
    ...saved.map((row) => [`answer:${row.assessmentId}/${row.questionId}`, only(row, answerFields)] as const),
    ...stated.map((row) => [`scope:${row.assessmentId}/${row.scopeId}`, only(row, scopeFields)] as const),
    ...judged.map((row) => [`judgement:${row.reviewId}/${row.questionId}/${row.personId}`, only(row, judgementFields)] as const),
    ...adjudicated.map((row) => [`adjudication:${row.reviewId}/${row.questionId}`, only(row, adjudicationFields)] as const),
  ])
}

const frozenColumns = {
  id: frozenAssessments.id,
  content: frozenAssessments.content,
  contentHash: frozenAssessments.contentHash,
  instrumentVersionId: waves.instrumentVersionId,
  isSynthetic: cities.isSynthetic,
}

/** Frozen copies, `limit` at a time, in order of their key. */
export function listFrozen(db: Db, limit: number, offset: number) {
  return db
    .select(frozenColumns)
    .from(frozenAssessments)
    .innerJoin(waves, eq(waves.id, frozenAssessments.waveId))
    .innerJoin(cities, eq(cities.id, frozenAssessments.cityId))
    .orderBy(asc(frozenAssessments.id))
    .limit(limit)
    .offset(offset)
}

/** Every result of frozen copies. */
export const listResultRows = (db: Db) => db.select().from(results).orderBy(asc(results.seq))

/** Every registration with the wave's name in addresses. */
export const listRegistrations = (db: Db) =>
  db
    .select({ slug: waves.slug, registration: methodRegistrations })
    .from(methodRegistrations)
    .innerJoin(waves, eq(waves.id, methodRegistrations.waveId))
    .orderBy(asc(methodRegistrations.registeredAt))

/** Later versions of frozen answers. */
export const listFrozenVersions = (db: Db) =>
  db.select().from(frozenAnswerVersions).orderBy(asc(frozenAnswerVersions.frozenId), asc(frozenAnswerVersions.questionId))

/** Published verified results. */
export const listVerified = (db: Db) => db.select().from(verifiedResults).orderBy(desc(verifiedResults.seq))
