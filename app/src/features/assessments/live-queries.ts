import { sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { liveChannel, type LiveEvent } from '../../live.ts'

/** Tells everybody who has the assessment open; the database delivers it when the transaction is committed, and only then. */
export async function tellLive(db: Db, event: LiveEvent): Promise<void> {
  await db.execute(sql`select pg_notify(${liveChannel}, ${JSON.stringify(event)})`)
}
