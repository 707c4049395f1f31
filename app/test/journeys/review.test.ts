import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appFolder } from '../../src/paths.ts'
import { findProblems } from './axe.ts'
import { clientOf, findReview, type Visitor } from './scene.ts'
import { ApiClient, launchBrowser, TestServer } from './server.ts'
import { listQuestions, openWindow, type StoredAnswer } from './windows.ts'

// The review of the demonstration from the desk of two experts to the published result, and a record that finds out who alters it.
// What one expert says is marked, so that every page and answer of the others can be searched for it.

interface Judgement {
  version: number
  decision: string
  points: number | null
  reportText: string | null
}
interface DeskQuestion {
  id: string
  state: 'open' | 'outdated' | 'decided' | 'hidden' | 'excluded'
}
interface Disagreement {
  questionId: string
  a: Judgement
  b: Judgement
}
interface Correction {
  questionId: string
  proposed: { options: string[] | null; explanation: string | null } | null
}

const marks = { first: 'zinnober', second: 'malachit' } as const
const asked = 'com-10'
const server = new TestServer()
const run = promisify(execFile)
let browser: Browser
let clients: Record<'expert' | 'expert.second' | 'evaluation' | 'network' | 'coordinator.submitted', ApiClient>
let reviewId: string
let assessmentId: string
let wave: string
let windows: Record<'expert' | 'expert.second', BrowserContext>

beforeAll(async () => {
  await server.start()
  browser = await launchBrowser()
  const of = (visitor: keyof typeof clients) => clientOf(server, visitor)
  clients = {
    expert: await of('expert'),
    'expert.second': await of('expert.second'),
    evaluation: await of('evaluation'),
    network: await of('network'),
    'coordinator.submitted': await of('coordinator.submitted'),
  }
  reviewId = (await findReview(server)).reviewId
  const { assessments } = await clients['coordinator.submitted'].get<{
    assessments: { id: string; wave: { slug: string; closesAt: string } }[]
  }>('/api/v1/assessments')
  const open = assessments.find((each) => Date.parse(each.wave.closesAt) > Date.now())!
  assessmentId = open.id
  wave = open.wave.slug
  windows = { expert: await openWindow(browser, server, 'expert'), 'expert.second': await openWindow(browser, server, 'expert.second') }
})

afterAll(async () => {
  await browser?.close()
  await server.stop()
})

const ofReview = (path: string): string => `/api/v1/reviews/${reviewId}${path}`

/** Sends something that must succeed. @param version for If-Match */
async function send<T>(client: ApiClient, method: string, path: string, body?: unknown, version?: number): Promise<T> {
  const response = await client.call(method, path, body, {
    'Idempotency-Key': crypto.randomUUID(),
    ...(version !== undefined && { 'If-Match': `"${version}"` }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (response.status === 204 ? null : await response.json()) as T
}

const waitingOf = async (client: ApiClient): Promise<string[]> =>
  (await client.get<{ questions: DeskQuestion[] }>(ofReview(''))).questions
    .filter(({ state }) => state === 'open' || state === 'outdated')
    .map(({ id }) => id)

const readQuestion = (client: ApiClient, id: string) =>
  client.get<{ answer: StoredAnswer | null; judgement: Judgement | null }>(ofReview(`/questions/${id}`))

/** Agrees with an answer as it stands now. */
async function agree(client: ApiClient, id: string): Promise<void> {
  const { answer, judgement } = await readQuestion(client, id)
  const body = { decision: 'agreed', answerVersion: answer?.version ?? 1, seconds: 30 }
  await send(client, 'PUT', ofReview(`/judgements/${id}`), body, judgement?.version ?? 0)
}

/** The desk is a page that reloads: presses keys and waits for the next one. */
async function pressAndLoad(page: Page, key: string): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.keyboard.press(key)
  await loaded
  await page.waitForSelector('html[data-desk=ready]')
}

/** Moves on by Tab until the field with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${name}`)
}

interface Keys {
  /** 1 to 5 */
  decision: string
  points?: string
  text?: string
  note?: string
}

/** Decides one question by the keyboard alone and goes on to the next that waits. @returns the question decided */
async function decideByKeys(page: Page, { decision, points, text, note }: Keys, isLast: boolean): Promise<string> {
  const question = new URL(page.url()).pathname.split('/').at(-1)!
  await page.keyboard.press(decision)
  if (points !== undefined) {
    await tabTo(page, 'points')
    await page.keyboard.type(points)
  }
  if (decision !== '1') {
    await tabTo(page, 'reasonCode')
    await page.keyboard.press('ArrowDown')
  }
  if (text !== undefined) {
    await tabTo(page, 'reportText')
    await page.keyboard.type(text)
  }
  if (note !== undefined) {
    await tabTo(page, 'note')
    await page.keyboard.type(note)
  }
  await pressAndLoad(page, text === undefined && note === undefined ? 's' : 'Control+Enter')
  expect(new URL(page.url()).searchParams.get('notice'), await page.locator('main').innerText()).toBe('saved')
  if (!isLast) await pressAndLoad(page, 'o')
  return question
}

/** From the list of own reviews to the desk, by Tab and Enter. */
async function beginByKeys(page: Page): Promise<void> {
  await page.goto(`${server.address}/reviews`)
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const href = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '')
    if (href.includes('/questions/')) break
  }
  await pressAndLoad(page, 'Enter')
}

