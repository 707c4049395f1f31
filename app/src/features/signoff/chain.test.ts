import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, addRole, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, notices, waves } from '../../db/schema.ts'

const day = 24 * 3600 * 1000 // ms
const { rolledBack } = testDatabase()
const keyed = () => ({ 'idempotency-key': randomUUID() })

interface Scene {
  assessmentId: string
  coordinator: SignedInPerson
  head: SignedInPerson
  mayor: SignedInPerson
}

async function setScene(prepared: Prepared): Promise<Scene> {
  const { services } = prepared
  const cityId = await addCity(prepared, 'signing-town')
  const assessmentId = await inContext(services.db, systemContext, async (db) => {
    const times = { opensAt: new Date(Date.now() - day), closesAt: new Date(Date.now() + 30 * day), frozenAt: new Date() }
    const [wave] = await db
      .insert(waves)
      .values({ slug: 'w', name: 'Wave', ...times, instrumentVersionId: services.instruments.currentId })
      .returning({ id: waves.id })
    const [made] = await db.insert(assessments).values({ waveId: wave!.id, cityId }).returning({ id: assessments.id })
    return made!.id
  })
  const person = async (role: 'city-coordinator' | 'approver', name: string) =>
    signIn(prepared, await addPerson(prepared, role, cityId, name))
  const scene = {
    assessmentId,
    coordinator: await person('city-coordinator', 'Karla'),
    head: await person('approver', 'Hedda'),
    mayor: await person('approver', 'Ada'),
  }
  await answer(scene, 'edu-02', 0, { missing: 'not-known', explanation: 'First words.' })
  for (const [name, who] of [
    ['Head of department', scene.head],
    ['Mayor', scene.mayor],
  ] as const)
    await scene.coordinator.ask('/api/v1/cities/signing-town/sign-off-steps', { json: { name, personId: who.person.id }, headers: keyed() })
  return scene
}

const answer = (
  { coordinator, assessmentId }: Pick<Scene, 'coordinator' | 'assessmentId'>,
  question: string,
  version: number,
  json: object,
) =>
  coordinator.ask(`/api/v1/assessments/${assessmentId}/answers/${question}`, {
    method: 'PUT',
    json,
    headers: { 'if-match': `"${version}"` },
  })

interface Step {
  id: string
  state: string
  contentHash: string
  changed: string[]
}

async function stepsOf({ coordinator, assessmentId }: Scene): Promise<Step[]> {
  return ((await (await coordinator.ask(`/api/v1/assessments/${assessmentId}/sign-off`)).json()) as { steps: Step[] }).steps
}

const statesOf = async (scene: Scene) => (await stepsOf(scene)).map(({ state }) => state)

async function decide(scene: Scene, who: SignedInPerson, i: number, decision: object): Promise<Response> {
  const step = (await stepsOf(scene))[i]!
  return who.ask(`/api/v1/assessments/${scene.assessmentId}/sign-off/${step.id}`, {
    json: { contentHash: step.contentHash, ...decision },
    headers: keyed(),
  })
}

const submit = ({ coordinator, assessmentId }: Scene) =>
  coordinator.ask(`/api/v1/assessments/${assessmentId}/submissions`, { method: 'POST', headers: keyed() })

