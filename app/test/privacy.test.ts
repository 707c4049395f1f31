import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { appFolder } from '../src/paths.ts'
import { appendOnlyTables } from '../src/db/grants.ts'
import { testDatabase } from './database.ts'

interface Privacy {
  tables: Record<string, { purpose: string; basis: string; retention: string; personal: string[]; notPersonal: string[] }>
}

const { owner, pool } = testDatabase()
const own = `c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migrations'`

async function columns(): Promise<{ table: string; column: string; comment: string | null; tableComment: string | null }[]> {
  const { rows } = await owner().execute(
    sql.raw(`select c.relname as "table", a.attname as "column", col_description(c.oid, a.attnum) as comment, obj_description(c.oid) as "tableComment"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where ${own} order by 1, 2`),
  )
  return rows as never
}

describe('what the database says about itself', () => {
  it('explains every table and every column', async () => {
    const found = await columns()
    expect(found.length).toBeGreaterThan(100)
    expect(found.filter((column) => !column.comment || !column.tableComment).map((column) => `${column.table}.${column.column}`)).toEqual(
      [],
    )
  })

  it('lists every column in privacy.yml exactly once, and nothing else', async () => {
    const { tables } = parse(readFileSync(resolve(appFolder, '../privacy.yml'), 'utf8')) as Privacy
    const listed = Object.entries(tables)
      .flatMap(([table, entry]) => [...entry.personal, ...entry.notPersonal].map((column) => `${table}.${column}`))
      .sort()
    expect(listed).toEqual((await columns()).map(({ table, column }) => `${table}.${column}`).sort())
    for (const entry of Object.values(tables))
      expect([entry.purpose, entry.basis, entry.retention].every((text) => text.length > 3)).toBe(true)
  })
})

describe('isolation of cities in the database', () => {
  it('forces row-level security on every table with a city', async () => {
    const { rows } = await owner().execute(
      sql.raw(
        `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'city_id' where ${own} and not (c.relrowsecurity and c.relforcerowsecurity)`,
      ),
    )
    expect(rows).toEqual([])
  })

  it('gives the application a role that is neither superuser nor owner, bypasses nothing and creates nothing', async () => {
    const { rows } = await pool()
      .query(`select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, has_schema_privilege('public', 'create') as creates,
      exists (select 1 from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = current_user`)
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, creates: false, owns: false }])
  })

  it('shows no row of any city while no city is named', async () => {
    const { rows } = await owner().execute(
      sql.raw(
        `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'city_id' where ${own}`,
      ),
    )
    expect(rows.length).toBeGreaterThan(8)
    for (const { name } of rows as { name: string }[])
      expect((await pool().query(`select count(*)::int as n from ${name}`)).rows, name).toEqual([{ n: 0 }])
  })

  it.each(appendOnlyTables)('refuses to change, delete or empty %s, also as the owner', async (table) => {
    for (const statement of [`delete from ${table}`, `truncate ${table} cascade`])
      await expect(pool().query(statement), statement).rejects.toThrow(/permission denied/)
    await expect(owner().execute(sql.raw(`truncate ${table} cascade`))).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/never changed or deleted/) },
    })
  })
})
