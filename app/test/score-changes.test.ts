import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inContext, systemContext } from '../src/db/context.ts'
import { listEvents } from '../src/features/audit/queries.ts'
import { findQuestion } from '../src/features/instrument/instrument.ts'
import { type Prepared, testDatabase } from './database.ts'
import { type ReviewScene, reviewScene, setAssignment, setReview } from './reviews.ts'
import { addPerson, type SignedInPerson, signIn } from './signed-in.ts'

// Whatever changes a score stands in the record with who, when, before, after and a reason; a reason of nine characters is none.

const { rolledBack } = testDatabase()
const short = 'Too short' // nine characters
const began = Date.now()

/** The newest event, which has just been written. */
async function lastEvent({ services }: Prepared) {
  const event = (await inContext(services.db, systemContext, listEvents)).at(-1)!
  expect(Date.parse(event.at)).toBeGreaterThanOrEqual(began)
  return event
}

const put = (scene: ReviewScene, who: SignedInPerson, path: string, json: object, version: number) =>
  who.ask(`/api/v1/reviews/${scene.reviewId}/${path}`, { method: 'PUT', json, headers: { 'if-match': `"${version}"` } })

const judge = (scene: ReviewScene, who: SignedInPerson, question: string, json: object, version: number) =>
  put(scene, who, `judgements/${question}`, { answerVersion: 1, seconds: 0, ...json }, version)

const post = (who: SignedInPerson, path: string, json: object) => who.ask(path, { json, headers: { 'idempotency-key': randomUUID() } })

const agreed = { decision: 'agreed' }
const refused = { decision: 'not-supported', reasonCode: 'evidence-missing' }

const system = ({ prepared }: ReviewScene, work: Parameters<typeof inContext<unknown>>[2]) =>
  inContext(prepared.services.db, systemContext, work)

const signBoth = (scene: ReviewScene) =>
  system(scene, async (db) => {
    for (const id of [scene.firstAssignmentId!, scene.secondAssignmentId!]) await setAssignment(db, id, { signedAt: new Date() })
  })

const close = (scene: ReviewScene) =>
  system(scene, (db) =>
    setReview(db, scene.reviewId, { sharedAt: new Date(), closedAt: new Date(), graceUntil: new Date(Date.now() + 1e9) }),
  )

describe('a decision of an expert', () => {
  it.each([
    { name: 'changed', json: { decision: 'changed', reasonCode: 'partly-met', points: 0 } },
    { name: 'not supported', json: refused },
    { name: 'need more', json: { decision: 'need-more', reasonCode: 'unclear' } },
  ])('that says $name needs a kind of reason and ten characters, and is recorded with what stood before', ({ json }) =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      expect((await judge(scene, scene.first, question, agreed, 0)).status).toBe(200)
      expect((await judge(scene, scene.first, question, { ...json, reportText: short }, 1)).status).toBe(422)
      const reportText = `${short}!`
      expect((await judge(scene, scene.first, question, { ...json, reportText, reasonCode: null }, 1)).status).toBe(422)
      expect((await judge(scene, scene.first, question, { ...json, reportText }, 1)).status).toBe(200)
      expect(await lastEvent(prepared)).toMatchObject({
        action: 'judgement.saved',
        personId: scene.first.person.id,
        subject: `judgement:${scene.reviewId}/${question}`,
        payload: { before: agreed, version: 2, ...json, reportText },
      })
    }),
  )

  it('that agrees with a note names a kind of reason, and no words: the points stay as they were', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      const json = { decision: 'agreed-with-note' }
      expect((await judge(scene, scene.first, question, json, 0)).status).toBe(422)
      expect((await judge(scene, scene.first, question, { ...json, reasonCode: 'unclear' }, 0)).status).toBe(200)
      const payload = { before: null, ...json, reasonCode: 'unclear', points: null }
      expect(await lastEvent(prepared)).toMatchObject({ personId: scene.first.person.id, payload })
    }))

  it('that is mended after closing needs a reason of its own, whatever it says', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      await judge(scene, scene.first, question, { ...refused, reportText: 'No document.' }, 0)
      await signBoth(scene)
      await close(scene)
      expect((await judge(scene, scene.first, question, { ...agreed, graceReason: short }, 1)).status).toBe(422)
      expect((await judge(scene, scene.first, question, agreed, 1)).status).toBe(422)
      const graceReason = `${short}!`
      expect((await judge(scene, scene.first, question, { ...agreed, graceReason }, 1)).status).toBe(200)
      expect(await lastEvent(prepared)).toMatchObject({
        action: 'judgement.saved',
        personId: scene.first.person.id,
        payload: { before: refused, ...agreed, graceReason },
      })
    }))
})