/** Everything that this person can look at: pages, answers of the API, notices. */
async function lookAround(client: ApiClient, paths: readonly string[]): Promise<string> {
  const texts = []
  for (const path of paths) texts.push(`${path}\n${await (await client.call('GET', path)).text()}`)
  return texts.join('\n')
}

const pagesOfExpert = (questions: readonly string[]): string[] => [
  '/home',
  '/reviews',
  '/notices',
  '/api/v1/notices',
  '/api/v1/reviews',
  ofReview(''),
  ofReview('/disagreements'),
  ofReview('/result'),
  `/reviews/${reviewId}`,
  `/reviews/${reviewId}/agenda.txt?notes=with`,
  `/reviews/${reviewId}/result`,
  ...questions.flatMap((id) => [
    `/reviews/${reviewId}/questions/${id}`,
    `/reviews/${reviewId}/questions/${id}/query`,
    ofReview(`/questions/${id}`),
    ofReview(`/questions/${id}/queries`),
  ]),
]

const pagesOfCity = (): string[] => [
  '/home',
  '/notices',
  '/api/v1/notices',
  ofReview('/city'),
  ofReview('/decisions'),
  ofReview('/result'),
  ofReview('/corrections'),
  `/assessments/${assessmentId}`,
  `/reviews/${reviewId}/city`,
  `/reviews/${reviewId}/decisions`,
  `/reviews/${reviewId}/result`,
]

/** Nothing that axe finds, in both languages, wide and narrow. */
async function expectNoBarrier(visitor: Visitor, path: string): Promise<void> {
  const problems: string[] = []
  for (const language of ['de', 'en'] as const) {
    const context = await openWindow(browser, server, visitor, { language })
    const page = await context.newPage()
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      const response = await page.goto(server.address + path)
      if (response!.status() !== 200) problems.push(`${path} answers ${response!.status()}`)
      const found = await findProblems(page)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      problems.push(...found.map((problem) => `${path} ${language} ${width}: ${problem}`))
      if (wide > 0) problems.push(`${path} ${language} ${width}: ${wide} pixels too wide`)
    }
    await context.close()
  }
  expect(problems).toEqual([])
}

async function submitForm(page: Page, selector: string): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.locator(selector).first().click()
  await loaded
}

const versionOfReview = async (): Promise<number> => (await clients.evaluation.get<{ version: number }>(ofReview('/conclusion'))).version

