import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { getAnswers } from '../assessments/queries.ts'
import { listPending } from '../notices/queries.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { testDatabase } from '../../../test/database.ts'
import { addJudgement, handedInCity, type ReviewScene, reviewScene, setAssignment } from '../../../test/reviews.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { actionsOf } from '../../../test/accounts.ts'
import { waitedDays, waitingOf } from './dialogue.ts'

const { rolledBack } = testDatabase()
const key = () => ({ 'idempotency-key': randomUUID() })
const soon = () => new Date(Date.now() + 5 * 24 * 3600 * 1000).toISOString().slice(0, 10)
const api = ({ reviewId }: ReviewScene) => `/api/v1/reviews/${reviewId}`

const ask = async (scene: ReviewScene, who: SignedInPerson, question: string, text: string) => {
  const response = await who.ask(`${api(scene)}/questions/${question}/queries`, { json: { text, dueOn: soon() }, headers: key() })
  return { status: response.status, ...((await response.json()) as { id: string }) }
}

const reply = (scene: ReviewScene, who: SignedInPerson, queryId: string, json: Record<string, unknown>) =>
  who.ask(`${api(scene)}/queries/${queryId}/replies`, { json, headers: key() })

const news = ({ prepared }: ReviewScene, { person }: SignedInPerson) =>
  inContext(prepared.services.db, systemContext, (db) => listPending(db, person.id, 50))

/** Both experts have decided everything and signed. */
async function decided(scene: ReviewScene, change: Record<string, number> = {}) {
  const { prepared, city, first, second, sample } = scene
  await inContext(prepared.services.db, systemContext, async (db) => {
    for (const { person, ids } of [
      { person: first.person, ids: city.answered },
      { person: second.person, ids: sample },
    ])
      for (const questionId of ids) {
        const points = change[questionId]
        const changed = { decision: 'changed' as const, reasonCode: 'partly-met' as const, points, reportText: 'Only in one district.' }
        await addJudgement(db, scene, person.id, { questionId, ...(points !== undefined && changed) })
      }
    for (const id of [scene.firstAssignmentId!, scene.secondAssignmentId!]) await setAssignment(db, id, { signedAt: new Date() })
  })
}

const step = (scene: ReviewScene, name: 'share' | 'close', version: number, json: unknown = {}) =>
  scene.lead.ask(`${api(scene)}/${name}`, { json, headers: { ...key(), 'if-match': `"${version}"` } })

describe('who waits for whom', () => {
  const times = { askedAt: new Date('2026-05-01T08:00:00Z'), answeredAt: null, closedAt: null, withdrawnAt: null }
  const answered = { ...times, answeredAt: new Date('2026-05-04T08:00:00Z') }

  it('is the city until it hands the query back, then the expert until they close it', () => {
    expect(waitingOf(times)).toBe('city')
    expect(waitingOf(answered)).toBe('expert')
    expect(waitingOf({ ...answered, closedAt: new Date() })).toBeNull()
    expect(waitingOf({ ...times, withdrawnAt: new Date() })).toBeNull()
  })

  it('counts the days of both sides apart', () => {
    expect(waitedDays(times, new Date('2026-05-03T08:00:00Z'))).toEqual({ city: 2, expert: 0 })
    expect(waitedDays(answered, new Date('2026-05-09T20:00:00Z'))).toEqual({ city: 3, expert: 5.5 })
    expect(waitedDays({ ...answered, closedAt: new Date('2026-05-05T08:00:00Z') }, new Date('2027-01-01'))).toEqual({ city: 3, expert: 1 })
  })
})

