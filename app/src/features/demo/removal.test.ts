import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { findBreak } from '../audit/audit.ts'
import { getHead, listEvents } from '../audit/queries.ts'
import { demoAccounts } from './accounts.ts'
import { removeDemo } from './commands.ts'
import { loadDemo } from './load.ts'
import { instrumentFolder } from '../../paths.ts'
import { loadInstrument } from '../instrument/load.ts'
import { InstrumentStore } from '../instrument/store.ts'

const { config, owner, pool } = testDatabase()

describe('removing the demonstration', () => {
  it('deletes every invented row, keeps real ones and the audit chain, and does not load it again', async () => {
    const services = { config, db: drizzle(pool()), instruments: new InstrumentStore(), now: () => new Date() }
    await inContext(services.db, systemContext, (db) => services.instruments.register(db, loadInstrument(instrumentFolder)))
    await loadDemo(services)
    await services.db.execute(sql`insert into cities (slug, name, country) values ('real-town', 'Real Town', 'DE')`)
    const removed = await removeDemo(owner(), new Date())
    expect(removed).toEqual({ cities: 142, waves: 3, people: demoAccounts.length })
    await inContext(services.db, systemContext, async (db) => {
      for (const table of [
        'answers',
        'answer_history',
        'frozen_assessments',
        'results',
        'assessments',
        'waves',
        'people',
        'credentials',
        'memberships',
        'city_facts',
        'reviews',
        'review_assignments',
        'judgements',
        'method_registrations',
        'interest_declarations',
      ]) {
        const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`)
        expect([table, rows[0]!.n]).toEqual([table, 0])
      }
      const { rows } = await db.execute<{ slug: string }>(sql`select slug from cities`)
      expect(rows).toEqual([{ slug: 'real-town' }])
      expect(findBreak(await listEvents(db), await getHead(db))).toBeNull()
      await expect(inContext(services.db, systemContext, (tx) => tx.execute(sql`update answer_history set version = 2`))).rejects.toThrow()
    })
    await loadDemo(services)
    const { rows } = await services.db.execute<{ n: number }>(sql`select count(*)::int as n from cities`)
    expect(rows[0]!.n).toBe(1)
  }, 60_000)
})
