import type { Page } from 'playwright-core'
import { expect } from 'vitest'

// The desk of an expert by the keyboard alone.

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
export async function decideByKeys(page: Page, { decision, points, text, note }: Keys, isLast: boolean): Promise<string> {
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
  const isTyping = text !== undefined || note !== undefined
  await pressAndLoad(page, isTyping ? 'Control+Enter' : 's') // out of a text field it goes on to the next that waits
  expect(new URL(page.url()).searchParams.get('notice'), await page.locator('main').innerText()).toBe('saved')
  if (!isLast && !isTyping) await pressAndLoad(page, 'o')
  return question
}

/** From the list of own reviews to the desk, by Tab and Enter. */
export async function beginByKeys(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/reviews`)
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const href = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '')
    if (href.includes('/questions/')) break
  }
  await pressAndLoad(page, 'Enter')
}
