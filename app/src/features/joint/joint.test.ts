import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assessments, waves } from '../../db/schema.ts'
import { emptyAnswer } from '../assessments/answer.ts'
import { answersToHandOver, jointState } from './joint.ts'

describe('joint answers', () => {
  const answer = (explanation: string | null, version = 1) => ({ ...emptyAnswer, explanation, version })

  it('are handed over where the other city has other words, once', () => {
    const lead = new Map([
      ['a', answer('A')],
      ['b', answer('B')],
      ['c', answer('C')],
      ['d', answer(null)],
    ])
    const partner = new Map([['b', answer('B', 7)]])
    expect(answersToHandOver(['a', 'b', 'c', 'd', 'e'], lead, partner, new Map([['c', answer('C')]]))).toEqual(['a'])
    expect(answersToHandOver(['c'], lead, partner, new Map([['c', answer('older words')]]))).toEqual(['c'])
  })

  it('have a state that follows from the times', () => {
    const now = new Date()
    expect(jointState({ acceptedAt: null, endedAt: null })).toBe('proposed')
    expect(jointState({ acceptedAt: now, endedAt: null })).toBe('accepted')
    expect(jointState({ acceptedAt: null, endedAt: now })).toBe('declined')
    expect(jointState({ acceptedAt: now, endedAt: now })).toBe('ended')
  })
})

const { rolledBack } = testDatabase()
const day = 24 * 3600 * 1000 // ms
const keyed = () => ({ 'idempotency-key': randomUUID() })

interface Side {
  assessmentId: string
  coordinator: SignedInPerson
}

async function setScene(prepared: Prepared): Promise<{ lead: Side; partner: Side; third: Side; dimension: string }> {
  const { services } = prepared
  const cityIds = [await addCity(prepared, 'lead-town'), await addCity(prepared, 'partner-town'), await addCity(prepared, 'third-town')]
  const ids = await inContext(services.db, systemContext, async (db) => {
    const times = { opensAt: new Date(Date.now() - day), closesAt: new Date(Date.now() + 30 * day), frozenAt: new Date() }
    const [wave] = await db
      .insert(waves)
      .values({ slug: 'w', name: 'Wave', ...times, instrumentVersionId: services.instruments.currentId })
      .returning({ id: waves.id })
    const made = await db
      .insert(assessments)
      .values(cityIds.map((cityId) => ({ waveId: wave!.id, cityId })))
      .returning({ id: assessments.id, cityId: assessments.cityId })
    return cityIds.map((cityId) => made.find((each) => each.cityId === cityId)!.id)
  })
  const side = async (i: number): Promise<Side> => ({
    assessmentId: ids[i]!,
    coordinator: await signIn(prepared, await addPerson(prepared, 'city-coordinator', cityIds[i]!)),
  })
  return { lead: await side(0), partner: await side(1), third: await side(2), dimension: services.instruments.current.dimensions[0]!.id }
}

const save = ({ coordinator, assessmentId }: Side, question: string, version: number, explanation: string) =>
  coordinator.ask(`/api/v1/assessments/${assessmentId}/answers/${question}`, {
    method: 'PUT',
    json: { explanation },
    headers: { 'if-match': `"${version}"` },
  })

const explanations = async ({ coordinator, assessmentId }: Side) =>
  (
    (await (await coordinator.ask(`/api/v1/assessments/${assessmentId}/answers`)).json()) as {
      answers: { questionId: string; explanation: string }[]
    }
  ).answers.map(({ questionId, explanation }) => [questionId, explanation])

describe('neighbouring cities that answer jointly', () => {
  it('agree first; then answers of the leading city become answers of the other, never over its own words', () =>
    rolledBack(async (prepared) => {
      const { lead, partner, dimension } = await setScene(prepared)
      await save(lead, 'com-01', 0, 'Jointly adopted.')
      await save(lead, 'com-02', 0, 'One strategy for both.')
      await save(lead, 'edu-02', 0, 'Outside the agreement.')
      await save(partner, 'com-02', 0, 'Our own words.')
      const path = `/api/v1/assessments/${lead.assessmentId}/joint`
      const proposal = await lead.coordinator.ask(path, { json: { city: 'partner-town', dimensions: [dimension] }, headers: keyed() })
      const { id } = (await proposal.json()) as { id: string }
      expect([proposal.status, (await lead.coordinator.ask(`${path}/${id}/hand-over`, { method: 'POST' })).status]).toEqual([201, 409])
      const theirPath = `/api/v1/assessments/${partner.assessmentId}/joint`
      expect((await lead.coordinator.ask(`${path}/${id}/decide`, { json: { decision: 'accept' } })).status).toBe(409)
      expect((await partner.coordinator.ask(`${theirPath}/${id}/decide`, { json: { decision: 'accept' } })).status).toBe(204)
      const handed = await lead.coordinator.ask(`${path}/${id}/hand-over`, { method: 'POST' })
      expect(await handed.json()).toEqual({ count: 2 })
      expect(await (await lead.coordinator.ask(`${path}/${id}/hand-over`, { method: 'POST' })).json()).toEqual({ count: 0 })
      expect(await explanations(partner)).toEqual([['com-02', 'Our own words.']])
      expect(await (await partner.coordinator.ask(`${theirPath}/take-over`, { method: 'POST' })).json()).toEqual({ count: 1 })
      expect(await explanations(partner)).toEqual([
        ['com-01', 'Jointly adopted.'],
        ['com-02', 'Our own words.'],
      ])
      await save(lead, 'com-01', 1, 'Amended jointly.')
      expect(await (await lead.coordinator.ask(`${path}/${id}/hand-over`, { method: 'POST' })).json()).toEqual({ count: 1 })
      expect(await (await partner.coordinator.ask(`${theirPath}/take-over`, { method: 'POST' })).json()).toEqual({ count: 1 })
      expect((await explanations(partner))[0]).toEqual(['com-01', 'Amended jointly.'])
    }))

  it('are two: a third city finds nothing of their agreement, and nothing is handed over once it has ended', () =>
    rolledBack(async (prepared) => {
      const { lead, partner, third, dimension } = await setScene(prepared)
      const path = `/api/v1/assessments/${lead.assessmentId}/joint`
      const { id } = (await (
        await lead.coordinator.ask(path, { json: { city: 'partner-town', dimensions: [dimension] }, headers: keyed() })
      ).json()) as { id: string }
      const ofThird = `/api/v1/assessments/${third.assessmentId}/joint`
      expect((await third.coordinator.ask(`${ofThird}/${id}/decide`, { json: { decision: 'accept' } })).status).toBe(404)
      expect(await (await third.coordinator.ask(ofThird)).json()).toEqual({ agreements: [] })
      const again = await lead.coordinator.ask(path, { json: { city: 'partner-town', dimensions: [dimension] }, headers: keyed() })
      expect(again.status).toBe(409)
      await partner.coordinator.ask(`/api/v1/assessments/${partner.assessmentId}/joint/${id}/decide`, { json: { decision: 'end' } })
      expect((await lead.coordinator.ask(`${path}/${id}/hand-over`, { method: 'POST' })).status).toBe(409)
    }))
})
