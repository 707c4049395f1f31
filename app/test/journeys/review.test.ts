import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginByKeys, decideByKeys } from './desk-keys.ts'
import { type Judgement, lookAround, ReviewJourney, send } from './reviewing.ts'
import { openWindow } from './windows.ts'

// The review of the demonstration from the desk of two experts to the published result, and a record that finds out who alters it.
// What one expert says is marked, so that every page and answer of the others can be searched for it.

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
const journey = new ReviewJourney()
let windows: Record<'expert' | 'expert.second', BrowserContext>

beforeAll(async () => {
  await journey.start()
  const open = (visitor: keyof typeof windows) => openWindow(journey.browser, journey.server, visitor)
  windows = { expert: await open('expert'), 'expert.second': await open('expert.second') }
})

afterAll(() => journey.stop())

async function submitForm(page: Page, selector: string): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.locator(selector).first().click()
  await loaded
}

/** The wave before this one has eight cities reviewed to the end: enough for agreement with its interval. */
async function expectInterval(page: Page): Promise<void> {
  const closed = journey.wave.replace(/\d+$/, (year) => String(Number(year) - 2))
  const { areas } = await journey.clients.evaluation.get<{ areas: { units: number; alpha: number; low: number; high: number }[] }>(
    `/api/v1/waves/${closed}/agreement`,
  )
  const shown = areas.filter(({ units }) => units >= 30)
  expect(shown.length).toBeGreaterThan(6)
  for (const { alpha, low, high } of shown) {
    expect(low).toBeLessThanOrEqual(alpha)
    expect(high).toBeGreaterThanOrEqual(alpha)
  }
  await page.goto(`${journey.server.address}/evaluations/${closed}/agreement`)
  const { alpha, low, high } = shown.find((each) => each.low < each.high)!
  const words = await page.locator('main').innerText()
  for (const figure of [alpha, low, high]) expect(words).toContain(figure.toFixed(2))
}

