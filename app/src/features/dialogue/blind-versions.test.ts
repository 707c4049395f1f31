import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { type ReviewScene, reviewScene } from '../../../test/reviews.ts'
import type { SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { findQuestion } from '../instrument/instrument.ts'
import { listJudgementVersions } from '../reviews/queries.ts'

// The city mends an answer in reply to one expert: the other cannot tell, and what they say is not compared.

const { rolledBack } = testDatabase()
const key = () => ({ 'idempotency-key': randomUUID() })
const api = ({ reviewId }: ReviewScene) => `/api/v1/reviews/${reviewId}`

async function ask(scene: ReviewScene, who: SignedInPerson, question: string): Promise<string> {
  const response = await who.ask(`${api(scene)}/questions/${question}/queries`, { json: { text: 'Since when?' }, headers: key() })
  return ((await response.json()) as { id: string }).id
}

async function reply(scene: ReviewScene, queryId: string, answer: Record<string, unknown> | undefined, answerVersion = 1) {
  const json = { text: 'A marked reply.', isDone: true, answerVersion, ...(answer && { answer }) }
  const response = await scene.coordinator.ask(`${api(scene)}/queries/${queryId}/replies`, { json, headers: key() })
  return { status: response.status, ...((await response.json()) as { frozenVersion: number | null }) }
}

const seen = async (scene: ReviewScene, who: SignedInPerson, question: string) =>
  (await (await who.ask(`${api(scene)}/questions/${question}`)).json()) as {
    state: string
    answer: { version: number; explanation: string }
    judgement: { version: number; answerVersion: number } | null
  }

const agree = (scene: ReviewScene, who: SignedInPerson, question: string, answerVersion: number, version = 0) =>
  who.ask(`${api(scene)}/judgements/${question}`, {
    method: 'PUT',
    json: { decision: 'agreed', answerVersion, seconds: 0 },
    headers: { 'if-match': `"${version}"` },
  })

const close = async (scene: ReviewScene, who: SignedInPerson, queryId: string) =>
  expect((await who.ask(`${api(scene)}/queries/${queryId}/close`, { method: 'POST' })).status).toBe(204)

/** Agrees with every question of a part that has not been decided, as it is seen. */
async function agreeAll(scene: ReviewScene, who: SignedInPerson): Promise<void> {
  const review = (await (await who.ask(api(scene))).json()) as { questions: { id: string; state: string }[] }
  for (const { id, state } of review.questions) if (state === 'open') await agree(scene, who, id, 1)
}

const sign = (scene: ReviewScene, who: SignedInPerson) => who.ask(`${api(scene)}/signature`, { method: 'POST' })

/** Everything that an expert can read of a question, without the nonce of each page. */
async function everything(scene: ReviewScene, who: SignedInPerson, question: string): Promise<string[]> {
  const base = `/reviews/${scene.reviewId}`
  const pages = [base, '/reviews', `${base}/questions/${question}`, `${base}/questions/${question}/query`, `${base}/agenda`]
  const routes = [api(scene), '/api/v1/reviews', `${api(scene)}/questions/${question}`, `${api(scene)}/questions/${question}/queries`]
  const found: string[] = []
  for (const path of [...pages, ...routes]) {
    const html = await (await who.ask(path)).text()
    found.push(
      html.replaceAll(/nonce="[^"]*"|name="_key" value="[^"]*"/gu, '').replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, 'id'),
    )
  }
  return found
}

