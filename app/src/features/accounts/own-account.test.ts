import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { describe, expect, it } from 'vitest'
import { actionsOf, addAccount, signedInBrowser, testPassword } from '../../../test/accounts.ts'
import { Browser } from '../../../test/browser.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { twoFactors } from '../../db/schema.ts'
import { listSessions } from './queries.ts'

const email = 'ada@city.example'
const { rolledBack } = testDatabase()

/** Code of the app `steps` half-minutes from now; the server takes one step before and after the present one. */
async function codeOf(secret: string, steps = 0): Promise<string> {
  return createOTP(base32.decode(secret)).hotp(Math.floor(Date.now() / 30_000) + steps)
}

/** Sets up a second step through the API. The code that confirms it is that of the step before the present one. */
async function setUp(browser: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
  const started = await browser.ask('/api/v1/account/two-factor', { json: { password: testPassword } })
  const { secret } = (await started.json()) as { secret: string }
  const confirmed = await browser.ask('/api/v1/account/two-factor/confirm', { json: { code: await codeOf(secret, -1) } })
  return { secret, ...((await confirmed.json()) as { recoveryCodes: string[] }) }
}

const codeIn = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('the second step', () => {
  it(
    'is set up with a key and a first code on pages without scripts, and shows recovery codes once',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const browser = await signedInBrowser(prepared, email)
        expect((await browser.ask('/account/two-factor')).headers.get('location')).toBe('/account#two-factor')
        expect((await browser.ask('/account/two-factor', { form: { twoFactorPassword: 'not the password' } })).status).toBe(422)
        expect((await browser.ask('/account/two-factor', { form: { twoFactorPassword: testPassword } })).headers.get('location')).toBe(
          '/account/two-factor',
        )
        const setup = await (await browser.ask('/account/two-factor')).text()
        const secret = /secret=([A-Z2-7]+)/.exec(setup)![1]!
        expect((await browser.ask('/account/two-factor/confirm', { form: { code: '000000' } })).status).toBe(422)
        const confirmed = await browser.ask('/account/two-factor/confirm', { form: { code: await codeOf(secret) } })
        expect([confirmed.status, confirmed.headers.get('location')]).toEqual([200, null])
        expect((await confirmed.text()).match(/<code>([0-9a-z]{4}-){5}[0-9a-z]{4}<\/code>/g)).toHaveLength(10)
        expect(await (await browser.ask('/account')).text()).toContain('/account/two-factor/stop')
        expect(
          (await browser.ask('/account/two-factor/confirm', { form: { code: await codeOf(secret, 1) } })).headers.get('location'),
        ).toBe('/account#two-factor')
        expect(await actionsOf(prepared)).toEqual(['person.signed-in', 'person.two-factor-on'])
      }),
    60_000,
  )

  it(
    'asks for a code at sign-in, takes each code once and refuses it the second time',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const { secret } = await setUp(await signedInBrowser(prepared, email))
        const browser = new Browser(prepared)
        const first = await browser.ask('/sign-in', { form: { email, password: testPassword, next: '/account' } })
        expect(first.headers.get('location')).toBe('/sign-in/code?next=%2Faccount')
        expect((await browser.ask('/account')).status).toBe(303)
        expect((await browser.ask('/sign-in/code', { form: { code: await codeOf(secret, -1) } })).status).toBe(422) // was used for the set-up
        const code = await codeOf(secret)
        expect((await browser.ask('/sign-in/code', { form: { code, next: '/account' } })).headers.get('location')).toBe('/account')
        expect((await browser.ask('/account')).status).toBe(200)
        const again = await new Browser(prepared).ask('/api/v1/session', { json: { email, password: testPassword, code } })
        expect([again.status, await codeIn(again)]).toEqual([401, 'TWO_FACTOR_REFUSED'])
      }),
    60_000,
  )

  it(
    'asks programs for the code and signs in with it in one request',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const { secret } = await setUp(await signedInBrowser(prepared, email))
        const browser = new Browser(prepared)
        const asked = await browser.ask('/api/v1/session', { json: { email, password: testPassword } })
        expect([asked.status, await codeIn(asked)]).toEqual([401, 'TWO_FACTOR_REQUIRED'])
        const given = await new Browser(prepared).ask('/api/v1/session', {
          json: { email, password: testPassword, code: await codeOf(secret) },
        })
        expect(given.status).toBe(200)
        const later = await browser.ask('/api/v1/session/second-step', { json: { code: await codeOf(secret, 1) } })
        expect(later.status).toBe(200)
      }),
    60_000,
  )

  it(
    'takes a recovery code once, however it was copied',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const { recoveryCodes } = await setUp(await signedInBrowser(prepared, email))
        const attempt = (code: string) => new Browser(prepared).ask('/api/v1/session', { json: { email, password: testPassword, code } })
        expect((await attempt(recoveryCodes[0]!.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
        expect((await attempt(recoveryCodes[0]!)).status).toBe(401)
        expect((await attempt(recoveryCodes[1]!)).status).toBe(200)
      }),
    60_000,
  )

  it(
    'gives up a sign-in after five wrong codes',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const { secret } = await setUp(await signedInBrowser(prepared, email))
        const browser = new Browser(prepared)
        await browser.ask('/sign-in', { form: { email, password: testPassword } })
        for (let i = 0; i < 5; i++)
          expect(await codeIn(await browser.ask('/api/v1/session/second-step', { json: { code: `00000${i}` } }))).toBe('TWO_FACTOR_REFUSED')
        const sixth = await browser.ask('/api/v1/session/second-step', { json: { code: await codeOf(secret) } })
        expect(await codeIn(sixth)).toBe('SIGN_IN_STEP_EXPIRED')
      }),
    60_000,
  )

  it(
    'is switched off with the password only',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const browser = await signedInBrowser(prepared, email)
        await setUp(browser)
        expect(await codeIn(await browser.ask('/api/v1/account/two-factor/stop', { json: { password: 'not the password' } }))).toBe(
          'PASSWORD_REFUSED',
        )
        expect((await browser.ask('/api/v1/account/two-factor/stop', { json: { password: testPassword } })).status).toBe(204)
        expect(await prepared.services.db.select().from(twoFactors)).toEqual([])
        expect((await new Browser(prepared).ask('/api/v1/session', { json: { email, password: testPassword } })).status).toBe(200)
        expect(await actionsOf(prepared)).toEqual(['person.signed-in', 'person.two-factor-on', 'person.two-factor-off', 'person.signed-in'])
      }),
    60_000,
  )
})

