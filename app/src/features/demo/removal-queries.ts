import { sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'

// Only for the database's owner: rows that never change are deleted here, because they were invented.

/** Tables that keep their rows for ever, as far as the demonstration has some in them. */
const guarded = ['answer_history', 'frozen_assessments', 'results'] as const

async function setGuards(owner: Db, state: 'enable' | 'disable'): Promise<void> {
  for (const table of guarded) await owner.execute(sql`alter table ${sql.identifier(table)} ${sql.raw(state)} trigger never_changed`)
}

/** What belongs to an invented city, or was done by an invented person, is deleted; what people did otherwise stays, without their name. */
const deletions = [
  sql`create temporary table demo_cities on commit drop as select id from cities where is_synthetic`,
  sql`create temporary table demo_people on commit drop as select id from people where is_demo`,
  sql`delete from results where city_id in (select id from demo_cities)`,
  sql`delete from frozen_assessments where city_id in (select id from demo_cities)`,
  sql`delete from answer_history where city_id in (select id from demo_cities)`,
  sql`delete from answers where city_id in (select id from demo_cities)`,
  sql`delete from assessments where city_id in (select id from demo_cities)`,
  sql`delete from city_facts where city_id in (select id from demo_cities)`,
  sql`delete from invitations where city_id in (select id from demo_cities)`,
  sql`delete from memberships where city_id in (select id from demo_cities)`,
  sql`delete from audit_payloads where city_id in (select id from demo_cities)`,
] as const

const authors = [
  ['memberships', 'created_by'],
  ['invitations', 'created_by'],
  ['invitations', 'accepted_by'],
  ['city_facts', 'updated_by'],
  ['waves', 'frozen_by'],
  ['waves', 'created_by'],
  ['assessments', 'invited_by'],
  ['assessments', 'submitted_by'],
  ['answers', 'updated_by'],
  ['answer_history', 'saved_by'],
  ['frozen_assessments', 'frozen_by'],
] as const

async function forgetAuthors(owner: Db): Promise<void> {
  for (const [table, column] of authors)
    await owner.execute(
      sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = null where ${sql.identifier(column)} in (select id from demo_people)`,
    )
}

async function countDeleted(owner: Db, statement: ReturnType<typeof sql>): Promise<number> {
  const { rowCount } = await owner.execute(statement)
  return rowCount ?? 0
}

/**
 * Deletes every synthetic city, wave and person with all that belongs to them. A synthetic wave in which a real city takes
 * part stays. Events stay in the audit chain: they name cities and people by key alone.
 */
export async function deleteDemo(owner: Db): Promise<{ cities: number; waves: number; people: number }> {
  await setGuards(owner, 'disable')
  for (const deletion of deletions) await owner.execute(deletion)
  await forgetAuthors(owner)
  const waves = await countDeleted(
    owner,
    sql`delete from waves w where is_synthetic and not exists (select 1 from assessments a where a.wave_id = w.id)`,
  )
  const people = await countDeleted(owner, sql`delete from people where is_demo`)
  const cities = await countDeleted(owner, sql`delete from cities where is_synthetic`)
  await setGuards(owner, 'enable')
  return { cities, waves, people }
}
