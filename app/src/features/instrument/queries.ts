import { desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { instrumentVersions } from '../../db/schema.ts'
import type { Instrument } from './instrument.ts'

export async function findVersion(db: Db, id: string): Promise<Instrument | null> {
  const [row] = await db.select({ content: instrumentVersions.content }).from(instrumentVersions).where(eq(instrumentVersions.id, id))
  return (row?.content as Instrument | undefined) ?? null
}

/** Adds a version unless its content is known already. @returns its id */
export async function addVersion(db: Db, instrument: Instrument, contentHash: string): Promise<string> {
  await db
    .insert(instrumentVersions)
    .values({ instrument: instrument.id, version: instrument.version, contentHash, content: instrument })
    .onConflictDoNothing()
  const [row] = await db
    .select({ id: instrumentVersions.id })
    .from(instrumentVersions)
    .where(eq(instrumentVersions.contentHash, contentHash))
    .orderBy(desc(instrumentVersions.createdAt))
  return row!.id
}
