import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { inContext } from '../../db/context.ts'
import type { Person } from '../../permissions.ts'
import { contextOf } from '../../web.ts'

/** Cities whose answers somebody judges as an expert. */
export interface JudgedCities {
  /** Not both experts have signed: no score and no rank of the city may be seen. */
  judged: ReadonlySet<string>
  /** Both have signed, as `wave/city`. */
  signed: ReadonlySet<string>
}

/** Cities whose answers a person judges or has judged. For everybody who judges none, without a query. */
export async function findJudgedCities(db: Pick<NodePgDatabase, 'transaction'>, person: Person | null): Promise<JudgedCities> {
  if (person === null || !person.reviewedCityIds?.length) return { judged: new Set(), signed: new Set() }
  const { rows } = await inContext(db, contextOf(person), (tx) =>
    tx.execute<{ city: string; wave: string; parts: number }>(sql`
      select own.city_id as city, r.wave_id as wave,
        (select count(distinct a.part)::int from review_assignments a
          where a.review_id = own.review_id and a.ended_at is null and a.signed_at is not null) as parts
      from review_assignments own
      join reviews r on r.id = own.review_id and r.withdrawn_at is null
      where own.person_id = ${person.id} and own.ended_at is null`),
  )
  const isSigned = ({ parts }: { parts: number }) => parts === 2
  return {
    judged: new Set(rows.filter((row) => !isSigned(row)).map(({ city }) => city)),
    signed: new Set(rows.filter(isSigned).map(({ wave, city }) => `${wave}/${city}`)),
  }
}
