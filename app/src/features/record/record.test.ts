import { randomUUID } from 'node:crypto'
import { createStream } from '@tessera/engine'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { assessments, cities, memberships, people, waves } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { translator } from '../../text/text.ts'
import { saveAnswer } from '../assessments/usecases.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { loadInstrument } from '../instrument/load.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { InstrumentStore } from '../instrument/store.ts'
import { submitAssessment } from '../results/usecases.ts'
import { instrumentFolder } from '../../paths.ts'
import { describeFinding } from './commands.ts'
import { checkReplay, checkSeals } from './usecases.ts'

// A city that has answered and handed in stands in the database for good; each attack is undone after it.

const database = testDatabase()
const instruments = new InstrumentStore()
const day = 24 * 3600 * 1000 // ms
const now = new Date()

async function addScene(db: Db): Promise<{ person: Person; assessmentId: string }> {
  const [city] = await db.insert(cities).values({ slug: 'testville', name: 'Testville', country: 'DE' }).returning()
  const period = { opensAt: new Date(now.getTime() - day), closesAt: new Date(now.getTime() + day), frozenAt: now }
  const [wave] = await db
    .insert(waves)
    .values({ slug: '2026', name: '2026', ...period, instrumentVersionId: instruments.currentId })
    .returning()
  const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId: city!.id }).returning()
  const [someone] = await db.insert(people).values({ name: 'Ada', email: 'ada@city.example' }).returning()
  const [membership] = await db
    .insert(memberships)
    .values({ personId: someone!.id, role: 'city-coordinator', cityId: city!.id })
    .returning()
  const held = { id: membership!.id, role: 'city-coordinator' as const, cityId: city!.id, rights: [] }
  return {
    assessmentId: assessment!.id,
    person: { id: someone!.id, name: 'Ada', email: 'ada@city.example', language: 'en', isDemo: false, memberships: [held] },
  }
}

const histories = 300

/** Random saves of random questions, with texts that need care. */
async function saveAtRandom(db: Db, person: Person, assessmentId: string): Promise<void> {
  const random = createStream(20_260_102, 0, 0)
  const questions = questionsOf(instruments.current)
  const versions = new Map<string, number>()
  for (let i = 0; i < histories; i++) {
    const { id, options } = questions[Math.floor(random.nextUniform() * 25)]!
    const option = options[Math.floor(random.nextUniform() * options.length)]!.id
    const explanation = [`Beleg ${i} – "ä\u2028\\"`, '', null, 'x'.repeat(300)][i % 4] ?? null
    const request = {
      assessmentId,
      questionId: id,
      patch: { options: [option], explanation },
      version: versions.get(id) ?? 0,
      language: 'de',
    }
    versions.set(id, (await saveAnswer(db, person, instruments, request, now)).version)
  }
}

beforeAll(async () => {
  const pool = drizzle(database.pool())
  await inContext(pool, systemContext, async (db) => {
    await instruments.register(db, loadInstrument(instrumentFolder))
    const { person, assessmentId } = await addScene(db)
    await saveAtRandom(db, person, assessmentId)
    await submitAssessment(db, person, instruments, { assessmentId, key: randomUUID() }, now)
  })
}, 120_000)

const undone = new Error('undone')

