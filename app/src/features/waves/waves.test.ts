import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { answers, assessments, auditEvents, notices, waves } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { createCity } from '../cities/usecases.ts'
import { listParticipations } from './queries.ts'
import { askFreeze, closeWave, createWave, extendWave, freezeWave, getWave, inviteCities, reopenWave, updateWave } from './usecases.ts'
import { type Wave, waveStatus } from './wave.ts'

const { rolledBack } = testDatabase()
const at = (text: string) => new Date(`${text}T12:00:00Z`)
const now = at('2026-07-01')
const period = { name: 'Wave 2026', opensAt: at('2026-06-01'), closesAt: at('2026-09-30') }

const inNetwork = <T>({ services }: Prepared, work: (db: Db) => Promise<T>): Promise<T> => inContext(services.db, systemContext, work)

async function planned(prepared: Prepared): Promise<{ coordinator: Person; second: Person }> {
  const coordinator = await addPerson(prepared, 'network-coordinator', null, 'Kim Network')
  const second = await addPerson(prepared, 'evaluation-coordinator', null, 'Ada Evaluation')
  await inNetwork(prepared, async (db) => {
    for (const name of ['Vadsta', 'Norrum', 'Östervik'])
      await createCity(db, coordinator, { name, country: 'SE', region: null, officialCode: null }, now)
    await createWave(db, coordinator, period, now)
  })
  return { coordinator, second }
}

/** One asks and the other confirms. */
async function freeze(
  db: Db,
  prepared: Prepared,
  { coordinator, second }: { coordinator: Person; second: Person },
  version = 1,
): Promise<Wave> {
  const { instruments } = prepared.services
  await askFreeze(db, coordinator, instruments, { wave: 'wave-2026', version }, now)
  return freezeWave(db, second, instruments, { wave: 'wave-2026', version: version + 1 }, now)
}

