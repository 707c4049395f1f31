import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { hashOf } from '../../canonical.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, cities, waves } from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { questionsOf } from '../instrument/instrument.ts'

const { rolledBack } = testDatabase()
const hour = 3_600_000 // ms

interface Scene extends Prepared {
  assessmentId: string
  cityId: string
}

/** A city with an assessment in an open wave. */
async function scene({ services, app }: Prepared, closes = 2 * hour): Promise<Scene> {
  const now = services.now().getTime()
  return inContext(services.db, systemContext, async (db) => {
    const [city] = await db.insert(cities).values({ slug: 'testville', name: 'Testville', country: 'DE' }).returning()
    const [wave] = await db
      .insert(waves)
      .values({
        slug: '2026',
        name: 'Wave 2026',
        opensAt: new Date(now - 48 * hour),
        closesAt: new Date(now + closes),
        instrumentVersionId: services.instruments.currentId,
        frozenAt: new Date(now - 48 * hour),
      })
      .returning()
    const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId: city!.id }).returning()
    return { services, app, assessmentId: assessment!.id, cityId: city!.id }
  })
}

const member = async (at: Scene, role: Role) => signIn(at, await addPerson(at, role, at.cityId))

/** Answers questions with their best option. */
async function answer(
  { services, assessmentId }: Scene,
  person: Awaited<ReturnType<typeof member>>,
  count: number,
  from = 0,
): Promise<void> {
  for (const { id, options } of questionsOf(services.instruments.current).slice(from, from + count)) {
    const best = [...options].sort((a, b) => b.points - a.points)[0]!
    const response = await person.ask(`/api/v1/assessments/${assessmentId}/answers/${id}`, {
      method: 'PUT',
      json: { options: [best.id] },
      headers: { 'if-match': '0' },
    })
    expect(response.status).toBe(200)
  }
}

const submit = (at: Scene, person: Awaited<ReturnType<typeof member>>, key: string) =>
  person.ask(`/api/v1/assessments/${at.assessmentId}/submissions`, { method: 'POST', json: {}, headers: { 'idempotency-key': key } })

