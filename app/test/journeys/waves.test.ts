import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchBrowser, TestServer } from './server.ts'
import { openWindow } from './windows.ts'

// The network coordinator runs a wave by clicking, in German.

const server = new TestServer()
let browser: Browser

beforeAll(async () => {
  await server.start()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server.stop()
})

const dayIn = (days: number): string => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10)

const click = (page: Page, role: 'link' | 'button', name: string) => page.locator('main').getByRole(role, { name, exact: true }).click()
const reads = (page: Page, text: string) => page.locator('main').getByText(text).first().waitFor()

async function takeStep(page: Page, name: string, confirm: string, closesOn?: string): Promise<void> {
  await click(page, 'link', name)
  if (closesOn !== undefined) await page.fill('input[name=closesOn]', closesOn)
  await click(page, 'button', confirm)
}

/** The evaluation lead is told of it and confirms as the second person. */
async function confirmFreeze(wave: string): Promise<void> {
  const context = await openWindow(browser, server, 'evaluation', { language: 'de' })
  const page = await context.newPage()
  await page.goto(`${server.address}/home`)
  await page.getByRole('link', { name: /^Neues/ }).click()
  await page
    .locator('main')
    .getByRole('link', { name: new RegExp(`${wave} festgeschrieben wird`) })
    .click()
  await click(page, 'button', 'Endgültig festschreiben')
  await reads(page, 'Sie haben den Fragebogen festgeschrieben.')
  await context.close()
}

describe('a wave', () => {
  it('is planned, frozen, extended, closed and opened again, and a city is invited to it', async () => {
    const context = await openWindow(browser, server, 'network', { language: 'de' })
    const page = await context.newPage()
    await page.goto(`${server.address}/home`)
    await page.getByRole('navigation').getByRole('link', { name: 'Runden' }).first().click()
    await click(page, 'link', 'Runde planen')
    await click(page, 'button', 'Runde planen')
    await reads(page, 'Geben Sie der Runde einen Namen.')
    await page.getByLabel('Name').fill('Runde im Herbst')
    await page.fill('input[name=opensOn]', dayIn(-1))
    await page.fill('input[name=closesOn]', dayIn(20))
    await click(page, 'button', 'Runde planen')
    await reads(page, 'Die Runde ist geplant. Als Nächstes: Schreiben Sie den Fragebogen fest.')
    await reads(page, 'Schreiben Sie zuerst den Fragebogen fest, damit jede Stadt weiß, was sie beantworten soll.')

    await takeStep(page, 'Fragebogen festschreiben', 'Festschreiben beantragen')
    await reads(page, 'Das Festschreiben ist beantragt. Jemand anderes muss es bestätigen.')
    await confirmFreeze('Runde im Herbst')
    await page.getByRole('link', { name: /^Neues/ }).click()
    await page
      .locator('main')
      .getByRole('link', { name: /Der Fragebogen für Runde im Herbst ist festgeschrieben/ })
      .click()

    await click(page, 'link', 'Städte einladen')
    await page.fill('input[name=q]', 'Villamosaica')
    await click(page, 'button', 'Suchen')
    await page.locator('label', { hasText: 'Villamosaica' }).click()
    await click(page, 'button', 'Diese Städte einladen')
    await reads(page, 'Eine Stadt ist eingeladen')
    await reads(page, 'Noch nicht begonnen')

    await takeStep(page, 'Verlängern', 'Neuen Termin speichern', dayIn(10))
    await reads(page, 'Der neue Termin muss nach dem jetzigen liegen.')
    await page.fill('input[name=closesOn]', dayIn(40))
    await click(page, 'button', 'Neuen Termin speichern')
    await reads(page, 'Die Runde ist verlängert.')

    await takeStep(page, 'Runde schließen', 'Runde jetzt schließen')
    await reads(page, 'Die Runde ist geschlossen.')
    await reads(page, 'Öffnen Sie sie mit einem neuen Termin wieder.')

    await takeStep(page, 'Wieder öffnen', 'Runde wieder öffnen', dayIn(60))
    await reads(page, 'Die Runde ist wieder offen.')
    await reads(page, 'Offen bis')
    await context.close()
  })
})
