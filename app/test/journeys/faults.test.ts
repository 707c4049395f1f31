import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiClient, TestServer } from './server.ts'

// Faults to survive, checked from outside: what was acknowledged is stored exactly once, what was refused is not.
// Short rounds here; `npm run test:faults` sets FAULT_SCALE for the long ones.

const scale = Number(process.env.FAULT_SCALE ?? 1)

interface StoredAnswer {
  questionId: string
  version: number
  explanation: string | null
  options: string[] | null
  reason: string | null
  missing: string | null
}

interface Operation {
  question: string
  value: string
  outcome: 'ok' | 'fail' | 'unknown'
}

const server = new TestServer()
let assessmentId = ''
let questions: string[] = []

async function signedIn(mailbox = 'coordinator@'): Promise<ApiClient> {
  const client = new ApiClient(server)
  const { email, password } = server.account(mailbox)
  await client.signIn(email, password)
  return client
}

/** Signs in as soon as the server can; the database may still be on its way back. */
async function signedInAgain(): Promise<ApiClient> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const client = await signedIn().catch(() => null)
    if (client !== null) return client
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return signedIn()
}

async function answersNow(client: ApiClient): Promise<Map<string, StoredAnswer>> {
  const { answers } = await client.get<{ answers: StoredAnswer[] }>(`/api/v1/assessments/${assessmentId}/answers`)
  return new Map(answers.map((answer) => [answer.questionId, answer]))
}

const historyOf = async (client: ApiClient, question: string): Promise<StoredAnswer[]> =>
  (await client.get<{ history: StoredAnswer[] }>(`/api/v1/assessments/${assessmentId}/answers/${question}/history`)).history

beforeAll(async () => {
  await server.start()
  const client = await signedIn()
  const { assessments } = await client.get<{ assessments: { id: string; wave: { closesAt: string } }[] }>('/api/v1/assessments')
  assessmentId = assessments.find(({ wave }) => Date.parse(wave.closesAt) > Date.now())!.id
  const { content } = await client.get<{ content: { dimensions: { indicators: { questions: { id: string }[] }[] }[] } }>(
    '/api/v1/instruments/current',
  )
  questions = content.dimensions.flatMap(({ indicators }) => indicators.flatMap((indicator) => indicator.questions.map(({ id }) => id)))
})

afterAll(() => server.stop())

/** Saves one text after the other to its own question until told to stop; logs what became of each. */
async function editor(client: ApiClient, question: string, name: string, log: Operation[], isOver: () => boolean): Promise<void> {
  let version = (await answersNow(client).catch(() => null))?.get(question)?.version ?? null
  for (let i = 0; !isOver(); i++) {
    if (version === null) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      version =
        (await answersNow(client).catch(() => null))?.get(question)?.version ??
        (await answersNow(client).then(
          () => 0,
          () => null,
        ))
      continue
    }
    const value = `${name}-${i}`
    const response = await client.save(assessmentId, question, version, { explanation: value }).catch(() => null)
    const body = response?.ok ? ((await response.json().catch(() => null)) as StoredAnswer | null) : null
    if (body !== null) {
      version = body.version
      log.push({ question, value, outcome: 'ok' })
    } else {
      log.push({ question, value, outcome: response !== null && response.status < 500 && !response.ok ? 'fail' : 'unknown' })
      version = null
    }
  }
}

/** Every acknowledged text stands in the history exactly once, every refused one never, every unknown one at most once. */
async function expectNothingLost(client: ApiClient, log: readonly Operation[]): Promise<void> {
  for (const question of new Set(log.map((operation) => operation.question))) {
    const stored = (await historyOf(client, question)).map((answer) => answer.explanation)
    for (const { value, outcome } of log.filter((operation) => operation.question === question)) {
      const count = stored.filter((text) => text === value).length
      if (outcome === 'ok') expect(count, `${value} was acknowledged`).toBe(1)
      else expect(count, `${value} was ${outcome}`).toBeLessThanOrEqual(outcome === 'unknown' ? 1 : 0)
    }
  }
}

