import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { availableParallelism, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appFolder } from '../../src/paths.ts'
import { FaultScene, type Operation, scale, wait } from './faults.ts'
import type { ApiClient } from './server.ts'

// What happens twice: a server started beside itself, a form sent again because no answer came.

const scene = new FaultScene({}, 'coordinator.complete@')

beforeAll(async () => {
  await scene.start()
  // from now on at the port that it was given, so that the lock names it
  await scene.server.kill()
  await scene.server.start()
})
afterAll(() => scene.server.stop())

interface Ended {
  code: number | null
  output: string
  seconds: number
}

/** How many times longer things take because others want the processors, too; 1 = nobody waits. */
const crowding = (): number => Math.max(1, loadavg()[0]! / availableParallelism())

/** Runs a program of the product on the data folder of the running server. */
function runBeside(program: 'server' | 'cli', args: readonly string[]): Promise<Ended> {
  const started = performance.now()
  const child = spawn(process.execPath, [resolve(appFolder, `dist/server/${program}.js`), ...args], {
    env: { PATH: process.env.PATH, LANG: 'en_GB.UTF-8', DATA_DIR: scene.server.dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((ended) => child.once('close', (code) => ended({ code, output, seconds: (performance.now() - started) / 1000 })))
}

/** Somebody saves as long as `work` takes. */
async function whileSaving(work: () => Promise<void>): Promise<void> {
  const client = await scene.signedIn()
  const log: Operation[] = []
  let isOver = false
  const saving = scene.edit(client, scene.questions[3]!, `beside-${randomUUID()}`, log, () => isOver, 50)
  await work().finally(() => (isOver = true))
  await saving
  await scene.expectNothingLost(client, log)
  expect(log.every(({ outcome }) => outcome === 'ok')).toBe(true)
  expect(log.length).toBeGreaterThan(5)
}

describe('a second server on the same data folder', () => {
  it('ends within five seconds and names the first, which loses nothing', () =>
    whileSaving(async () => {
      for (let round = 0; round < 2 * scale; round++) {
        const { code, output, seconds } = await runBeside('server', [])
        expect(code).not.toBe(0)
        expect(output).toMatch(new RegExp(`Tessera is running here already.*process \\d+.*${scene.server.port}`, 's'))
        expect(seconds).toBeLessThan(5 * crowding())
      }
    }))

  it('is not needed for the command line, which uses the database of the first', () =>
    whileSaving(async () => {
      const verified = await runBeside('cli', ['audit', 'verify'])
      expect(verified, verified.output).toMatchObject({ code: 0 })
      const file = join(scene.server.dataDir, 'exported.zip')
      const exported = await runBeside('cli', ['export', '--out', file])
      expect(exported, exported.output).toMatchObject({ code: 0 })
      expect(existsSync(file)).toBe(true)
    }))
})

interface Receipt {
  id: string
  contentHash: string
}

const submissions = (): string => `/api/v1/assessments/${scene.assessmentId}/submissions`

const submit = (client: ApiClient, key: string): Promise<Response> =>
  client.call('POST', submissions(), undefined, { 'Idempotency-Key': key })

/** Sends it, and hangs up before or while the answer comes. */
function submitAndHangUp(cookie: string, key: string, afterMs: number): Promise<void> {
  return new Promise((done) => {
    const sent = request(`${scene.server.address}${submissions()}`, { method: 'POST', headers: { cookie, 'idempotency-key': key } })
    sent.on('error', () => done())
    sent.on('response', (response) => {
      response.destroy()
      done()
    })
    sent.end()
    setTimeout(() => sent.destroy(), afterMs)
  })
}

/** Changes an answer, so that there is something to hand in again. */
async function change(client: ApiClient, text: string): Promise<void> {
  const version = (await scene.answersNow(client)).get(scene.questions[5]!)?.version ?? 0
  expect((await client.save(scene.assessmentId, scene.questions[5]!, version, { explanation: text })).status).toBe(200)
}

async function counted(): Promise<{ frozen: number; events: number; results: number }> {
  const [row] = await scene.query<{ frozen: number; events: number; results: number }>(
    `select (select count(*)::int from frozen_assessments where assessment_id = $1) frozen,
      (select count(*)::int from audit_events where action = 'assessment.submitted' and subject = 'assessment:' || $1) events,
      (select count(distinct frozen_id)::int from results join frozen_assessments f on f.id = frozen_id where f.assessment_id = $1) results`,
    [scene.assessmentId],
  )
  return row!
}

describe('handing in twice', () => {
  it('gives five requests at once with one key one submission, one event and the same receipt', async () => {
    const client = await scene.signedIn()
    const before = await counted()
    const rounds = 4 * scale
    for (let round = 0; round < rounds; round++) {
      await change(client, `before round ${round} ${randomUUID()}`)
      const key = randomUUID()
      const answers = await Promise.all(Array.from({ length: 5 }, () => submit(client, key)))
      const receipts = (await Promise.all(answers.map((answer) => answer.json()))) as Receipt[]
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
      expect(new Set(receipts.map(({ id, contentHash }) => `${id} ${contentHash}`)).size).toBe(1)
    }
    expect(await counted()).toEqual({ frozen: before.frozen + rounds, events: before.events + rounds, results: before.results + rounds })
  })

  it('counts once when no answer came and it is sent again', async () => {
    const client = await scene.signedIn()
    const before = await counted()
    const rounds = 5 * scale
    for (let round = 0; round < rounds; round++) {
      await change(client, `before retry ${round} ${randomUUID()}`)
      const key = randomUUID()
      await submitAndHangUp(client.cookie, key, (round * 7) % 40)
      const first = await submit(client, key)
      const again = await submit(client, key)
      expect([first.status, again.status]).toEqual([201, 201])
      expect(await again.json()).toEqual(await first.json())
    }
    await wait(200)
    expect(await counted()).toEqual({ frozen: before.frozen + rounds, events: before.events + rounds, results: before.results + rounds })
  })

  it('refuses a key that stood for something else', async () => {
    const client = await scene.signedIn()
    await change(client, `before reuse ${randomUUID()}`)
    const key = randomUUID()
    expect((await submit(client, key)).status).toBe(201)
    const at = new Date(Date.now() - 60_000).toISOString()
    const snapshot = (name: string, as: string) =>
      client.call('POST', `/api/v1/assessments/${scene.assessmentId}/snapshots`, { name, at }, { 'Idempotency-Key': as })
    const other = await snapshot('Council', key)
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    const own = randomUUID()
    expect((await snapshot('First name', own)).status).toBe(201)
    expect((await snapshot('Another name', own)).status).toBe(422)
    expect((await snapshot('First name', own)).status).toBe(201)
  })
})