describe('two experts, blind', () => {
  it('the first goes on where the desk stands and decides six questions by the keyboard alone', async () => {
    const page = await windows.expert.newPage()
    await beginByKeys(page)
    const decided = [
      await decideByKeys(page, { decision: '1' }, false),
      await decideByKeys(
        page,
        { decision: '3', points: '0', text: `The list names nobody (${marks.first}).`, note: `Ask by phone, ${marks.first}.` },
        false,
      ),
      await decideByKeys(page, { decision: '1' }, false),
      await decideByKeys(page, { decision: '2', note: `Well shown, ${marks.first}.` }, false),
      await decideByKeys(page, { decision: '1' }, false),
      await decideByKeys(page, { decision: '1' }, true),
    ]
    expect(new Set(decided).size).toBe(6)
    const second = await readQuestion(clients.expert, decided[1]!)
    expect(second.judgement).toMatchObject({ decision: 'changed', points: 0, reportText: `The list names nobody (${marks.first}).` })
    await page.close()
  })

  it('the second decides six questions of the sample by the keyboard alone', async () => {
    const page = await windows['expert.second'].newPage()
    await beginByKeys(page)
    const text = `No document shows it (${marks.second}).`
    const decided = []
    for (let i = 0; i < 6; i++) decided.push(await decideByKeys(page, i % 2 === 0 ? { decision: '4', text } : { decision: '1' }, i === 5))
    expect(new Set(decided).size).toBe(6)
    await page.close()
  })

  it('the first asks back; the city replies with a better answer that only this question gets', async () => {
    const { id } = await send<{ id: string }>(clients.expert, 'POST', ofReview(`/questions/${asked}/queries`), {
      text: `How often do they meet? (${marks.first})`,
    })
    const city = clients['coordinator.submitted']
    const { answer } = await readQuestion(clients.expert, asked)
    const context = await openWindow(browser, server, 'coordinator.submitted')
    const page = await context.newPage()
    await page.goto(`${server.address}/reviews/${reviewId}/city`)
    await page.locator(`main a[href$="/queries/${id}"]`).first().click()
    await page.waitForURL(`**/queries/${id}`)
    expect(await page.locator('main').innerText()).toContain('How often do they meet?')
    await context.close()
    const reply = { text: 'Four times a year.', isDone: true, answerVersion: answer!.version }
    const better = { explanation: 'Synthetic: they meet four times a year, and the minutes are public.' }
    expect(await send(city, 'POST', ofReview(`/queries/${id}/replies`), { ...reply, answer: better })).toMatchObject({ frozenVersion: 2 })
    await send(clients.expert, 'POST', ofReview(`/queries/${id}/close`))
    expect((await readQuestion(clients.expert, asked)).answer).toMatchObject({ version: 2, ...better })
    expect(await waitingOf(clients.expert)).toContain(asked)
  })

  it('neither sees anything of the other, nor does the city, the network or the lead', async () => {
    const everything = (await clients.expert.get<{ questions: DeskQuestion[] }>(ofReview(''))).questions.map(({ id }) => id)
    const seenBySecond = await lookAround(clients['expert.second'], pagesOfExpert(everything))
    const seenByFirst = await lookAround(clients.expert, pagesOfExpert(everything))
    expect(seenBySecond).toContain(marks.second)
    expect(seenByFirst).toContain(marks.first)
    expect(seenBySecond).not.toContain(marks.first)
    expect(seenBySecond).not.toContain('Noor Inkwell')
    expect(seenBySecond).not.toContain('deadlines for eleven of 24')
    expect(seenByFirst).not.toContain(marks.second)
    expect(seenByFirst).not.toContain('Silas Bernstein')
    const seenByCity = await lookAround(clients['coordinator.submitted'], pagesOfCity())
    expect(seenByCity).not.toContain(marks.second)
    expect(seenByCity).not.toContain('names nobody')
    expect(seenByCity).not.toContain('deadlines for eleven of 24')
    const watched = [`/evaluations/${wave}`, `/evaluations/reviews/${reviewId}`, `/evaluations/reviews/${reviewId}/disagreements`]
    for (const visitor of ['evaluation', 'network'] as const) {
      const seen = await lookAround(clients[visitor], [...watched, ofReview('/disagreements'), `/evaluations/${wave}/agreement`])
      for (const words of ['names nobody', 'deadlines for eleven of 24', marks.second]) expect(seen).not.toContain(words)
    }
  })

  it('nobody signs while a decision is missing; then both sign', async () => {
    expect((await clients.expert.call('POST', ofReview('/signature'))).status).toBe(409)
    for (const visitor of ['expert', 'expert.second'] as const) {
      for (const id of await waitingOf(clients[visitor])) await agree(clients[visitor], id)
      const page = await windows[visitor].newPage()
      await page.goto(`${server.address}/reviews/${reviewId}`)
      await page.locator('summary:has(+ * #sign), details:has(#sign) summary').first().click()
      await submitForm(page, '#sign')
      expect(page.url()).toContain('notice=signed')
      await page.close()
      if (visitor === 'expert') {
        const early = await lookAround(clients.evaluation, [ofReview('/disagreements')])
        expect(early).toContain('"isRevealed":false')
      }
    }
    expect(
      (await clients.expert.call('PUT', ofReview(`/judgements/com-01`), { decision: 'agreed', answerVersion: 1 }, { 'If-Match': '"1"' }))
        .ok,
    ).toBe(
      true, // saying the same again changes nothing
    )
    await expectNoBarrier('expert', `/reviews/${reviewId}/questions/com-03`)
  })
})

