import type { ClientBase } from 'pg'
import { appendOnlyTables } from '../../db/grants.ts'
import type { DatabaseFacts } from './doctor.ts'

// What doctor asks the database, as the application's role.

export async function readDatabaseFacts(client: ClientBase): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(`
    select current_setting('server_version_num')::int as "versionNumber", current_setting('server_version') as version,
      current_user::text as role, rolsuper or rolbypassrls as "isPrivileged", pg_encoding_to_char(encoding)::text as encoding
    from pg_roles, pg_database where rolname = current_user and datname = current_database()`)
  return rows[0]!
}

/** Clock of the database minus our own in milliseconds, the way there and back halved. */
export async function readClockDifference(client: ClientBase): Promise<number> {
  const before = Date.now()
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
  const after = Date.now()
  return rows[0]!.now.getTime() - (before + after) / 2
}

/** Tables of cities, and those among them whose isolation is not forced. */
export async function listCityTables(client: ClientBase): Promise<{ table: string; isForced: boolean }[]> {
  const { rows } = await client.query<{ table: string; isForced: boolean }>(`
    select relname::text as table, relrowsecurity and relforcerowsecurity as "isForced"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'city_id' and not a.attisdropped
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`)
  return rows
}

/** Tables that must only grow, but whose rows the role could change. */
export async function listChangeable(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select relname::text as table from pg_class
     where relnamespace = 'public'::regnamespace and relname = any ($1) and has_table_privilege(oid, 'update, delete') order by 1`,
    [[...appendOnlyTables]],
  )
  return rows.map(({ table }) => table)
}

export async function countDemoPeople(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from people where is_demo')
  return rows[0]!.count
}

/** Time of the newest event; null when nothing happened yet. */
export async function readNewestEvent(client: ClientBase): Promise<Date | null> {
  const { rows } = await client.query<{ at: Date }>('select at from audit_events order by seq desc limit 1')
  return rows[0]?.at ?? null
}
