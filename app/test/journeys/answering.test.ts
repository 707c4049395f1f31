import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appFolder } from '../../src/paths.ts'
import { type ApiClient, launchBrowser, TestServer } from './server.ts'
import { clientOf, openAssessmentOf } from './scene.ts'
import { answersOf, listQuestions, openAnswering, openWindow, QuestionOnPage, type StoredAnswer } from './windows.ts'

// Answering in a real browser, as the people of a city do it.

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

const areaOf = (area: string): string => `${server.address}/assessments/${assessmentId}/areas/${area}`
const stored = async (questionId: string): Promise<StoredAnswer | undefined> => (await answersOf(api, assessmentId)).get(questionId)

/** Questions that stand by themselves, are answered by one option and have no answer yet. */
async function openQuestions(): Promise<typeof questions> {
  const answers = await answersOf(api, assessmentId)
  return questions.filter(({ id, type, visibleIf }) => type !== 'multiple' && visibleIf === null && !answers.has(id))
}

/** The first open question of an area that is assigned to the contributor as a whole. */
const sharedQuestion = async () => (await openQuestions()).find(({ area }) => area === 'competence' || area === 'interaction')!

/** Presses Tab until the focus stands where it should. */
async function tabTo(page: Page, selector: string, atMost = 150): Promise<void> {
  for (let i = 0; i < atMost; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
  }
  throw new Error(`Tab does not lead to ${selector}`)
}

describe('with the keyboard alone', () => {
  it('signs in, goes to a question, chooses, explains, and finds everything after a reload', async () => {
    const question = (await openQuestions())[0]!
    const context = await openWindow(browser, server, 'stranger')
    const page = await context.newPage()
    await page.goto(server.address)
    const press = async (selector: string, key = 'Enter') => {
      await tabTo(page, selector)
      const loaded = page.waitForEvent('load')
      await page.keyboard.press(key)
      await loaded
    }
    await press('a[href="/sign-in"]')
    await tabTo(page, 'input[name=email]')
    const { email, password } = server.account('coordinator@')
    await page.keyboard.type(email)
    await tabTo(page, 'input[name=password]')
    await page.keyboard.type(password)
    const loaded = page.waitForURL('**/home')
    await page.keyboard.press('Enter')
    await loaded
    await press(`a[href="/assessments/${assessmentId}"]`)
    await press(`a[href$="/areas/${question.area}"]`)
    await page.waitForSelector('.answering[data-ready]')

    await tabTo(page, `#question-${question.id} input[type=radio]`)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await tabTo(page, `#${question.id}-explanation`)
    await page.keyboard.type('Written without a mouse.')
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.waitSaved()
    await page.reload()
    expect(await onPage.option(question.options[1]!.id).isChecked()).toBe(true)
    expect(await onPage.text.inputValue()).toBe('Written without a mouse.')
    expect(await stored(question.id)).toMatchObject({ options: [question.options[1]!.id], explanation: 'Written without a mouse.' })
    await context.close()
  })
})

