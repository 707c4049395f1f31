import { and, desc, isNotNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { waves } from '../../db/schema.ts'

/** A closed wave whose results can be played with. */
export interface ClosedWave {
  id: string
  slug: string
  name: string
  opensAt: Date
  instrumentVersionId: string
}

/** The wave that opened last among those that are closed, by hand or by their time; null when none is. */
export async function findNewestClosedWave(db: Db, now: Date): Promise<ClosedWave | null> {
  const rows = await db
    .select({ id: waves.id, slug: waves.slug, name: waves.name, opensAt: waves.opensAt, instrumentVersionId: waves.instrumentVersionId })
    .from(waves)
    .where(and(isNotNull(waves.instrumentVersionId), sql`coalesce(${waves.closedAt}, ${waves.closesAt}) <= ${now.toISOString()}`))
    .orderBy(desc(waves.opensAt), desc(waves.id))
    .limit(1)
  const [wave] = rows
  return wave === undefined || wave.instrumentVersionId === null ? null : { ...wave, instrumentVersionId: wave.instrumentVersionId }
}
