import { sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Db } from './open.ts'

/**
 * What a transaction may see, told to the database as a backstop behind the permissions:
 * city = rows of the listed cities; network = rows of all cities (network coordinator, system);
 * comparison = results and facts of all cities, nothing else; sign-in = memberships and invitations.
 */
export interface Context {
  scope: 'city' | 'network' | 'comparison' | 'sign-in'
  cityIds?: readonly string[]
}

export const systemContext: Context = { scope: 'network' }

/** Runs `work` in one transaction that sees what the context names. */
export function inContext<T>(db: Pick<NodePgDatabase, 'transaction'>, context: Context, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('tessera.scope', ${context.scope}, true), set_config('tessera.cities', ${(context.cityIds ?? []).join(',')}, true)`,
    )
    return work(tx)
  })
}

/** Reads everything as it stands at one moment, however long it takes and whatever is written meanwhile. */
export function inOneMoment<T>(db: Pick<NodePgDatabase, 'transaction'>, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('tessera.scope', 'network', true), set_config('tessera.cities', '', true)`)
      return work(tx)
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
