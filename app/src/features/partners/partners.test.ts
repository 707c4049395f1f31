import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, notices, waves } from '../../db/schema.ts'
import { type PrecheckMark, readinessOf, silentDays } from './partner.ts'

const day = 24 * 3600 * 1000 // ms
const now = new Date('2026-11-22T12:00:00Z')

describe('silence and readiness', () => {
  it('counts whole days since the last saved answer', () => {
    expect(silentDays(new Date('2026-11-20T13:00:00Z'), now)).toBe(1)
    expect(silentDays(new Date('2026-11-20T12:00:00Z'), now)).toBe(2)
    expect(silentDays(null, now)).toBeNull()
  })

  it('counts a mark on an answer that was changed since as outdated, whatever it said', () => {
    const mark = (questionId: string, each: PrecheckMark['mark'], answerVersion: number): [string, PrecheckMark] => [
      questionId,
      { questionId, mark: each, remark: null, answerVersion, version: 1, markedAt: now, by: null },
    ]
    const marks = new Map([mark('a', 'ready', 2), mark('b', 'needs-work', 1), mark('c', 'ready', 1)])
    const versions = new Map([
      ['a', 2],
      ['b', 1],
      ['c', 3],
    ])
    expect(readinessOf(['a', 'b', 'c', 'd'], marks, versions)).toEqual({ ready: 1, needsWork: 1, outdated: 1, notLookedAt: 1 })
  })
})

const { rolledBack } = testDatabase()

interface Scene {
  assessmentId: string
  coordinator: SignedInPerson
  partner: SignedInPerson
  ofAnother: SignedInPerson
}

async function setScene(prepared: Prepared): Promise<Scene> {
  const { services } = prepared
  const cityId = await addCity(prepared, 'partner-town')
  const other = await addCity(prepared, 'other-town')
  const assessmentId = await inContext(services.db, systemContext, async (db) => {
    const times = { opensAt: new Date(Date.now() - day), closesAt: new Date(Date.now() + 30 * day), frozenAt: new Date() }
    const [wave] = await db
      .insert(waves)
      .values({ slug: 'w', name: 'Wave', ...times, instrumentVersionId: services.instruments.currentId })
      .returning({ id: waves.id })
    const [made] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    return made!.id
  })
  return {
    assessmentId,
    coordinator: await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId, 'Karla')),
    partner: await signIn(prepared, await addPerson(prepared, 'technical-partner', cityId, 'Jonas')),
    ofAnother: await signIn(prepared, await addPerson(prepared, 'technical-partner', other, 'Somebody')),
  }
}

const keyed = () => ({ 'idempotency-key': randomUUID() })

async function suggest({ partner, assessmentId }: Scene, json: object): Promise<string> {
  const response = await partner.ask(`/api/v1/assessments/${assessmentId}/questions/edu-02/suggestions`, { json, headers: keyed() })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

describe('what a technical partner suggests', () => {
  it('stands beside the answer, and becomes the answer of the city when the city takes it over', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { assessmentId, coordinator, partner } = scene
      const id = await suggest(scene, { missing: 'not-known', explanation: 'Ask the school office.', note: 'I called them.' })
      const answersBefore = (await (await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers`)).json()) as { answers: unknown[] }
      expect(answersBefore.answers).toEqual([])
      expect(await (await coordinator.ask(`/assessments/${assessmentId}/questions/edu-02`)).text()).toContain('Jonas suggests')
      const path = `/api/v1/assessments/${assessmentId}/suggestions/${id}/accept`
      const accepted = await coordinator.ask(path, { method: 'POST', headers: { 'if-match': '"0"' } })
      expect(await accepted.json()).toMatchObject({ version: 1, explanation: 'Ask the school office.', author: { name: 'Karla' } })
      const history = await coordinator.ask(`/assessments/${assessmentId}/questions/edu-02/history`)
      expect(await history.text()).toContain('Karla, taken over from a suggestion')
      expect((await coordinator.ask(path, { method: 'POST', headers: { 'if-match': '"1"' } })).status).toBe(409)
      const told = await inContext(prepared.services.db, systemContext, (db) => db.select().from(notices))
      expect(told.map(({ personId, kind }) => [kind, personId])).toEqual([
        ['suggestion-made', coordinator.person.id],
        ['suggestion-decided', partner.person.id],
      ])
    }))

  it('never overwrites an answer that the city has changed unseen', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { assessmentId, coordinator } = scene
      const id = await suggest(scene, { explanation: 'From the partner.' })
      await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers/edu-02`, {
        method: 'PUT',
        json: { explanation: 'From the city.' },
        headers: { 'if-match': '"0"' },
      })
      const late = await coordinator.ask(`/api/v1/assessments/${assessmentId}/suggestions/${id}/accept`, {
        method: 'POST',
        headers: { 'if-match': '"0"' },
      })
      expect([late.status, ((await late.json()) as { current: { explanation: string } }).current.explanation]).toEqual([
        412,
        'From the city.',
      ])
    }))

  it('gives way to a newer one of the same person, and can be taken back by its author alone', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { assessmentId, partner, ofAnother } = scene
      const first = await suggest(scene, { explanation: 'First.' })
      const second = await suggest(scene, { explanation: 'Second.' })
      const withdraw = (who: SignedInPerson, id: string) =>
        who.ask(`/api/v1/assessments/${assessmentId}/suggestions/${id}/withdraw`, { method: 'POST' })
      expect((await withdraw(partner, first)).status).toBe(409)
      expect((await withdraw(ofAnother, second)).status).toBe(404)
      expect((await withdraw(partner, second)).status).toBe(204)
    }))
})

