import { describe, expect, it } from 'vitest'
import { actionsOf, addCity } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { addJudgement, assignedTo, type ReviewScene, reviewScene, setAssignment, setReview } from '../../../test/reviews.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { frozenAnswerVersions, reviewQueries } from '../../db/schema.ts'
import { listJudgementVersions } from './queries.ts'

const { rolledBack } = testDatabase()

const marker = 'OnlyForMyEyes'
const agreed = { decision: 'agreed', answerVersion: 1 }
const refused = {
  decision: 'not-supported',
  reasonCode: 'evidence-missing',
  reportText: `${marker} no page is named`,
  note: marker,
  answerVersion: 1,
}

const save = ({ reviewId }: ReviewScene, by: SignedInPerson, question: string, version: number, json: object) =>
  by.ask(`/api/v1/reviews/${reviewId}/judgements/${question}`, { method: 'PUT', json, headers: { 'if-match': `"${version}"` } })

const versionsOf = ({ prepared, reviewId, first }: ReviewScene) =>
  inContext(prepared.services.db, systemContext, (db) => listJudgementVersions(db, reviewId, first.person.id))

const codeOf = async (response: Response) => ({ status: response.status, code: ((await response.json()) as { code: string }).code })

interface ReviewJson {
  progress: { decided: number; needed: number; flagged: number }
  stage: string
  questions: { id: string; state: string }[]
}

const read = async ({ reviewId }: ReviewScene, by: SignedInPerson) =>
  (await (await by.ask(`/api/v1/reviews/${reviewId}`)).json()) as ReviewJson

/** Decides everything that waits, by rows. */
async function decideAll(scene: ReviewScene, by: SignedInPerson): Promise<void> {
  const { questions } = await read(scene, by)
  await inContext(scene.prepared.services.db, systemContext, async (db) => {
    for (const { id, state } of questions) if (state === 'open') await addJudgement(db, scene, by.person.id, { questionId: id })
  })
}

describe('a decision', () => {
  it('is saved version after version, and saying the same again changes nothing', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      const first = await save(scene, scene.first, question, 0, { ...agreed, seconds: 30 })
      expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"'])
      expect((await save(scene, scene.first, question, 0, agreed)).status).toBe(200)
      const second = (await (await save(scene, scene.first, question, 1, { ...refused, seconds: 12 })).json()) as object
      expect(second).toMatchObject({ version: 2, seconds: 42, decision: 'not-supported', points: null })
      expect((await versionsOf(scene)).map(({ version, decision }) => [version, decision])).toEqual([
        [1, 'agreed'],
        [2, 'not-supported'],
      ])
      expect((await actionsOf(prepared)).filter((action) => action === 'judgement.saved')).toHaveLength(2)
    }))

  it('that was typed upon an older version is refused, and the form shows both and keeps what was typed', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      await save(scene, scene.first, question, 0, agreed)
      expect(await codeOf(await save(scene, scene.first, question, 0, refused))).toEqual({ status: 412, code: 'REVIEW_CHANGED' })
      const path = `/reviews/${scene.reviewId}/questions/${question}`
      const form = { ...refused, version: '0', answerVersion: '1', after: 'here', points: '' }
      const page = await scene.first.ask(path, { form })
      expect(page.status).toBe(422)
      const html = await page.text()
      expect(html).toContain('Saved meanwhile')
      expect(html).toContain(refused.reportText)
      expect(html).toContain('name="version" value="1"')
      const again = await scene.first.ask(path, { form: { ...form, version: '1' } })
      expect([again.status, again.headers.get('location')]).toEqual([303, `${path}?notice=saved`])
    }))

  it('needs what its kind needs', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      for (const wrong of [
        { ...agreed, points: 1 },
        { ...refused, reportText: 'short' },
        { ...refused, reasonCode: null },
        { ...refused, decision: 'changed' },
        { ...refused, decision: 'changed', points: 99 },
      ])
        expect(await codeOf(await save(scene, scene.first, question, 0, wrong))).toEqual({ status: 422, code: 'REVIEW_INVALID' })
      expect((await save(scene, scene.first, question, 0, { ...refused, decision: 'changed', points: 0 })).status).toBe(200)
    }))

  it('goes on to the next question that waits', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question, next] = (await read(scene, scene.first)).questions.filter(({ state }) => state === 'open').map(({ id }) => id)
      const path = `/reviews/${scene.reviewId}/questions`
      const form = { decision: 'agreed', version: '0', answerVersion: '1', after: 'next' }
      const response = await scene.first.ask(`${path}/${question}`, { form })
      expect(response.headers.get('location')).toBe(`${path}/${next}?notice=saved`)
      expect(await (await scene.first.ask('/reviews')).text()).toContain(`${path}/${next}`)
    }))

  it('about an answer that the city has given anew since waits again', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      await save(scene, scene.first, question, 0, agreed)
      const before = await read(scene, scene.first)
      await inContext(prepared.services.db, systemContext, async (db) => {
        const { reviewId, cityId, frozenId } = scene
        const [query] = await db
          .insert(reviewQueries)
          .values({
            reviewId,
            cityId,
            questionId: question,
            text: 'Which?',
            language: 'en',
            dueOn: '2030-01-01',
            askedAt: new Date(),
            askedBy: scene.first.person.id,
          })
          .returning({ id: reviewQueries.id })
        await db.insert(frozenAnswerVersions).values({
          frozenId,
          cityId,
          questionId: question,
          version: 2,
          queryId: query!.id,
          contentHash: 'x',
          savedAt: new Date(),
          missing: 'not-known',
        })
      })
      const after = await read(scene, scene.first)
      expect(after.progress.decided).toBe(before.progress.decided - 1)
      expect(after.questions.find(({ id }) => id === question)?.state).toBe('outdated')
      expect(await codeOf(await save(scene, scene.first, question, 1, refused))).toEqual({ status: 412, code: 'REVIEW_CHANGED' })
      expect((await save(scene, scene.first, question, 1, { ...agreed, answerVersion: 2 })).status).toBe(200)
    }))
})

