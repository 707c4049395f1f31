import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { ApiClient, TestServer } from './server.ts'
import type { Visitor } from './scene.ts'

// Browser windows of people, and the questions on their pages.

export interface WindowOptions extends BrowserContextOptions {
  language?: 'de' | 'en'
}

/** A window of somebody, signed in without the form; of a stranger, signed out. */
export async function openWindow(
  browser: Browser,
  server: TestServer,
  visitor: Visitor,
  { language = 'en', ...options }: WindowOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: language === 'de' ? 'de-DE' : 'en-GB', ...options })
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name: 'tessera-language', value: language, url: server.address }])
  if (visitor === 'stranger' || visitor === 'guest') return context
  const { email, password } = server.account(`${visitor}@`)
  const response = await context.request.post(`${server.address}/api/v1/session`, { data: { email, password } })
  if (!response.ok()) throw new Error(`signing in as ${visitor} failed: ${await response.text()}`)
  return context
}

export interface QuestionRules {
  id: string
  type: string
  options: { id: string; points: number }[]
  allowsNotApplicable: boolean
  visibleIf: { question: string } | null
}

export interface StoredAnswer {
  questionId: string
  version: number
  options: string[] | null
  missing: string | null
  explanation: string | null
  reason: string | null
}

/** All questions with the area that they stand in. */
export async function listQuestions(client: ApiClient): Promise<(QuestionRules & { area: string })[]> {
  const { content } = await client.get<{ content: { dimensions: { id: string; indicators: { questions: QuestionRules[] }[] }[] } }>(
    '/api/v1/instruments/current',
  )
  return content.dimensions.flatMap(({ id, indicators }) =>
    indicators.flatMap(({ questions }) => questions.map((question) => ({ ...question, area: id }))),
  )
}

export async function answersOf(client: ApiClient, assessmentId: string): Promise<Map<string, StoredAnswer>> {
  const { answers } = await client.get<{ answers: StoredAnswer[] }>(`/api/v1/assessments/${assessmentId}/answers`)
  return new Map(answers.map((answer) => [answer.questionId, answer]))
}

/** One question on a page that saves by itself. */
export class QuestionOnPage {
  readonly form: Locator
  readonly text: Locator
  readonly status: Locator
  private readonly page: Page
  private readonly id: string

  constructor(page: Page, id: string) {
    this.page = page
    this.id = id
    this.form = page.locator(`#question-${id}`)
    this.text = page.locator(`#${id}-explanation`)
    this.status = this.form.locator('[role=status]')
  }

  option(value: string): Locator {
    return this.form.locator(`input[name=choice][value="${value}"]`)
  }

  /** Clicks the line of an option, as people do: the label covers the input. */
  async choose(value: string): Promise<void> {
    await this.form.locator(`label[for="${await this.option(value).getAttribute('id')}"]`).click()
  }

  /** Types at the end of what stands there, key by key. */
  async type(text: string): Promise<void> {
    await this.text.focus()
    await this.page.keyboard.press('ControlOrMeta+End')
    await this.page.keyboard.type(text)
  }

  /** Waits for the line that says so. */
  async waitFor(words: RegExp): Promise<void> {
    await this.status.filter({ hasText: words }).waitFor()
  }

  async waitSaved(): Promise<void> {
    await this.waitFor(/^Saved \d\d:\d\d/)
  }

  /** The two versions, while they wait for a decision. */
  get conflict(): Locator {
    return this.page.locator(`#conflict-${this.id}`)
  }
}

/** A page on which answers save themselves, ready for typing. */
export async function openAnswering(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  await page.waitForSelector('.answering[data-ready]')
  return page
}

/** Whether the browser would ask before it leaves the page. */
export const holdsBack = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const leaving = new Event('beforeunload', { cancelable: true })
    dispatchEvent(leaving)
    return leaving.defaultPrevented
  })
