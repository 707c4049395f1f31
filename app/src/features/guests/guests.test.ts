import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, ask, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, assignments, notices, waves } from '../../db/schema.ts'
import { notKnownValue } from '../assessments/pages/choice.ts'
import { guestState, withoutForeignConditions } from './guest.ts'

const day = 24 * 3600 * 1000 // ms
const now = new Date('2026-11-22T12:00:00Z')

describe('the state of a guest link', () => {
  const sent = { expiresAt: new Date(now.getTime() + day), withdrawnAt: null, firstOpenedAt: null, finishedAt: null }
  it('is sent, opened, finished, expired or withdrawn; withdrawing counts most', () => {
    expect(guestState(sent, now)).toBe('sent')
    expect(guestState({ ...sent, firstOpenedAt: now }, now)).toBe('opened')
    expect(guestState({ ...sent, firstOpenedAt: now, finishedAt: now }, now)).toBe('finished')
    expect(guestState({ ...sent, finishedAt: now, expiresAt: now }, now)).toBe('expired')
    expect(guestState({ ...sent, finishedAt: now, expiresAt: now, withdrawnAt: now }, now)).toBe('withdrawn')
  })

  it('drops a condition on a question that the guest does not see, and keeps one that the guest sees', () => {
    const rules = { visibleIf: { question: 'a', options: ['yes'] } }
    expect(withoutForeignConditions(rules, ['b'])).toEqual({ visibleIf: null })
    expect(withoutForeignConditions(rules, ['a', 'b'])).toBe(rules)
  })
})

const { rolledBack } = testDatabase()

interface Scene {
  assessmentId: string
  coordinator: SignedInPerson
  contributor: SignedInPerson
  cityId: string
}

async function setScene(prepared: Prepared): Promise<Scene> {
  const { services } = prepared
  const cityId = await addCity(prepared, 'guest-town')
  const made = await inContext(services.db, systemContext, async (db) => {
    const times = { opensAt: new Date(Date.now() - day), closesAt: new Date(Date.now() + 30 * day), frozenAt: new Date() }
    const [wave] = await db
      .insert(waves)
      .values({ slug: 'w', name: 'Wave', ...times, instrumentVersionId: services.instruments.currentId })
      .returning({ id: waves.id })
    const [assessment] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    return assessment!.id
  })
  const coordinator = await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityId, 'Karla'))
  const contributor = await signIn(prepared, await addPerson(prepared, 'contributor', cityId, 'Momo'))
  await inContext(services.db, systemContext, (db) =>
    db.insert(assignments).values({ assessmentId: made, cityId, questionId: 'edu-03', personId: contributor.person.id }),
  )
  return { assessmentId: made, coordinator, contributor, cityId }
}

async function makeLink({ coordinator, assessmentId }: Scene, questionIds: string[]): Promise<{ id: string; token: string }> {
  const response = await coordinator.ask(`/api/v1/assessments/${assessmentId}/guests`, {
    json: { questionIds, name: 'Jana Wolke, school office' },
    headers: { 'idempotency-key': randomUUID() },
  })
  expect(response.status).toBe(201)
  const { id, link } = (await response.json()) as { id: string; link: string }
  return { id, token: link.split('/').at(-1)! }
}

const guest = (prepared: Prepared, token: string, path: string, options: Parameters<typeof ask>[2] = {}) =>
  ask(prepared, path, options, { 'tessera-guest': token })

const saveAs = (prepared: Prepared, token: string, question: string, version: number, json: object) =>
  guest(prepared, token, `/api/v1/guest/answers/${question}`, { method: 'PUT', json, headers: { 'if-match': `"${version}"` } })

