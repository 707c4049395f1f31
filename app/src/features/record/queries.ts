import { asc, desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, frozenAnswerVersions, frozenAssessments, methodRegistrations, results, verifiedResults, waves } from '../../db/schema.ts'

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
