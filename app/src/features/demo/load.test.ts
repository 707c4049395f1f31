import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { hashOf } from '../../canonical.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import type { Person, Role } from '../../permissions.ts'
import { verifyPassword } from 'better-auth/crypto'
import { openWaveAgreement } from '../agreement/usecases.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { demoAccounts } from './accounts.ts'
import { checkReplay, checkSeals } from '../record/usecases.ts'
import { loadDemo, printDemoAccounts } from './load.ts'

interface DemoPersonRow extends Record<string, unknown> {
  id: string
  name: string
  email: string
  language: 'de' | 'en'
  role: Role
}

const listPeople = async (db: Db): Promise<DemoPersonRow[]> =>
  (
    await db.execute<DemoPersonRow>(
      sql`select p.id, p.name, p.email, p.language, m.role from people p join memberships m on m.person_id = p.id where p.is_demo`,
    )
  ).rows

function personOfRole(people: readonly DemoPersonRow[], wanted: Role): Person {
  const { id, name, email, language, role } = people.find((each) => each.role === wanted)!
  return { id, name, email, language, isDemo: true, memberships: [{ id, role, cityId: null, rights: [] }], reviewedCityIds: [] }
}

const { rolledBack, dataDir } = testDatabase()
const timeoutMs = 120_000 // the machine may be busy with other test files
vi.setConfig({ testTimeout: timeoutMs })
const elsewhere = testDatabase({ PUBLIC_URL: 'https://tessera.example' })