describe('a server or database killed while eight people save', () => {
  it('loses nothing that was acknowledged, keeps nothing that was refused, and starts again by itself', async () => {
    const log: Operation[] = []
    for (let round = 0; round < 4 * scale; round++) {
      const client = await signedInAgain()
      let isOver = false
      const editors = Array.from({ length: 8 }, (_, i) => editor(client, questions[i]!, `round${round}-editor${i}`, log, () => isOver))
      await new Promise((resolve) => setTimeout(resolve, 300 + ((round * 397) % 1500)))
      if (round % 3 !== 0) process.kill(server.databasePid(), 'SIGKILL')
      if (round % 3 !== 1) await server.kill()
      else await new Promise((resolve) => setTimeout(resolve, 3_000))
      isOver = true
      await Promise.all(editors)
      if (round % 3 !== 1) await server.start()
    }
    const client = await signedInAgain()
    await expectNothingLost(client, log)
    expect(log.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(20)
  })

  it('starts by itself after a kill in the middle of its first start', async () => {
    for (let round = 0; round < scale; round++) {
      const fresh = new TestServer()
      const starting = fresh.start().catch(() => 'killed')
      await new Promise((resolve) => setTimeout(resolve, 400 + round * 500))
      await fresh.kill()
      await starting
      expect(await fresh.start()).toContain('Tessera is ready')
      await fresh.stop()
    }
  })
})

describe('many people at one answer', () => {
  it('counts to the exact number when all read, add one and save, and tells every stale save so', async () => {
    const question = questions[10]!
    const editors = 8 * Math.min(scale, 3)
    const rounds = 12 * scale
    const client = await signedIn()
    const start = (await answersNow(client)).get(question)
    const first = await client.save(assessmentId, question, start?.version ?? 0, { explanation: '0' })
    expect(first.status).toBe(200)
    const statuses: number[] = []
    const addOne = async () => {
      for (let done = 0; done < rounds;) {
        const current = (await client.get<{ history: StoredAnswer[] }>(`/api/v1/assessments/${assessmentId}/answers/${question}/history`))
          .history[0]!
        const response = await client.save(assessmentId, question, current.version, {
          explanation: String(Number(current.explanation) + 1),
        })
        statuses.push(response.status)
        if (response.ok) done++
      }
    }
    await Promise.all(Array.from({ length: editors }, addOne))
    const history = await historyOf(client, question)
    expect(history[0]!.explanation).toBe(String(editors * rounds))
    expect(new Set(statuses)).toEqual(new Set([200, 412]))
    expect(history.map(({ version }) => version)).toEqual(history.map((_, i) => history.length - i))
    const without = await client.call('PUT', `/api/v1/assessments/${assessmentId}/answers/${question}`, { explanation: 'x' })
    expect(without.status).toBe(428)
  })

  it('changes no field that a save does not name, and nothing at all when a save is refused', async () => {
    const client = await signedIn()
    const expected = new Map([...(await answersNow(client))].map(([id, answer]) => [id, { ...answer }]))
    const department = async (name: number) => {
      for (let i = 0; i < 10 * scale; i++) {
        const question = questions[(name * 4 + i) % 80]!
        if (question === questions[10]) continue
        const known = expected.get(question) ?? {
          questionId: question,
          version: 0,
          explanation: null,
          options: null,
          reason: null,
          missing: null,
        }
        const patch = i % 4 === 3 ? { explanation: null } : { explanation: `department ${name}, text ${i}` }
        const refused = await client.save(assessmentId, question, known.version, {
          options: ['no-such-option'],
          explanation: 'must not be stored',
        })
        expect([412, 422]).toContain(refused.status)
        const response = await client.save(assessmentId, question, known.version, patch)
        if (response.ok) expected.set(question, { ...known, ...patch, version: ((await response.json()) as StoredAnswer).version })
        else expected.set(question, (await answersNow(client)).get(question)!)
      }
    }
    for (let name = 0; name < 20; name++) await department(name)
    const stored = await answersNow(client)
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
    const second = new TestServer({ DATA_DIR: server.dataDir })
    await expect(second.start()).rejects.toThrow(new RegExp(`Tessera is running here already.*process \\d+.*${server.port}`, 's'))
  })
})
