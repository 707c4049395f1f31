import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { answers, assessments, auditEvents } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { createCity } from '../cities/usecases.ts'
import { listParticipations } from './queries.ts'
import { closeWave, createWave, extendWave, freezeWave, getWave, inviteCities, reopenWave, updateWave } from './usecases.ts'
import { waveStatus } from './wave.ts'

const { rolledBack } = testDatabase()
const at = (text: string) => new Date(`${text}T12:00:00Z`)
const now = at('2026-07-01')
const period = { name: 'Wave 2026', opensAt: at('2026-06-01'), closesAt: at('2026-09-30') }

const inNetwork = <T>({ services }: Prepared, work: (db: Db) => Promise<T>): Promise<T> => inContext(services.db, systemContext, work)

async function planned(prepared: Prepared): Promise<{ coordinator: Person }> {
  const coordinator = await addPerson(prepared, 'network-coordinator', null, 'Kim Network')
  await inNetwork(prepared, async (db) => {
    for (const name of ['Vadsta', 'Norrum', 'Östervik'])
      await createCity(db, coordinator, { name, country: 'SE', region: null, officialCode: null }, now)
    await createWave(db, coordinator, period, now)
  })
  return { coordinator }
}

describe('the life of a wave', () => {
  it('goes from planning to reopening, step by step, each one recorded', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator } = await planned(prepared)
      const { instruments } = prepared.services
      await inNetwork(prepared, async (db) => {
        const key = (version: number) => ({ wave: 'wave-2026', version })
        await updateWave(db, coordinator, { ...key(1), ...period, name: 'Wave of 2026' }, now)
        const frozen = await freezeWave(db, coordinator, instruments, key(2), now)
        expect(frozen).toMatchObject({
          name: 'Wave of 2026',
          slug: 'wave-2026',
          instrumentVersionId: instruments.currentId,
          frozenAt: now,
          version: 3,
        })
        expect(waveStatus(frozen, now)).toBe('open')
        await extendWave(db, coordinator, { ...key(3), closesAt: at('2026-10-31') }, now)
        await closeWave(db, coordinator, key(4), now)
        expect(waveStatus(await getWave(db, 'wave-2026'), now)).toBe('closed')
        const reopened = await reopenWave(db, coordinator, { ...key(5), closesAt: at('2026-08-01') }, now)
        expect(waveStatus(reopened, now)).toBe('open')
        const events = await db.select({ action: auditEvents.action }).from(auditEvents).orderBy(auditEvents.seq)
        expect(events.slice(3).map(({ action }) => action)).toEqual([
          'wave.created',
          'wave.updated',
          'wave.frozen',
          'wave.extended',
          'wave.closed',
          'wave.reopened',
        ])
      })
    })
  })

  it('refuses a step that is not available, a stale version and dates that do not fit', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator } = await planned(prepared)
      const { instruments } = prepared.services
      await inNetwork(prepared, async (db) => {
        const key = { wave: 'wave-2026', version: 1 }
        await expect(closeWave(db, coordinator, key, now)).rejects.toMatchObject({
          code: 'STEP_NOT_AVAILABLE',
          values: { reason: 'waves.close.reason.planned' },
        })
        await expect(inviteCities(db, coordinator, { wave: 'wave-2026', cities: ['vadsta'] }, now)).rejects.toMatchObject({
          code: 'STEP_NOT_AVAILABLE',
        })
        await expect(freezeWave(db, coordinator, instruments, { ...key, version: 7 }, now)).rejects.toMatchObject({ code: 'WAVE_CHANGED' })
        await freezeWave(db, coordinator, instruments, key, now)
        await expect(extendWave(db, coordinator, { wave: 'wave-2026', version: 2, closesAt: at('2026-08-01') }, now)).rejects.toMatchObject(
          { code: 'INPUT_INVALID' },
        )
        await expect(createWave(db, coordinator, period, now)).rejects.toMatchObject({ code: 'WAVE_SLUG_TAKEN' })
        await expect(createWave(db, coordinator, { ...period, name: 'Past', closesAt: at('2026-06-02') }, now)).rejects.toMatchObject({
          code: 'INPUT_INVALID',
        })
      })
    })
  })

  it('is in the hands of the network coordination', async () => {
    await rolledBack(async (prepared) => {
      await planned(prepared)
      const other = await addPerson(prepared, 'reviewer')
      await expect(inNetwork(prepared, (db) => createWave(db, other, { ...period, name: 'Other' }, now))).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
      })
      await expect(inNetwork(prepared, (db) => closeWave(db, other, { wave: 'wave-2026', version: 1 }, now))).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
      })
    })
  })
})

