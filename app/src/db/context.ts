import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Db } from './open.ts'

/**
 * What a transaction may see, told to the database as a backstop behind the permissions:
 * city = rows of the listed cities; network = rows of all cities (network coordinator, system);
 * comparison = results and facts of all cities, nothing else; sign-in = memberships and invitations.
 */
export interface Context {
  scope: 'city' | 'network' | 'comparison' | 'sign-in'
  cityIds?: readonly string[]
  /** Cities whose reviews and frozen copies are open to this transaction as well, for experts; all = every city's. */
  reviewed?: readonly string[] | 'all'
  /** Key of the person whose own decisions are open before those of all experts are. */
  judge?: string
}

export const systemContext: Context = { scope: 'network' }

type Database = Pick<NodePgDatabase, 'transaction'> & { $client?: unknown }

/** What says to the database which rows this transaction may see; it forgets it when the transaction ends. */
function settingsOf({ scope, cityIds = [], reviewed = [], judge = '' }: Context): string {
  const settings = { scope, cities: cityIds.join(','), reviewed: reviewed === 'all' ? 'all' : reviewed.join(','), judge }
  const calls = Object.entries(settings).map(([name, value]) => `set_config('tessera.${name}', ${pg.escapeLiteral(value)}, true)`)
  return `select ${calls.join(', ')}`
}

const names = new Map<string, string>()
const mostNames = 1_000 // statements that each connection keeps; the product has a few hundred

/** A name by which a connection knows a statement again, so that the database parses and plans it once; none once there are too many. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

/**
 * One connection for the time of one transaction. Statements are sent without waiting for each other and answered in their order. What
 * comes after the end is refused: the connection may serve somebody else by then, in another context.
 */
class TransactionConnection {
  private readonly client: pg.PoolClient
  private hasEnded = false
  private isCorked = false

  constructor(client: pg.PoolClient) {
    this.client = client
  }

  /** What is sent in one moment leaves in one packet: each costs the system as much as the statements in it. */
  cork(): void {
    if (this.isCorked) return
    const { stream } = (this.client as unknown as { connection: { stream: Writable } }).connection
    this.isCorked = true
    stream.cork()
    process.nextTick(() => {
      this.isCorked = false
      stream.uncork()
    })
  }

  query(config: pg.QueryArrayConfig, values: unknown[]): Promise<pg.QueryResult> {
    if (this.hasEnded) return Promise.reject(new Error('This transaction has ended.'))
    this.cork()
    return this.client.query({ ...config, name: nameOf(config.text) } as pg.QueryConfig, values)
  }

  end(): void {
    this.hasEnded = true
  }
}

/** One transaction of the pool: its beginning travels with the first statement of the work. */
async function inPool<T>(pool: pg.Pool, beginning: string, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const connection = new TransactionConnection(client)
  let broken: Error | undefined
  try {
    connection.cork()
    const begun = client.query(beginning)
    const [result] = await Promise.all([work(drizzle(connection as unknown as pg.PoolClient)), begun])
    connection.end()
    await client.query('commit')
    return result
  } catch (error) {
    connection.end()
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Runs `work` in one transaction that sees what the context names. */
export function inContext<T>(db: Database, context: Context, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.$client instanceof pg.Pool) return inPool(db.$client, `begin; ${settingsOf(context)}`, work)
  // inside a transaction already, as tests are: a savepoint
  return db.transaction(async (tx) => {
    await tx.execute(sql.raw(settingsOf(context)))
    return work(tx)
  })
}

/** Reads everything as it stands at one moment, however long it takes and whatever is written meanwhile. */
export function inOneMoment<T>(db: Database, work: (tx: Db) => Promise<T>): Promise<T> {
  const settings = settingsOf(systemContext)
  if (db.$client instanceof pg.Pool) return inPool(db.$client, `begin isolation level repeatable read, read only; ${settings}`, work)
  return db.transaction(
    async (tx) => {
      await tx.execute(sql.raw(settings))
      return work(tx)
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