describe('the lead and the city', () => {
  it('the lead settles every disagreement with a reason, and shares', async () => {
    const { disagreements } = await clients.evaluation.get<{ disagreements: Disagreement[] }>(ofReview('/disagreements'))
    expect(disagreements.length).toBeGreaterThan(0)
    const early = await clients.evaluation.call(
      'POST',
      ofReview('/share'),
      {},
      { 'If-Match': `"${await versionOfReview()}"`, 'Idempotency-Key': crypto.randomUUID() },
    )
    expect(early.status).toBe(409)
    await expectNoBarrier('evaluation', `/evaluations/reviews/${reviewId}/disagreements`)
    await expectNoBarrier('evaluation', `/evaluations/reviews/${reviewId}/disagreements/${disagreements[0]!.questionId}`)
    for (const { questionId } of disagreements) {
      const { judgement } = await readQuestion(clients.expert, questionId)
      const { decision, points } = judgement!
      const reasonCode = decision === 'agreed' ? null : 'partly-met'
      const reason = 'The document that the city cites shows what the first expert says.'
      const body = { decision, points, reasonCode, reason, reportText: decision === 'agreed' ? null : 'Not all of it is shown.' }
      await send(clients.evaluation, 'PUT', ofReview(`/questions/${questionId}/adjudication`), body, 0)
    }
    await send(clients.evaluation, 'POST', ofReview('/share'), { replyDays: 14 }, await versionOfReview())
    await expectNoBarrier('evaluation', `/evaluations/${wave}`)
  })

  it('the city says something to a decision and sees both scores and why', async () => {
    const context = await openWindow(browser, server, 'coordinator.submitted')
    const page = await context.newPage()
    await page.goto(`${server.address}/reviews/${reviewId}/decisions`)
    const decisions = await page.locator('main').innerText()
    expect(decisions).toContain('deadlines for eleven of 24')
    expect(decisions).not.toContain('Ask by phone') // a note among experts
    await expectNoBarrier('coordinator.submitted', `/reviews/${reviewId}/decisions`)
    await send(clients['coordinator.submitted'], 'POST', ofReview('/decisions/com-03/replies'), { text: 'The others follow in spring.' })
    await page.goto(`${server.address}/reviews/${reviewId}/result`)
    const result = await page.locator('main').innerText()
    expect(result).toContain('deadlines for eleven of 24')
    expect(result).toContain('The others follow in spring.')
    const { indices } = await clients['coordinator.submitted'].get<{
      indices: { core: { score: number; verified: { score: number; share: number } } }
    }>(ofReview('/result'))
    expect(indices.core.verified.share).toBeGreaterThan(0.9)
    expect(indices.core.verified.score).toBeLessThan(indices.core.score)
    await context.close()
  })

  it('takes over two corrections while a contributor goes on editing; both survive', async () => {
    const reason = 'The city has said all that it wants to say.'
    await send(clients.evaluation, 'POST', ofReview('/close'), { reason }, await versionOfReview())
    const city = clients['coordinator.submitted']
    const { contributor, question } = await employContributor(city)
    await expectNoBarrier('coordinator.submitted', `/reviews/${reviewId}/corrections`)
    const context = await openWindow(browser, server, 'coordinator.submitted')
    const page = await context.newPage()
    await page.goto(`${server.address}/reviews/${reviewId}/corrections`)
    const { corrections } = await city.get<{ corrections: Correction[] }>(ofReview('/corrections'))
    const taken = [asked, 'com-03']
    const proposed = taken.map((id) => corrections.find(({ questionId }) => questionId === id)!.proposed!)
    for (const id of taken) {
      const before = await answerOf(contributor, question)
      expect((await contributor.save(assessmentId, question, before.version, { explanation: `Typed beside ${id}.` })).status).toBe(200)
      await submitForm(page, `#take-${id}`)
      expect(page.url()).toContain('/corrections')
    }
    for (const [i, id] of taken.entries()) expect(await answerOf(city, id)).toMatchObject(proposed[i]!)
    expect((await answerOf(city, question)).explanation).toBe('Typed beside com-03.')
    await context.close()
  })

  it('the lead signs, the network publishes, and the wave says how far its experts agree', async () => {
    const version = await versionOfReview()
    await send(clients.evaluation, 'POST', ofReview('/evaluation-signature'), { endsGrace: true }, version)
    expect((await clients.evaluation.call('POST', ofReview('/publication'), undefined, { 'If-Match': `"${version + 1}"` })).ok).toBe(false)
    await send(clients.network, 'POST', ofReview('/publication'), undefined, await versionOfReview())
    const { areas } = await clients.evaluation.get<{ areas: { units: number; alpha: number | null; obstacle: string | null }[] }>(
      `/api/v1/waves/${wave}/agreement`,
    )
    expect(areas.length).toBeGreaterThan(1)
    for (const { units, alpha, obstacle } of areas) {
      expect(units).toBeGreaterThanOrEqual(0)
      expect(alpha === null).toBe(obstacle !== null)
      if (units < 30) expect(obstacle).toBe('few-units')
    }
    const context = await openWindow(browser, server, 'evaluation')
    const page = await context.newPage()
    await page.goto(`${server.address}/evaluations/${wave}/agreement`)
    expect(await page.locator('main').innerText()).toMatch(/Not assessable: \d+ of at least 30 questions/)
    const stranger = await (await openWindow(browser, server, 'stranger')).newPage()
    await stranger.goto(`${server.address}/cities/mozaikowice`)
    expect(await stranger.locator('main').innerText()).toContain('Reviewed from outside')
    await context.close()
  })
})