describe('handing in', () => {
  it('freezes every answer under a hash, stores one result for each weighting and gives a receipt', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const coordinator = await member(at, 'city-coordinator')
      await answer(at, coordinator, 12)
      const response = await submit(at, coordinator, 'key-number-1')
      expect(response.status).toBe(201)
      const receipt = (await response.json()) as { id: string; contentHash: string }
      await inContext(at.services.db, systemContext, async (db) => {
        const {
          rows: [frozen],
        } = await db.execute<{ content: { answers: unknown[] }; content_hash: string; submitted: boolean }>(sql`
          select content, content_hash, (select submitted_at is not null from assessments where id = ${at.assessmentId}) as submitted from frozen_assessments`)
        expect(frozen!.content.answers).toHaveLength(12)
        expect([hashOf(frozen!.content), frozen!.content_hash, frozen!.submitted]).toEqual([receipt.contentHash, receipt.contentHash, true])
        const { rows } = await db.execute<{ scheme: string; core: number; n: number }>(
          sql`select scheme, scores[1] as core, cardinality(elements) as n from results order by seq`,
        )
        expect(rows.map(({ scheme }) => scheme)).toEqual(at.services.instruments.current.schemes.map(({ id }) => id))
        const scores = (await (await coordinator.ask(`/api/v1/assessments/${at.assessmentId}/scores?copy=handed-in`)).json()) as {
          indices: { core: { score: number } }
        }
        expect(rows[0]!.core).toBe(scores.indices.core.score)
        expect(findBreak(await listEvents(db), await getHead(db))).toBeNull()
      })
    })
  })

  it('has one effect however often it is sent, and again only after a change', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const coordinator = await member(at, 'city-coordinator')
      await answer(at, coordinator, 3)
      const first = (await (await submit(at, coordinator, 'key-number-1')).json()) as { id: string }
      expect(await (await submit(at, coordinator, 'key-number-1')).json()).toEqual(first)
      const unchanged = await submit(at, coordinator, 'key-number-2')
      expect([unchanged.status, ((await unchanged.json()) as { code: string }).code]).toEqual([409, 'STEP_NOT_AVAILABLE'])
      await answer(at, coordinator, 1, 3)
      const second = await submit(at, coordinator, 'key-number-2')
      expect(second.status).toBe(201)
      expect(((await second.json()) as { id: string }).id).not.toBe(first.id)
      const { rows } = await inContext(at.services.db, systemContext, (db) =>
        db.execute<{ n: number }>(sql`select count(*)::int as n from frozen_assessments`),
      )
      expect(rows[0]!.n).toBe(2)
    })
  })

  it('shows what was handed in until it is handed in again, and the changed answers beside it', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const coordinator = await member(at, 'city-coordinator')
      await answer(at, coordinator, 3)
      await submit(at, coordinator, 'key-number-1')
      await answer(at, coordinator, 5, 3)
      const score = async (copy: string) =>
        (
          (await (await coordinator.ask(`/api/v1/assessments/${at.assessmentId}/scores?copy=${copy}`)).json()) as {
            indices: { core: { score: number } }
          }
        ).indices.core.score
      expect(await score('current')).toBeGreaterThan(await score('handed-in'))
      const page = await (await coordinator.ask(`/assessments/${at.assessmentId}/results`)).text()
      expect(page).toContain('Since handing in, 5 answers have changed')
      const current = await (await coordinator.ask(`/assessments/${at.assessmentId}/results?copy=current`)).text()
      expect(current).toContain('These figures are not handed in')
    })
  })

  it('is refused with nothing answered, with a reason missing, after the wave and to other roles and cities', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const coordinator = await member(at, 'city-coordinator')
      expect((await submit(at, coordinator, 'key-number-1')).status).toBe(409)
      const optional = questionsOf(at.services.instruments.current).find(({ allowsNotApplicable }) => allowsNotApplicable)!
      await coordinator.ask(`/api/v1/assessments/${at.assessmentId}/answers/${optional.id}`, {
        method: 'PUT',
        json: { missing: 'not-applicable' },
        headers: { 'if-match': '0' },
      })
      expect((await submit(at, coordinator, 'key-number-2')).status).toBe(409)
      expect(await (await coordinator.ask(`/assessments/${at.assessmentId}/submit`)).text()).toContain('say why it does not apply')
      await coordinator.ask(`/api/v1/assessments/${at.assessmentId}/answers/${optional.id}`, {
        method: 'PUT',
        json: { reason: 'The region decides.' },
        headers: { 'if-match': '1' },
      })
      expect((await submit(at, await member(at, 'contributor'), 'key-number-3')).status).toBe(403)
      const [elsewhere] = await at.services.db.insert(cities).values({ slug: 'elsewhere', name: 'Elsewhere', country: 'FR' }).returning()
      expect((await submit(at, await signIn(at, await addPerson(at, 'city-coordinator', elsewhere!.id)), 'key-number-4')).status).toBe(404)
      await at.services.db.execute(sql`update waves set closes_at = now() - interval '1 hour'`)
      expect(((await (await submit(at, coordinator, 'key-number-5')).json()) as { code: string }).code).toBe('WAVE_CLOSED')
    })
  })

  it('works by a form: the button leads to a receipt with the hash', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      const coordinator = await member(at, 'city-coordinator')
      await answer(at, coordinator, 2)
      const form = await (await coordinator.ask(`/assessments/${at.assessmentId}/submit`)).text()
      const key = /name="_key" value="([^"]+)"/.exec(form)![1]!
      const response = await coordinator.ask(`/assessments/${at.assessmentId}/submit`, { form: { _key: key } })
      expect(response.status).toBe(303)
      const receipt = await (await coordinator.ask(response.headers.get('location')!)).text()
      expect(receipt).toMatch(/[0-9a-f]{64}/)
      const again = await coordinator.ask(`/assessments/${at.assessmentId}/submit`, { form: { _key: 'another-key' } })
      expect([again.status, (await again.text()).includes('Nothing has changed since')]).toEqual([422, true])
    })
  })

  it('shows nothing of it to strangers', async () => {
    await rolledBack(async (prepared) => {
      const at = await scene(prepared)
      for (const path of ['results', 'results/core', 'results.csv', 'results/chart.svg', 'submit'])
        expect((await ask(at, `/assessments/${at.assessmentId}/${path}`)).status).toBe(303)
      for (const path of [`assessments/${at.assessmentId}/scores`, `assessments/${at.assessmentId}/comparison`, 'results'])
        expect((await ask(at, `/api/v1/${path}`)).status).toBe(401)
    })
  })
})