describe('the way to handing in', () => {
  it('goes through every signature; the mayor sends one answer back and then signs', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      expect(await statesOf(scene)).toEqual(['waiting', 'later'])
      expect((await submit(scene)).status).toBe(409)
      expect((await decide(scene, scene.mayor, 1, { decision: 'signed' })).status).toBe(409)
      expect((await decide(scene, scene.head, 0, { decision: 'signed' })).status).toBe(201)
      expect((await decide(scene, scene.mayor, 1, { decision: 'sent-back' })).status).toBe(422)
      expect((await decide(scene, scene.mayor, 1, { decision: 'sent-back', note: 'Which year?', questionId: 'edu-02' })).status).toBe(201)
      expect(await statesOf(scene)).toEqual(['signed', 'sent-back'])
      await answer(scene, 'edu-02', 1, { explanation: 'In 2025.' })
      expect(await statesOf(scene)).toEqual(['outdated', 'later'])
      const page = await scene.head.ask(`/assessments/${scene.assessmentId}/sign-off/${(await stepsOf(scene))[0]!.id}`)
      const text = await page.text()
      expect([text.includes('First words.'), text.includes('In 2025.')]).toEqual([true, true])
      expect((await decide(scene, scene.head, 0, { decision: 'signed' })).status).toBe(201)
      expect(await statesOf(scene)).toEqual(['signed', 'changed'])
      expect((await decide(scene, scene.mayor, 1, { decision: 'signed' })).status).toBe(201)
      const receipt = await submit(scene)
      expect([receipt.status, await statesOf(scene)]).toEqual([201, ['signed', 'signed']])
      expect((await answer(scene, 'edu-02', 2, { explanation: 'The city goes on editing.' })).status).toBe(200)
    }))

  it('lets nobody sign what they have not seen', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const [step] = await stepsOf(scene)
      await answer(scene, 'edu-02', 1, { explanation: 'Changed meanwhile.' })
      const late = await scene.head.ask(`/api/v1/assessments/${scene.assessmentId}/sign-off/${step!.id}`, {
        json: { decision: 'signed', contentHash: step!.contentHash },
        headers: keyed(),
      })
      expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([412, 'SIGN_OFF_CHANGED'])
    }))

  it('signs one step only for its areas, so that a change elsewhere leaves that signature', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { dimensions } = prepared.services.instruments.current
      const area = dimensions.find(({ indicators }) => indicators.some(({ questions }) => questions.some(({ id }) => id === 'edu-02')))!.id
      const other = dimensions.find(({ id }) => id !== area)!.indicators[0]!.questions[0]!.id
      const [first] = await stepsOf(scene)
      await scene.coordinator.ask(`/api/v1/cities/signing-town/sign-off-steps/${first!.id}`, {
        method: 'PUT',
        json: { name: 'Head of schools', personId: scene.head.person.id, dimensions: [area] },
        headers: { 'if-match': '"1"' },
      })
      await decide(scene, scene.head, 0, { decision: 'signed' })
      await answer(scene, other, 0, { missing: 'not-known' })
      expect(await statesOf(scene)).toEqual(['signed', 'waiting'])
    }))

  it('tells whoever is next, and the coordinator what was decided', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const asked = await scene.coordinator.ask(`/api/v1/assessments/${scene.assessmentId}/sign-off/ask`, {
        method: 'POST',
        headers: keyed(),
      })
      expect(asked.status).toBe(200)
      const page = async () => (await scene.coordinator.ask(`/assessments/${scene.assessmentId}/sign-off`)).text()
      expect(await page()).toMatch(/Asked on .*Ask again: Head of department/s)
      await decide(scene, scene.head, 0, { decision: 'signed' })
      const told = await inContext(prepared.services.db, systemContext, (db) => db.select().from(notices))
      expect(told.map(({ kind, personId, isUrgent }) => [kind, personId, isUrgent])).toEqual([
        ['sign-off-asked', scene.head.person.id, true],
        ['answers-signed', scene.coordinator.person.id, false],
        ['sign-off-asked', scene.mayor.person.id, true],
      ])
      expect(await page()).toMatch(/Asked on .*Ask again: Mayor/s)
      await decide(scene, scene.mayor, 1, { decision: 'sent-back', note: 'Please add the decision.' })
      expect(await page()).not.toContain('Asked on')
    }))

  it('takes two people where there is a chain: who has signed every step does not hand in alone', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const { coordinator, head } = scene
      const { cityId } = coordinator.person.memberships[0]!
      await addRole(prepared, coordinator.person, 'approver', cityId)
      await addRole(prepared, head.person, 'city-coordinator', cityId)
      for (const [i, { id }] of (await stepsOf(scene)).entries()) {
        const changed = await coordinator.ask(`/api/v1/cities/signing-town/sign-off-steps/${id}`, {
          method: 'PUT',
          json: { name: `Step ${i + 1}`, personId: coordinator.person.id },
          headers: { 'if-match': '"1"' },
        })
        expect([changed.status, (await decide(scene, coordinator, i, { decision: 'signed' })).status]).toEqual([204, 201])
      }
      const refused = await submit(scene)
      expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
        409,
        expect.stringContaining('You have signed every step yourself'),
      ])
      const page = await (await coordinator.ask(`/assessments/${scene.assessmentId}/submit`)).text()
      expect(page).toContain('You have signed every step yourself')
      expect((await submit({ ...scene, coordinator: head })).status).toBe(201)
    }))

  it('needs no signature where the city has set up no chain', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      for (const { id } of await stepsOf(scene))
        expect((await scene.coordinator.ask(`/api/v1/cities/signing-town/sign-off-steps/${id}`, { method: 'DELETE' })).status).toBe(204)
      expect((await submit(scene)).status).toBe(201)
    }))

  it('stands on the start page of whoever is asked to sign, from the request to the signature', () =>
    rolledBack(async (prepared) => {
      const scene = await setScene(prepared)
      const asksFor = async (who: SignedInPerson) => (await (await who.ask('/home')).text()).includes('Your signature is asked for')
      expect([await asksFor(scene.head), await asksFor(scene.mayor)]).toEqual([false, false])
      await scene.coordinator.ask(`/api/v1/assessments/${scene.assessmentId}/sign-off/ask`, { method: 'POST', headers: keyed() })
      expect([await asksFor(scene.head), await asksFor(scene.mayor)]).toEqual([true, false])
      await decide(scene, scene.head, 0, { decision: 'signed' })
      expect([await asksFor(scene.head), await asksFor(scene.mayor)]).toEqual([false, true])
    }))
})
