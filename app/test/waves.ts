import { inContext, systemContext } from '../src/db/context.ts'
import { assessments, waves } from '../src/db/schema.ts'
import type { Prepared } from './database.ts'

const day = 24 * 3600 * 1000 // ms

export interface PlantedWave {
  waveId: string
  assessmentId: string
}

/**
 * A wave with one assessment of a city.
 * @param opened how many days ago it opened
 * @param closes in how many days it closes; negative = it has closed
 */
export async function addWave(
  { services }: Prepared,
  { slug, cityId, opened, closes }: { slug: string; cityId: string; opened: number; closes: number },
): Promise<PlantedWave> {
  const now = services.now().getTime()
  return inContext(services.db, systemContext, async (db) => {
    const [wave] = await db
      .insert(waves)
      .values({
        slug,
        name: `Wave ${slug}`,
        opensAt: new Date(now - opened * day),
        closesAt: new Date(now + closes * day),
        instrumentVersionId: services.instruments.currentId,
        frozenAt: new Date(now - opened * day),
      })
      .returning()
    const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning()
    return { waveId: wave!.id, assessmentId: assessment!.id }
  })
}
