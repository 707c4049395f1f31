import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, launchBrowser, TestServer } from './server.ts'
import { clientOf, openAssessmentOf, type Visitor } from './scene.ts'
import { answersOf, holdsBack, listQuestions, openAnswering, openWindow, QuestionOnPage } from './windows.ts'

// What was typed and could not be saved yet: it stays on the screen and on this device until the server has it.

const server = new TestServer()
let browser: Browser
let assessmentId: string
let area: string
let questions: string[]
let context: BrowserContext

beforeAll(async () => {
  await server.start()
  browser = await launchBrowser()
  const api = await clientOf(server, 'coordinator')
  assessmentId = (await openAssessmentOf(api)).id
  const all = await listQuestions(api)
  area = 'interaction' // of the coordinator and the contributor
  questions = all
    .filter((question) => question.area === area && question.visibleIf === null)
    .slice(0, 5)
    .map(({ id }) => id)
})

afterAll(async () => {
  await browser?.close()
  await server.stop()
})

beforeEach(async () => {
  context = await openWindow(browser, server, 'coordinator')
})

afterEach(() => context.close())

const openArea = (): Promise<Page> => openAnswering(context, `${server.address}/assessments/${assessmentId}/areas/${area}`)
const storedTexts = async (): Promise<(string | null | undefined)[]> => {
  const answers = await answersOf(await clientOf(server, 'coordinator'), assessmentId)
  return questions.map((id) => answers.get(id)?.explanation)
}
const shownTexts = (page: Page): Promise<string[]> => Promise.all(questions.map((id) => new QuestionOnPage(page, id).text.inputValue()))

describe('while the server is gone', () => {
  it('says that it is not saved but kept, holds the page back, and saves by itself once the server is there again', async () => {
    const page = await openArea()
    const question = new QuestionOnPage(page, questions[0]!)
    await question.text.fill('The beginning. ')
    await question.waitSaved()
    expect(await holdsBack(page)).toBe(false)
    await question.type('Before the fall. ')
    const killed = server.kill()
    await question.type('While it falls. ')
    await killed
    await question.type('And afterwards.')
    await question.waitFor(/^Not saved\. Kept on this device/)
    expect(await holdsBack(page)).toBe(true)
    expect(await question.text.inputValue()).toBe('The beginning. Before the fall. While it falls. And afterwards.')
    await server.start()
    await question.waitSaved()
    expect(await holdsBack(page)).toBe(false)
    expect((await storedTexts())[0]).toBe('The beginning. Before the fall. While it falls. And afterwards.')
  })

  it('goes on from its own save when only the reply was lost', async () => {
    const page = await openArea()
    const question = new QuestionOnPage(page, questions[2]!)
    await question.text.fill('Before.')
    await question.waitSaved()
    await page.route(
      `**/answers/${questions[2]}`,
      async (route) => {
        await route.fetch() // the server stores it
        await question.type(' Typed meanwhile.')
        await route.abort() // and nobody hears of it
      },
      { times: 1 },
    )
    await question.type(' Sent.')
    await question.waitFor(/^Not saved/)
    await question.waitSaved()
    expect(await question.conflict.count()).toBe(0)
    expect((await storedTexts())[2]).toBe('Before. Sent. Typed meanwhile.')
  })

  it('brings it back and saves it after the tab was closed', async () => {
    const page = await openArea()
    const question = new QuestionOnPage(page, questions[1]!)
    await server.kill()
    await question.text.fill('Typed into a closed tab.')
    await question.waitFor(/^Not saved/)
    await page.close({ runBeforeUnload: false })
    await server.start()
    const again = await openArea()
    const same = new QuestionOnPage(again, questions[1]!)
    await same.waitSaved()
    expect(await same.text.inputValue()).toBe('Typed into a closed tab.')
    expect((await storedTexts())[1]).toBe('Typed into a closed tab.')
  })
})

describe('when the session ends while somebody writes', () => {
  /** Ends all sessions of the account but a new one, as its owner can from another device. */
  async function endSession(): Promise<void> {
    const elsewhere: ApiClient = await clientOf(server, 'coordinator')
    const response = await elsewhere.call('POST', '/api/v1/account/sessions/end-others')
    expect(response.status).toBe(200)
  }

  async function typeWithoutSession(text: string): Promise<Page> {
    const page = await openArea()
    await endSession()
    // all at once, so that every one of the five is typed before the dialog opens
    await page.evaluate(
      ({ ids, words }) => {
        for (const [i, id] of ids.entries()) {
          const field = document.getElementById(`${id}-explanation`) as HTMLTextAreaElement
          field.value = `${words} ${i + 1}`
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
      },
      { ids: questions, words: text },
    )
    await page.locator('dialog[open]').waitFor()
    return page
  }

  async function signInAgain(page: Page, visitor: Exclude<Visitor, 'stranger'>): Promise<void> {
    const { email, password } = server.account(`${visitor}@`)
    const dialog = page.locator('dialog[open]')
    await dialog.getByLabel('E-mail').fill(email)
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Sign in and save' }).click()
  }

  const five = (text: string): string[] => questions.map((_, i) => `${text} ${i + 1}`)

  it('asks in place, and saves all five answers afterwards', async () => {
    const page = await typeWithoutSession('Unsaved')
    expect(await shownTexts(page)).toEqual(five('Unsaved'))
    await signInAgain(page, 'coordinator')
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    for (const id of questions) await new QuestionOnPage(page, id).waitSaved()
    expect(await storedTexts()).toEqual(five('Unsaved'))
    expect(await shownTexts(page)).toEqual(five('Unsaved'))
  })

  it('shows nothing of it to somebody else who signs in in the same browser, and keeps it for its author', async () => {
    const before = await storedTexts()
    const page = await typeWithoutSession('Private')
    const loaded = page.waitForEvent('load')
    page.on('dialog', (dialog) => void dialog.accept())
    await signInAgain(page, 'contributor')
    await loaded
    await page.waitForSelector('.answering[data-ready]')
    await page.waitForTimeout(1_500) // longer than unsaved answers take to come back
    expect(await page.content()).not.toContain('Private')
    expect(await shownTexts(page)).toEqual(before)
    expect(await storedTexts()).toEqual(before)
    // the author comes back to the same browser
    const { email, password } = server.account('coordinator@')
    await context.request.post(`${server.address}/api/v1/session`, { data: { email, password } })
    const own = await openArea()
    for (const id of questions) await new QuestionOnPage(own, id).waitSaved()
    expect(await storedTexts()).toEqual(five('Private'))
  })
})