describe('invitations to a wave', () => {
  it('create one assessment per city, by address or name, and name what they do not know', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator } = await planned(prepared)
      await inNetwork(prepared, async (db) => {
        const wave = await freezeWave(db, coordinator, prepared.services.instruments, { wave: 'wave-2026', version: 1 }, now)
        const invite = (...cities: string[]) => inviteCities(db, coordinator, { wave: 'wave-2026', cities }, now)
        expect(await invite('vadsta', 'Östervik', 'vadsta')).toEqual({ invited: ['vadsta', 'oestervik'], already: [] })
        expect(await invite('Vadsta', 'norrum')).toEqual({ invited: ['norrum'], already: ['vadsta'] })
        await expect(invite('vadsta', 'Nirgends')).rejects.toMatchObject({
          code: 'INPUT_INVALID',
          members: { fields: [{ path: 'Nirgends' }] },
        })
        expect(
          (await listParticipations(db, wave.id, { limit: 10 })).map(({ city, invitedBy, answered }) => [city.name, invitedBy, answered]),
        ).toEqual([
          ['Norrum', 'Kim Network', 0],
          ['Östervik', 'Kim Network', 0],
          ['Vadsta', 'Kim Network', 0],
        ])
      })
    })
  })

  it('lead to progress that counts what is answered, not what is only explained', async () => {
    await rolledBack(async (prepared) => {
      const { coordinator } = await planned(prepared)
      await inNetwork(prepared, async (db) => {
        const wave = await freezeWave(db, coordinator, prepared.services.instruments, { wave: 'wave-2026', version: 1 }, now)
        await inviteCities(db, coordinator, { wave: 'wave-2026', cities: ['vadsta'] }, now)
        const [assessment] = await db.select().from(assessments)
        const row = (questionId: string, more: object) => ({
          assessmentId: assessment!.id,
          cityId: assessment!.cityId,
          questionId,
          version: 1,
          updatedAt: now,
          updatedBy: coordinator.id,
          ...more,
        })
        await db
          .insert(answers)
          .values([row('com-01', { options: ['no'] }), row('com-02', { missing: 'not-known' }), row('com-03', { explanation: 'later' })])
        expect((await listParticipations(db, wave.id, { limit: 10 }))[0]!.answered).toBe(2)
      })
    })
  })
})

