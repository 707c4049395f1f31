import pg from 'pg'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ApiClient, TestServer } from './server.ts'

// What the tests of faults share. Short rounds in `npm test`; `npm run test:faults` sets FAULT_SCALE for the long ones.

export const scale = Number(process.env.FAULT_SCALE ?? 1)

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export interface StoredAnswer {
  questionId: string
  version: number
  explanation: string | null
  options: string[] | null
  reason: string | null
  missing: string | null
}

export interface Operation {
  question: string
  value: string
  outcome: 'ok' | 'fail' | 'unknown'
  /** Answer of the server; null = none came. */
  status: number | null
  /** Milliseconds as performance.now() counts them. */
  sentAt: number
  answeredAt: number
  retryAfter: string | null
}

/** A server, and the assessment of one of its coordinators in the open wave. */
export class FaultScene {
  readonly server: TestServer
  assessmentId = ''
  questions: string[] = []
  private readonly mailbox: string

  constructor(env: Record<string, string> = {}, mailbox = 'coordinator@') {
    this.server = new TestServer(env)
    this.mailbox = mailbox
  }

  async start(): Promise<void> {
    await this.server.start()
    const client = await this.signedIn()
    const { assessments } = await client.get<{ assessments: { id: string; wave: { closesAt: string } }[] }>('/api/v1/assessments')
    this.assessmentId = assessments.find(({ wave }) => Date.parse(wave.closesAt) > Date.now())!.id
    const { content } = await client.get<{ content: { dimensions: { indicators: { questions: { id: string }[] }[] }[] } }>(
      '/api/v1/instruments/current',
    )
    this.questions = content.dimensions.flatMap(({ indicators }) =>
      indicators.flatMap((indicator) => indicator.questions.map(({ id }) => id)),
    )
  }

  async signedIn(): Promise<ApiClient> {
    const client = new ApiClient(this.server)
    const { email, password } = this.server.account(this.mailbox)
    await client.signIn(email, password)
    return client
  }

  /** Signs in as soon as the server can; the database may still be on its way back. */
  async signedInAgain(): Promise<ApiClient> {
    for (let attempt = 0; attempt < 60; attempt++) {
      const client = await this.signedIn().catch(() => null)
      if (client !== null) return client
      await wait(500)
    }
    return this.signedIn()
  }

  async answersNow(client: ApiClient): Promise<Map<string, StoredAnswer>> {
    const { answers } = await client.get<{ answers: StoredAnswer[] }>(`/api/v1/assessments/${this.assessmentId}/answers`)
    return new Map(answers.map((answer) => [answer.questionId, answer]))
  }

  async historyOf(client: ApiClient, question: string): Promise<StoredAnswer[]> {
    return (await client.get<{ history: StoredAnswer[] }>(`/api/v1/assessments/${this.assessmentId}/answers/${question}/history`)).history
  }

  /** Asks the database beside the server, as its superuser. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ host: join(this.server.dataDir, 'postgres'), port: 5432, user: 'postgres', database: 'tessera' })
    await client.connect()
    try {
      return (await client.query<Row>(text, values)).rows
    } finally {
      await client.end()
    }
  }

  /**
   * Saves one text after the other to its own question until told to stop.
   * @param pause milliseconds between two saves
   * @param log takes what became of each
   */
  async edit(client: ApiClient, question: string, name: string, log: Operation[], isOver: () => boolean, pause = 0): Promise<void> {
    let version = await this.versionOf(client, question)
    for (let i = 0; !isOver(); i++) {
      if (version === null) {
        await wait(50)
        version = await this.versionOf(client, question)
        continue
      }
      const value = `${name}-${i}`
      const sentAt = performance.now()
      const response = await client.save(this.assessmentId, question, version, { explanation: value }).catch(() => null)
      const body = response?.ok ? ((await response.json().catch(() => null)) as StoredAnswer | null) : null
      const outcome = body !== null ? 'ok' : response !== null && response.status < 500 && !response.ok ? 'fail' : 'unknown'
      const retryAfter = response?.headers.get('retry-after') ?? null
      log.push({ question, value, outcome, status: response?.status ?? null, sentAt, answeredAt: performance.now(), retryAfter })
      version = body?.version ?? null
      if (pause > 0) await wait(pause)
    }
  }

  private async versionOf(client: ApiClient, question: string): Promise<number | null> {
    const answers = await this.answersNow(client).catch(() => null)
    return answers === null ? null : (answers.get(question)?.version ?? 0)
  }

  /** Every acknowledged text stands in the history exactly once, every refused one never, every unknown one at most once. */
  async expectNothingLost(client: ApiClient, log: readonly Operation[]): Promise<void> {
    for (const question of new Set(log.map((operation) => operation.question))) {
      const stored = (await this.historyOf(client, question)).map((answer) => answer.explanation)
      for (const { value, outcome } of log.filter((operation) => operation.question === question)) {
        const count = stored.filter((text) => text === value).length
        if (outcome === 'ok') expect(count, `${value} was acknowledged`).toBe(1)
        else expect(count, `${value} was ${outcome}`).toBeLessThanOrEqual(outcome === 'unknown' ? 1 : 0)
      }
    }
  }
}
