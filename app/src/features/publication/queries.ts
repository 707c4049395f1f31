import { sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { waves } from '../../db/schema.ts'

/** Waves that are closed, by hand or by their time. */
export async function listClosedWaveIds(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .select({ id: waves.id })
    .from(waves)
    .where(sql`coalesce(${waves.closedAt}, ${waves.closesAt}) <= ${now.toISOString()}`)
  return rows.map(({ id }) => id)
}