describe('a new version of an answer', () => {
  it('is seen by the expert who asked, and changes nothing at all for the other until both have signed', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const question = scene.sample[0]!
      await everything(scene, scene.second, question) // the first visit is remembered: later ones are alike
      const before = await everything(scene, scene.second, question)
      expect((await reply(scene, await ask(scene, scene.first, question), { explanation: 'A marked answer.' })).frozenVersion).toBe(2)
      expect(await seen(scene, scene.first, question)).toMatchObject({ answer: { version: 2, explanation: 'A marked answer.' } })
      expect(await everything(scene, scene.second, question)).toEqual(before)
      expect((await agree(scene, scene.second, question, 2)).status).toBe(412) // there is no version 2 for this expert
    }))

  it('is numbered for each expert by itself where both ask, and the city’s newest answer goes to both', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { first, second } = scene
      const question = scene.sample[0]!
      const [a, b] = [await ask(scene, first, question), await ask(scene, second, question)]
      const page = async (id: string) => (await scene.coordinator.ask(`/reviews/${scene.reviewId}/queries/${id}`)).text()
      expect(await page(b)).toContain('There is another query about this question')
      await reply(scene, a, { explanation: 'Since 2019.' })
      expect(await page(b)).toContain('it goes along with your next reply')
      expect(await reply(scene, b, undefined)).toMatchObject({ status: 201, frozenVersion: 3 })
      for (const who of [first, second])
        expect((await seen(scene, who, question)).answer).toMatchObject({ version: 2, explanation: 'Since 2019.' })
      const { queries } = (await (await second.ask(`${api(scene)}/questions/${question}/queries`)).json()) as {
        queries: { replies: { frozenVersion: number }[] }[]
      }
      expect(queries.map(({ replies }) => replies.map(({ frozenVersion }) => frozenVersion))).toEqual([[2]])
      expect(await (await agree(scene, second, question, 2)).json()).toMatchObject({ version: 1, answerVersion: 2 })
      const stored = await inContext(prepared.services.db, systemContext, (db) =>
        listJudgementVersions(db, scene.reviewId, second.person.id),
      )
      expect(stored.map(({ answerVersion }) => answerVersion)).toEqual([3])
    }))

  it('has to be confirmed before signing, and the query closed; the refusal says which', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const question = scene.sample[0]!
      await agreeAll(scene, scene.first)
      const query = await ask(scene, scene.first, question)
      await reply(scene, query, { explanation: 'Since 2019.' })
      expect(await seen(scene, scene.first, question)).toMatchObject({ state: 'outdated', judgement: { answerVersion: 1 } })
      const outdated = await sign(scene, scene.first)
      expect([outdated.status, await outdated.json()]).toMatchObject([409, { questions: [question] }])
      expect((await agree(scene, scene.first, question, 2, 1)).status).toBe(200)
      const open = await sign(scene, scene.first)
      expect([open.status, await open.json()]).toMatchObject([409, { questions: [question] }])
      await close(scene, scene.first, query)
      expect((await sign(scene, scene.first)).status).toBe(200)
    }))
})

interface Found {
  disagreements: { questionId: string; isSameAnswer: boolean; a: { points: number }; b: { points: number } }[]
}

/** Both have signed; one had asked about a question that the other has judged as it was handed in. */
async function apart(scene: ReviewScene, answer: Record<string, unknown>, asker: SignedInPerson = scene.first): Promise<string> {
  const question = scene.sample[0]!
  const query = await ask(scene, asker, question)
  await reply(scene, query, answer)
  await close(scene, asker, query)
  await agree(scene, asker, question, 2)
  for (const who of [scene.first, scene.second]) await agreeAll(scene, who)
  for (const who of [scene.first, scene.second]) expect((await sign(scene, who)).status).toBe(200)
  return question
}

const disagreements = async (scene: ReviewScene) =>
  ((await (await scene.lead.ask(`${api(scene)}/disagreements`)).json()) as Found).disagreements

describe('two experts who read different versions', () => {
  it('are listed with their points, each of the version read, and are no unit of the agreement', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { options } = findQuestion(prepared.services.instruments.current, scene.sample[0]!)!
      const other = options.find(({ points }) => points !== options[0]!.points)!
      const question = await apart(scene, { options: [other.id] })
      expect(await disagreements(scene)).toMatchObject([
        { questionId: question, isSameAnswer: false, a: { points: other.points }, b: { points: options[0]!.points } },
      ])
      const agreement = (await (await scene.lead.ask(`/api/v1/waves/${scene.city.waveSlug}/agreement`)).json()) as {
        areas: { dimension: string | null; units: number; notSameAnswer: number; disagreements: number }[]
        notCounted: unknown[]
      }
      expect(agreement.areas.at(-1)).toMatchObject({ dimension: null, units: 1, notSameAnswer: 1, disagreements: 1 })
      expect(agreement.notCounted).toEqual([{ reviewId: scene.reviewId, questionId: question }])
      const page = await (await scene.lead.ask(`/evaluations/${scene.city.waveSlug}/agreement`)).text()
      expect(page).toContain('One question is not counted')
      const settle = await (await scene.lead.ask(`/evaluations/reviews/${scene.reviewId}/disagreements/${question}`)).text()
      expect(settle).toContain('read different versions of the answer')
      expect(await seen(scene, scene.second, question)).toMatchObject({ state: 'decided', answer: { version: 2 } }) // now everybody sees it
    }))

  it('agree where both give the same points, and the city is told which version was judged', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await apart(scene, { explanation: 'Said more clearly.' }, scene.second)
      expect(await disagreements(scene)).toEqual([])
      const headers = { ...key(), 'if-match': '"1"' }
      expect((await scene.lead.ask(`${api(scene)}/share`, { json: {}, headers })).status).toBe(200)
      const decisions = await (await scene.coordinator.ask(`/reviews/${scene.reviewId}/decisions`)).text()
      expect(decisions).toContain('This decision is about an earlier version of your answer')
    }))
})
