import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { actionsOf, addAccount, giveCode, readOutbox, signedInBrowser, testPassword } from '../../../test/accounts.ts'
import { Browser } from '../../../test/browser.ts'
import { testDatabase } from '../../../test/database.ts'
import { sessions, signInFailures } from '../../db/schema.ts'

const email = 'ada@city.example'

describe('signing in', () => {
  const { rolledBack } = testDatabase()

  it('leads where the person wanted to go, with a session that only this browser has', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email, role: 'network-coordinator' })
      const browser = new Browser(prepared)
      const refused = await browser.ask('/home')
      expect(refused.headers.get('location')).toBe('/sign-in?next=%2Fhome')
      const answer = await browser.ask('/sign-in', {
        form: { email: ' ADA@city.example ', password: testPassword, next: '/network/people' },
      })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in/code?next=%2Fnetwork%2Fpeople'])
      const proven = await giveCode(prepared, browser, '/network/people')
      expect([proven.status, proven.headers.get('location')]).toEqual([303, '/network/people'])
      expect(proven.headers.getSetCookie().find((cookie) => cookie.startsWith('tessera-session='))).toMatch(/HttpOnly; SameSite=Lax/)
      expect((await browser.ask('/home')).status).toBe(200)
      expect(await actionsOf(prepared)).toEqual(['person.signed-in'])
    }))

  it('never leads to another site', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email })
      const answer = await new Browser(prepared).ask('/sign-in', { form: { email, password: testPassword, next: '//evil.example/home' } })
      expect(answer.headers.get('location')).toBe('/home')
    }))

  it('is prolonged by asking for the session, which tells until when', () =>
    rolledBack(async (prepared) => {
      const personId = await addAccount(prepared, { email })
      const browser = await signedInBrowser(prepared, email)
      await prepared.services.db
        .update(sessions)
        .set({ expiresAt: new Date(Date.now() + 3 * 60_000) })
        .where(eq(sessions.userId, personId))
      const { expiresAt } = (await (await browser.ask('/api/v1/session')).json()) as { expiresAt: string }
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 3600_000)
      expect((await prepared.services.db.select().from(sessions).where(eq(sessions.userId, personId)))[0]!.expiresAt.toISOString()).toBe(
        expiresAt,
      )
    }))

  it('answers a wrong password and an unknown address alike, keeping what was typed', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email })
      const wrong = await new Browser(prepared).ask('/sign-in', { form: { email, password: 'something else entirely' } })
      const unknown = await new Browser(prepared).ask('/sign-in', {
        form: { email: 'nobody@city.example', password: 'something else entirely' },
      })
      expect([wrong.status, unknown.status]).toEqual([422, 422])
      const [first, second] = [await wrong.text(), await unknown.text()]
      expect(first).toContain(`value="${email}"`)
      expect(first.replaceAll(email, '')).toBe(second.replaceAll('nobody@city.example', ''))
    }))

  it(
    'pauses after ten wrong passwords, for the right one too, and for an unknown address as well',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const browser = new Browser(prepared)
        const attempt = (account: string, password: string) => browser.ask('/api/v1/session', { json: { email: account, password } })
        for (let i = 0; i < 10; i++) expect((await attempt(email, 'something else entirely')).status).toBe(401)
        const limited = await attempt(email, testPassword)
        expect([limited.status, ((await limited.json()) as { code: string }).code]).toEqual([429, 'SIGN_IN_LIMITED'])
        expect((await attempt('nobody@city.example', testPassword)).status).toBe(401)
        const [row] = await prepared.services.db.select().from(signInFailures)
        expect(JSON.stringify(row)).not.toContain('ada')
      }),
    60_000,
  )

  it('forgets failures after a success and after fifteen minutes', () => {
    let now = new Date('2026-03-01T12:00:00Z')
    return rolledBack(
      async (prepared) => {
        await addAccount(prepared, { email })
        const attempt = (password: string) => new Browser(prepared).ask('/api/v1/session', { json: { email, password } })
        for (let i = 0; i < 3; i++) await attempt('something else entirely')
        expect((await attempt(testPassword)).status).toBe(200)
        expect(await prepared.services.db.select().from(signInFailures)).toEqual([])
        for (let i = 0; i < 10; i++) await attempt('something else entirely')
        expect((await attempt(testPassword)).status).toBe(429)
        now = new Date('2026-03-01T12:15:01Z')
        expect((await attempt(testPassword)).status).toBe(200)
      },
      () => now,
    )
  }, 60_000)

  it('tells programs who is signed in, and ends the session', () =>
    rolledBack(async (prepared) => {
      const id = await addAccount(prepared, { email })
      const browser = new Browser(prepared)
      expect(await (await browser.ask('/api/v1/session')).json()).toEqual({ person: null, expiresAt: null })
      const signedIn = await browser.ask('/api/v1/session', { json: { email, password: testPassword } })
      expect(await signedIn.json()).toEqual({ person: { id, name: 'ada' } })
      expect(await (await browser.ask('/api/v1/session')).json()).toEqual({ person: { id, name: 'ada' }, expiresAt: expect.any(String) })
      expect((await browser.ask('/api/v1/session', { method: 'DELETE' })).status).toBe(204)
      expect(await (await browser.ask('/api/v1/session')).json()).toEqual({ person: null, expiresAt: null })
      expect(await prepared.services.db.select().from(sessions)).toEqual([])
    }))

  it('replaces the session that the browser had', () =>
    rolledBack(async (prepared) => {
      const id = await addAccount(prepared, { email })
      const browser = await signedInBrowser(prepared, email)
      await browser.ask('/sign-in', { form: { email, password: testPassword } })
      expect(await prepared.services.db.select().from(sessions).where(eq(sessions.userId, id))).toHaveLength(1)
    }))
})

