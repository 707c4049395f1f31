import pg, { type PoolConfig } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Readable } from 'node:stream'

// What a backup reads. Everything stands in one transaction that sees one moment and can change nothing.

export interface TableShape {
  table: string
  columns: string[]
}

/** The context of the system, for a connection that is used without the query builder. */
export const seeEverything = `select set_config('tessera.scope', 'network', true), set_config('tessera.cities', '', true)`

/** Runs `work` on one moment of the database: what was committed before it begins is in, nothing that comes later. */
export async function inSnapshot<T>(connection: PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  client.on('error', () => {}) // the query that runs fails and says so
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read, read only')
    await client.query(seeEverything)
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Every table with its columns in order; what the database computes by itself is left out. */
export async function listTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by c.relname order by c.relname`)
  return rows
}

export interface SequenceState {
  sequence: string
  value: number
  isCalled: boolean
}

/** Where the sequences stand; read after the snapshot was taken, they are never behind its rows. */
export async function listSequences(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ sequence: string; last: string | null; start: string }>(`
    select sequencename as sequence, last_value as last, start_value as start
    from pg_sequences where schemaname = 'public' order by sequencename`)
  return rows.map(({ sequence, last, start }) => ({ sequence, value: Number(last ?? start), isCalled: last !== null }))
}

/** SHA-256 of every migration that the database has seen, in order. */
export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query(`select to_regclass('public.schema_migrations') is not null as found`)
  if (!found[0].found) return []
  const { rows } = await client.query<{ hash: string }>('select hash from schema_migrations order by created_at, id')
  return rows.map(({ hash }) => hash)
}

const name = pg.escapeIdentifier

/** The rows of a table as CSV with a head; after its end `rowCount` says how many. */
export function copyOut(client: pg.ClientBase, { table, columns }: TableShape): Readable & { rowCount: number } {
  return client.query(copyTo(`copy public.${name(table)} (${columns.map(name).join(', ')}) to stdout with (format csv, header)`))
}

export interface StoredFile {
  storedAs: string
  sha256: string
  size: number
}

/** The evidence files that this moment knows; an old schema knows none. */
export async function listStoredFiles(client: pg.ClientBase): Promise<StoredFile[]> {
  const { rows: found } = await client.query(`select to_regclass('public.files') is not null as found`)
  if (!found[0].found) return []
  const { rows } = await client.query<{ stored_as: string; sha256: string; size: string }>(
    'select stored_as, sha256, size from files order by stored_as',
  )
  return rows.map(({ stored_as, sha256, size }) => ({ storedAs: stored_as, sha256, size: Number(size) }))
}

export async function readSummary(client: pg.ClientBase): Promise<{ seq: number; hash: string; server: string; isSynthetic: boolean }> {
  const { rows } = await client.query<{ seq: string; hash: string; server: string; synthetic: boolean }>(
    `select seq, hash, current_setting('server_version') as server, exists (select 1 from cities where is_synthetic) as synthetic from audit_head`,
  )
  const { seq, hash, server, synthetic } = rows[0]!
  return { seq: Number(seq), hash, server, isSynthetic: synthetic }
}
