import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { appFolder } from '../../src/paths.ts'
import { findProblems } from './axe.ts'
import { clientOf, findReview, openAssessmentOf, type Visitor } from './scene.ts'
import { ApiClient, launchBrowser, TestServer } from './server.ts'
import { listQuestions, openWindow, type StoredAnswer } from './windows.ts'

// The review of the demonstration with everybody who works on it.

const run = promisify(execFile)

export interface Judgement {
  version: number
  decision: string
  points: number | null
  reportText: string | null
}

export interface DeskQuestion {
  id: string
  state: 'open' | 'outdated' | 'decided' | 'hidden' | 'excluded'
}

const reviewers = ['expert', 'expert.second', 'evaluation', 'network', 'coordinator.submitted'] as const
type Reviewer = (typeof reviewers)[number]

/** Sends something that must succeed. @param version for If-Match */
export async function send<T>(client: ApiClient, method: string, path: string, body?: unknown, version?: number): Promise<T> {
  const response = await client.call(method, path, body, {
    'Idempotency-Key': crypto.randomUUID(),
    ...(version !== undefined && { 'If-Match': `"${version}"` }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (response.status === 204 ? null : await response.json()) as T
}

/** What stands on these pages and in these answers of the API for one person. */
export async function lookAround(client: ApiClient, paths: readonly string[]): Promise<string> {
  const texts = []
  for (const path of paths) texts.push(`${path}\n${await (await client.call('GET', path)).text()}`)
  return texts.join('\n')
}

export class ReviewJourney {
  readonly server = new TestServer()
  browser!: Browser
  clients!: Record<Reviewer, ApiClient>
  reviewId = ''
  assessmentId = ''
  /** Slug. */
  wave = ''

  async start(): Promise<void> {
    await this.server.start()
    this.browser = await launchBrowser()
    const signedIn = await Promise.all(reviewers.map(async (visitor) => [visitor, await clientOf(this.server, visitor)] as const))
    this.clients = Object.fromEntries(signedIn) as Record<Reviewer, ApiClient>
    this.reviewId = (await findReview(this.server)).reviewId
    const assessment = await openAssessmentOf(this.clients['coordinator.submitted'])
    this.assessmentId = assessment.id
    this.wave = assessment.wave.slug
  }

  async stop(): Promise<void> {
    await this.browser?.close()
    await this.server.stop()
  }

  /** Path of the review in the API. */
  path(rest: string): string {
    return `/api/v1/reviews/${this.reviewId}${rest}`
  }

  async listQuestions(client: ApiClient): Promise<DeskQuestion[]> {
    return (await client.get<{ questions: DeskQuestion[] }>(this.path(''))).questions
  }

  /** Questions on which this expert has to decide. */
  async listWaiting(client: ApiClient): Promise<string[]> {
    return (await this.listQuestions(client)).filter(({ state }) => state === 'open' || state === 'outdated').map(({ id }) => id)
  }

  readQuestion(client: ApiClient, id: string): Promise<{ answer: StoredAnswer | null; judgement: Judgement | null }> {
    return client.get(this.path(`/questions/${id}`))
  }

  /** Agrees with an answer as it stands now. */
  async agree(client: ApiClient, id: string): Promise<void> {
    const { answer, judgement } = await this.readQuestion(client, id)
    const body = { decision: 'agreed', answerVersion: answer?.version ?? 1, seconds: 30 }
    await send(client, 'PUT', this.path(`/judgements/${id}`), body, judgement?.version ?? 0)
  }

  /** Of the review, for the lead's next step. */
  async version(): Promise<number> {
    return (await this.clients.evaluation.get<{ version: number }>(this.path('/conclusion'))).version
  }

  async answerOf(client: ApiClient, question: string): Promise<StoredAnswer> {
    const { answers } = await client.get<{ answers: StoredAnswer[] }>(`/api/v1/assessments/${this.assessmentId}/answers`)
    return answers.find(({ questionId }) => questionId === question)!
  }

  /** Everything of a review that an expert can ask for. */
  pathsOfExpert(questions: readonly string[]): string[] {
    const pages = `/reviews/${this.reviewId}`
    return [
      '/home',
      '/reviews',
      '/notices',
      '/api/v1/notices',
      '/api/v1/reviews',
      ...['', '/disagreements', '/result'].map((rest) => this.path(rest)),
      pages,
      `${pages}/agenda.txt?notes=with`,
      `${pages}/result`,
      ...questions.flatMap((id) => [
        `${pages}/questions/${id}`,
        `${pages}/questions/${id}/query`,
        this.path(`/questions/${id}`),
        this.path(`/questions/${id}/queries`),
      ]),
    ]
  }

  pathsOfCity(): string[] {
    return [
      '/home',
      '/notices',
      '/api/v1/notices',
      `/assessments/${this.assessmentId}`,
      ...['/city', '/decisions', '/result', '/corrections'].flatMap((rest) => [this.path(rest), `/reviews/${this.reviewId}${rest}`]),
    ]
  }

  /** Of the lead and the network. */
  pathsOfWatchers(): string[] {
    const review = `/evaluations/reviews/${this.reviewId}`
    const wave = `/evaluations/${this.wave}`
    return [wave, `${wave}/agreement`, review, `${review}/disagreements`, this.path('/disagreements'), '/home', '/notices']
  }

  /** Nothing that axe finds, in both languages, wide and narrow. */
  async expectNoBarrier(visitor: Visitor, path: string): Promise<void> {
    const problems: string[] = []
    for (const language of ['de', 'en'] as const) {
      const context = await openWindow(this.browser, this.server, visitor, { language })
      const page = await context.newPage()
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        const response = await page.goto(this.server.address + path)
        if (response!.status() !== 200) problems.push(`${path} answers ${response!.status()}`)
        const found = await findProblems(page)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        problems.push(...found.map((problem) => `${path} ${language} ${width}: ${problem}`))
        if (over > 0) problems.push(`${path} ${language} ${width}: ${over} pixels too wide`)
      }
      await context.close()
    }
    expect(problems).toEqual([])
  }

  /** Somebody invited to the city, who writes one answer that the review does not touch. */
  async employContributor(): Promise<{ contributor: ApiClient; question: string }> {
    const city = this.clients['coordinator.submitted']
    const account = { email: 'kasia@example.org', password: 'a long enough sentence' }
    const invitation = { email: account.email, role: 'contributor', city: 'mozaikowice' }
    const { link } = await send<{ link: string }>(city, 'POST', '/api/v1/invitations', invitation)
    const contributor = new ApiClient(this.server)
    const accepting = `/api/v1/invitations/${link.split('/').at(-1)}/accept`
    await send(contributor, 'POST', accepting, { name: 'Kasia Kret', password: account.password })
    await contributor.signIn(account.email, account.password)
    const { person } = await contributor.get<{ person: { id: string } }>('/api/v1/session')
    const question = (await listQuestions(city)).findLast(({ visibleIf }) => visibleIf === null)!.id
    const assignments = [{ question, personId: person.id }]
    await send(city, 'POST', `/api/v1/assessments/${this.assessmentId}/assignments`, { assignments })
    return { contributor, question }
  }

  /** `tessera audit …` on the data of this server. */
  async audit(command: 'verify' | 'replay'): Promise<{ code: number; words: string }> {
    const env = { PATH: process.env.PATH, LANG: 'en_GB.UTF-8', DATA_DIR: this.server.dataDir }
    try {
      const { stdout } = await run(process.execPath, [resolve(appFolder, 'dist/server/cli.js'), 'audit', command], { env })
      return { code: 0, words: stdout }
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
      return { code, words: stdout + stderr }
    }
  }

  /** Alters the frozen copy as the superuser of the database, who can switch every guard off. @returns its key */
  async tamper(): Promise<string> {
    const client = new pg.Client({ host: join(this.server.dataDir, 'postgres'), port: 5432, user: 'postgres', database: 'tessera' })
    await client.connect()
    try {
      await client.query('alter table frozen_assessments disable trigger never_changed')
      const { rows } = await client.query<{ id: string }>(
        `update frozen_assessments set content = jsonb_set(content, '{answers,0,explanation}', '"Said afterwards."')
         where id = (select frozen_id from reviews where id = $1) returning id`,
        [this.reviewId],
      )
      await client.query('alter table frozen_assessments enable trigger never_changed')
      return rows[0]!.id
    } finally {
      await client.end()
    }
  }
}