/** Somebody invited to the city, who writes one answer that the review does not touch. */
async function employContributor(city: ApiClient): Promise<{ contributor: ApiClient; question: string }> {
  const account = { email: 'kasia@example.org', password: 'a long enough sentence' }
  const { link } = await send<{ link: string }>(city, 'POST', '/api/v1/invitations', {
    email: account.email,
    role: 'contributor',
    city: 'mozaikowice',
  })
  const contributor = new ApiClient(server)
  await send(contributor, 'POST', `/api/v1/invitations/${link.split('/').at(-1)}/accept`, {
    name: 'Kasia Kret',
    password: account.password,
  })
  await contributor.signIn(account.email, account.password)
  const { person } = await contributor.get<{ person: { id: string } }>('/api/v1/session')
  const questions = await listQuestions(city)
  const question = questions.findLast(({ visibleIf }) => visibleIf === null)!.id
  await send(city, 'POST', `/api/v1/assessments/${assessmentId}/assignments`, { assignments: [{ question, personId: person.id }] })
  return { contributor, question }
}

async function answerOf(client: ApiClient, question: string): Promise<StoredAnswer> {
  const { answers } = await client.get<{ answers: StoredAnswer[] }>(`/api/v1/assessments/${assessmentId}/answers`)
  return answers.find(({ questionId }) => questionId === question)!
}

/** `tessera audit …` on the data of this server. */
async function audit(command: 'verify' | 'replay'): Promise<{ code: number; words: string }> {
  const env = { PATH: process.env.PATH, LANG: 'en_GB.UTF-8', DATA_DIR: server.dataDir }
  try {
    const { stdout } = await run(process.execPath, [resolve(appFolder, 'dist/server/cli.js'), 'audit', command], { env })
    return { code: 0, words: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, words: stdout + stderr }
  }
}

/** As the superuser of the database, who can switch every guard off. */
async function tamper(): Promise<string> {
  const client = new pg.Client({ host: join(server.dataDir, 'postgres'), port: 5432, user: 'postgres', database: 'tessera' })
  await client.connect()
  try {
    await client.query('alter table frozen_assessments disable trigger never_changed')
    const { rows } = await client.query<{ id: string }>(
      `update frozen_assessments set content = jsonb_set(content, '{answers,0,explanation}', '"Said afterwards."')
       where id = (select frozen_id from reviews where id = $1) returning id`,
      [reviewId],
    )
    await client.query('alter table frozen_assessments enable trigger never_changed')
    return rows[0]!.id
  } finally {
    await client.end()
  }
}

describe('the record', () => {
  it('is whole after all of this, rebuilds the present, and names the frozen copy that somebody alters', async () => {
    const whole = await audit('verify')
    expect(whole.words).toContain('The chain is whole')
    expect(whole.code).toBe(0)
    expect((await audit('replay')).code).toBe(0)
    const frozenId = await tamper()
    const broken = await audit('verify')
    expect(broken.code).not.toBe(0)
    expect(broken.words).toContain(`Frozen copy ${frozenId} was altered`)
  })
})
