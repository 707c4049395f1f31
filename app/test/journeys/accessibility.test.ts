import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findProblems } from './axe.ts'
import { launchBrowser, TestServer } from './server.ts'
import { type Scene, setScene } from './scene.ts'
import { type Visit, visitRoutes } from './visits.ts'
import { openWindow } from './windows.ts'

// Every page of the route table, as somebody who sees it, in both languages, wide and at 320 pixels: no finding of axe, no
// scrolling sideways. English is looked at in dark colours when narrow, German in light ones.

const wide = { width: 1280, height: 900 }
const narrow = { width: 320, height: 640 }

const server = new TestServer()
let browser: Browser
let scene: Scene

beforeAll(async () => {
  await server.start()
  browser = await launchBrowser()
  scene = await setScene(server)
})

afterAll(async () => {
  await browser?.close()
  await server.stop()
})

/** Sends the first form of the main part without a script's help, with these values. */
const sendForm =
  (values: Record<string, string>, selector = 'main form[method=post]') =>
  async (page: Page): Promise<void> => {
    const loaded = page.waitForEvent('load')
    await page.evaluate(
      ({ fields, form }) => {
        const element = document.querySelector<HTMLFormElement>(form)!
        for (const [name, value] of Object.entries(fields)) {
          const field = element.elements.namedItem(name)
          if (field instanceof RadioNodeList) field.value = value
          else if (field !== null) (field as HTMLInputElement).value = value
        }
        element.submit()
      },
      { fields: values, form: selector },
    )
    await loaded
  }

/** Looks of pages that differ by role, and states other than the first. */
function otherLooks(): Visit[] {
  const assessment = `/assessments/${scene.assessmentId}`
  const area = `${assessment}/areas/${scene.dimension}`
  const handedIn = `/assessments/${scene.submission.assessmentId}`
  const wave = (slug: string, step: string) => ({ visitor: 'network', path: `/network/waves/${slug}${step}` }) as const
  return [
    { visitor: 'approver', path: area, state: 'read only' },
    { visitor: 'approver', path: `${assessment}/submit` },
    { visitor: 'coordinator.complete', path: `${handedIn}/results` },
    { visitor: 'coordinator.complete', path: `${handedIn}/submit` },
    { visitor: 'coordinator', path: '/' },
    { visitor: 'expert', path: '/home' },
    { visitor: 'expert', path: '/compare' }, // without the city that the expert judges
    { visitor: 'expert.second', path: `/reviews/${scene.review.reviewId}` },
    { visitor: 'network', path: '/home' },
    { visitor: 'network', path: `/cities/${scene.city}` },
    wave(scene.plannedWave, ''),
    wave(scene.plannedWave, '/edit'),
    wave(scene.plannedWave, '/freeze'),
    wave(scene.plannedWave, '/invite'),
    wave(scene.closedWave, '/reopen'),
    { visitor: 'coordinator', path: `${assessment}/results?scheme=no-such-scheme`, state: 'not found' },
    { visitor: 'coordinator', path: '/network/waves', state: 'not allowed' },
    { visitor: 'stranger', path: '/no-such-page', state: 'not found' },
    { visitor: 'stranger', path: '/cities?q=nothing-like-this', state: 'empty' },
    { visitor: 'stranger', path: '/reset-password?token=old', state: 'expired' },
    { visitor: 'stranger', path: '/sign-in', state: 'refused', act: sendForm({ email: 'nobody@example.org', password: 'wrong' }) },
    { visitor: 'network', path: '/network/waves/new', state: 'with errors', act: sendForm({ name: '', opensOn: 'x' }) },
    { visitor: 'network', path: '/network/people', state: 'with errors', act: sendForm({ email: 'x' }, 'form[action$="/invitations"]') },
    { visitor: 'coordinator', path: `/cities/${scene.city}/facts/new`, state: 'with errors', act: sendForm({ value: 'x', year: '3000' }) },
    {
      visitor: 'coordinator',
      path: area,
      state: 'two versions',
      act: sendForm({ version: '0', explanation: 'Somebody else was quicker.' }, `#question-${scene.question}`),
    },
    { visitor: 'coordinator', path: area, state: 'not saved', act: loseConnection },
  ]
}

/** Types while the server cannot be reached. */
async function loseConnection(page: Page): Promise<void> {
  await page.waitForSelector('[data-ready]')
  await page.route('**/api/v1/**', (route) => route.abort())
  await page.fill(`#${scene.question}-explanation`, 'Typed without a connection.')
  await page.waitForSelector(`#question-${scene.question} [role=status] >> text=/./`)
  await page.waitForTimeout(1_500)
}

const nameOf = ({ visitor, path, state }: Visit): string => `${path}${state ? ` (${state})` : ''} as ${visitor}`

/** Looks at one page wide and narrow. */
async function look(page: Page, visit: Visit, language: 'de' | 'en'): Promise<string[]> {
  await page.setViewportSize(wide)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const response = await page.goto(server.address + visit.path, { waitUntil: 'load' })
  const problems: string[] = []
  if (!visit.state && response!.status() !== 200) problems.push(`answers ${response!.status()}`)
  if (!visit.state && new URL(page.url()).pathname !== visit.path.split('?')[0]) problems.push(`leads to ${page.url()}`)
  await visit.act?.(page)
  if ((await page.getAttribute('html', 'lang')) !== language) problems.push('is in another language')
  problems.push(...(await findProblems(page)).map((problem) => `wide: ${problem}`))
  await page.setViewportSize(narrow)
  if (language === 'en') await page.emulateMedia({ colorScheme: 'dark' })
  const { content, window } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }))
  if (content > window) problems.push(`narrow: ${content} pixels wide`)
  problems.push(...(await findProblems(page, '/* axe is there */')).map((problem) => `narrow: ${problem}`))
  return problems.map((problem) => `${nameOf(visit)}: ${problem}`)
}

async function lookAtAll(visits: readonly Visit[], language: 'de' | 'en'): Promise<string[]> {
  const problems: string[] = []
  for (const [visitor, own] of Map.groupBy(visits, (visit) => visit.visitor)) {
    const context = await openWindow(browser, server, visitor, { language })
    const page = await context.newPage()
    page.on('dialog', (dialog) => void dialog.accept())
    for (const visit of own) problems.push(...(await look(page, visit, language)))
    await context.close()
  }
  return problems
}

describe('every page', () => {
  it.concurrent.each(['de', 'en'] as const)(
    'has no barrier that axe finds and never scrolls sideways, wide and at 320 pixels, in %s',
    { timeout: 1_800_000 },
    async (language) => {
      expect(await lookAtAll([...visitRoutes(scene), ...otherLooks()], language)).toEqual([])
    },
  )
})
