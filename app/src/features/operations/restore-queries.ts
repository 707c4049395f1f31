import pg, { type ClientBase, type PoolConfig } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Writable } from 'node:stream'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { seeEverything, type SequenceState, type TableShape } from './backup-queries.ts'

// Only for the database's owner: a restore builds the schema anew and fills it, all in one transaction, so that it is there
// as a whole or not at all. Guards and keys are set aside while rows come in, and stand again before it ends.

const name = pg.escapeIdentifier

/** Runs `work` as the owner in one transaction, alone: other starts and restores wait. */
export async function inOwnersTransaction<T>(owner: PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner)
  client.on('error', () => {}) // the query that runs fails and says so
  await client.connect()
  try {
    await client.query(`begin`)
    await client.query(`set local lock_timeout = '15s'`)
    await client.query(`select pg_advisory_xact_lock(7212001)`)
    await client.query(seeEverything)
    const result = await work(client)
    await client.query('commit')
    return result
  } finally {
    await client.end().catch(() => {}) // without a commit everything is undone
  }
}

/** Connections of a server of ours to this database. */
export async function countServerConnections(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'tessera'`,
  )
  return rows[0]!.count
}

/** Tables that every fresh start fills by itself. */
const filledByItself = new Set(['schema_migrations', 'audit_head', 'instrument_versions', 'reference_figures'])

/** Whether a table holds anything that people or commands put there. */
export async function findFilledTable(client: ClientBase, tables: readonly TableShape[]): Promise<string | null> {
  for (const { table } of tables) {
    if (filledByItself.has(table)) continue
    const { rows } = await client.query(`select exists (select 1 from public.${name(table)}) as filled`)
    if (rows[0].filled) return table
  }
  return null
}

/** How many rows a table has; 0 where there is none of this name. */
export async function countRows(client: ClientBase, tables: readonly TableShape[], table: string): Promise<number> {
  if (!tables.some((shape) => shape.table === table)) return 0
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from public.${name(table)}`)
  return rows[0]!.count
}

/** Drops everything of ours in the schema. */
export async function clearSchema(client: ClientBase): Promise<void> {
  const { rows: relations } = await client.query<{ name: string; kind: string }>(`
    select relname as name, case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end as kind
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`)
  for (const { name: relation, kind } of relations) await client.query(`drop ${kind} if exists public.${name(relation)} cascade`)
  const { rows: functions } = await client.query<{ signature: string }>(`
    select p.oid::regprocedure as signature from pg_proc p
    where pronamespace = 'public'::regnamespace and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`)
  for (const { signature } of functions) await client.query(`drop function ${signature} cascade`)
}

/** SHA-256 of every migration of this program, in order. */
export const knownMigrations = (migrationsFolder: string): string[] => readMigrationFiles({ migrationsFolder }).map(({ hash }) => hash)

/** Builds the schema as the first `count` migrations leave it. */
export async function buildSchema(client: ClientBase, migrationsFolder: string, count: number): Promise<void> {
  await client.query('create table public.schema_migrations (id serial primary key, hash text not null, created_at bigint)')
  for (const { sql } of readMigrationFiles({ migrationsFolder }).slice(0, count)) for (const statement of sql) await client.query(statement)
}

/** What has to stand again when all rows are in. */
export interface SetAside {
  forced: string[]
  keys: { table: string; constraint: string; definition: string }[]
}

/** Empties the tables and sets foreign keys, triggers and the owner's isolation aside. */
export async function openForLoading(client: ClientBase, tables: readonly TableShape[]): Promise<SetAside> {
  const { rows: forced } = await client.query<{ table: string }>(
    `select relname as table from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity`,
  )
  const { rows: keys } = await client.query<SetAside['keys'][number]>(`
    select c.relname as table, conname as constraint, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and k.conparentid = 0 order by 1, 2`)
  for (const { table, constraint } of keys) await client.query(`alter table public.${name(table)} drop constraint ${name(constraint)}`)
  for (const { table } of forced) await client.query(`alter table public.${name(table)} no force row level security`)
  for (const { table } of tables) await client.query(`alter table public.${name(table)} disable trigger user`)
  await client.query(`truncate ${tables.map(({ table }) => `public.${name(table)}`).join(', ')}`)
  return { forced: forced.map(({ table }) => table), keys }
}

/** Puts back what was set aside; the keys are checked against all rows. */
export async function closeAfterLoading(client: ClientBase, tables: readonly TableShape[], { forced, keys }: SetAside): Promise<void> {
  for (const { table, constraint, definition } of keys)
    await client.query(`alter table public.${name(table)} add constraint ${name(constraint)} ${definition}`)
  for (const { table } of tables) await client.query(`alter table public.${name(table)} enable trigger user`)
  for (const table of forced) await client.query(`alter table public.${name(table)} force row level security`)
}

/** Takes rows as CSV; its head must name the columns in this order. */
export function copyIn(client: ClientBase, { table, columns }: TableShape): Writable & { rowCount: number } {
  return client.query(copyFrom(`copy public.${name(table)} (${columns.map(name).join(', ')}) from stdin with (format csv, header match)`))
}

export async function setSequences(client: ClientBase, sequences: readonly SequenceState[]): Promise<void> {
  for (const { sequence, value, isCalled } of sequences)
    await client.query(`select setval($1::regclass, $2, $3)`, [`public.${name(sequence)}`, value, isCalled])
}

/**
 * Ends sessions and links for a new password: what was ended after the backup must not come back with it. Uploads that were
 * under way begin anew, because their bytes are not in the backup.
 */
export async function endWhatWasUnderWay(client: ClientBase): Promise<void> {
  await client.query('delete from sessions')
  await client.query('delete from verifications')
  const { rows } = await client.query(`select to_regclass('public.uploads') is not null as found`)
  if (rows[0].found) await client.query('delete from uploads where file_id is null')
}
