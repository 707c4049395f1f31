import { sql } from 'drizzle-orm'
import { appendOnlyTables } from '../../db/grants.ts'
import type { Db } from '../../db/open.ts'

// Only for the database's owner: rows that never change are deleted here, because they were invented. Which tables belong to a
// city, and which columns name a person, the database says itself, so that a new table cannot be forgotten.

/** Audit events stay: they name cities and people by key alone. */
const kept = new Set(['audit_events'])

interface Reference {
  table: string
  column: string
  to: string
}

async function listReferences(owner: Db): Promise<Reference[]> {
  const { rows } = await owner.execute<{ table: string; column: string; to: string }>(sql`
    select child.relname as "table", a.attname as "column", parent.relname as "to"
    from pg_constraint c
    join pg_class child on child.oid = c.conrelid
    join pg_class parent on parent.oid = c.confrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    order by 1, 2, 3`)
  return rows
}

/** Tables with a city, those that point to others first. */
async function listCityTables(owner: Db, references: readonly Reference[]): Promise<string[]> {
  const { rows } = await owner.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'city_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`)
  const waiting = new Set(rows.map(({ name }) => name).filter((name) => !kept.has(name)))
  const sorted: string[] = []
  while (waiting.size > 0) {
    const isPointedAt = (name: string) => references.some(({ table, to }) => to === name && table !== name && waiting.has(table))
    const next = [...waiting].find((name) => !isPointedAt(name))
    if (next === undefined) throw new Error(`tables point at each other: ${[...waiting].join(', ')}`)
    waiting.delete(next)
    sorted.push(next)
  }
  return sorted
}

async function setGuards(owner: Db, state: 'enable' | 'disable'): Promise<void> {
  for (const table of appendOnlyTables)
    if (!kept.has(table)) await owner.execute(sql`alter table ${sql.identifier(table)} ${sql.raw(state)} trigger never_changed`)
}

const chosen = [
  sql`create temporary table demo_cities on commit drop as select id from cities where is_synthetic`,
  sql`create temporary table demo_people on commit drop as select id from people where is_demo`,
] as const

async function countDeleted(owner: Db, statement: ReturnType<typeof sql>): Promise<number> {
  const { rowCount } = await owner.execute(statement)
  return rowCount ?? 0
}

/** Invented waves without a real city, and what belongs to them alone. */
async function deleteWaves(owner: Db, references: readonly Reference[], cityTables: readonly string[]): Promise<number> {
  const isGone = sql`is_synthetic and not exists (select 1 from assessments a where a.wave_id = waves.id)`
  const ofWaves = references.filter(({ to, table }) => to === 'waves' && !cityTables.includes(table))
  for (const { table, column } of ofWaves)
    await owner.execute(sql`delete from ${sql.identifier(table)} where ${sql.identifier(column)} in (select id from waves where ${isGone})`)
  return countDeleted(owner, sql`delete from waves where ${isGone}`)
}

/** What invented people did for real cities stays, without their name; what is theirs alone goes with them. */
async function forgetAuthors(owner: Db, references: readonly Reference[]): Promise<void> {
  for (const { table, column } of references.filter(({ to }) => to === 'people')) {
    const { rows } = await owner.execute<{ nullable: boolean }>(
      sql`select not attnotnull as nullable from pg_attribute where attrelid = ${table}::regclass and attname = ${column}`,
    )
    const isTheirs = sql`${sql.identifier(column)} in (select id from demo_people)`
    await owner.execute(
      rows[0]!.nullable
        ? sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = null where ${isTheirs}`
        : sql`delete from ${sql.identifier(table)} where ${isTheirs}`,
    )
  }
}

/**
 * Deletes every synthetic city, wave and person with all that belongs to them. A synthetic wave in which a real city takes
 * part stays. Events stay in the audit chain: they name cities and people by key alone.
 */
export async function deleteDemo(owner: Db): Promise<{ cities: number; waves: number; people: number }> {
  const references = await listReferences(owner)
  const tables = await listCityTables(owner, references)
  await setGuards(owner, 'disable')
  for (const statement of chosen) await owner.execute(statement)
  await owner.execute(sql`delete from joint_agreements where partner_city_id in (select id from demo_cities)`)
  for (const table of tables) await owner.execute(sql`delete from ${sql.identifier(table)} where city_id in (select id from demo_cities)`)
  await forgetAuthors(owner, references)
  const waves = await deleteWaves(owner, references, tables)
  const people = await countDeleted(owner, sql`delete from people where is_demo`)
  const cities = await countDeleted(owner, sql`delete from cities where is_synthetic`)
  await setGuards(owner, 'enable')
  return { cities, waves, people }
}
