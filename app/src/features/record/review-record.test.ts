import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { reviewHistory } from '../../../test/review-history.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { appendOnlyTables } from '../../db/grants.ts'
import type { Db } from '../../db/open.ts'
import { translator } from '../../text/text.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { findBreak } from '../audit/audit.ts'
import { InstrumentStore } from '../instrument/store.ts'
import { describeFinding } from './commands.ts'
import { replay } from './replay.ts'
import { checkReplay, checkSeals } from './usecases.ts'

// Whole reviews with chance in between stand in the database for good; each attack on them is undone after it.

const database = testDatabase()
const instruments = new InstrumentStore()
const t = translator('en')

beforeAll(
  () =>
    database.kept(async (prepared) => {
      for (const [slug, seed] of [
        ['alpha', 20_260_201],
        ['beta', 20_260_202],
      ] as const)
        await reviewHistory(prepared, slug, seed, 60)
    }),
  300_000,
)

const undone = new Error('undone')

/** What the checks say after the owner of the database has set every guard aside and done this. */
async function afterTampering(...statements: string[]) {
  let result: Awaited<ReturnType<typeof checked>> | null = null
  await database
    .owner()
    .transaction(async (tx) => {
      await tx.execute(sql.raw(`set local tessera.scope = 'network'`))
      for (const table of [...appendOnlyTables, 'audit_payloads', 'reviews', 'review_assignments', 'review_queries'])
        for (const guard of ['disable trigger user', 'disable row level security'])
          await tx.execute(sql.raw(`alter table ${table} ${guard}`))
      for (const statement of statements) await tx.execute(sql.raw(statement))
      result = await checked(tx)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return result!
}

async function checked(db: Db) {
  const events = await listEvents(db)
  const { findings } = await checkSeals(db, instruments, events)
  const { differing, erased } = await checkReplay(db, events)
  return { broken: findBreak(events, await getHead(db)), findings: findings.map((each) => describeFinding(t, each)), differing, erased }
}

describe('reviews that nobody has tampered with', () => {
  it('follow from the events alone, with the same hash, and hold every kind of row', async () => {
    expect(await afterTampering()).toEqual({ broken: null, findings: [], differing: [], erased: [] })
    await inContext(drizzle(database.pool()), systemContext, async (db) => {
      const events = await listEvents(db)
      const { replayedHash, presentHash } = await checkReplay(db, events)
      expect(replayedHash).toBe(presentHash)
      const kinds = new Set([...replay(events).state.keys()].map((key) => key.split(':')[0]))
      expect([...kinds].toSorted()).toEqual([
        'adjudication',
        'answer',
        'answer-version',
        'assignment',
        'correction',
        'decision-reply',
        'frozen-answer',
        'judgement',
        'query',
        'query-reply',
        'review',
        'scope',
      ])
    })
  })
})

describe('tampering with what is sealed', () => {
  it.each([
    [
      'verified scores',
      `update verified_results set scores[1] = scores[1] + 1`,
      /^Verified result .* was replaced|was altered|stands in no record/,
    ],
    ['exact verified scores', `update verified_results set exact_scores[1] = '1'`, /^Verified result/],
    ['verified shares', `update verified_results set verified_shares[1] = 0.5`, /^Verified result/],
    ['the hash of the method of a result', `update verified_results set method_hash = repeat('a', 64)`, /^Verified result/],
    ['verified results that are gone', `delete from verified_results`, /^Verified result .* is missing/],
    [
      'a method',
      `update method_registrations set content = jsonb_set(content, '{seed}', '99')`,
      /^Registered method wave:wave-\w+\/1 was altered/,
    ],
    [
      'a method whose hash was made to fit',
      `update method_registrations set content_hash = repeat('b', 64), content = '{}'`,
      /^Registered method/,
    ],
    ['a later answer', `update frozen_answer_versions set explanation = 'x'`, /^Later version of a frozen answer .* was altered/],
    ['a later answer that is gone', `delete from frozen_answer_versions`, /^Later version of a frozen answer .* is missing/],
    [
      'a copy',
      `update frozen_assessments set content = jsonb_set(content, '{answers,0,explanation}', '"y"')`,
      /^Frozen copy .* was altered/,
    ],
  ])('is found and named: %s', async (_, attack, finding) => {
    const { findings } = await afterTampering(attack)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings).toEqual(findings.map(() => expect.stringMatching(finding)))
  })
})

describe('the role of the application, with every table filled', () => {
  it('adds no row with an old key, changes none and deletes none', async () => {
    const client = await database.pool().connect()
    const { rows } = await client.query<{ table: string; column: string }>(
      `select table_name as table, min(column_name) as column from information_schema.columns where table_schema = 'public' group by 1`,
    )
    const first = new Map(rows.map(({ table, column }) => [table, column]))
    const carriedOut: string[] = []
    try {
      for (const table of appendOnlyTables)
        for (const attack of [
          `insert into ${table} select * from ${table}`,
          `with changed as (select 1) update ${table} set ${first.get(table)} = ${first.get(table)}`,
          `delete from ${table}`,
        ]) {
          await client.query(`begin; select set_config('tessera.scope', 'network', true)`)
          const done = await client.query(attack).catch(() => null)
          if (done !== null && (done.rowCount ?? 0) > 0) carriedOut.push(attack)
          await client.query('rollback')
        }
    } finally {
      client.release()
    }
    expect(carriedOut).toEqual([])
  })
})

describe('tampering with what follows from the events', () => {
  const one = (table: string) => `where ctid = (select min(ctid) from ${table})`
  it.each([
    ['a decision', `update judgements set decision = 'need-more', points = null ${one('judgements')}`, /^judgement:/],
    [
      'who decided',
      `update judgements set person_id = (select min(decided_by::text)::uuid from adjudications) ${one('judgements')}`,
      /^judgement:/,
    ],
    ['when it was decided', `update judgements set decided_at = decided_at - interval '1 day' ${one('judgements')}`, /^judgement:/],
    ['an earlier version that is gone', `delete from judgements where version = 1`, /^judgement:.*\/1$/],
    ['what was settled', `update adjudications set reason = 'another reason' ${one('adjudications')}`, /^adjudication:/],
    ['who settled it', `update adjudications set decided_by = (select id from people order by id limit 1)`, /^adjudication:/],
    ['a query', `update review_queries set text = 'x' ${one('review_queries')}`, /^query:/],
    ['a reply', `update query_replies set text = 'x' ${one('query_replies')}`, /^query-reply:/],
    ['a version of an answer', `update frozen_answer_versions set explanation = 'x' ${one('frozen_answer_versions')}`, /^frozen-answer:/],
    ['a reply to a decision', `delete from decision_replies ${one('decision_replies')}`, /^decision-reply:/],
    ['a correction', `delete from merge_decisions ${one('merge_decisions')}`, /^correction:/],
    ['an assignment', `update review_assignments set overridden_by = null, override_reason = null, override_note = null`, /^assignment:/],
    ['the time of a signature', `update review_assignments set signed_at = now() where signed_at is not null`, /^assignment:/],
    ['who signed', `update reviews set signed_by = opened_by, published_by = null ${one('reviews')}`, /^review:/],
    ['the sample', `update reviews set sample = '{}' ${one('reviews')}`, /^review:/],
    ['an earlier answer', `update answer_history set explanation = 'x' ${one('answer_history')}`, /^answer-version:/],
  ])('is found and named: %s', async (_, attack, key) => {
    const { differing } = await afterTampering(attack)
    expect(differing.length).toBeGreaterThan(0)
    expect(differing).toEqual(differing.map(() => expect.stringMatching(key)))
  })
})
