import { readFile } from 'node:fs/promises'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { inContext, systemContext } from '../src/db/context.ts'
import type { Db } from '../src/db/open.ts'
import { files } from '../src/db/schema.ts'
import { storedFilePath } from '../src/features/evidence/storage.ts'
import { testDatabase } from './database.ts'
import { answerMarker, personMarker, plantNetwork } from './planted-network.ts'

// The route matrix finds a leak by its marker. So every text that a city can write has to carry one: a new table or column without
// a marker fails here until it is planted, or named below with the reason why nobody of the city writes words into it.

const { rolledBack } = testDatabase()

const hash = 'a hash or a secret that only we compute'
const key = 'a key of ours'
const choice = 'one of a list of values'

/** Columns without a marker, by their name alone or with their table. */
const withoutMarker: Readonly<Record<string, string>> = {
  question_id: key,
  question_ids: key,
  dimension_id: key,
  dimensions: key,
  scope_id: key,
  mentions: key,
  stored_as: key,
  fact: key,
  hash,
  sha256: hash,
  token_hash: hash,
  content_hash: hash,
  payload_hash: hash,
  previous_hash: hash,
  source_hash: hash,
  inputs_hash: hash,
  kind: choice,
  language: choice,
  role: choice,
  right: choice,
  scan: choice,
  mark: choice,
  missing: choice,
  options: choice,
  origin: choice,
  decision: choice,
  quality: choice,
  release_level: choice,
  media_type: choice,
  'audit_events.action': choice,
  'audit_events.subject': key,
  'city_facts.source': 'published with the fact, for everybody',
  'inbox_items.proposals': 'keys of questions and numbers',
  'notices.address': 'an address of ours',
  'results.elements': key,
  'results.scheme': choice,
  'results.engine_version': choice,
  'results.scores': 'numbers',
  'results.exact_scores': 'numbers',
  'results.uppers': 'numbers',
  'results.coverages': 'numbers',
  'sign_offs.versions': 'keys of questions and numbers',
  reason_code: choice,
  last_question_id: key,
  method_hash: hash,
  'review_assignments.part': choice,
  'reviews.sample': key,
  'verified_results.elements': key,
  'verified_results.scheme': choice,
  'verified_results.engine_version': choice,
  'verified_results.scores': 'numbers',
  'verified_results.exact_scores': 'numbers',
  'verified_results.verified_shares': 'numbers',
}

interface Column extends Record<string, unknown> {
  table: string
  column: string
}

/** Every column of a city's table that could hold words. */
async function wordColumns(db: Db): Promise<Column[]> {
  const { rows } = await db.execute<Column>(sql`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.columns city on city.table_schema = c.table_schema and city.table_name = c.table_name and city.column_name = 'city_id'
    where c.table_schema = 'public' and c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY') order by 1, 2`)
  return rows
}

async function isMarked(db: Db, { table, column }: Column, cityId: string): Promise<boolean> {
  const words = sql`lower(${sql.identifier(column)}::text)`
  const { rows } = await db.execute(sql`
    select 1 from ${sql.identifier(table)} where city_id = ${cityId}
    and (position(lower(${answerMarker}) in ${words}) > 0 or position(lower(${personMarker}) in ${words}) > 0) limit 1`)
  return rows.length > 0
}

it('carry a marker in every text that a city can write, so that the matrix of all routes would find it anywhere', () =>
  rolledBack(async (prepared) => {
    const { people } = await plantNetwork(prepared)
    const cityId = people.coordinator.person.memberships[0]!.cityId!
    await inContext(prepared.services.db, systemContext, async (db) => {
      const bare: string[] = []
      for (const column of await wordColumns(db)) if (!(await isMarked(db, column, cityId))) bare.push(`${column.table}.${column.column}`)
      const named = (column: string) => column in withoutMarker || column.split('.')[1]! in withoutMarker
      expect(bare.filter((column) => !named(column))).toEqual([])
      const used = new Set(bare.flatMap((column) => [column, column.split('.')[1]!]))
      expect(Object.keys(withoutMarker).filter((column) => !used.has(column))).toEqual([])
    })
  }))

it('carry a marker in a file on the disk', () =>
  rolledBack(async (prepared) => {
    const { people } = await plantNetwork(prepared)
    const cityId = people.coordinator.person.memberships[0]!.cityId!
    const [stored] = await inContext(prepared.services.db, systemContext, (db) =>
      db.select({ storedAs: files.storedAs }).from(files).where(eq(files.cityId, cityId)),
    )
    expect(await readFile(storedFilePath(prepared.services.config.dataDir, stored!.storedAs), 'utf8')).toContain(answerMarker)
  }))
