import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, launchBrowser, TestServer } from './server.ts'
import { clientOf, openAssessmentOf } from './scene.ts'
import { answersOf, listQuestions, openAnswering, openWindow, QuestionOnPage } from './windows.ts'

// An administration at work, in several browsers: a guest on a phone, a technical partner, a mayor.

const server = new TestServer()
let browser: Browser
let api: ApiClient
let assessmentId: string
let questions: Awaited<ReturnType<typeof listQuestions>>

beforeAll(async () => {
  await server.start()
  browser = await launchBrowser()
  api = await clientOf(server, 'coordinator')
  assessmentId = (await openAssessmentOf(api)).id
  questions = await listQuestions(api)
})

afterAll(async () => {
  await browser?.close()
  await server.stop()
})

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const base = () => `${server.address}/assessments/${assessmentId}`
const stored = async (questionId: string) => (await answersOf(api, assessmentId)).get(questionId)

async function submitForm(page: Page, selector: string): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.locator(selector).first().click()
  await loaded
}

describe('somebody in a school office, without an account', () => {
  it('answers three questions on a phone, comes back to the same words, and is seen while typing', async () => {
    const answers = await answersOf(api, assessmentId)
    const free = questions
      .filter(({ id, type, visibleIf, area }) => area === 'participation' && type !== 'multiple' && visibleIf === null && !answers.has(id))
      .slice(0, 3)
    const city = await openWindow(browser, server, 'coordinator')
    const form = await city.newPage()
    await form.goto(`${base()}/guests/new?questions=${free.map(({ id }) => id).join(',')}`)
    await form.fill('input[name=name]', 'Jana Wolke, school office')
    await submitForm(form, 'main form[method=post] button[type=submit], main form[method=post] button:not([type])')
    const link = await form.inputValue('input[name=new-link]')

    const watching = await openAnswering(city, `${base()}/areas/participation`)
    const guest = await openWindow(browser, server, 'stranger', phone)
    const page = await guest.newPage()
    await page.goto(link.replace(/^https?:\/\/[^/]+/, server.address))
    await page.locator('main a.button').first().click()
    for (const [i, { id, options }] of free.entries()) {
      await page.waitForSelector('.answering[data-ready]')
      const question = new QuestionOnPage(page, id)
      await question.choose(options[0]!.id)
      await question.type(`Known in the school office, ${i + 1}.`)
      await question.waitSaved()
      await page.locator('.question-steps a.button:not(.button-secondary)').click()
    }
    await page.waitForURL('**/guest')
    // the coordinator's page shows it without a reload
    await expect
      .poll(() => new QuestionOnPage(watching, free[0]!.id).text.inputValue(), { timeout: 5_000 })
      .toBe('Known in the school office, 1.')
    expect((await stored(free[2]!.id))?.explanation).toBe('Known in the school office, 3.')

    const again = await (await openWindow(browser, server, 'stranger', phone)).newPage()
    await again.goto(link.replace(/^https?:\/\/[^/]+/, server.address))
    await again.goto(`${server.address}/guest/questions/${free[1]!.id}`)
    expect(await new QuestionOnPage(again, free[1]!.id).text.inputValue()).toBe('Known in the school office, 2.')
    await again.goto(`${server.address}/guest`)
    await submitForm(again, 'form[action="/guest/finish"] button')
    expect(await again.locator('main').innerText()).toContain('Thank you')
    await form.goto(`${base()}/guests`)
    expect(await form.locator('main').innerText()).toContain('Done: 3 of 3 answered')
  })
})

describe('partner and mayor', () => {
  it('the partner suggests and the city takes over by one button', async () => {
    const answers = await answersOf(api, assessmentId)
    const [free] = questions.filter(
      ({ id, type, visibleIf, area }) => area === 'leadership' && type !== 'multiple' && visibleIf === null && !answers.has(id),
    )
    const partner = await (await openWindow(browser, server, 'partner')).newPage()
    await partner.goto(`${base()}/questions/${free!.id}/suggest`)
    await new QuestionOnPage(partner, free!.id).choose(free!.options[0]!.id)
    await partner.fill(`#${free!.id}-explanation`, 'The county keeps a list of these boards.')
    await submitForm(partner, `#question-${free!.id} button[value=save]`)
    const city = await openAnswering(await openWindow(browser, server, 'coordinator'), `${base()}/questions/${free!.id}`)
    await submitForm(city, '.question-offer form[action$="/accept"] button')
    expect(await stored(free!.id)).toMatchObject({
      explanation: 'The county keeps a list of these boards.',
      options: [free!.options[0]!.id],
    })
  })

  it('the mayor sends one answer back and then signs; the city hands in and goes on editing', async () => {
    const mayor = await (await openWindow(browser, server, 'approver')).newPage()
    const city = await (await openWindow(browser, server, 'coordinator')).newPage()
    await mayor.goto(`${base()}/sign-off`)
    await mayor.locator('.task-list a').first().click()
    await mayor.locator('summary', { hasText: 'Send back' }).click()
    await mayor.fill('textarea[name=note]', 'Which year?')
    await mayor.selectOption('select[name=questionId]', 'com-01')
    await submitForm(mayor, 'form:has(textarea[name=note]) button')
    await city.goto(`${base()}/submit`)
    expect(await city.locator('main').innerText()).toContain('A signature is missing')
    const page = await openAnswering(await openWindow(browser, server, 'coordinator'), `${base()}/questions/com-01`)
    const question = new QuestionOnPage(page, 'com-01')
    await question.type(' In 2025.')
    await question.waitSaved()
    await mayor.goto(`${base()}/sign-off`)
    await mayor.locator('.task-list a').first().click()
    expect(await mayor.locator('main').innerText()).toContain('One answer has changed since your last decision')
    await submitForm(mayor, '#sign')
    await city.goto(`${base()}/submit`)
    await submitForm(city, '#submit')
    await city.waitForURL('**/submissions/**')
    await question.type(' And 2026.')
    await question.waitSaved()
    expect((await stored('com-01'))?.explanation).toContain('In 2025. And 2026.')
  })
})