describe('pages and operations of a wave', () => {
  const open = async (prepared: Prepared) => signIn(prepared, (await planned(prepared)).coordinator)

  it('take the coordinator from planning to inviting without a script', async () => {
    await rolledBack(
      async (prepared) => {
        const { ask: request } = await open(prepared)
        const form = {
          name: 'Runde 2027',
          opensOn: '2027-01-01',
          opensTime: '08:00',
          closesOn: '2026-12-01',
          closesTime: '23.59',
          _key: 'key of the form',
        }
        const refused = await request('/network/waves/new', { form })
        expect(refused.status).toBe(422)
        expect(await refused.text()).toMatch(/The wave must close after it opens\..*value="Runde 2027"/s)
        for (let i = 0; i < 2; i++)
          expect((await request('/network/waves/new', { form: { ...form, closesOn: '2027-03-31' } })).headers.get('location')).toBe(
            '/network/waves/runde-2027?done=created',
          )
        expect(await (await request('/network/waves/runde-2027')).text()).toContain('Freeze the questionnaire first')
        expect((await request('/network/waves/runde-2027/freeze', { form: { version: '1', _key: 'second key' } })).status).toBe(303)
        const none = await request('/network/waves/runde-2027/invite', { form: { _key: 'third key' } })
        expect(await none.text()).toContain('Tick at least one city')
        const unknown = await request('/network/waves/runde-2027/invite', {
          form: { city: 'vadsta', pasted: 'Norrum\nAtlantis', _key: 'third key' },
        })
        expect(await unknown.text()).toMatch(/does not know this city: Atlantis.*value="vadsta" checked/s)
        const invited = await request('/network/waves/runde-2027/invite', {
          form: { city: ['vadsta', 'norrum'], pasted: 'Östervik', _key: 'third key' },
        })
        expect(invited.headers.get('location')).toBe('/network/waves/runde-2027?done=invited&count=3')
        const html = await (await request('/network/waves/runde-2027')).text()
        expect(html).toContain('0 of 86')
        expect(html).toContain('href="/cities/norrum/people"')
        expect(await (await ask(prepared, '/cities/norrum')).text()).toContain('Runde 2027')
      },
      () => now,
    )
  })

  it('show a lost update with what is stored, and keep what was typed', async () => {
    await rolledBack(
      async (prepared) => {
        const { ask: request } = await open(prepared)
        const form = { name: 'Mine', opensOn: '2026-07-10', opensTime: '08:00', closesOn: '2026-09-30', closesTime: '23:59', version: '1' }
        expect((await request('/network/waves/wave-2026/edit', { form: { ...form, name: 'Theirs', _key: 'key number 1' } })).status).toBe(
          303,
        )
        const stale = await request('/network/waves/wave-2026/edit', { form: { ...form, _key: 'key number 2' } })
        const html = await stale.text()
        expect(stale.status).toBe(422)
        expect(html).toMatch(/Someone else has changed this wave.*Theirs.*value="Mine"/s)
        expect(html).toContain('name="version" value="2"')
      },
      () => now,
    )
  })

  it('tell scripts which steps are available, and everybody else the dates and cities', async () => {
    await rolledBack(
      async (prepared) => {
        const { ask: request } = await open(prepared)
        const mine = (await (await request('/api/v1/waves/wave-2026')).json()) as {
          steps: Record<string, { ok: boolean; reason?: string }>
        }
        expect(mine.steps.freeze).toEqual({ ok: true })
        expect(mine.steps.invite).toEqual({
          ok: false,
          reason: 'Freeze the questionnaire first, so that every city knows what it is invited to answer.',
        })
        expect((await request('/api/v1/waves/wave-2026/freeze', { method: 'POST' })).status).toBe(428)
        expect((await request('/api/v1/waves/wave-2026/freeze', { method: 'POST', headers: { 'if-match': '"1"' } })).status).toBe(200)
        expect((await request('/api/v1/waves/wave-2026/freeze', { method: 'POST', headers: { 'if-match': '"1"' } })).status).toBe(412)
        const again = await request('/api/v1/waves/wave-2026/freeze', { method: 'POST', headers: { 'if-match': '"2"' } })
        expect(await again.json()).toMatchObject({
          status: 409,
          code: 'STEP_NOT_AVAILABLE',
          detail: 'The questionnaire is frozen already.',
        })
        expect(
          (
            await request('/api/v1/waves/wave-2026/cities', {
              json: { cities: ['vadsta'] },
              headers: { 'idempotency-key': 'key number 1' },
            })
          ).status,
        ).toBe(200)
        const theirs = (await (await ask(prepared, '/api/v1/waves/wave-2026')).json()) as {
          cities: unknown
          steps?: unknown
          instrument: { contentHash: string }
        }
        expect(theirs.cities).toEqual([{ slug: 'vadsta', name: 'Vadsta', country: 'SE', isSynthetic: false }])
        expect(theirs.steps).toBeUndefined()
        expect(theirs.instrument.contentHash).toMatch(/^[0-9a-f]{64}$/)
        expect((await ask(prepared, '/api/v1/waves/wave-2026/progress')).status).toBe(401)
        expect(await (await request('/api/v1/waves/wave-2026/progress')).json()).toMatchObject({
          questions: 86,
          cities: [{ city: 'vadsta', answered: 0 }],
        })
        expect(await (await ask(prepared, '/api/v1/waves?limit=1')).json()).toMatchObject({
          waves: [{ slug: 'wave-2026', status: 'open' }],
          next: null,
        })
      },
      () => now,
    )
  })

  it('close and reopen with confirmation, and say why when it is too late', async () => {
    await rolledBack(
      async (prepared) => {
        const { ask: request } = await open(prepared)
        const step = (name: string, form: Record<string, string>) =>
          request(`/network/waves/wave-2026/${name}`, { form: { _key: `key ${name} ${form.version}`, ...form } })
        expect(await (await request('/network/waves/wave-2026/close')).text()).toContain('The wave is not open yet')
        await step('freeze', { version: '1' })
        expect(await (await request('/network/waves/wave-2026/close')).text()).toContain('Close the wave now')
        expect((await step('close', { version: '2' })).status).toBe(303)
        const past = await step('reopen', { version: '3', closesOn: '2026-06-30', closesTime: '10:00' })
        expect(await past.text()).toMatch(/The closing time must lie in the future\..*value="2026-06-30"/s)
        expect((await step('reopen', { version: '3', closesOn: '2026-08-30', closesTime: '10:00' })).status).toBe(303)
        const late = await step('extend', { version: '3', closesOn: '2026-12-30', closesTime: '10:00' })
        expect(await late.text()).toContain('Someone else has changed this wave')
      },
      () => now,
    )
  })
})
