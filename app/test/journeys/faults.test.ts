import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FaultScene, type Operation, scale, type StoredAnswer, wait } from './faults.ts'
import { TestServer } from './server.ts'

// Faults to survive, checked from outside: what was acknowledged is stored exactly once, what was refused is not.

const scene = new FaultScene()
const { server } = scene

beforeAll(() => scene.start())
afterAll(() => server.stop())

describe('a server or database killed while eight people save', () => {
  it('loses nothing that was acknowledged, keeps nothing that was refused, and starts again by itself', async () => {
    const log: Operation[] = []
    for (let round = 0; round < 4 * scale; round++) {
      const client = await scene.signedInAgain()
      let isOver = false
      const editors = Array.from({ length: 8 }, (_, i) =>
        scene.edit(client, scene.questions[i]!, `round${round}-editor${i}`, log, () => isOver),
      )
      await wait(300 + ((round * 397) % 1500))
      if (round % 3 !== 0) process.kill(server.databasePid(), 'SIGKILL')
      if (round % 3 !== 1) await server.kill()
      else await wait(3_000)
      isOver = true
      await Promise.all(editors)
      if (round % 3 !== 1) await server.start()
    }
    const client = await scene.signedInAgain()
    await scene.expectNothingLost(client, log)
    expect(log.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(20)
  })

  it('starts by itself after a kill in the middle of its first start', async () => {
    for (let round = 0; round < scale; round++) {
      const fresh = new TestServer({}, { isFresh: true })
      const starting = fresh.start().catch(() => 'killed')
      await wait(400 + round * 500)
      await fresh.kill()
      await starting
      expect(await fresh.start()).toContain('Tessera is ready')
      await fresh.stop()
    }
  })
})

describe('many people at one answer', () => {
  it('counts to the exact number when all read, add one and save, and tells every stale save so', async () => {
    const question = scene.questions[10]!
    const editors = 8 * Math.min(scale, 3)
    const rounds = 12 * scale
    const client = await scene.signedIn()
    const start = (await scene.answersNow(client)).get(question)
    const first = await client.save(scene.assessmentId, question, start?.version ?? 0, { explanation: '0' })
    expect(first.status).toBe(200)
    const statuses: number[] = []
    const addOne = async () => {
      for (let done = 0; done < rounds;) {
        const current = (
          await client.get<{ history: StoredAnswer[] }>(`/api/v1/assessments/${scene.assessmentId}/answers/${question}/history`)
        ).history[0]!
        const response = await client.save(scene.assessmentId, question, current.version, {
          explanation: String(Number(current.explanation) + 1),
        })
        statuses.push(response.status)
        if (response.ok) done++
      }
    }
    await Promise.all(Array.from({ length: editors }, addOne))
    const history = await scene.historyOf(client, question)
    expect(history[0]!.explanation).toBe(String(editors * rounds))
    expect(new Set(statuses)).toEqual(new Set([200, 412]))
    expect(history.map(({ version }) => version)).toEqual(history.map((_, i) => history.length - i))
    const without = await client.call('PUT', `/api/v1/assessments/${scene.assessmentId}/answers/${question}`, { explanation: 'x' })
    expect(without.status).toBe(428)
  })

  it('changes no field that a save does not name, and nothing at all when a save is refused', async () => {
    const client = await scene.signedIn()
    const expected = new Map([...(await scene.answersNow(client))].map(([id, answer]) => [id, { ...answer }]))
    const department = async (name: number) => {
      for (let i = 0; i < 10 * scale; i++) {
        const question = scene.questions[(name * 4 + i) % 80]!
        if (question === scene.questions[10]) continue
        const known = expected.get(question) ?? {
          questionId: question,
          version: 0,
          explanation: null,
          options: null,
          reason: null,
          missing: null,
        }
        const patch = i % 4 === 3 ? { explanation: null } : { explanation: `department ${name}, text ${i}` }
        const refused = await client.save(scene.assessmentId, question, known.version, {
          options: ['no-such-option'],
          explanation: 'must not be stored',
        })
        expect([412, 422]).toContain(refused.status)
        const response = await client.save(scene.assessmentId, question, known.version, patch)
        if (response.ok) expected.set(question, { ...known, ...patch, version: ((await response.json()) as StoredAnswer).version })
        else expected.set(question, (await scene.answersNow(client)).get(question)!)
      }
    }
    for (let name = 0; name < 20; name++) await department(name)
    const stored = await scene.answersNow(client)
    for (const [question, { explanation, options, missing, reason, version }] of expected) {
      const now = stored.get(question)
      expect(
        {
          explanation: now?.explanation ?? null,
          options: now?.options ?? null,
          missing: now?.missing ?? null,
          reason: now?.reason ?? null,
          version: now?.version ?? 0,
        },
        question,
      ).toEqual({ explanation, options, missing, reason, version })
    }
  })
})

describe('the data folder', () => {
  it('refuses a second server and names the first', async () => {
    const second = new TestServer({ DATA_DIR: server.dataDir }, { isFresh: true })
    await expect(second.start()).rejects.toThrow(new RegExp(`Tessera is running here already.*process \\d+.*${server.port}`, 's'))
  })
})
