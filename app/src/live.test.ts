import pg from 'pg'
import { describe, expect, it, inject } from 'vitest'
import { testDatabase } from '../test/database.ts'
import { LiveHub, liveChannel, type LiveEvent } from './live.ts'

const { pool } = testDatabase()

const event: LiveEvent = { kind: 'saved', cityId: 'c', assessmentId: 'a', questionId: 'edu-01', version: 2, by: { id: 'p', name: 'Momo' } }

const connection = (): pg.ClientConfig => ({ ...inject('testServer').app, database: (pool().options as pg.PoolConfig).database })

const notify = () => pool().query('select pg_notify($1, $2)', [liveChannel, JSON.stringify(event)])

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25))
}

describe('what happens in the database', () => {
  it('is told to every stream, from whichever process it comes', async () => {
    const hub = new LiveHub(connection())
    const heard: (LiveEvent | 'resync')[][] = [[], []]
    await hub.subscribe((each) => heard[0]!.push(each))
    await hub.subscribe((each) => heard[1]!.push(each))
    await notify()
    await until(() => heard[1]!.length > 0)
    expect(heard).toEqual([[event], [event]])
    await hub.close()
  })

  it('is not told before it is committed, nor when it is rolled back', async () => {
    const hub = new LiveHub(connection())
    const heard: unknown[] = []
    await hub.subscribe((each) => heard.push(each))
    const client = await pool().connect()
    await client.query('begin')
    await client.query('select pg_notify($1, $2)', [liveChannel, JSON.stringify({ ...event, version: 9 })])
    await client.query('rollback')
    client.release()
    await notify()
    await until(() => heard.length > 0)
    expect(heard).toEqual([event])
    await hub.close()
  })

  it('is heard again after the connection broke, and the streams are told that they may have missed something', async () => {
    const hub = new LiveHub(connection())
    const heard: (LiveEvent | 'resync')[] = []
    await hub.subscribe((each) => heard.push(each))
    await pool().query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tessera-live' and datname = current_database()",
    )
    await until(() => heard.length > 0)
    await notify()
    await until(() => heard.length > 1)
    expect(heard).toEqual(['resync', event])
    await hub.close()
  })

  it('needs one connection for all streams, and none once the last has ended', async () => {
    const hub = new LiveHub(connection())
    const count = async () =>
      (
        await pool().query(
          "select count(*)::int as n from pg_stat_activity where application_name = 'tessera-live' and datname = current_database()",
        )
      ).rows[0]!.n as number
    const ends = [await hub.subscribe(() => {}), await hub.subscribe(() => {})]
    expect(await count()).toBe(1)
    for (const end of ends) end()
    for (let i = 0; i < 100 && (await count()) > 0; i++) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await count()).toBe(0)
  })
})