describe('a query', () => {
  it('is asked, answered with a new version in the frozen line, handed back and closed, and the working copy stays', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const question = scene.city.answered[0]!
      const { status, id } = await ask(scene, scene.first, question, 'Since when?')
      expect(status).toBe(201)
      const before = await scene.as(scene.city.coordinator, (db) => getAnswers(db, scene.assessmentId))
      const answer = { explanation: 'Since 2019.' }
      const first = await reply(scene, scene.coordinator, id, { text: 'Since 2019.', answer, answerVersion: 1 })
      expect(await first.json()).toMatchObject({ frozenVersion: 2 })
      const second = await reply(scene, scene.coordinator, id, { text: 'See page 4.', isDone: true })
      expect(await second.json()).toMatchObject({ frozenVersion: null })
      expect(await scene.as(scene.city.coordinator, (db) => getAnswers(db, scene.assessmentId))).toEqual(before)
      const seen = (await (await scene.first.ask(`${api(scene)}/questions/${question}/queries`)).json()) as {
        queries: { waitsFor: string; replies: { text: string }[] }[]
      }
      expect(seen.queries[0]).toMatchObject({ waitsFor: 'expert', replies: [{ text: 'Since 2019.' }, { text: 'See page 4.' }] })
      expect((await scene.first.ask(`${api(scene)}/queries/${id}/close`, { method: 'POST' })).status).toBe(204)
      expect((await reply(scene, scene.coordinator, id, { text: 'One more thing.' })).status).toBe(409)
      expect(await actionsOf(prepared)).toEqual(expect.arrayContaining(['query.asked', 'query.replied', 'query.closed']))
    }))

  it('refuses a version of the answer that somebody else has sent meanwhile, and an answer that breaks a rule', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { id } = await ask(scene, scene.first, scene.city.answered[0]!, 'Since when?')
      await reply(scene, scene.coordinator, id, { text: 'First.', answer: { explanation: 'One' }, answerVersion: 1 })
      const stale = await reply(scene, scene.coordinator, id, { text: 'Second.', answer: { explanation: 'Two' }, answerVersion: 1 })
      expect(stale.status).toBe(412)
      const wrong = await reply(scene, scene.coordinator, id, { text: 'Third.', answer: { options: ['nonsense'] }, answerVersion: 2 })
      expect(wrong.status).toBe(422)
    }))

  it('tells the city and the asking expert, and nobody of it who the other is or that there is one', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { id } = await ask(scene, scene.first, scene.sample[0]!, 'Since when?')
      await reply(scene, scene.coordinator, id, { text: 'Since 2019.' })
      expect((await news(scene, scene.coordinator)).map(({ kind }) => kind)).toEqual(['query-asked'])
      expect(JSON.stringify(await news(scene, scene.coordinator))).not.toContain(scene.first.person.name)
      expect((await news(scene, scene.first)).map(({ kind }) => kind)).toEqual(['query-answered'])
      expect(await news(scene, scene.second)).toEqual([])
    }))

  it('of one expert is unknown to the other, who can ask the same', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const question = scene.sample[0]!
      const { id } = await ask(scene, scene.first, question, 'A secret doubt')
      for (const path of [`/reviews/${scene.reviewId}/questions/${question}/query`, `${api(scene)}/questions/${question}/queries`])
        expect(await (await scene.second.ask(path)).text()).not.toContain('A secret doubt')
      expect((await scene.second.ask(`${api(scene)}/queries/${id}/close`, { method: 'POST' })).status).toBe(404)
      expect((await ask(scene, scene.second, question, 'My own doubt')).status).toBe(201)
    }))

  it('is unknown to other cities and to experts who are not assigned', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { id } = await ask(scene, scene.first, scene.city.answered[0]!, 'Since when?')
      const other = await signIn(prepared, (await handedInCity(prepared, 'elsewhere')).coordinator)
      const stranger = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      expect((await other.ask(`/reviews/${scene.reviewId}/queries/${id}`)).status).toBe(404)
      expect((await reply(scene, other, id, { text: 'Ours?' })).status).toBe(404)
      expect((await other.ask(`${api(scene)}/city`)).status).toBe(404)
      expect((await ask(scene, stranger, scene.city.answered[0]!, 'And?')).status).toBe(404)
    }))

  it('is taken back only without a reply', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const [a, b] = scene.city.answered
      const first = await ask(scene, scene.first, a!, 'Since when?')
      expect((await scene.first.ask(`${api(scene)}/queries/${first.id}/withdraw`, { method: 'POST' })).status).toBe(204)
      expect(await news(scene, scene.coordinator)).toEqual([])
      const second = await ask(scene, scene.first, b!, 'Since when?')
      await reply(scene, scene.coordinator, second.id, { text: 'Now.' })
      expect((await scene.first.ask(`${api(scene)}/queries/${second.id}/withdraw`, { method: 'POST' })).status).toBe(409)
    }))

  it('can be answered with the form, which keeps what was typed', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const { id } = await ask(scene, scene.first, scene.city.answered[0]!, 'Since when?')
      const page = `/reviews/${scene.reviewId}/queries/${id}`
      const html = await (await scene.coordinator.ask(page)).text()
      expect(html).toContain('Since when?')
      const empty = await scene.coordinator.ask(page, {
        form: { _key: randomUUID(), text: '', answerVersion: '1', explanation: 'Typed words', reason: '' },
      })
      expect(empty.status).toBe(422)
      expect(await empty.text()).toContain('Typed words')
      const form = { _key: randomUUID(), text: 'Since 2019.', answerVersion: '1', explanation: 'Since 2019.', reason: '', done: 'yes' }
      expect((await scene.coordinator.ask(page, { form })).headers.get('location')).toContain('done=handedBack')
    }))
})