describe('the life of a wave', () => {
  it('goes from planning to reopening, step by step, each one recorded', async () => {
    await rolledBack(async (prepared) => {
      const both = await planned(prepared)
      const { coordinator } = both
      const { instruments } = prepared.services
      await inNetwork(prepared, async (db) => {
        const key = (version: number) => ({ wave: 'wave-2026', version })
        await updateWave(db, coordinator, { ...key(1), ...period, name: 'Wave of 2026' }, now)
        const frozen = await freeze(db, prepared, both, 2)
        expect(frozen).toMatchObject({
          name: 'Wave of 2026',
          slug: 'wave-2026',
          instrumentVersionId: instruments.currentId,
          frozenAt: now,
          version: 4,
        })
        expect(waveStatus(frozen, now)).toBe('open')
        await extendWave(db, coordinator, { ...key(4), closesAt: at('2026-10-31') }, now)
        await closeWave(db, coordinator, key(5), now)
        expect(waveStatus(await getWave(db, 'wave-2026'), now)).toBe('closed')
        const reopened = await reopenWave(db, coordinator, { ...key(6), closesAt: at('2026-08-01') }, now)
        expect(waveStatus(reopened, now)).toBe('open')
        const events = await db.select({ action: auditEvents.action }).from(auditEvents).orderBy(auditEvents.seq)
        expect(events.slice(3).map(({ action }) => action)).toEqual([
          'wave.created',
          'wave.updated',
          'wave.freeze-asked',
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
      const both = await planned(prepared)
      const { coordinator } = both
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
        await freeze(db, prepared, both)
        await expect(extendWave(db, coordinator, { wave: 'wave-2026', version: 3, closesAt: at('2026-08-01') }, now)).rejects.toMatchObject(
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

describe('freezing a questionnaire', () => {
  const refused = (reason: string) => ({ code: 'STEP_NOT_AVAILABLE', values: { reason: `waves.freeze.reason.${reason}` } })

  it('needs two people: nobody confirms what nobody asked for, nor what they asked for themselves', () =>
    rolledBack(async (prepared) => {
      const { coordinator, second } = await planned(prepared)
      const { instruments } = prepared.services
      await inNetwork(prepared, async (db) => {
        const key = (version: number) => ({ wave: 'wave-2026', version })
        await expect(freezeWave(db, second, instruments, key(1), now)).rejects.toMatchObject(refused('notAsked'))
        await expect(askFreeze(db, second, instruments, key(1), now)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
        await askFreeze(db, coordinator, instruments, key(1), now)
        await expect(askFreeze(db, coordinator, instruments, key(2), now)).rejects.toMatchObject(refused('asked'))
        await expect(freezeWave(db, coordinator, instruments, key(2), now)).rejects.toMatchObject(refused('fourEyes'))
        const told = await db.select({ personId: notices.personId }).from(notices).where(eq(notices.kind, 'freeze-asked'))
        expect(told).toEqual([{ personId: second.id }])
        expect(await freezeWave(db, second, instruments, key(2), now)).toMatchObject({
          frozenAt: now,
          instrumentVersionId: instruments.currentId,
        })
      })
    }))

  it('is asked for anew once name or dates have changed', () =>
    rolledBack(async (prepared) => {
      const { coordinator, second } = await planned(prepared)
      const { instruments } = prepared.services
      await inNetwork(prepared, async (db) => {
        await askFreeze(db, coordinator, instruments, { wave: 'wave-2026', version: 1 }, now)
        await updateWave(db, coordinator, { wave: 'wave-2026', version: 2, ...period, name: 'Another' }, now)
        await expect(freezeWave(db, second, instruments, { wave: 'wave-2026', version: 3 }, now)).rejects.toMatchObject(refused('notAsked'))
      })
    }))

  it('is refused by the database, too, when one person does both', () =>
    rolledBack(async (prepared) => {
      const { coordinator } = await planned(prepared)
      const { instruments } = prepared.services
      const asked = { freezeAskedAt: now, freezeAskedBy: coordinator.id, freezeAskedFor: instruments.currentId }
      const frozen = { frozenAt: now, frozenBy: coordinator.id, instrumentVersionId: instruments.currentId }
      for (const change of [frozen, { ...asked, ...frozen }])
        await expect(inNetwork(prepared, (db) => db.update(waves).set(change))).rejects.toMatchObject({ cause: { code: '23001' } })
    }))
})

describe('invitations to a wave', () => {
  it('create one assessment per city, by address or name, and name what they do not know', async () => {
    await rolledBack(async (prepared) => {
      const both = await planned(prepared)
      const { coordinator } = both
      await inNetwork(prepared, async (db) => {
        const wave = await freeze(db, prepared, both)
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
      const both = await planned(prepared)
      const { coordinator } = both
      await inNetwork(prepared, async (db) => {
        const wave = await freeze(db, prepared, both)
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
  const openBoth = async (prepared: Prepared) => {
    const { coordinator, second } = await planned(prepared)
    return { ask: (await signIn(prepared, coordinator)).ask, confirm: (await signIn(prepared, second)).ask }
  }
  const open = async (prepared: Prepared) => ({ ask: (await openBoth(prepared)).ask })

  it('take the coordinator from planning to inviting without a script', async () => {
    await rolledBack(
      async (prepared) => {
        const { ask: request, confirm } = await openBoth(prepared)
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
        const asked = await request('/network/waves/runde-2027/freeze/ask', { form: { version: '1', _key: 'second key' } })
        expect(asked.headers.get('location')).toBe('/network/waves/runde-2027?done=asked')
        expect(await (await request('/network/waves/runde-2027')).text()).toContain('Kim Network asked for freezing it')
        expect(await (await request('/network/waves/runde-2027/freeze')).text()).toContain('You asked for it yourself')
        const own = await request('/network/waves/runde-2027/freeze', { form: { version: '2', _key: 'own key' } })
        expect([own.status, (await own.text()).includes('You asked for it yourself')]).toEqual([422, true])
        expect(await (await confirm('/network/waves/runde-2027/freeze')).text()).toMatch(
          /Kim Network asked for freezing it.*Freeze it for good/s,
        )
        const confirmed = await confirm('/network/waves/runde-2027/freeze', { form: { version: '2', _key: 'second key' } })
        expect(confirmed.headers.get('location')).toBe('/waves/runde-2027')
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
        const { ask: request, confirm } = await openBoth(prepared)
        const mine = (await (await request('/api/v1/waves/wave-2026')).json()) as {
          steps: Record<string, { ok: boolean; reason?: string }>
        }
        expect(mine.steps.freeze).toEqual({ ok: true })
        expect(mine.steps.invite).toEqual({
          ok: false,
          reason: 'Freeze the questionnaire first, so that every city knows what it is invited to answer.',
        })
        expect((await request('/api/v1/waves/wave-2026/freeze', { method: 'POST' })).status).toBe(428)
        const asking = await request('/api/v1/waves/wave-2026/freeze-request', { method: 'POST', headers: { 'if-match': '"1"' } })
        expect(asking.status).toBe(200)
        expect((await confirm('/api/v1/waves/wave-2026/freeze', { method: 'POST', headers: { 'if-match': '"1"' } })).status).toBe(412)
        expect((await confirm('/api/v1/waves/wave-2026/freeze', { method: 'POST', headers: { 'if-match': '"2"' } })).status).toBe(200)
        const again = await request('/api/v1/waves/wave-2026/freeze', { method: 'POST', headers: { 'if-match': '"3"' } })
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
        const { ask: request, confirm } = await openBoth(prepared)
        const step = (name: string, form: Record<string, string>) =>
          request(`/network/waves/wave-2026/${name}`, { form: { _key: `key ${name} ${form.version}`, ...form } })
        expect(await (await request('/network/waves/wave-2026/close')).text()).toContain('The wave is not open yet')
        await step('freeze/ask', { version: '1' })
        await confirm('/network/waves/wave-2026/freeze', { form: { version: '2', _key: 'key freeze' } })
        expect(await (await request('/network/waves/wave-2026/close')).text()).toContain('Close the wave now')
        expect((await step('close', { version: '3' })).status).toBe(303)
        const past = await step('reopen', { version: '4', closesOn: '2026-06-30', closesTime: '10:00' })
        expect(await past.text()).toMatch(/The closing time must lie in the future\..*value="2026-06-30"/s)
        expect((await step('reopen', { version: '4', closesOn: '2026-08-30', closesTime: '10:00' })).status).toBe(303)
        const late = await step('extend', { version: '4', closesOn: '2026-12-30', closesTime: '10:00' })
        expect(await late.text()).toContain('Someone else has changed this wave')
      },
      () => now,
    )
  })
})
