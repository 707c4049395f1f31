import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { now, planned } from '../../../test/planned-wave.ts'
import { ask, signIn } from '../../../test/signed-in.ts'

const { rolledBack } = testDatabase()

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
        expect(confirmed.headers.get('location')).toBe('/network/waves/runde-2027/freeze?done=frozen')
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
