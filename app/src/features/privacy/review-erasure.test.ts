import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { dump } from '../../../test/dump.ts'
import { reviewHistory } from '../../../test/review-history.ts'
import { addPerson, addRole } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { calibrationJudgements, interestDeclarations, judgements } from '../../db/schema.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { checkReplay, checkSeals } from '../record/usecases.ts'
import { encodingsOf } from './erasure.ts'
import { erasePerson } from './usecases.ts'

const { rolledBack } = testDatabase()

const hits = (text: string, { name, email }: { name: string; email: string }): string[] => {
  const lines = text.toLowerCase().split('\n')
  const needles = [name, email].flatMap(encodingsOf).map((needle) => needle.toLowerCase())
  return lines.filter((line) => needles.some((needle) => line.includes(needle)))
}

const published = async (db: Db) => (await db.execute(sql`select * from verified_results order by seq`)).rows

describe('erasing people who took part in a review', () => {
  it(
    'leaves neither name nor address of an expert and of a coordinator; record, decisions and published figures stay',
    () =>
      rolledBack(async (prepared) => {
        const { services } = prepared
        const at = await reviewHistory(prepared, 'alpha', 20_260_301, 20)
        const system = <T>(work: (db: Db) => Promise<T>) => inContext(services.db, systemContext, work)
        await addPerson(prepared, 'city-coordinator', at.city.cityId, 'Somebody else')
        await addRole(prepared, at.second, 'contributor', at.city.cityId)
        const judged = { personId: at.second.id, caseId: 'one', decision: 'agreed', judgedAt: services.now() }
        await system((db) => db.insert(calibrationJudgements).values(judged))
        const before = await system(async (db) => ({ text: await dump(db), figures: await published(db) }))
        const people = [at.second, at.city.coordinator]
        for (const person of people) expect(hits(before.text, person).length).toBeGreaterThan(0)

        for (const { email } of people) expect((await erasePerson(services, email)).remaining).toEqual([])
        await system(async (db) => {
          const after = await dump(db)
          for (const person of people) expect(hits(after, person)).toEqual([])
          expect(await published(db)).toEqual(before.figures)
          const events = await listEvents(db)
          expect(findBreak(events, await getHead(db))).toBeNull()
          expect((await checkSeals(db, services.instruments, events)).findings).toEqual([])
          const { differing, erased } = await checkReplay(db, events)
          expect({ differing, erased }).toEqual({ differing: [], erased: [`assignment:${at.reviewId}/`] })
          expect((await db.select().from(judgements).where(eq(judgements.personId, at.second.id))).length).toBeGreaterThan(0)
          expect(await db.select().from(interestDeclarations).where(eq(interestDeclarations.personId, at.second.id))).toHaveLength(1)
        })
      }),
    180_000,
  )
})
