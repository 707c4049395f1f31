import { createStream } from '@tessera/engine'
import type pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendOnlyTables } from '../src/db/grants.ts'
import { testDatabase } from './database.ts'

// A thousand attempts to change what never changes, as the role of the application: whoever finds a way to send SQL of their own, in
// whatever context a transaction of ours may stand, gets no further. None may even be allowed to change nothing.

const { pool, owner, rolledBack } = testDatabase()
const attempts = 1_000

interface Column {
  table: string
  column: string
  type: string
}

let columns: Column[] = []
let tableOwner = ''
beforeAll(async () => {
  await rolledBack(async () => {})
  const { rows } = await pool().query<Column>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) order by 1, 2`,
    [[...appendOnlyTables]],
  )
  columns = rows
  const { rows: owners } = await pool().query<{ name: string }>(`select tableowner as name from pg_tables where tablename = 'results'`)
  tableOwner = owners[0]!.name
})

type Random = ReturnType<typeof createStream>
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random.nextUniform() * list.length)]!

/** How a transaction of the application may stand when the attack comes. */
const contexts = [
  '',
  `select set_config('tessera.scope', 'network', true)`,
  `select set_config('tessera.scope', 'comparison', true)`,
  `select set_config('tessera.scope', 'sign-in', true)`,
  `select set_config('tessera.scope', 'city', true), set_config('tessera.cities', gen_random_uuid()::text, true)`,
  `select set_config('tessera.reviewed', 'all', true)`,
]

const attacks: readonly ((table: string, column: Column, random: Random) => string)[] = [
  (table, { column }) => `update ${table} set ${column} = ${column}`,
  (table, { column }) => `update ${table} set ${column} = null where ${column} is not null`,
  (table, { column }) => `update only ${table} as t set ${column} = t.${column} from audit_head h where true`,
  (table, { column }) => `with changed as (update ${table} set ${column} = default returning 1) select count(*) from changed`,
  (table) => `delete from ${table}`,
  (table) => `with gone as (delete from ${table} returning *) select * from gone`,
  (table) => `delete from ${table} using audit_head`,
  (table) => `merge into ${table} t using audit_head h on true when matched then delete`,
  (table, { column }) => `merge into ${table} t using audit_head h on true when matched then update set ${column} = t.${column}`,
  (table, { column }) => `insert into ${table} select * from ${table} on conflict do nothing; update ${table} set ${column} = ${column}`,
  (table, { column }) => `insert into ${table} default values on conflict (${column}) do update set ${column} = excluded.${column}`,
  (table) => `truncate ${table}`,
  (table) => `truncate ${table} restart identity cascade`,
  (table) => `drop table ${table} cascade`,
  (table) => `alter table ${table} rename to ${table}_old`,
  (table, { column }) => `alter table ${table} drop column ${column} cascade`,
  (table, { column }) => `alter table ${table} alter column ${column} set default null`,
  (table) => `alter table ${table} add column extra text`,
  (table) => `alter table ${table} disable trigger all`,
  (table) => `alter table ${table} disable trigger never_changed`,
  (table) => `alter table ${table} disable row level security`,
  (table) => `alter table ${table} no force row level security`,
  (table) => `alter table ${table} owner to current_user`,
  (table) => `drop trigger never_changed on ${table}`,
  (table) => `create trigger mine before insert on ${table} for each row execute function refuse_change()`,
  (table) => `create rule mine as on insert to ${table} do instead nothing`,
  (table) => `create policy mine on ${table} using (true)`,
  // without the right to grant, GRANT grants nothing and only warns: what counts is what follows
  (table, { column }) => `grant update, delete on ${table} to current_user; update ${table} set ${column} = ${column}`,
  (table) => `lock table ${table} in access exclusive mode`,
  (table) => `copy ${table} from program 'echo'`,
  (table) => `copy ${table} to '/tmp/stolen'`,
  (table) => `select * from ${table} for update`,
  (table) => `comment on table ${table} is 'mine'`,
  () => 'set role OWNER',
  () => 'set session authorization OWNER',
  () => 'set session_replication_role = replica',
  () => `create or replace function refuse_change() returns trigger language plpgsql as $$ begin return old; end $$`,
  () => 'drop function refuse_change() cascade',
  () => 'alter role current_user superuser',
  () => 'create extension dblink',
  () => `do $$ begin execute 'delete from results'; end $$`,
  (table) => `do $$ begin execute 'truncate ${table}'; exception when others then raise; end $$`,
  (table, { column }) => `create temp view mine as select * from ${table}; update mine set ${column} = ${column}`,
  (table) => `create temp view mine as select * from ${table}; delete from mine`,
  (table) => `create function pg_temp.mine() returns void language sql security definer as 'delete from ${table}'; select pg_temp.mine()`,
  (table) => `create function mine() returns void language sql security definer as 'delete from ${table}'; select mine()`,
  (table, { column }) => `prepare mine as update ${table} set ${column} = ${column}; execute mine`,
  (table) => `declare mine cursor for select * from ${table} for update; fetch mine; delete from ${table} where current of mine`,
  (table) => `copy ${table} from '/etc/passwd'`,
  (table) => `alter table ${table} disable trigger user`,
  (table) => `alter table ${table} inherit audit_head`,
  (table) => `alter table ${table} set schema pg_temp`,
  (table) => `create temp table mine (like ${table} including all); alter table mine inherit ${table}`,
  (table) => `reindex table ${table}; cluster ${table}; vacuum full ${table}`,
  (table) => `refresh materialized view ${table}`,
  () => 'set local role OWNER',
  () => 'set role postgres',
  () => 'reset session authorization; set session_replication_role = replica',
  () => 'set local session_replication_role = replica',
  () => 'alter function refuse_change() owner to current_user',
  () => 'alter function refuse_change() set search_path = pg_temp',
  () => 'alter default privileges for role OWNER grant all on tables to current_user',
  () => `select pg_read_file('/etc/passwd')`,
  () => `select lo_import('/etc/passwd')`,
  () => `update pg_trigger set tgenabled = 'D'`,
  () => `delete from pg_policy`,
  () => `insert into schema_migrations (hash, created_at) values ('x', 0)`,
]

/** @returns whether the attack was carried out */
async function succeeds(client: pg.PoolClient, context: string, attack: string): Promise<boolean> {
  await client.query('begin')
  try {
    if (context !== '') await client.query(context)
    await client.query(attack.replaceAll('OWNER', tableOwner))
    return true
  } catch {
    return false
  } finally {
    await client.query('rollback')
  }
}

describe('SQL as the role of the application', () => {
  it('changes nothing that never changes, in none of a thousand attempts', async () => {
    const random = createStream(20_260_103, 0, 0)
    const client = await pool().connect()
    const succeeded: string[] = []
    try {
      for (let i = 0; i < attempts; i++) {
        const table = appendOnlyTables[i % appendOnlyTables.length]!
        const attack = attacks[i % attacks.length]!(
          table,
          pick(
            random,
            columns.filter((column) => column.table === table),
          ),
          random,
        )
        if (await succeeds(client, pick(random, contexts), attack)) succeeded.push(attack)
      }
    } finally {
      client.release()
    }
    expect(succeeded).toEqual([])
  }, 120_000)
})

describe('SQL as the owner of the database', () => {
  it('is refused by the triggers of every such table before any row is touched', async () => {
    const { rows } = await owner().execute<{ table: string; n: number }>(
      `select c.relname as "table", count(*)::int as n from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where t.tgname in ('never_changed', 'never_truncated') and t.tgenabled = 'O' and not t.tgisinternal group by 1`,
    )
    const guarded = new Map(rows.map(({ table, n }) => [table, n]))
    expect(appendOnlyTables.filter((table) => guarded.get(table) !== 2)).toEqual([])
  })
})