describe('what else decides a score', () => {
  it('is settled with a reason where experts differ, and recorded with what both have said', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { first, second, lead } = scene
      const question = scene.sample[0]!
      await judge(scene, first, question, agreed, 0)
      await judge(scene, second, question, { ...refused, reportText: 'No document.' }, 0)
      await signBoth(scene)
      const settle = (json: object, version: number) =>
        put(scene, lead, `questions/${question}/adjudication`, { reportText: null, ...json }, version)
      expect((await settle({ ...agreed, reason: short }, 0)).status).toBe(422)
      expect((await settle({ ...agreed, reason: `${short}!` }, 0)).status).toBe(200)
      const both = { first: agreed, second: { decision: 'not-supported' } }
      expect(await lastEvent(prepared)).toMatchObject({
        action: 'judgement.adjudicated',
        personId: lead.person.id,
        payload: { before: { ...both, adjudication: null }, ...agreed, reason: `${short}!` },
      })
      const again = { ...refused, reportText: 'No document at all.', reason: 'Read once more.' }
      expect((await settle(again, 1)).status).toBe(200)
      expect(await lastEvent(prepared)).toMatchObject({ payload: { before: { ...both, adjudication: agreed }, ...again } })
    }))

  it('is taken over by the city with the answer before and after, and the words of the decision that it follows', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { coordinator, first } = scene
      const question = scene.city.answered[2]!
      await judge(scene, first, question, { ...refused, reportText: 'There is no document.' }, 0)
      await signBoth(scene)
      await close(scene)
      const json = { choices: [{ questionId: question, decision: 'taken', version: 1 }] }
      expect((await post(coordinator, `/api/v1/reviews/${scene.reviewId}/corrections`, json)).status).toBe(200)
      const { options } = findQuestion(prepared.services.instruments.current, question)!
      expect(await lastEvent(prepared)).toMatchObject({
        action: 'correction.taken',
        personId: coordinator.person.id,
        payload: {
          before: { options: [options[0]!.id] },
          after: { options: [options.find(({ points }) => points === 0)!.id] },
          reason: { source: 'option', ...refused, text: 'There is no document.' },
        },
      })
    }))

  it('is decided by an expert with a conflict only for reasons, of whoever asks and whoever allows it', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await system(scene, (db) => setAssignment(db, scene.secondAssignmentId!, { endedAt: new Date() }))
      const expert = await addPerson(prepared, 'reviewer', null, 'Third')
      const network = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const path = `/api/v1/evaluations/reviews/${scene.reviewId}`
      const what = { personId: expert.id, part: 'second' }
      const asking = (reason: string) => post(scene.lead, `${path}/exceptions`, { ...what, reason })
      expect((await asking(short)).status).toBe(422)
      expect((await asking(`${short}!`)).status).toBe(204)
      const { lead } = scene
      const asked = { personId: lead.person.id, payload: { reason: `${short}!`, conflict: 'not-declared' } }
      expect(await lastEvent(prepared)).toMatchObject({ action: 'review.exception-asked', ...asked })
      const allow = (reason: string) => post(network, `${path}/overrides`, { ...what, reason, note: 'Has not declared.' })
      expect((await allow(short)).status).toBe(422)
      expect((await allow('Nobody else can.')).status).toBe(201)
      const exception = { overriddenBy: network.person.id, overrideReason: 'Nobody else can.', overrideNote: 'Has not declared.' }
      const payload = { person: expert.id, part: 'second', assignedBy: lead.person.id, exception }
      expect(await lastEvent(prepared)).toMatchObject({ action: 'review.conflict-overridden', personId: network.person.id, payload })
    }))
})
