import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { people, scopeStatements } from '../../db/schema.ts'
import { newestStatements, type ScopeStatement } from './scope.ts'

/**
 * Newest statement of each scope, by assessment.
 * @param at only what had been said by then; leave out for now
 */
export async function getScopeStatements(db: Db, assessmentIds: readonly string[], at?: Date): Promise<Map<string, ScopeStatement[]>> {
  const all = new Map<string, ScopeStatement[]>(assessmentIds.map((id) => [id, []]))
  if (assessmentIds.length === 0) return all
  const rows = await db
    .select({
      assessmentId: scopeStatements.assessmentId,
      scopeId: scopeStatements.scopeId,
      version: scopeStatements.version,
      isResponsible: scopeStatements.isResponsible,
      reason: scopeStatements.reason,
      statedAt: scopeStatements.statedAt,
      authorId: scopeStatements.statedBy,
      authorName: people.name,
    })
    .from(scopeStatements)
    .leftJoin(people, eq(people.id, scopeStatements.statedBy))
    .where(and(inArray(scopeStatements.assessmentId, [...assessmentIds]), at && lte(scopeStatements.statedAt, at)))
    .orderBy(asc(scopeStatements.assessmentId), asc(scopeStatements.scopeId), asc(scopeStatements.version))
  for (const { assessmentId, statedAt, authorId, authorName, ...row } of rows)
    all.get(assessmentId)!.push({
      ...row,
      statedAt: statedAt.toISOString(),
      author: authorId === null ? null : { id: authorId, name: authorName ?? '' },
    })
  return new Map([...all].map(([id, statements]) => [id, [...newestStatements(statements).values()]]))
}

export interface NewStatement {
  scopeId: string
  version: number
  isResponsible: boolean | null
  reason: string | null
}

/** Adds statements; earlier ones stay. */
export async function insertStatements(
  db: Db,
  { assessmentId, cityId, personId, now }: { assessmentId: string; cityId: string; personId: string; now: Date },
  statements: readonly NewStatement[],
): Promise<void> {
  await db.insert(scopeStatements).values(statements.map((each) => ({ ...each, assessmentId, cityId, statedAt: now, statedBy: personId })))
}
