import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FaultScene, type Operation, scale, wait } from './faults.ts'
import type { ApiClient } from './server.ts'

// The database dies or stands still while ten people save twice a second each, and comes back.

const scene = new FaultScene()
const editors = 10
const pause = 500 - 20 // ms between two saves of one person, so that there are about 20 a second

beforeAll(() => scene.start())
afterAll(() => scene.server.stop())

const openConnections = async () =>
  Number((await scene.query<{ n: string }>(`select count(*) n from pg_stat_activity where application_name = 'tessera'`))[0]!.n)

/** The database's first process and all that it has started. */
function databaseProcesses(): number[] {
  const first = scene.server.databasePid()
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === first
    } catch {
      return false // it has just ended
    }
  })
  return [first, ...children.map(Number)]
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch {
      // ended in between
    }
}

/** Ten people who save until `work` is over. */
async function whileSaving(client: ApiClient, name: string, work: (log: readonly Operation[]) => Promise<void>): Promise<Operation[]> {
  const log: Operation[] = []
  let isOver = false
  const all = Array.from({ length: editors }, (_, i) =>
    scene.edit(client, scene.questions[20 + i]!, `${name}-editor${i}`, log, () => isOver, pause),
  )
  await wait(1_000)
  await work(log).finally(() => (isOver = true))
  await Promise.all(all)
  return log
}

/** Milliseconds from a moment to the first save that was sent and acknowledged after it. */
function recoveredAfter(log: readonly Operation[], moment: number): number {
  const times = log.filter(({ outcome, sentAt }) => outcome === 'ok' && sentAt > moment).map(({ answeredAt }) => answeredAt)
  return Math.min(...times) - moment
}

/** Each answer was a success, a lost race with oneself, or 503 that says when to come again. */
function expectHonest(log: readonly Operation[]): void {
  const odd = log.filter(({ status, retryAfter }) => status !== 200 && status !== 412 && !(status === 503 && retryAfter !== null))
  expect(odd.map(({ value, status, retryAfter }) => `${value}: ${status} ${retryAfter}`)).toEqual([])
}

describe('the database dies under load', () => {
  it('is back within ten seconds; nothing acknowledged is lost, and no connection stays behind', async () => {
    const client = await scene.signedIn()
    const log = await whileSaving(client, 'warm', () => wait(1_000))
    const before = await openConnections()
    for (let round = 0; round < 2 * Math.min(scale, 5); round++) {
      let killed = 0
      const during = await whileSaving(client, `killed${round}`, async (running) => {
        killed = performance.now()
        process.kill(scene.server.databasePid(), 'SIGKILL')
        await wait(5_000)
        while (recoveredAfter(running, killed) === Infinity && performance.now() < killed + 20_000) await wait(100)
      })
      log.push(...during)
      const recovered = recoveredAfter(during, killed)
      expect(recovered).toBeLessThan(10_000)
    }
    expectHonest(log)
    await scene.expectNothingLost(client, log)
    log.push(...(await whileSaving(client, 'after', () => wait(1_000))))
    expect(await openConnections()).toBeLessThanOrEqual(Math.max(before, editors) + 2)
    expect(log.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(40)
  })
})

describe('the database stands still under load', () => {
  it('keeps people waiting or tells them when to come again, and loses nothing', async () => {
    const client = await scene.signedIn()
    let resumed = 0
    const log = await whileSaving(client, 'still', async () => {
      const stopped = databaseProcesses()
      signalAll(stopped, 'SIGSTOP')
      try {
        await wait(scale > 1 ? 20_000 : 4_000)
      } finally {
        signalAll(stopped, 'SIGCONT')
        resumed = performance.now()
      }
      await wait(3_000)
    })
    expectHonest(log)
    expect(recoveredAfter(log, resumed)).toBeLessThan(10_000)
    await scene.expectNothingLost(client, log)
  })
})
