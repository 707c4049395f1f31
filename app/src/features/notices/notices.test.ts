import { describe, expect, it } from 'vitest'
import { addCity, actionsOf } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { NewNotice } from './notice.ts'
import { addNotices } from './queries.ts'

const { rolledBack } = testDatabase()
const now = new Date('2026-05-04T08:00:00Z')

async function told(prepared: Prepared) {
  const cityId = await addCity(prepared, 'vadsta')
  const person = await addPerson(prepared, 'city-coordinator', cityId, 'Anna')
  const other = await addPerson(prepared, 'approver', cityId, 'Ben')
  const notice = (personId: string, more: Partial<NewNotice> = {}): NewNotice => ({
    personId,
    cityId,
    kind: 'mentioned',
    subject: { who: 'Ben', question: 'com-01' },
    address: '/cities/vadsta?from=notice#facts',
    ...more,
  })
  const add = (notices: NewNotice[], at = now) =>
    inContext(prepared.services.db, systemContext, (db) => addNotices(db, notices, other.id, at))
  return { cityId, other, notice, add, ...(await signIn(prepared, person)), asOther: (await signIn(prepared, other)).ask }
}

describe('what is new', () => {
  it('is told to those concerned, not to whoever did it, and counted beside the name', () =>
    rolledBack(
      async (prepared) => {
        const { ask: request, asOther, person, other, add, notice } = await told(prepared)
        expect(await (await request('/notices')).text()).toContain('Nothing yet')
        await add([notice(person.id), notice(other.id)])
        await add(
          [notice(person.id, { kind: 'answers-sent-back', address: '/questionnaire', subject: { who: 'Ben', note: 'Which <law>?' } })],
          new Date(now.getTime() + 1000),
        )
        const html = await (await request('/notices')).text()
        expect(html).toContain('What is new (2)')
        expect(html).toContain('2 things you have not seen yet.')
        expect(html).toMatch(
          /Ben has sent the answers of vadsta back to you\..*Which &lt;law>\?.*Ben mentions you in a conversation: question \d+/s,
        )
        expect(await (await asOther('/notices')).text()).toContain('Nothing yet')
      },
      () => now,
    ))

  it('is seen by whoever opens its page, and by nobody else', () =>
    rolledBack(
      async (prepared) => {
        const { ask: request, asOther, person, add, notice } = await told(prepared)
        await add([notice(person.id), notice(person.id, { address: '/questionnaire' })])
        await asOther('/cities/vadsta')
        expect(await (await request('/home')).text()).toContain('What is new (2)')
        expect(await (await request('/cities/vadsta')).text()).toContain('What is new (1)')
        expect(await (await request('/home')).text()).toContain('What is new (1)')
      },
      () => now,
    ))

  it('is marked as read until the moment at which the page was made', () =>
    rolledBack(
      async (prepared) => {
        const { ask: request, person, add, notice } = await told(prepared)
        await add([notice(person.id), notice(person.id)])
        await add([notice(person.id)], new Date(now.getTime() + 1000))
        const done = await request('/notices/seen', { form: { until: now.toISOString() } })
        expect(done.headers.get('location')).toBe('/notices?marked=2')
        expect(await (await request('/notices?marked=2')).text()).toMatch(/One thing you have not seen yet.*2 notices are marked as read/s)
      },
      () => now,
    ))

  it('stands in the API with the sentence, and can be marked there', () =>
    rolledBack(
      async (prepared) => {
        const { ask: request, person, add, notice } = await told(prepared)
        const [id] = await add([notice(person.id), notice(person.id)])
        const list = (await (await request('/api/v1/notices?limit=1')).json()) as { notices: { text: string; city: string }[] }
        expect(list).toMatchObject({ total: 2, unseen: 2, notices: [{ kind: 'mentioned', city: 'vadsta', seenAt: null }] })
        expect(list.notices).toHaveLength(1)
        const marked = await request('/api/v1/notices/seen', { json: { ids: [id] } })
        expect(await marked.json()).toEqual({ marked: 1 })
        expect(await (await request('/api/v1/notices')).json()).toMatchObject({ unseen: 1 })
        expect((await ask(prepared, '/api/v1/notices')).status).toBe(401)
      },
      () => now,
    ))
})

describe('the settings of the daily mail', () => {
  it('can be chosen by form and by the API, and the page shows the next mail', () =>
    rolledBack(
      async (prepared) => {
        const { ask: request, person, add, notice } = await told(prepared)
        await add([notice(person.id)])
        const before = await (await request('/account/notices')).text()
        expect(before).toMatch(/Tuesday[^<]*5 May[^<]*07:00[^<]*, if nothing is added:.*Ben mentions you/s) // 8:00 UTC is past 7:00 in Berlin
        const saved = await request('/account/notices', { form: { hour: '14', zone: 'Europe/Riga' } })
        expect(saved.headers.get('location')).toBe('/account/notices?saved')
        expect(await (await request('/account/notices')).text()).toMatch(/Monday[^<]*4 May[^<]*14:00/)
        expect(await (await request('/account')).text()).toContain('at 14:00 (Europe / Riga)')
        expect((await request('/api/v1/account/notices', { method: 'PUT', json: { hour: null, timeZone: 'Europe/Riga' } })).status).toBe(
          204,
        )
        expect(await (await request('/api/v1/account/notices')).json()).toMatchObject({
          hour: null,
          nextAt: null,
          pending: [{ kind: 'mentioned' }],
        })
        expect(await (await request('/account/notices')).text()).toContain('You have switched the daily mail off')
        expect(await actionsOf(prepared)).toEqual(['person.digest-updated', 'person.digest-updated'])
      },
      () => now,
    ))

  it('refuse an hour or a place that does not exist, and keep what was chosen', () =>
    rolledBack(
      async (prepared) => {
        const { ask: request } = await told(prepared)
        const hour = await request('/account/notices', { form: { hour: '25', zone: 'Europe/Riga' } })
        expect(hour.status).toBe(422)
        expect(await hour.text()).toMatch(/Choose an hour from the list\..*value="Europe\/Riga" selected/s)
        const zone = await request('/account/notices', { form: { hour: '9', zone: 'Europe/Atlantis' } })
        expect(zone.status).toBe(422)
        expect(await zone.text()).toMatch(/Choose a time zone from the list/)
        expect((await request('/api/v1/account/notices', { method: 'PUT', json: { hour: 9, timeZone: 'Mars' } })).status).toBe(422)
        expect((await request('/api/v1/account/notices', { method: 'PUT', json: { hour: 9.5, timeZone: 'UTC' } })).status).toBe(422)
      },
      () => now,
    ))
})
