import { and, asc, between, eq, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, citations, evidence, memberships } from '../../db/schema.ts'
import type { NewNotice } from '../notices/notice.ts'
import { daysAfter } from './evidence.ts'

/**
 * Reminders of documents that prove answers and end within 60 days: for the coordinators of the city and whoever added them,
 * while they have a role there.
 * @param day today, YYYY-MM-DD
 */
export async function listExpiryReminders(db: Db, day: string): Promise<NewNotice[]> {
  const isUsed = sql`exists (select 1 from ${citations} where ${citations.evidenceId} = ${evidence.id} and ${citations.removedAt} is null)`
  const rows = await db
    .selectDistinct({
      personId: memberships.personId,
      cityId: evidence.cityId,
      slug: cities.slug,
      id: evidence.id,
      title: evidence.title,
      validUntil: evidence.validUntil,
    })
    .from(evidence)
    .innerJoin(cities, eq(cities.id, evidence.cityId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.cityId, evidence.cityId),
        isNull(memberships.endedAt),
        or(eq(memberships.role, 'city-coordinator'), eq(memberships.personId, evidence.createdBy)),
      ),
    )
    .where(and(isNull(evidence.removedAt), isUsed, between(evidence.validUntil, day, daysAfter(new Date(`${day}T12:00:00Z`), 60))))
    .orderBy(asc(evidence.validUntil), asc(evidence.id), asc(memberships.personId))
  return rows.map(({ personId, cityId, slug, id, title, validUntil }) => ({
    personId,
    cityId,
    kind: 'evidence-expires',
    subject: { document: title, dueOn: validUntil! },
    address: `/cities/${slug}/evidence/${id}`,
  }))
}