describe('two people at one question', () => {
  /** @param hearsOthers whether the stream of what others do reaches the windows; a network may hold it back */
  async function bothAt(area: string, { hearsOthers = true } = {}): Promise<{ first: Page; second: Page; close: () => Promise<void> }> {
    const contexts = [await openWindow(browser, server, 'coordinator'), await openWindow(browser, server, 'contributor')]
    if (!hearsOthers) for (const context of contexts) await context.route('**/api/v1/live', (route) => route.abort())
    const [first, second] = [await openAnswering(contexts[0]!, areaOf(area)), await openAnswering(contexts[1]!, areaOf(area))]
    return { first, second, close: async () => void (await Promise.all(contexts.map((context) => context.close()))) }
  }

  it('joins what they changed in different fields', async () => {
    const question = await sharedQuestion()
    const { first, second, close } = await bothAt(question.area)
    const [mine, theirs] = [new QuestionOnPage(first, question.id), new QuestionOnPage(second, question.id)]
    await mine.type('The text of the first.')
    await mine.waitSaved()
    await theirs.choose(question.options[0]!.id)
    await theirs.waitSaved()
    expect(await theirs.text.inputValue()).toBe('The text of the first.')
    expect(await stored(question.id)).toMatchObject({ options: [question.options[0]!.id], explanation: 'The text of the first.' })
    await close()
  })

  it.each([
    ['mine', 'Keep my version', 'Text of the second.'],
    ['the other', 'Take the other version', 'Text of the first.'],
    ['both', 'Keep my choice and both texts', 'Text of the first.\n\nText of the second.'],
  ])('shows both versions of one field, and keeps %s when that is chosen', async (_, button, expected) => {
    const question = await sharedQuestion()
    const { first, second, close } = await bothAt(question.area, { hearsOthers: false })
    const [mine, theirs] = [new QuestionOnPage(second, question.id), new QuestionOnPage(first, question.id)]
    await theirs.type('Text of the first.')
    await theirs.waitSaved()
    await mine.type('Text of the second.')
    await mine.conflict.waitFor()
    const shown = await mine.conflict.innerText()
    expect(shown).toContain('Text of the first.')
    expect(shown).toContain('Text of the second.')
    await mine.waitFor(/Changed by .+ meanwhile/)
    await mine.conflict.getByRole('button', { name: button }).click()
    await mine.waitFor(/^Saved \d|^Changed by .+, \d\d:\d\d/) // the other's words are theirs
    expect(await mine.text.inputValue()).toBe(expected)
    expect((await stored(question.id))!.explanation).toBe(expected)
    await close()
  })
})

describe('two people at one question who hear of each other', () => {
  it('sees who is answering, and the words of the other without loading the page anew', async () => {
    const question = await sharedQuestion()
    const contexts = [await openWindow(browser, server, 'coordinator'), await openWindow(browser, server, 'contributor')]
    const [first, second] = [
      await openAnswering(contexts[0]!, areaOf(question.area)),
      await openAnswering(contexts[1]!, areaOf(question.area)),
    ]
    const [watching, writing] = [new QuestionOnPage(first, question.id), new QuestionOnPage(second, question.id)]
    await writing.type('Words of the contributor.')
    await watching.form.locator('.answering-now').waitFor()
    expect(await watching.form.locator('.answering-now').innerText()).toContain('is answering')
    await writing.waitSaved()
    await watching.waitFor(/^Changed by Momo Schachtelhalm/)
    expect(await watching.text.inputValue()).toBe('Words of the contributor.')
    for (const context of contexts) await context.close()
  })
})

describe('a question that depends on another', () => {
  it('is greyed with the reason while it is not asked, keeps its answer, and comes back', async () => {
    const answers = await answersOf(api, assessmentId)
    const child = questions.find(
      ({ id, visibleIf }) =>
        visibleIf !== null && answers.get(id)?.options && questions.find((parent) => parent.id === visibleIf.question)?.type !== 'multiple',
    )!
    const parent = questions.find(({ id }) => id === child.visibleIf!.question)!
    const before = await stored(child.id)
    const parentBefore = (await stored(parent.id))!.options![0]!
    const otherwise = parent.options.toSorted((a, b) => a.points - b.points)[0]!.id
    const context = await openWindow(browser, server, 'coordinator')
    const page = await openAnswering(context, areaOf(child.area))
    const [asked, asking] = [new QuestionOnPage(page, child.id), new QuestionOnPage(page, parent.id)]
    const chosen = asked.option(before!.options![0]!)
    await asking.choose(otherwise)
    await asking.waitSaved()
    expect(await asked.form.getAttribute('class')).toContain('question-hidden')
    expect(await asked.form.innerText()).toMatch(/Not asked, because of your answer to question \d+/)
    expect([await chosen.isDisabled(), await chosen.isChecked()]).toEqual([true, true])
    expect(await stored(child.id)).toEqual(before)
    await asking.choose(parentBefore)
    await asking.waitSaved()
    expect([await chosen.isDisabled(), await chosen.isChecked()]).toEqual([false, true])
    expect(await stored(child.id)).toEqual(before)
    await context.close()
  })
})