describe('the demonstration in an empty database', () => {
  it('loads 142 cities, answers, frozen copies and results in one go, and only once', async () => {
    await rolledBack(async ({ services }) => {
      await loadDemo(services)
      await loadDemo(services)
      await inContext(services.db, systemContext, async (db) => {
        const {
          rows: [counts],
        } = await db.execute<Record<string, number>>(sql`
          select (select count(*)::int from cities where is_synthetic) as cities, (select count(*)::int from waves where is_synthetic) as waves,
            (select count(*)::int from assessments) as assessments, (select count(*)::int from frozen_assessments) as frozen,
            (select count(*)::int from results) as results, (select count(distinct city_id)::int from results) as compared,
            (select count(*)::int from people where is_demo) as people, (select count(*)::int from answers) as answers,
            (select count(*)::int from answers a where not exists (select 1 from answer_history h where (h.assessment_id, h.question_id, h.version) = (a.assessment_id, a.question_id, a.version))) as without_history`)
        expect(counts).toMatchObject({ cities: 142, waves: 3, people: demoAccounts.length, without_history: 0 })
        // Every city but those that have not handed in in any wave has a result; each under three weight schemes.
        expect(counts!.compared).toBe(142)
        expect(counts!.results).toBe(3 * counts!.frozen!)
        expect(counts!.answers).toBeGreaterThan(10_000)
        expect(findBreak(await listEvents(db), await getHead(db))).toBeNull()
      })
    })
  })

  it('freezes what was answered: the hash is that of the stored copy, the scores are those of its answers', async () => {
    await rolledBack(async ({ services }) => {
      await loadDemo(services)
      await inContext(services.db, systemContext, async (db) => {
        const { rows } = await db.execute<{ content: unknown; content_hash: string }>(
          sql`select content, content_hash from frozen_assessments order by id limit 5`,
        )
        for (const { content, content_hash } of rows) expect(hashOf(content)).toBe(content_hash)
        const {
          rows: [odd],
        } = await db.execute<{ n: number }>(
          sql`select count(*)::int as n from results where cardinality(elements) <> cardinality(scores) or cardinality(elements) <> cardinality(exact_scores) or scores[1] not between 0 and 100`,
        )
        expect(odd!.n).toBe(0)
      })
    })
  })

  it('has one city at each stage: changed after handing in means version 2 beside the frozen version 1', async () => {
    await rolledBack(async ({ services }) => {
      await loadDemo(services)
      await inContext(services.db, systemContext, async (db) => {
        const { rows } = await db.execute<{ name: string; answers: number; submitted: boolean; later: number }>(sql`
          select c.name, count(a.question_id)::int as answers, s.submitted_at is not null as submitted, count(*) filter (where a.version = 2)::int as later
          from assessments s join cities c on c.id = s.city_id join waves w on w.id = s.wave_id left join answers a on a.assessment_id = s.id
          where w.closes_at > now() group by c.name, s.submitted_at order by answers`)
        expect(rows.map(({ submitted }) => submitted).filter(Boolean)).toHaveLength(2)
        expect(rows[0]).toMatchObject({ name: 'Villamosaica', answers: 0 })
        expect(rows[1]!.answers / 86).toBeCloseTo(0.15, 1)
        expect(rows[2]!.name).toBe('Laternenbrück')
        expect(rows.find(({ name }) => name === 'Mākoņpils')!.later).toBeGreaterThanOrEqual(3)
      })
    })
  })

  it('has one review in progress: documents at three levels of release, two translations, the first expert at work', async () => {
    await rolledBack(async ({ services }) => {
      await loadDemo(services)
      await inContext(services.db, systemContext, async (db) => {
        const {
          rows: [found],
        } = await db.execute<Record<string, unknown>>(sql`
          select c.name, f.content->'citations' as citations, f.content->'translations' as translations, cardinality(r.sample) as sample,
            (select count(*)::int from review_assignments a where a.review_id = r.id) as experts,
            (select count(*)::int from judgements j where j.review_id = r.id) as judgements,
            (select array_agg(distinct p.email) from judgements j join people p on p.id = j.person_id where j.review_id = r.id) as judging,
            r.opened_at > m.registered_at as registered_before
          from reviews r join cities c on c.id = r.city_id join frozen_assessments f on f.id = r.frozen_id
            join method_registrations m on m.id = r.registration_id
          where r.closed_at is null`)
        expect(found).toMatchObject({
          name: 'Mozaikowice',
          experts: 2,
          judgements: 5,
          judging: ['expert@demo.example'],
          registered_before: true,
        })
        expect(found!['sample']).toBeGreaterThanOrEqual(18)
        const citations = found!['citations'] as { releaseLevel: string; isConfidential: boolean; questionId: string }[]
        expect(citations).toHaveLength(6)
        expect(new Set(citations.map(({ releaseLevel }) => releaseLevel))).toEqual(new Set(['network', 'public', 'private']))
        expect(citations.filter(({ isConfidential }) => isConfidential)).toHaveLength(1)
        expect((found!['translations'] as { state: string }[]).map(({ state }) => state)).toEqual(['checked', 'draft'])
        const events = await listEvents(db)
        expect((await checkSeals(db, services.instruments, events)).findings).toEqual([])
        const compared = await checkReplay(db, events)
        expect(compared.differing).toEqual([])
        expect(compared.compared).toBeGreaterThan(5)
        expect(compared.presentHash).toBe(compared.replayedHash)
      })
    })
  })

  it('has a closed wave with eight cities reviewed to the end, and agreement with its interval where there are 30 units', async () => {
    await rolledBack(async ({ services }) => {
      await loadDemo(services)
      await inContext(services.db, systemContext, async (db) => {
        const { rows } = await db.execute<{ slug: string; cities: number; results: number; signers: number }>(sql`
          select w.slug, count(distinct r.id)::int as cities, count(v.review_id)::int as results,
            (count(distinct r.id) filter (where r.signed_by <> r.published_by))::int as signers
          from reviews r join waves w on w.id = r.wave_id join verified_results v on v.review_id = r.id group by w.slug`)
        expect(rows).toEqual([{ slug: expect.any(String), cities: 8, results: 24, signers: 8 }])
        const people = await listPeople(db)
        const { areas } = await openWaveAgreement(db, personOfRole(people, 'evaluation-coordinator'), services.instruments, rows[0]!.slug)
        const shown = areas.filter(({ units }) => units >= 30)
        expect(shown.length).toBeGreaterThan(6)
        for (const { alpha, low, high, unsettled } of shown) {
          expect(low!).toBeLessThanOrEqual(alpha!)
          expect(high!).toBeGreaterThanOrEqual(alpha!)
          expect(unsettled).toBe(0)
        }
        expect(new Set(areas.map(({ verdict }) => verdict)).size).toBeGreaterThan(2)
      })
    })
  })

  it('prints one sign-in for each role and keeps them in a file only its owner can read', async () => {
    await rolledBack(async ({ services }) => {
      await loadDemo(services)
      const print = vi.spyOn(console, 'log').mockReturnValue()
      await printDemoAccounts(services)
      const printed = print.mock.calls.flat().join('\n')
      print.mockRestore()
      for (const { email } of demoAccounts) expect(printed).toContain(email)
      const file = join(dataDir, 'demo-accounts.json')
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(demoAccounts)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      const {
        rows: [credential],
      } = await services.db.execute<{ password: string }>(sql`select password from credentials limit 1`)
      expect(await verifyPassword({ hash: credential!.password, password: demoAccounts[0]!.password })).toBe(true)
    })
  })

  it('is not loaded where others could reach its sign-ins', async () => {
    await elsewhere.rolledBack(async ({ services }) => {
      await loadDemo(services)
      const {
        rows: [count],
      } = await services.db.execute<{ n: number }>(sql`select count(*)::int as n from cities`)
      expect(count!.n).toBe(0)
    })
  })
})
