import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { freeze, now, period, planned } from '../../../test/planned-wave.ts'
import { addPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { answers, assessments, auditEvents, notices, waves } from '../../db/schema.ts'
import { listParticipations } from './queries.ts'
import { askFreeze, closeWave, createWave, extendWave, freezeWave, getWave, inviteCities, reopenWave, updateWave } from './usecases.ts'
import { waveStatus } from './wave.ts'

const { rolledBack } = testDatabase()
const at = (text: string) => new Date(`${text}T12:00:00Z`)

const inNetwork = <T>({ services }: Prepared, work: (db: Db) => Promise<T>): Promise<T> => inContext(services.db, systemContext, work)

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
        const done = await db.select({ personId: notices.personId }).from(notices).where(eq(notices.kind, 'wave-frozen'))
        expect(done).toEqual([{ personId: coordinator.id }])
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
