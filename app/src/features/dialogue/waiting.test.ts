import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { type ReviewScene, reviewScene } from '../../../test/reviews.ts'
import { addPerson, type SignedInPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { assignments, citySettings, reviewQueries } from '../../db/schema.ts'

// A query whose day is over, and the people of a city who answer only what is theirs.

const { rolledBack } = testDatabase()
const key = () => ({ 'idempotency-key': randomUUID() })

interface Asked extends ReviewScene {
  question: string
  queryId: string
  /** Of the city. */
  page: string
  /** Of the expert. */
  own: string
}

async function asked(prepared: Prepared): Promise<Asked> {
  const scene = await reviewScene(prepared)
  const question = scene.city.answered[0]!
  const base = `/reviews/${scene.reviewId}`
  const json = { text: 'Since when?' }
  const response = await scene.first.ask(`/api/v1${base}/questions/${question}/queries`, { json, headers: key() })
  const { id } = (await response.json()) as { id: string }
  return { ...scene, question, queryId: id, page: `${base}/queries/${id}`, own: `${base}/questions/${question}/query` }
}

const system = ({ prepared }: ReviewScene, work: Parameters<typeof inContext<unknown>>[2]) =>
  inContext(prepared.services.db, systemContext, work)

const read = async (who: SignedInPerson, path: string) => (await who.ask(path)).text()

const reply = ({ reviewId, queryId }: Asked, who: SignedInPerson) =>
  who.ask(`/api/v1/reviews/${reviewId}/queries/${queryId}/replies`, {
    json: { text: 'Since 2019.', isDone: true, answer: { explanation: 'Since 2019.' }, answerVersion: 1 },
    headers: key(),
  })

describe('a query whose day is over', () => {
  it('says so to the city, which can still reply, and to the expert, who can close it without a reply', () =>
    rolledBack(async (prepared) => {
      const scene = await asked(prepared)
      const { coordinator, first, reviewId, queryId, page, own } = scene
      const closing = 'Close without waiting for a reply'
      for (const [who, path] of [
        [coordinator, page],
        [first, own],
      ] as const)
        expect(await read(who, path)).not.toContain('was due on')
      expect(await read(first, own)).not.toContain(closing)
      await system(scene, (db) => db.update(reviewQueries).set({ dueOn: '2020-03-04' }).where(eq(reviewQueries.id, queryId)))
      const late = 'Waiting for the city, was due on 4 March 2020'
      const shown = await read(coordinator, page)
      for (const words of [late, 'A reply was wanted by 4 March 2020', 'You can still reply as long as the query is open.'])
        expect(shown).toContain(words)
      expect(await read(coordinator, `/reviews/${reviewId}/city`)).toContain(late)
      expect(await read(first, own)).toContain(late)
      expect(await read(first, own)).toContain(closing)
      expect((await reply(scene, coordinator)).status).toBe(201)
      const after = await read(first, own)
      expect(after).not.toContain(late)
      expect(after).toContain('Since 2019.')
    }))
})

describe('contributors of a city', () => {
  const contributor = async (scene: ReviewScene, name: string) =>
    signIn(scene.prepared, await addPerson(scene.prepared, 'contributor', scene.cityId, name))

  it('reply to a query about a question that is theirs, with a better answer', () =>
    rolledBack(async (prepared) => {
      const scene = await asked(prepared)
      const { assessmentId, cityId, question, page, own, first } = scene
      const hers = await contributor(scene, 'Hers')
      await system(scene, (db) => db.insert(assignments).values({ assessmentId, cityId, questionId: question, personId: hers.person.id }))
      expect(await read(hers, page)).toContain('name="answerVersion"')
      const replied = await reply(scene, hers)
      expect([replied.status, await replied.json()]).toMatchObject([201, { frozenVersion: 2 }])
      expect(await read(first, own)).toContain('Since 2019.')
    }))

  it('do not find a query about a question of somebody else, or read along where the city shows everything', () =>
    rolledBack(async (prepared) => {
      const scene = await asked(prepared)
      const { cityId, page, reviewId } = scene
      const other = await contributor(scene, 'Other')
      expect((await other.ask(page)).status).toBe(404)
      expect(await read(other, `/reviews/${reviewId}/city`)).not.toContain(page)
      expect((await reply(scene, other)).status).toBe(404)
      const seesAll = { contributorsSeeAll: true }
      await system(scene, (db) =>
        db
          .insert(citySettings)
          .values({ cityId, ...seesAll })
          .onConflictDoUpdate({ target: citySettings.cityId, set: seesAll }),
      )
      const shown = await read(other, page)
      expect(shown).toContain('Somebody else in your city answers this question. You can read along.')
      expect(shown).not.toContain('name="answerVersion"')
      expect((await reply(scene, other)).status).toBe(403)
    }))
})
