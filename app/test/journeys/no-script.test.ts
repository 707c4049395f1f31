import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, launchBrowser, TestServer } from './server.ts'
import { clientOf, openAssessmentOf } from './scene.ts'
import { answersOf, listQuestions, openWindow, QuestionOnPage } from './windows.ts'

// Without a script: pages read, an answer is saved by its button, and nothing typed is lost.

const server = new TestServer()
let browser: Browser
let context: BrowserContext
let api: ApiClient
let assessmentId: string
let questions: Awaited<ReturnType<typeof listQuestions>>

beforeAll(async () => {
  await server.start()
  browser = await launchBrowser()
  context = await openWindow(browser, server, 'coordinator', { javaScriptEnabled: false })
  api = await clientOf(server, 'coordinator')
  assessmentId = (await openAssessmentOf(api)).id
  questions = await listQuestions(api)
})

afterAll(async () => {
  await browser?.close()
  await server.stop()
})

const stored = async (id: string) => (await answersOf(api, assessmentId)).get(id)

/** The first question by itself that nobody has answered. */
async function openQuestion() {
  const answers = await answersOf(api, assessmentId)
  return questions.find(({ id, type, visibleIf }) => type !== 'multiple' && visibleIf === null && !answers.has(id))!
}

async function openArea(area: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.address}/assessments/${assessmentId}/areas/${area}`)
  return page
}

const saveButton = (question: QuestionOnPage) => question.form.getByRole('button', { name: 'Save this answer' })

describe('public pages', () => {
  it.each(['/', '/cities', '/questionnaire', '/method', '/published', '/pact', '/api', '/accessibility', '/privacy', '/imprint'])(
    'reads %s',
    async (path) => {
      const page = await context.newPage()
      await page.goto(server.address + path)
      expect(await page.locator('h1').innerText()).not.toBe('')
      expect((await page.locator('main').innerText()).length).toBeGreaterThan(150)
      await page.close()
    },
  )
})

describe('answering', () => {
  it('signs in by the form, saves an answer by its button, and shows it again', async () => {
    const stranger = await openWindow(browser, server, 'stranger', { javaScriptEnabled: false })
    const page = await stranger.newPage()
    const { email, password } = server.account('coordinator@')
    await page.goto(`${server.address}/sign-in`)
    await page.fill('input[name=email]', email)
    await page.fill('input[name=password]', password)
    await page.locator('form[action="/sign-in"] button').click()
    expect(new URL(page.url()).pathname).toBe('/home')

    const question = await openQuestion()
    await page.goto(`${server.address}/assessments/${assessmentId}/areas/${question.area}`)
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.choose(question.options[0]!.id)
    await onPage.text.fill('Saved by a button.\nSecond line.')
    await saveButton(onPage).click()
    await page.getByText('Your answer is saved').waitFor()
    await page.reload()
    expect(await onPage.option(question.options[0]!.id).isChecked()).toBe(true)
    expect(await onPage.text.inputValue()).toBe('Saved by a button.\nSecond line.')
    expect(await stored(question.id)).toMatchObject({ options: [question.options[0]!.id] })
    await stranger.close()
  })

  it.each([
    ['mine', 'Keep my version', /^Typed without a script\.$/],
    ['the other', 'Take the other version', /^Saved by somebody else\.$/],
    ['both', 'Keep my choice and both texts', /^Saved by somebody else\.\s+Typed without a script\.$/],
  ])('shows both versions when somebody was quicker, and keeps %s', async (_, button, expected) => {
    const question = await openQuestion()
    const page = await openArea(question.area)
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.choose(question.options[0]!.id)
    await onPage.text.fill('Typed without a script.')
    const response = await api.save(assessmentId, question.id, 0, {
      options: [question.options[1]!.id],
      explanation: 'Saved by somebody else.',
    })
    expect(response.status).toBe(200)
    await saveButton(onPage).click()
    await page.getByRole('heading', { name: 'Someone else has changed this answer' }).waitFor()
    const shown = await page.locator('.conflict').innerText()
    expect(shown).toContain('Typed without a script.')
    expect(shown).toContain('Saved by somebody else.')
    await page.getByRole('button', { name: button }).click()
    await page.waitForURL('**/areas/**')
    const answer = await stored(question.id)
    expect(answer!.explanation).toMatch(expected)
    expect(answer!.options).toEqual([question.options[button.startsWith('Take') ? 1 : 0]!.id])
    await page.close()
  })

  it('says why nothing can be saved when the session has ended, and shows the text', async () => {
    const question = await openQuestion()
    const page = await openArea(question.area)
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.text.fill('Typed before the session ended.')
    await api.call('POST', '/api/v1/account/sessions/end-others')
    await saveButton(onPage).click()
    expect(await page.locator('main').innerText()).toMatch(/sign in/i)
    expect(await page.content()).toContain('Typed before the session ended.')
    await page.close()
  })
})