const sessionsOf = (prepared: Prepared, personId: string) => listSessions(prepared.services.db, personId, new Date())

describe('sessions', () => {
  it('end at once, one by one and all others', () =>
    rolledBack(async (prepared) => {
      const id = await addAccount(prepared, { email })
      const [mine, second, third] = [
        await signedInBrowser(prepared, email),
        await signedInBrowser(prepared, email),
        await signedInBrowser(prepared, email),
      ]
      const { sessions } = (await (await second!.ask('/api/v1/account')).json()) as { sessions: { id: string; isThisOne: boolean }[] }
      expect(sessions).toHaveLength(3)
      const own = sessions.find(({ isThisOne }) => isThisOne)!.id
      expect((await mine!.ask(`/account/sessions/${own}/end`, { form: {} })).headers.get('location')).toBe(
        '/account?notice=sessions-ended&ended=1',
      )
      expect((await second!.ask('/account')).status).toBe(303)
      expect((await third!.ask('/account')).status).toBe(200)
      expect((await mine!.ask('/account/sessions/end-others', { form: { x: '' } })).status).toBe(303)
      expect((await third!.ask('/account')).status).toBe(303)
      expect((await mine!.ask('/account')).status).toBe(200)
      expect(await sessionsOf(prepared, id)).toHaveLength(1)
    }))

  it('of somebody else are unknown', () =>
    rolledBack(async (prepared) => {
      const id = await addAccount(prepared, { email })
      await addAccount(prepared, { email: 'other@city.example' })
      await signedInBrowser(prepared, email)
      const [session] = await sessionsOf(prepared, id)
      const other = await signedInBrowser(prepared, 'other@city.example')
      const answer = await other.ask(`/api/v1/account/sessions/${session!.id}`, { method: 'DELETE' })
      expect([answer.status, await codeIn(answer)]).toEqual([404, 'SESSION_NOT_FOUND'])
      expect(await sessionsOf(prepared, id)).toHaveLength(1)
    }))
})

describe('the own account', () => {
  it(
    'changes the password, keeps this browser signed in and ends the others',
    () =>
      rolledBack(async (prepared) => {
        await addAccount(prepared, { email })
        const browser = await signedInBrowser(prepared, email)
        const other = await signedInBrowser(prepared, email)
        const wrong = await browser.ask('/account/password', {
          form: { currentPassword: 'not the password', newPassword: 'a brand new password' },
        })
        expect(wrong.status).toBe(422)
        expect(
          (await browser.ask('/account/password', { form: { currentPassword: testPassword, newPassword: 'eleven char' } })).status,
        ).toBe(422)
        const changed = await browser.ask('/account/password', {
          form: { currentPassword: testPassword, newPassword: 'a brand new password' },
        })
        expect(changed.headers.get('location')).toBe('/account?notice=password-changed')
        expect((await browser.ask('/account')).status).toBe(200)
        expect((await other.ask('/account')).status).toBe(303)
        expect((await new Browser(prepared).ask('/api/v1/session', { json: { email, password: 'a brand new password' } })).status).toBe(200)
        expect(await actionsOf(prepared)).toContain('person.password-changed')
      }),
    60_000,
  )

  it('changes name and language, and the pages follow at once', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email })
      const browser = await signedInBrowser(prepared, email)
      expect((await browser.ask('/account', { form: { name: ' ', language: 'de' } })).status).toBe(422)
      await browser.ask('/account', { form: { name: 'Ada <b>Muster</b>', language: 'de' } })
      const html = await (await browser.ask('/account?notice=saved')).text()
      expect(html).toContain('<html lang="de">')
      expect(html).toContain('Ada &lt;b>Muster&lt;/b>')
    }))
})