describe('two experts, blind', () => {
  it('the first goes on where the desk stands and decides six questions by the keyboard alone', async () => {
    const page = await windows.expert.newPage()
    await beginByKeys(page, journey.server.address)
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
    const second = await journey.readQuestion(journey.clients.expert, decided[1]!)
    expect(second.judgement).toMatchObject({ decision: 'changed', points: 0, reportText: `The list names nobody (${marks.first}).` })
    await page.close()
    await journey.expectNoBarrier('expert', `/reviews/${journey.reviewId}/questions/com-03`)
  })

  it('the second decides six questions of the sample by the keyboard alone', async () => {
    const page = await windows['expert.second'].newPage()
    await beginByKeys(page, journey.server.address)
    const text = `No document shows it (${marks.second}).`
    const decided = []
    for (let i = 0; i < 6; i++) decided.push(await decideByKeys(page, i % 2 === 0 ? { decision: '4', text } : { decision: '1' }, i === 5))
    expect(new Set(decided).size).toBe(6)
    await page.close()
  })

  it('the first asks back; the city replies with a better answer that only this question gets', async () => {
    const { id } = await send<{ id: string }>(journey.clients.expert, 'POST', journey.path(`/questions/${asked}/queries`), {
      text: `How often do they meet? (${marks.first})`,
    })
    const city = journey.clients['coordinator.submitted']
    const { answer } = await journey.readQuestion(journey.clients.expert, asked)
    const context = await openWindow(journey.browser, journey.server, 'coordinator.submitted')
    const page = await context.newPage()
    await page.goto(`${journey.server.address}/reviews/${journey.reviewId}/city`)
    await page.locator(`main a[href$="/queries/${id}"]`).first().click()
    await page.waitForURL(`**/queries/${id}`)
    expect(await page.locator('main').innerText()).toContain('How often do they meet?')
    await context.close()
    const reply = { text: 'Four times a year.', isDone: true, answerVersion: answer!.version }
    const better = { explanation: 'Synthetic: they meet four times a year, and the minutes are public.' }
    expect(await send(city, 'POST', journey.path(`/queries/${id}/replies`), { ...reply, answer: better })).toMatchObject({
      frozenVersion: 2,
    })
    await send(journey.clients.expert, 'POST', journey.path(`/queries/${id}/close`))
    expect((await journey.readQuestion(journey.clients.expert, asked)).answer).toMatchObject({ version: 2, ...better })
    expect(await journey.listWaiting(journey.clients.expert)).toContain(asked)
  })

  it('neither sees anything of the other, nor does the city, the network or the lead', async () => {
    const everything = (await journey.listQuestions(journey.clients.expert)).map(({ id }) => id)
    const seenBySecond = await lookAround(journey.clients['expert.second'], journey.pathsOfExpert(everything))
    const seenByFirst = await lookAround(journey.clients.expert, journey.pathsOfExpert(everything))
    expect(seenBySecond).toContain(marks.second)
    expect(seenByFirst).toContain(marks.first)
    expect(seenBySecond).not.toContain(marks.first)
    expect(seenBySecond).not.toContain('Noor Inkwell')
    expect(seenBySecond).not.toContain('deadlines for eleven of 24')
    expect(seenByFirst).not.toContain(marks.second)
    expect(seenByFirst).not.toContain('Silas Bernstein')
    const seenByCity = await lookAround(journey.clients['coordinator.submitted'], journey.pathsOfCity())
    expect(seenByCity).not.toContain(marks.second)
    expect(seenByCity).not.toContain('names nobody')
    expect(seenByCity).not.toContain('deadlines for eleven of 24')
    for (const visitor of ['evaluation', 'network'] as const) {
      const seen = await lookAround(journey.clients[visitor], journey.pathsOfWatchers())
      for (const words of ['names nobody', 'deadlines for eleven of 24', marks.second]) expect(seen).not.toContain(words)
    }
  })

  it('nobody signs while a decision is missing; then both sign', async () => {
    expect((await journey.clients.expert.call('POST', journey.path('/signature'))).status).toBe(409)
    for (const visitor of ['expert', 'expert.second'] as const) {
      for (const id of await journey.listWaiting(journey.clients[visitor])) await journey.agree(journey.clients[visitor], id)
      const page = await windows[visitor].newPage()
      await page.goto(`${journey.server.address}/reviews/${journey.reviewId}`)
      await page.locator('summary:has(+ * #sign), details:has(#sign) summary').first().click()
      await submitForm(page, '#sign')
      expect(page.url()).toContain('notice=signed')
      await page.close()
      if (visitor === 'expert') {
        const early = await lookAround(journey.clients.evaluation, [journey.path('/disagreements')])
        expect(early).toContain('"isRevealed":false')
        const waiting = await journey.listWaiting(journey.clients['expert.second'])
        expect(await lookAround(journey.clients['expert.second'], journey.pathsOfExpert(waiting))).not.toContain(marks.first)
      }
    }
    expect(
      (
        await journey.clients.expert.call(
          'PUT',
          journey.path(`/judgements/com-01`),
          { decision: 'agreed', answerVersion: 1 },
          { 'If-Match': '"1"' },
        )
      ).ok,
    ).toBe(
      true, // saying the same again changes nothing
    )
    await journey.expectNoBarrier('expert', `/reviews/${journey.reviewId}/questions/com-01`)
  })
})