describe('on a slow or narrow device', () => {
  it('keeps what was typed and chosen before the script had come', async () => {
    const question = (await openQuestions())[0]!
    const context = await openWindow(browser, server, 'coordinator')
    const page = await context.newPage()
    let release = (): void => {}
    const held = new Promise<void>((go) => (release = go))
    await page.route('**/assets/answering*.js', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(areaOf(question.area), { waitUntil: 'commit' })
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.choose(question.options[0]!.id)
    await onPage.type('Typed early.')
    release()
    await page.waitForSelector('.answering[data-ready]')
    expect(await onPage.text.inputValue()).toBe('Typed early.')
    expect(await onPage.option(question.options[0]!.id).isChecked()).toBe(true)
    await onPage.waitSaved()
    expect(await stored(question.id)).toMatchObject({ options: [question.options[0]!.id], explanation: 'Typed early.' })
    await context.close()
  })

  it('works at 320 pixels', async () => {
    const question = (await openQuestions())[0]!
    const context = await openWindow(browser, server, 'coordinator', { viewport: { width: 320, height: 560 } })
    const page = await openAnswering(context, areaOf(question.area))
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.choose(question.options[1]!.id)
    await onPage.type('Written on a phone.')
    await onPage.waitSaved()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await stored(question.id)).toMatchObject({ options: [question.options[1]!.id], explanation: 'Written on a phone.' })
    await context.close()
  })
})

describe('the score', () => {
  /** The answers as a sheet for the command line. */
  async function writeSheet(): Promise<string> {
    const file = join(server.dataDir, 'sheet.csv')
    const answers = await answersOf(api, assessmentId)
    const lines = questions.map(({ id }) => `${id},${answers.get(id)?.missing ?? answers.get(id)?.options?.join(';') ?? ''},`)
    writeFileSync(file, ['question,answer,explanation', ...lines].join('\n'))
    return file
  }

  it('moves with an answer, and is the same on the page, through the API and on the command line', async () => {
    const question = (await openQuestions())[0]!
    const context = await openWindow(browser, server, 'coordinator')
    const page = await openAnswering(context, areaOf(question.area))
    const line = page.locator('.score-line')
    await line.waitFor()
    const onPage = new QuestionOnPage(page, question.id)
    await onPage.choose(question.options.toSorted((a, b) => b.points - a.points)[0]!.id)
    await onPage.waitSaved()
    await line.filter({ hasText: /\d+\.\d → \d+\.\d of 100/ }).waitFor()

    const { indices } = await api.get<{ indices: { core: { score: number } } }>(`/api/v1/assessments/${assessmentId}/scores`)
    const out = join(server.dataDir, 'scores.json')
    const ran = spawnSync(
      process.execPath,
      [resolve(appFolder, 'dist/server/cli.js'), 'score', '--answers', await writeSheet(), '--out', out],
      { encoding: 'utf8' },
    )
    expect(ran.stderr).toBe('')
    const { rows } = JSON.parse(readFileSync(out, 'utf8')) as { rows: { level: string; id: string; score: number }[] }
    const fromSheet = rows.find(({ level, id }) => level === 'index' && id === 'core')!.score
    await line.getByRole('link', { name: 'Why?' }).click()
    await page.waitForURL('**/results')
    const shown = /(\d+\.\d)/.exec(await page.locator('.stat-row').innerText())![1]
    expect(Number(shown)).toBe(fromSheet)
    expect(indices.core.score.toFixed(1)).toBe(shown)
    await context.close()
  })
})