describe('somebody without an account', () => {
  it('answers the questions of the link and no other; the answer shows as theirs', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { token } = await makeLink(scene, ['edu-01', 'edu-02'])
      const saved = await saveAs(prepared, token, 'edu-02', 0, { missing: 'not-known', explanation: 'Not counted here.' })
      expect([saved.status, ((await saved.json()) as { author: object }).author]).toEqual([
        200,
        expect.objectContaining({ name: 'Jana Wolke, school office', isGuest: true }),
      ])
      expect((await saveAs(prepared, token, 'edu-03', 0, { missing: 'not-known' })).status).toBe(404)
      expect((await guest(prepared, token, `/api/v1/assessments/${scene.assessmentId}/answers`)).status).toBe(401)
      const history = await scene.coordinator.ask(`/assessments/${scene.assessmentId}/questions/edu-02/history`)
      expect(await history.text()).toContain('Jana Wolke, school office (guest)')
    }))

  it('finds the same draft at the second visit, and the conflict when somebody else was quicker', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { token } = await makeLink(scene, ['edu-02'])
      await saveAs(prepared, token, 'edu-02', 0, { explanation: 'First thought.' })
      const visit = (await (await guest(prepared, token, '/api/v1/guest')).json()) as {
        answers: { explanation: string; version: number }[]
      }
      expect(visit.answers).toEqual([expect.objectContaining({ explanation: 'First thought.', version: 1 })])
      await scene.coordinator.ask(`/api/v1/assessments/${scene.assessmentId}/answers/edu-02`, {
        method: 'PUT',
        json: { explanation: 'The city knows better.' },
        headers: { 'if-match': '"1"' },
      })
      const late = await saveAs(prepared, token, 'edu-02', 1, { explanation: 'Second thought.' })
      expect([late.status, ((await late.json()) as { current: { explanation: string } }).current.explanation]).toEqual([
        412,
        'The city knows better.',
      ])
    }))

  it('opens the page by the link, sees only own questions, and works without a script', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { token } = await makeLink(scene, ['edu-02'])
      const entered = await ask(prepared, `/guest/${token}`)
      expect([entered.status, entered.headers.get('location')]).toEqual([303, '/guest'])
      const cookie = entered.headers.getSetCookie().find((each) => each.startsWith('tessera-guest='))!
      expect(cookie).toMatch(/HttpOnly/)
      const own = { cookie: cookie.split(';')[0]! }
      expect((await ask(prepared, '/guest/questions/edu-02', {}, own)).status).toBe(200)
      expect((await ask(prepared, '/guest/questions/edu-01', {}, own)).status).toBe(404)
      const posted = await ask(
        prepared,
        '/guest/answers/edu-02',
        { form: { version: '0', explanation: 'By form.', choice: notKnownValue } },
        own,
      )
      expect(posted.headers.get('location')).toBe('/guest/questions/edu-02?saved')
      expect(await (await ask(prepared, '/guest/questions/edu-02', {}, own)).text()).toContain('By form.')
    }))

  it('is shut out from the very moment the link is withdrawn, replaced or expired, and told so alike', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { assessmentId, coordinator } = scene
      const first = await makeLink(scene, ['edu-02'])
      await saveAs(prepared, first.token, 'edu-02', 0, { explanation: 'Stays.' })
      const renewed = await coordinator.ask(`/api/v1/assessments/${assessmentId}/guests/${first.id}/renew`, {
        method: 'POST',
        headers: { 'idempotency-key': randomUUID() },
      })
      const token = ((await renewed.json()) as { link: string }).link.split('/').at(-1)!
      expect((await guest(prepared, first.token, '/api/v1/guest')).status).toBe(410)
      expect((await guest(prepared, token, '/api/v1/guest')).status).toBe(200)
      expect((await coordinator.ask(`/api/v1/assessments/${assessmentId}/guests/${first.id}/withdraw`, { method: 'POST' })).status).toBe(
        204,
      )
      expect((await saveAs(prepared, token, 'edu-02', 1, { explanation: 'Too late.' })).status).toBe(410)
      expect((await guest(prepared, 'no-such-token', '/api/v1/guest')).status).toBe(410)
      const answers = await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers`)
      expect(await answers.text()).toContain('Stays.')
    }))

  it('tells whoever asked when all is done, once', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { token } = await makeLink(scene, ['edu-02'])
      for (let i = 0; i < 2; i++) expect((await guest(prepared, token, '/api/v1/guest/finish', { method: 'POST' })).status).toBe(204)
      const told = await inContext(prepared.services.db, systemContext, (db) => db.select().from(notices))
      expect(told.map(({ personId, kind }) => [personId, kind])).toEqual([[scene.coordinator.person.id, 'guest-finished']])
    }))
})

describe('who may ask somebody without an account', () => {
  it('lets a contributor hand on own questions only, and see only own links', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      await makeLink(scene, ['edu-01'])
      const request = (questionIds: string[]) =>
        scene.contributor.ask(`/api/v1/assessments/${scene.assessmentId}/guests`, {
          json: { questionIds, name: 'Club' },
          headers: { 'idempotency-key': randomUUID() },
        })
      expect((await request(['edu-01'])).status).toBe(403)
      expect((await request(['edu-03'])).status).toBe(201)
      const { guests } = (await (await scene.contributor.ask(`/api/v1/assessments/${scene.assessmentId}/guests`)).json()) as {
        guests: { name: string }[]
      }
      expect(guests.map(({ name }) => name)).toEqual(['Club'])
    }))

  it('stores no secret: only the hash of the link', () =>
    rolledBack(async (prepared) => {
      const { token } = await makeLink(await setScene(prepared), ['edu-01'])
      const { rows } = await inContext(prepared.services.db, systemContext, (db) =>
        db.execute(sql`select count(*)::int as n from guest_links g where g::text like ${`%${token}%`}`),
      )
      expect(rows).toEqual([{ n: 0 }])
    }))
})
