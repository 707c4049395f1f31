import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { addJudgement, type ReviewScene, reviewScene, setAssignment, setReview } from '../../../test/reviews.ts'
import type { SignedInPerson } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
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
