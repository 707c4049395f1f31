import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { inContext } from '../../db/context.ts'
import type { Person } from '../../permissions.ts'
import { contextOf } from '../../web.ts'

/**
 * Cities whose scores and ranks an expert must not see: those whose answers they judge, until both experts have signed. For everybody
 * who judges no city, without a query.
 */
export async function findBlindCities(db: Pick<NodePgDatabase, 'transaction'>, person: Person | null): Promise<ReadonlySet<string>> {
  if (person === null || !person.reviewedCityIds?.length) return new Set()
  const { rows } = await inContext(db, contextOf(person), (tx) =>
    tx.execute<{ city: string }>(sql`
      select distinct own.city_id as city from review_assignments own
      join reviews r on r.id = own.review_id and r.withdrawn_at is null
      where own.person_id = ${person.id} and own.ended_at is null
      and (select count(distinct a.part) from review_assignments a
        where a.review_id = own.review_id and a.ended_at is null and a.signed_at is not null) < 2`),
  )
  return new Set(rows.map(({ city }) => city))
}