describe('the lead and the city', () => {
  it('the lead settles every disagreement with a reason, and shares', async () => {
    const { disagreements } = await journey.clients.evaluation.get<{ disagreements: Disagreement[] }>(journey.path('/disagreements'))
    expect(disagreements.length).toBeGreaterThan(0)
    const early = await journey.clients.evaluation.call(
      'POST',
      journey.path('/share'),
      {},
      { 'If-Match': `"${await journey.version()}"`, 'Idempotency-Key': crypto.randomUUID() },
    )
    expect(early.status).toBe(409)
    await journey.expectNoBarrier('evaluation', `/evaluations/reviews/${journey.reviewId}/disagreements`)
    await journey.expectNoBarrier('evaluation', `/evaluations/reviews/${journey.reviewId}/disagreements/${disagreements[0]!.questionId}`)
    for (const { questionId } of disagreements) {
      const { judgement } = await journey.readQuestion(journey.clients.expert, questionId)
      const { decision, points, reportText } = judgement!
      const reasonCode = decision === 'agreed' ? null : 'partly-met'
      const reason = 'The document that the city cites shows what the first expert says.'
      const body = { decision, points, reasonCode, reason, reportText }
      await send(journey.clients.evaluation, 'PUT', journey.path(`/questions/${questionId}/adjudication`), body, 0)
    }
    await send(journey.clients.evaluation, 'POST', journey.path('/share'), { replyDays: 14 }, await journey.version())
    await journey.expectNoBarrier('evaluation', `/evaluations/${journey.wave}`)
  })

  it('the city says something to a decision and sees both scores and why', async () => {
    const context = await openWindow(journey.browser, journey.server, 'coordinator.submitted')
    const page = await context.newPage()
    await page.goto(`${journey.server.address}/reviews/${journey.reviewId}/decisions`)
    const decisions = await page.locator('main').innerText()
    expect(decisions).toContain('deadlines for eleven of 24')
    expect(decisions).not.toContain('Ask by phone') // a note among experts
    await journey.expectNoBarrier('coordinator.submitted', `/reviews/${journey.reviewId}/decisions`)
    await send(journey.clients['coordinator.submitted'], 'POST', journey.path('/decisions/com-03/replies'), {
      text: 'The others follow in spring.',
    })
    await page.goto(`${journey.server.address}/reviews/${journey.reviewId}/result`)
    const result = await page.locator('main').innerText()
    expect(result).toContain('deadlines for eleven of 24')
    expect(result).toContain('The others follow in spring.')
    const { indices } = await journey.clients['coordinator.submitted'].get<{
      indices: { core: { score: number; verified: { score: number; share: number } } }
    }>(journey.path('/result'))
    expect(indices.core.verified.share).toBeGreaterThan(0.9)
    expect(indices.core.verified.score).toBeLessThan(indices.core.score)
    await context.close()
  })

  it('takes over two corrections while a contributor goes on editing; both survive', async () => {
    const reason = 'The city has said all that it wants to say.'
    await send(journey.clients.evaluation, 'POST', journey.path('/close'), { reason }, await journey.version())
    const city = journey.clients['coordinator.submitted']
    const { contributor, question } = await journey.employContributor()
    await journey.expectNoBarrier('coordinator.submitted', `/reviews/${journey.reviewId}/corrections`)
    const context = await openWindow(journey.browser, journey.server, 'coordinator.submitted')
    const page = await context.newPage()
    await page.goto(`${journey.server.address}/reviews/${journey.reviewId}/corrections`)
    const { corrections } = await city.get<{ corrections: Correction[] }>(journey.path('/corrections'))
    const taken = [asked, 'com-03']
    const proposed = taken.map((id) => corrections.find(({ questionId }) => questionId === id)!.proposed!)
    for (const id of taken) {
      const before = await journey.answerOf(contributor, question)
      expect((await contributor.save(journey.assessmentId, question, before.version, { explanation: `Typed beside ${id}.` })).status).toBe(
        200,
      )
      await submitForm(page, `#take-${id}`)
      expect(page.url()).toContain('/corrections')
    }
    for (const [i, id] of taken.entries()) expect(await journey.answerOf(city, id)).toMatchObject(proposed[i]!)
    expect((await journey.answerOf(city, question)).explanation).toBe('Typed beside com-03.')
    await context.close()
  })

  it('the lead signs, the network publishes, and the wave says how far its experts agree', async () => {
    const version = await journey.version()
    await send(journey.clients.evaluation, 'POST', journey.path('/evaluation-signature'), { endsGrace: true }, version)
    expect(
      (await journey.clients.evaluation.call('POST', journey.path('/publication'), undefined, { 'If-Match': `"${version + 1}"` })).ok,
    ).toBe(false)
    await send(journey.clients.network, 'POST', journey.path('/publication'), undefined, await journey.version())
    const { areas } = await journey.clients.evaluation.get<{ areas: { units: number; alpha: number | null; obstacle: string | null }[] }>(
      `/api/v1/waves/${journey.wave}/agreement`,
    )
    expect(areas.length).toBeGreaterThan(1)
    for (const { units, alpha, obstacle } of areas) {
      expect(units).toBeGreaterThanOrEqual(0)
      expect(alpha === null).toBe(obstacle !== null)
      if (units < 30) expect(obstacle).toBe('few-units')
    }
    const context = await openWindow(journey.browser, journey.server, 'evaluation')
    const page = await context.newPage()
    await page.goto(`${journey.server.address}/evaluations/${journey.wave}/agreement`)
    expect(await page.locator('main').innerText()).toMatch(/Not assessable: \d+ of at least 30 questions/)
    await expectInterval(page)
    const stranger = await (await openWindow(journey.browser, journey.server, 'stranger')).newPage()
    await stranger.goto(`${journey.server.address}/cities/mozaikowice`)
    expect(await stranger.locator('main').innerText()).toContain('Reviewed from outside')
    await context.close()
  })
})

describe('the record', () => {
  it('is whole after all of this, rebuilds the present, and names the frozen copy that somebody alters', async () => {
    const whole = await journey.audit('verify')
    expect(whole.words).toContain('The chain is whole')
    expect(whole.code).toBe(0)
    expect((await journey.audit('replay')).code).toBe(0)
    const frozenId = await journey.tamper()
    const broken = await journey.audit('verify')
    expect(broken.code).not.toBe(0)
    expect(broken.words).toContain(`Frozen copy ${frozenId} was altered`)
  })
})