describe('rights that a city grants', () => {
  it('hold from the moment they are set: without reading nothing is read, without suggesting nothing is suggested', () =>
    rolledBack(async (prepared) => {
      const { assessmentId, coordinator, partner } = await setScene(prepared)
      const membershipId = partner.person.memberships[0]!.id
      const set = (rights: string[]) =>
        coordinator.ask(`/api/v1/cities/partner-town/partners/${membershipId}/rights`, { method: 'PUT', json: { rights } })
      expect((await partner.ask(`/assessments/${assessmentId}`)).status).toBe(200)
      expect((await set(['read'])).status).toBe(204)
      const suggested = await partner.ask(`/api/v1/assessments/${assessmentId}/questions/edu-02/suggestions`, {
        json: { explanation: 'x' },
        headers: keyed(),
      })
      expect([suggested.status, ((await suggested.json()) as { detail: string }).detail]).toEqual([
        403,
        'The city has not granted you this right. Its coordinator can.',
      ])
      expect((await set([])).status).toBe(204)
      expect((await partner.ask(`/assessments/${assessmentId}`)).status).toBe(403)
      const { cities } = (await (await partner.ask('/api/v1/caseload')).json()) as { cities: object[] }
      expect(cities).toEqual([expect.objectContaining({ answered: 0, rights: [], silentDays: null })])
    }))
})

describe('official figures', () => {
  it('are proposed with their source and come into the facts only when the city takes them over', () =>
    rolledBack(async (prepared) => {
      const { coordinator, partner } = await setScene(prepared)
      const figure = { fact: 'population', year: 2024, value: 37_400, source: 'Statistical office, table 12411', quality: 'official' }
      const path = '/api/v1/cities/partner-town/figure-proposals'
      const { id } = (await (await partner.ask(path, { json: figure, headers: keyed() })).json()) as { id: string }
      const city = async () => (await (await coordinator.ask('/api/v1/cities/partner-town')).json()) as { facts: { value: number }[] }
      expect((await city()).facts).toEqual([])
      expect((await partner.ask(`${path}/${id}/decide`, { json: { decision: 'accepted' } })).status).toBe(403)
      expect((await coordinator.ask(`${path}/${id}/decide`, { json: { decision: 'accepted' } })).status).toBe(204)
      expect((await city()).facts).toEqual([expect.objectContaining({ value: 37_400, source: 'Statistical office, table 12411' })])
    }))
})

describe('the readiness sheet', () => {
  it('shows a mark until the answer changes, and is refused when somebody marked meanwhile', () =>
    rolledBack(async (prepared) => {
      const { assessmentId, coordinator, partner } = await setScene(prepared)
      const mark = (version: number) =>
        partner.ask(`/api/v1/assessments/${assessmentId}/precheck/edu-02`, {
          method: 'PUT',
          json: { mark: 'needs-work', remark: 'Which year?' },
          headers: { 'if-match': `"${version}"` },
        })
      expect((await mark(0)).status).toBe(204)
      expect((await mark(0)).status).toBe(412)
      expect(await (await coordinator.ask(`/assessments/${assessmentId}/precheck`)).text()).toContain('Which year?')
      await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers/edu-02`, {
        method: 'PUT',
        json: { missing: 'not-known' },
        headers: { 'if-match': '"0"' },
      })
      const { marks } = (await (await coordinator.ask(`/api/v1/assessments/${assessmentId}/precheck`)).json()) as {
        marks: { isOutdated: boolean }[]
      }
      expect(marks.map(({ isOutdated }) => isOutdated)).toEqual([true])
    }))
})