describe('a signature', () => {
  const sign = ({ reviewId }: ReviewScene, by: SignedInPerson) => by.ask(`/api/v1/reviews/${reviewId}/signature`, { method: 'POST' })

  it('waits until every question of the part is decided, and then lets nothing change', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      expect(await codeOf(await sign(scene, scene.first))).toEqual({ status: 409, code: 'STEP_NOT_AVAILABLE' })
      expect(await (await scene.first.ask(`/reviews/${scene.reviewId}`)).text()).toMatch(/questions are not decided yet/)
      await decideAll(scene, scene.first)
      const response = await scene.first.ask(`/reviews/${scene.reviewId}/sign`, { form: {} })
      expect(response.headers.get('location')).toBe(`/reviews/${scene.reviewId}?notice=signed`)
      expect((await sign(scene, scene.first)).status).toBe(200)
      expect((await actionsOf(prepared)).filter((action) => action === 'review.part-signed')).toHaveLength(1)
      expect(await codeOf(await save(scene, scene.first, question, 1, refused))).toEqual({ status: 409, code: 'STEP_NOT_AVAILABLE' })
    }))

  it('leaves only slips to be mended after closing, each with a reason that is recorded', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      const { db } = prepared.services
      await decideAll(scene, scene.first)
      const past = new Date(Date.now() - 1000)
      await inContext(db, systemContext, async (tx) => {
        await setAssignment(tx, scene.firstAssignmentId!, { signedAt: past })
        await setAssignment(tx, scene.secondAssignmentId!, { signedAt: past })
        await setReview(tx, scene.reviewId, { sharedAt: past, closedAt: past, graceUntil: new Date(Date.now() + 60_000) })
      })
      expect(await codeOf(await save(scene, scene.first, question, 1, refused))).toEqual({ status: 422, code: 'REVIEW_INVALID' })
      const graceReason = 'A slip of the pen'
      expect((await save(scene, scene.first, question, 1, { ...refused, graceReason })).status).toBe(200)
      expect((await versionsOf(scene)).at(-1)).toBeDefined()
      expect((await versionsOf(scene)).find(({ version }) => version === 2)).toMatchObject({ questionId: question, graceReason })
      await inContext(db, systemContext, (tx) => setReview(tx, scene.reviewId, { graceUntil: past }))
      const late = { ...agreed, graceReason }
      expect(await codeOf(await save(scene, scene.first, question, 2, late))).toEqual({ status: 409, code: 'STEP_NOT_AVAILABLE' })
    }))
})