/** What verification says after the database's owner has set the guards aside and done this. */
async function afterTampering(
  ...statements: string[]
): Promise<{ broken: string | null; findings: string[]; differing: string[]; erased: string[] }> {
  let result: Awaited<ReturnType<typeof verified>> | null = null
  await database
    .owner()
    .transaction(async (tx) => {
      await tx.execute(sql.raw(`set local tessera.scope = 'network'`))
      for (const table of ['audit_events', 'audit_payloads', 'frozen_assessments', 'results', 'answers'])
        for (const guard of ['disable trigger user', 'disable row level security'])
          await tx.execute(sql.raw(`alter table ${table} ${guard}`))
      for (const statement of statements) await tx.execute(sql.raw(statement))
      result = await verified(tx)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return result!
}

async function verified(db: Db) {
  const events = await listEvents(db)
  const { findings } = await checkSeals(db, instruments, events)
  const { differing, erased } = await checkReplay(db, events)
  const found = findBreak(events, await getHead(db))
  const broken = found && translator('en')(found.finding, { ...found })
  return { broken, findings: findings.map((each) => describeFinding(translator('en'), each)), differing, erased }
}

describe('a database that nobody has touched', () => {
  it('is whole, and its events alone yield the present answers with the same hash', async () => {
    expect(await afterTampering()).toEqual({ broken: null, findings: [], differing: [], erased: [] })
    const replayed = await inContext(drizzle(database.pool()), systemContext, async (db) => checkReplay(db, await listEvents(db)))
    expect(replayed.compared).toBeGreaterThan(250) // 25 answers, and every version of each
    expect(replayed.replayedHash).toBe(replayed.presentHash)
  })
})

describe('tampering by the owner of the database, with every guard set aside', () => {
  it.each([
    ['an altered event', `update audit_events set subject = subject || 'x' where seq = 7`, 'event 7 was altered'],
    [
      'altered details',
      `update audit_payloads set payload = payload || '{"version": 99}' where seq = 9`,
      'the details of event 9 were altered',
    ],
    ['a deleted event', `delete from audit_payloads where seq = 11; delete from audit_events where seq = 11`, 'event 11 is missing'],
    [
      'two swapped events',
      `update audit_events set seq = -1 where seq = 199; delete from audit_payloads where seq in (199, 200); update audit_events set seq = 199 where seq = 200; update audit_events set seq = 200 where seq = -1`,
      'event 199 does not follow the event before it',
    ],
    [
      'a cut tail',
      `delete from audit_payloads where seq > 250; delete from audit_events where seq > 250`,
      expect.stringMatching(/^it ends at event 250, but its head says 2\d\d$/),
    ],
  ])('is found: %s', async (_, attack, finding) => {
    const free = 'alter table audit_payloads drop constraint audit_payloads_seq_audit_events_seq_fk' // so that numbers can be swapped
    expect((await afterTampering(free, ...attack.split('; '))).broken).toEqual(finding)
  })

  it('is found in a frozen copy, in words', async () => {
    const { findings } = await afterTampering(
      `update frozen_assessments set content = jsonb_set(content, '{answers,0,explanation}', '"something else"')`,
    )
    expect(findings).toEqual([expect.stringMatching(/^Frozen copy [0-9a-f-]{36} was altered: its contents no longer yield its checksum$/)])
  })

  it('is found in a copy whose hash was made to fit, and in one that is gone', async () => {
    const { findings } = await afterTampering(`update frozen_assessments set content_hash = repeat('0', 64)`)
    expect(findings[0]).toContain('was altered')
    const gone = await afterTampering('delete from results', 'delete from frozen_assessments')
    expect(gone.findings).toEqual([expect.stringMatching(/^Frozen copy .* is missing, although the record holds its checksum$/)])
  })

  it('is found in a score', async () => {
    const { findings } = await afterTampering(
      `update results set scores[1] = scores[1] + 0.5 where scheme = (select min(scheme) from results)`,
    )
    expect(findings).toEqual([expect.stringMatching(/^Result .* was altered/)])
  })

  it('is found in an answer, in its text and in one that is gone', async () => {
    const first = `(select question_id from answers order by question_id limit 1)`
    expect((await afterTampering(`update answers set explanation = 'x' where question_id = ${first}`)).differing).toHaveLength(1)
    expect((await afterTampering(`update answers set updated_by = null where question_id = ${first}`)).differing).toHaveLength(1)
    expect((await afterTampering(`delete from answers where question_id = ${first}`)).differing).toHaveLength(1)
  })

  it('tells erased details from altered ones', async () => {
    const last = `(select max(seq) from audit_events where action = 'answer.saved')`
    const found = await afterTampering(`delete from audit_payloads where seq = ${last}`)
    expect(found).toMatchObject({ broken: null, differing: [], findings: [] })
    expect(found.erased).toEqual([expect.stringMatching(/^answer-version:/), expect.stringMatching(/^answer:/)])
  })
})
