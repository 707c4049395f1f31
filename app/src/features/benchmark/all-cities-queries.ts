import { desc, isNotNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { waves } from '../../db/schema.ts'

/** A wave whose instrument is frozen, so that it can have results. */
export interface FrozenWave {
  id: string
  slug: string
  name: string
  opensAt: Date
  closesAt: Date
  closedAt: Date | null
  instrumentVersionId: string
}

/** Waves with a frozen instrument, newest first. */
export async function listFrozenWaves(db: Db): Promise<FrozenWave[]> {
  const rows = await db
    .select({
      id: waves.id,
      slug: waves.slug,
      name: waves.name,
      opensAt: waves.opensAt,
      closesAt: waves.closesAt,
      closedAt: waves.closedAt,
      instrumentVersionId: waves.instrumentVersionId,
    })
    .from(waves)
    .where(isNotNull(waves.instrumentVersionId))
    .orderBy(desc(waves.opensAt), desc(waves.id))
  return rows.flatMap(({ instrumentVersionId, ...wave }) => (instrumentVersionId === null ? [] : [{ ...wave, instrumentVersionId }]))
}