describe('blindness', () => {
  const pagesOf = ({ reviewId, city }: ReviewScene) => [
    '/reviews',
    `/reviews/${reviewId}`,
    `/reviews/${reviewId}/agenda?notes=with`,
    `/reviews/${reviewId}/agenda.txt?notes=with`,
    `/reviews/${reviewId}/questions/${city.answered[0]!}`,
    '/api/v1/reviews',
    `/api/v1/reviews/${reviewId}`,
    `/api/v1/reviews/${reviewId}/questions/${city.answered[0]!}`,
  ]
  const readAll = async (scene: ReviewScene, by: SignedInPerson) => {
    const texts = []
    for (const path of pagesOf(scene)) {
      const response = await by.ask(path)
      texts.push(`${response.status} ${response.headers.get('etag')} ${await response.text()}`)
    }
    return texts
  }
  // keys that are new with every page
  const stable = (text: string) => text.replaceAll(/name="_key" value="[^"]+"/g, '')

  it('lets the second expert see nothing of the first, before and after the first has signed', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [question] = scene.city.answered as [string]
      await readAll(scene, scene.second) // opening a question is remembered
      const before = (await readAll(scene, scene.second)).map(stable)
      await save(scene, scene.first, question, 0, { ...refused, isForMeeting: true })
      await decideAll(scene, scene.first)
      expect((await readAll(scene, scene.second)).map(stable)).toEqual(before)
      await scene.first.ask(`/reviews/${scene.reviewId}/sign`, { form: {} })
      expect((await read(scene, scene.first)).stage).toBe('reviewing')
      expect((await readAll(scene, scene.second)).map(stable)).toEqual(before)
      expect(before.join(' ')).not.toContain(scene.first.person.name)
    }))

  it('covers the sample: its second expert sees no other question, its first not which ones are drawn', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { questions } = await read(scene, scene.second)
      expect(questions.map(({ id }) => id)).toEqual(scene.sample)
      const outside = scene.city.answered.find((id) => !scene.sample.includes(id))!
      expect((await scene.second.ask(`/reviews/${scene.reviewId}/questions/${outside}`)).status).toBe(404)
      expect(await codeOf(await save(scene, scene.second, outside, 0, agreed))).toEqual({ status: 404, code: 'QUESTION_NOT_FOUND' })
      const [first] = await readAll(scene, scene.first)
      expect(first).not.toMatch(/sample/i)
    }))

  it('makes a review unknown to other experts, to the city and to other cities', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const elsewhere = await inContext(prepared.services.db, systemContext, () => addCity(prepared, 'elsewhere'))
      const others = [
        await signIn(prepared, await addPerson(prepared, 'reviewer')),
        await signIn(prepared, assignedTo(await addPerson(prepared, 'reviewer'), elsewhere)),
        scene.coordinator,
        await signIn(prepared, await addPerson(prepared, 'contributor', scene.cityId)),
        scene.lead,
        await signIn(prepared, await addPerson(prepared, 'city-coordinator', elsewhere)),
      ]
      for (const by of others) {
        const isExpert = by.person.memberships[0]!.role === 'reviewer'
        for (const path of pagesOf(scene).filter((each) => each.includes(scene.reviewId)))
          expect([path, (await by.ask(path)).status]).toEqual([path, isExpert ? 404 : 403])
        expect((await save(scene, by, scene.city.answered[0]!, 0, agreed)).status).toBe(isExpert ? 404 : 403)
      }
      await inContext(prepared.services.db, systemContext, (db) => setAssignment(db, scene.firstAssignmentId!, { endedAt: new Date() }))
      expect((await scene.first.ask(`/reviews/${scene.reviewId}`)).status).toBe(404)
    }))
})