describe('a new password by mail', () => {
  const { rolledBack, dataDir } = testDatabase()

  it(
    'comes with a link that works once, ends all sessions and lifts the pause',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const earlier = await signedInBrowser(prepared, email)
        const browser = new Browser(prepared)
        for (let i = 0; i < 10; i++) await browser.ask('/api/v1/session', { json: { email, password: 'something else entirely' } })
        const asked = await browser.ask('/forgot-password', { form: { email } })
        expect(asked.headers.get('location')).toBe('/forgot-password?notice=sent')
        const [mail] = await readOutbox(dataDir)
        const path = /http:\/\/localhost:\d+(\/reset-password\?token=\S+)/.exec(mail!)![1]!
        const token = new URL(path, 'http://localhost').searchParams.get('token')!
        expect((await browser.ask(path)).status).toBe(200)
        expect((await browser.ask('/reset-password', { form: { token, password: 'short' } })).status).toBe(422)
        const set = await browser.ask('/reset-password', { form: { token, password: 'a brand new password' } })
        expect([set.status, set.headers.get('location')]).toEqual([303, '/sign-in?notice=password-set'])
        expect((await browser.ask(path)).status).toBe(410)
        expect((await earlier.ask('/home')).status).toBe(303)
        expect((await browser.ask('/api/v1/session', { json: { email, password: testPassword } })).status).toBe(401)
        expect((await browser.ask('/api/v1/session', { json: { email, password: 'a brand new password' } })).status).toBe(200)
        expect(await actionsOf(prepared)).toEqual(['person.signed-in', 'person.password-reset', 'person.signed-in'])
      }),
    60_000,
  )

  it('answers the same for an unknown address, and sends nothing', () =>
    rolledBack(async (prepared) => {
      const before = (await readOutbox(dataDir)).length
      const asked = await new Browser(prepared).ask('/forgot-password', { form: { email: 'nobody@city.example' } })
      expect(asked.headers.get('location')).toBe('/forgot-password?notice=sent')
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect((await readOutbox(dataDir)).length).toBe(before)
    }))

  it('stops sending after five requests in a quarter of an hour, and says nothing about it', () =>
    rolledBack(async (prepared) => {
      const before = (await readOutbox(dataDir)).length
      await addAccount(prepared, { email })
      for (let i = 0; i < 7; i++) expect((await new Browser(prepared).ask('/forgot-password', { form: { email } })).status).toBe(303)
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect((await readOutbox(dataDir)).length).toBe(before + 5)
    }))
})

describe('demonstration accounts', () => {
  const local = testDatabase()
  const published = testDatabase({ PUBLIC_URL: 'https://tessera.example' })

  it('sign in with one click where only this machine reaches the server', () =>
    local.rolledBack(async (prepared) => {
      const personId = await addAccount(prepared, { email: 'demo@city.example', role: 'network-coordinator', isDemo: true })
      const other = await addAccount(prepared, { email })
      const browser = new Browser(prepared)
      expect(await (await browser.ask('/sign-in')).text()).toContain(`value="${personId}"`)
      expect((await browser.ask('/sign-in/demo', { form: { personId: other } })).status).toBe(422)
      const answer = await browser.ask('/sign-in/demo', { form: { personId, next: '/account' } })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account'])
      expect((await browser.ask('/account')).status).toBe(200)
    }))

  it('are refused as soon as there is a PUBLIC_URL, with the right password and with an old session', () =>
    published.rolledBack(async (prepared) => {
      const personId = await addAccount(prepared, { email: 'demo@city.example', isDemo: true })
      const browser = new Browser(prepared)
      const headers = { origin: 'https://tessera.example' }
      expect(await (await browser.ask('/sign-in')).text()).not.toContain('/sign-in/demo')
      const withPassword = await browser.ask('/api/v1/session', { json: { email: 'demo@city.example', password: testPassword }, headers })
      expect([withPassword.status, ((await withPassword.json()) as { code: string }).code]).toEqual([403, 'DEMO_ONLY_LOCAL'])
      expect((await browser.ask('/api/v1/session/demo', { json: { personId }, headers })).status).toBe(403)
      const { headers: cookies } = await prepared.services.auth.api.startSession({
        body: { personId },
        headers: new Headers(),
        returnHeaders: true,
      })
      const cookie = cookies.getSetCookie()[0]!.split(';')[0]!
      expect((await browser.ask('/account', { headers: { cookie } })).status).toBe(303)
    }))

  it('use a cookie of this very host with https', () =>
    published.rolledBack(async (prepared) => {
      await addAccount(prepared, { email })
      const browser = new Browser(prepared)
      const answer = await browser.ask('/sign-in', {
        form: { email, password: testPassword },
        headers: { origin: 'https://tessera.example' },
      })
      const cookie = answer.headers.getSetCookie().find((set) => set.includes('tessera-session='))!
      expect(cookie).toMatch(/^__Host-tessera-session=/)
      expect(cookie).toContain('Path=/')
      expect(cookie).toContain('Secure')
      expect(cookie).not.toContain('Domain')
      expect((await browser.ask('/account')).status).toBe(200)
    }))
})