describe('sharing', () => {
  it('waits for both signatures, for disagreements and for open queries', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      expect(await (await step(scene, 'share', 1)).text()).toContain('Not every expert has signed')
      await decided(scene, {})
      await inContext(prepared.services.db, systemContext, (db) =>
        addJudgement(db, scene, scene.second.person.id, {
          questionId: scene.sample[0]!,
          version: 2,
          decision: 'not-supported',
          reasonCode: 'evidence-missing',
          reportText: 'No document.',
        }),
      )
      expect(await (await step(scene, 'share', 1)).text()).toContain('Adjudicate these first')
    }))

  it('shows the city the decisions, which may reply until the date and stays heard', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      const question = scene.city.answered[0]!
      const decisions = `${api(scene)}/decisions`
      await decided(scene, { [question]: 0 })
      expect((await scene.coordinator.ask(decisions)).status).toBe(409)
      expect((await step(scene, 'share', 1)).status).toBe(200)
      expect((await step(scene, 'share', 1)).status).toBe(409)
      const said = await scene.coordinator.ask(`${decisions}/${question}/replies`, { json: { text: 'We disagree.' }, headers: key() })
      expect(said.status).toBe(201)
      const shown = (await (await scene.coordinator.ask(decisions)).json()) as { decisions: unknown[] }
      expect(shown.decisions[0]).toMatchObject({ questionId: question, pointsAfter: 0, replies: [{ text: 'We disagree.' }] })
      expect(await (await scene.coordinator.ask(`/reviews/${scene.reviewId}/decisions`)).text()).toContain('We disagree.')
      expect((await step(scene, 'close', 2)).status).toBe(422) // the city may still reply
      expect((await step(scene, 'close', 2, { reason: 'The city has nothing to add.' })).status).toBe(200)
      const late = await scene.coordinator.ask(`${decisions}/${question}/replies`, { json: { text: 'Too late.' }, headers: key() })
      expect(late.status).toBe(409)
      expect((await news(scene, scene.coordinator)).map(({ kind }) => kind)).toEqual(['review-closed']) // the page of the decisions was opened
      expect(await actionsOf(prepared)).toEqual(expect.arrayContaining(['review.shared', 'decision.replied', 'review.closed']))
    }))

  it('is the lead’s, not the network’s or an expert’s', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await decided(scene)
      const network = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      for (const who of [network, scene.first, scene.coordinator]) {
        const response = await who.ask(`${api(scene)}/share`, { json: {}, headers: { ...key(), 'if-match': '"1"' } })
        expect(response.status).toBe(403)
      }
    }))
})
