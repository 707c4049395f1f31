import { sql } from 'drizzle-orm'
import type { Handler } from 'hono'
import type { Db } from './db/open.ts'
import type { Env } from './web.ts'

const patience = 1_000 // ms

const late = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(resolve, ms, false).unref())

/** Whether the database answers within a second. */
async function doesAnswer(db: Pick<Db, 'execute'>): Promise<boolean> {
  const answer = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late(patience)])
}

/**
 * `GET /healthz`: 200 while the process runs and its database answers, else 503. However many ask at once, the database is
 * asked once.
 */
export function answerHealth(db: Pick<Db, 'execute'>): Handler<Env> {
  let asked: Promise<boolean> | null = null
  return async (c) => {
    asked ??= doesAnswer(db).finally(() => (asked = null))
    const isWell = await asked
    return c.json({ status: isWell ? 'ok' : 'unavailable', database: isWell ? 'ok' : 'no answer' }, isWell ? 200 : 503)
  }
}
