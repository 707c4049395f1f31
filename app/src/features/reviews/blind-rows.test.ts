import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { addJudgement, assignedTo, type ReviewScene, reviewScene, setAssignment, setReview } from '../../../test/reviews.ts'
import { addPerson, type SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { frozenAnswerVersions, queryReplies, reviewAssignments, reviewQueries } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { contextOf } from '../../web.ts'

// The database itself keeps two experts apart, whatever a statement of the product might forget to ask.

const { rolledBack } = testDatabase()

/** How many decisions a transaction of this person finds that asks for all there are. */
async function countSeen({ prepared }: ReviewScene, { person }: SignedInPerson): Promise<number> {
  const { rows } = await inContext(prepared.services.db, contextOf(person), (db) =>
    db.execute<{ count: string }>(sql`select count(*) from judgements`),
  )
  return Number(rows[0]!.count)
}

/** Both experts have decided the same question. */
async function twoDecisions(scene: ReviewScene): Promise<void> {
  const [questionId] = scene.city.answered as [string]
  await inContext(scene.prepared.services.db, systemContext, async (db) => {
    await addJudgement(db, scene, scene.first.person.id, { questionId })
    await addJudgement(db, scene, scene.second.person.id, { questionId })
  })
}

const sign = (scene: ReviewScene, part: 'first' | 'second') =>
  inContext(scene.prepared.services.db, systemContext, (db) => setAssignment(db, scene[`${part}AssignmentId`]!, { signedAt: new Date() }))

describe('decisions of experts in the database', () => {
  it('are closed to the other expert until both have signed', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await twoDecisions(scene)
      expect([await countSeen(scene, scene.first), await countSeen(scene, scene.second)]).toEqual([1, 1])
      await sign(scene, 'first')
      expect([await countSeen(scene, scene.first), await countSeen(scene, scene.second)]).toEqual([1, 1])
      await sign(scene, 'second')
      expect([await countSeen(scene, scene.first), await countSeen(scene, scene.second)]).toEqual([2, 2])
    }))

  it('are closed to the city until they are shared with it', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await twoDecisions(scene)
      await sign(scene, 'first')
      await sign(scene, 'second')
      expect(await countSeen(scene, scene.coordinator)).toBe(0)
      await inContext(prepared.services.db, systemContext, (db) => setReview(db, scene.reviewId, { sharedAt: new Date() }))
      expect(await countSeen(scene, scene.coordinator)).toBe(2)
    }))
})

const asked = ['review_queries', 'query_replies', 'frozen_answer_versions'] as const

/** Whose rows of the three tables a transaction of this person finds that asks for all there are, table by table. */
const dialogueSeen = ({ prepared }: ReviewScene, person: Person) =>
  inContext(prepared.services.db, contextOf(person), async (db) => {
    const found: string[] = []
    for (const table of asked) {
      const key = table === 'review_queries' ? 't.id' : 't.query_id'
      const { rows } = await db.execute<{ text: string | null }>(
        sql.raw(`select q.text from ${table} t left join review_queries q on q.id = ${key} order by q.text`),
      )
      found.push(rows.map(({ text }) => text).join(' '))
    }
    return found
  })

const both = ['one two', 'one two', 'one two']
const alone = (text: string) => [text, text, text]

/** Each expert has asked about the same question, and the city has replied to each with an answer of its own. */
async function twoQueries({ prepared, city, reviewId, cityId, frozenId, first, second }: ReviewScene): Promise<void> {
  const [questionId] = city.answered as [string]
  const now = new Date()
  const words = { language: 'en', cityId }
  await inContext(prepared.services.db, systemContext, async (db) => {
    for (const [i, { person }] of [first, second].entries()) {
      const query = { ...words, reviewId, questionId, text: i === 0 ? 'one' : 'two', dueOn: '2030-01-01', askedAt: now, askedBy: person.id }
      const [row] = await db.insert(reviewQueries).values(query).returning({ id: reviewQueries.id })
      const version = i + 2
      const answer = { ...words, frozenId, questionId, version, queryId: row!.id, explanation: 'Anew.' }
      await db.insert(frozenAnswerVersions).values({ ...answer, contentHash: 'f'.repeat(64), savedAt: now })
      await db.insert(queryReplies).values({ ...words, queryId: row!.id, text: 'Page 4.', frozenVersion: version, writtenAt: now })
    }
  })
}

describe('queries, replies and later answers in the database', () => {
  it('are those of the own part to each expert until both have signed, and all of them to everybody else of the review', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await twoQueries(scene)
      const network = await addPerson(prepared, 'network-coordinator')
      for (const person of [scene.lead.person, scene.city.coordinator, network]) expect(await dialogueSeen(scene, person)).toEqual(both)
      const seen = async () => [await dialogueSeen(scene, scene.first.person), await dialogueSeen(scene, scene.second.person)]
      expect(await seen()).toEqual([alone('one'), alone('two')])
      await sign(scene, 'second')
      expect(await seen()).toEqual([alone('one'), alone('two')])
      await sign(scene, 'first')
      expect(await seen()).toEqual([both, both])
    }))

  it('pass on to whoever takes a part over, and are closed to whoever has given it away or never had one', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await twoQueries(scene)
      const { reviewId, cityId } = scene
      const expert = async () => assignedTo(await addPerson(prepared, 'reviewer'), cityId)
      const [heir, stranger] = [await expert(), await expert()]
      const now = new Date()
      await inContext(prepared.services.db, systemContext, async (db) => {
        await setAssignment(db, scene.secondAssignmentId!, { endedAt: now })
        await db.insert(reviewAssignments).values({ reviewId, cityId, personId: heir.id, part: 'second', assignedAt: now })
      })
      expect(await dialogueSeen(scene, heir)).toEqual(alone('two'))
      expect(await dialogueSeen(scene, scene.first.person)).toEqual(alone('one'))
      for (const none of [scene.second.person, stranger]) expect(await dialogueSeen(scene, none)).toEqual(alone(''))
    }))

  it('cannot be asked in the name of the other, nor changed', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await twoQueries(scene)
      const { reviewId, cityId, sample } = scene
      const query = { reviewId, cityId, questionId: sample[1]!, text: 'three', language: 'en', dueOn: '2030-01-01', askedAt: new Date() }
      const as = (askedBy: string) =>
        scene.as(scene.second.person, (db) =>
          db
            .insert(reviewQueries)
            .values({ ...query, askedBy })
            .returning({ id: reviewQueries.id }),
        )
      await expect(as(scene.first.person.id)).rejects.toMatchObject({ cause: { code: '42501' } })
      expect(await as(scene.second.person.id)).toHaveLength(1)
      const closed = await scene.as(scene.second.person, (db) =>
        db.update(reviewQueries).set({ closedAt: new Date() }).returning({ text: reviewQueries.text }),
      )
      expect(closed.map(({ text }) => text).sort()).toEqual(['three', 'two'])
    }))

  it('of a review that was given up stay with the copy, for both experts of the next one', () =>
    rolledBack(async (prepared) => {
      const scene = await reviewScene(prepared)
      await twoQueries(scene)
      await inContext(prepared.services.db, systemContext, (db) => setReview(db, scene.reviewId, { withdrawnAt: new Date() }))
      for (const { person } of [scene.first, scene.second]) expect(await dialogueSeen(scene, person)).toEqual(both)
    }))
})
