import { sql } from 'drizzle-orm'
import type { Db } from '../src/db/open.ts'

/** Every row of every table as text. */
export async function dump(db: Db): Promise<string> {
  const { rows } = await db.execute<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const parts: string[] = []
  for (const { name } of rows) {
    const found = await db.execute<{ row: string }>(sql`select t::text as row from ${sql.identifier(name)} t`)
    parts.push(...found.rows.map(({ row }) => `${name}: ${row}`))
  }
  return parts.join('\n')
}
