import { createHmac } from 'node:crypto'
import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { actionsOf, addAccount, signedInBrowser, testPassword } from '../../../test/accounts.ts'
import { Browser } from '../../../test/browser.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { Organisation } from '../../../test/organisation.ts'
import {
  ana,
  begin,
  comeBack,
  connectedAccount as connect,
  isSignedIn,
  outcome,
  refused,
  signInThere as signInAtOrganisation,
} from '../../../test/organisation-visits.ts'
import { people } from '../../db/schema.ts'

// The whole way against a real OpenID provider on this machine.

const organisation = await Organisation.start()
const { rolledBack } = testDatabase(organisation.env)
afterAll(() => organisation.stop())

const log = vi.spyOn(console, 'error').mockImplementation(() => {})
afterAll(() => log.mockRestore())
const reasons = () => log.mock.calls.map(([line]) => (JSON.parse(String(line)) as { reason: string }).reason)

beforeEach(() => {
  log.mockClear()
  Object.assign(organisation, { colleague: ana, tamper: null, isAway: false })
})

const signInThere = (browser: Browser, path?: string, form?: Record<string, string>) =>
  signInAtOrganisation(organisation, browser, path, form)
const connectedAccount = (prepared: Prepared) => connect(organisation, prepared)

describe('signing in with the organisation', () => {
  it('is offered above the password, where it is set up', () =>
    rolledBack(async (prepared) => {
      const text = await (await new Browser(prepared).ask('/sign-in')).text()
      expect(text.indexOf('Sign in with City of Test')).toBeGreaterThan(0)
      expect(text.indexOf('Sign in with City of Test')).toBeLessThan(text.indexOf('type="password"'))
    }))

  it('refuses somebody without account or invitation, and makes no account', () =>
    rolledBack(async (prepared) => {
      const browser = new Browser(prepared)
      expect(await outcome(await signInThere(browser))).toEqual([403, 'There is no account here for this sign-in'])
      expect(await isSignedIn(browser)).toBe(false)
      expect(await prepared.services.db.select().from(people)).toEqual([])
    }))

  it('never finds an account by its e-mail address alone', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: ana.email })
      const browser = new Browser(prepared)
      expect((await signInThere(browser)).status).toBe(403)
      expect(await isSignedIn(browser)).toBe(false)
    }))

  it('works for a connected account, whatever its address there is now, and leads to where one wanted to go', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      organisation.colleague = { ...ana, email: 'married.name@example.org' }
      const browser = new Browser(prepared)
      expect(await outcome(await signInThere(browser, '/sign-in/organisation', { next: '/account?from=here' }))).toEqual([
        303,
        '/account?from=here',
      ])
      expect(await isSignedIn(browser)).toBe(true)
      expect(await actionsOf(prepared)).toEqual(['person.signed-in', 'person.organisation-connected', 'person.signed-in'])
      expect(await outcome(await signInThere(new Browser(prepared), '/sign-in/organisation', { next: 'https://evil.example/' }))).toEqual([
        303,
        '/home',
      ])
    }))

  it('asks for code, PKCE S256, state and nonce, new each time', () =>
    rolledBack(async (prepared) => {
      const asked = async () => new URL(await begin(new Browser(prepared), '/sign-in/organisation')).searchParams
      const [first, second] = [await asked(), await asked()]
      expect(Object.fromEntries(first)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: 'tessera' })
      for (const name of ['state', 'nonce', 'code_challenge']) {
        expect(first.get(name)!.length, name).toBeGreaterThanOrEqual(43)
        expect(first.get(name), name).not.toBe(second.get(name))
      }
    }))

  it('asks for the second step that the account has here, unless the organisation has asked for one', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      const browser = await signedInBrowser(prepared, ana.email)
      const { secret } = (await (await browser.ask('/api/v1/account/two-factor', { json: { password: testPassword } })).json()) as {
        secret: string
      }
      const code = () => createOTP(base32.decode(secret)).totp()
      expect((await browser.ask('/api/v1/account/two-factor/confirm', { json: { code: await code() } })).status).toBe(200)
      await prepared.services.db.execute('delete from verifications') // so that the same code may be used again at once

      const second = new Browser(prepared)
      expect(await outcome(await signInThere(second))).toEqual([303, '/sign-in/code?next=%2Fhome'])
      expect(await isSignedIn(second)).toBe(false)
      expect((await second.ask('/sign-in/code', { form: { code: '000000' } })).status).toBe(422)
      expect(await outcome(await second.ask('/sign-in/code', { form: { code: await code(), next: '/home' } }))).toEqual([303, '/home'])
      expect(await isSignedIn(second)).toBe(true)

      organisation.colleague = { ...ana, amr: ['pwd', 'otp', 'mfa'] }
      const third = new Browser(prepared)
      expect(await outcome(await signInThere(third))).toEqual([303, '/home'])
      expect(await isSignedIn(third)).toBe(true)
    }))
})

describe('an answer that does not hold', () => {
  it('is refused with the state of another sign-in, without one, and a second time', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      const back = await organisation.visit(await begin(new Browser(prepared), '/sign-in/organisation'))
      const victim = new Browser(prepared)
      expect(await outcome(await comeBack(victim, back))).toEqual(refused)
      await begin(victim, '/sign-in/organisation')
      expect(await outcome(await comeBack(victim, back))).toEqual(refused)

      const browser = new Browser(prepared)
      const own = await organisation.visit(await begin(browser, '/sign-in/organisation'))
      const kept = browser.cookies.get('tessera-organisation')!
      expect((await comeBack(browser, own)).status).toBe(303)
      expect(browser.cookies.has('tessera-organisation')).toBe(false)
      const replaying = new Browser(prepared)
      replaying.cookies.set('tessera-organisation', kept)
      expect(await outcome(await comeBack(replaying, own))).toEqual(refused) // the provider takes a code once
      expect(reasons()).toEqual(['no sign-in was begun in this browser', 'state', 'token endpoint answers 400'])
    }))

  it('is refused when the cookie was made by somebody else, or is too old', () => {
    let now = new Date()
    return rolledBack(
      async (prepared) => {
        const browser = new Browser(prepared)
        const back = await organisation.visit(await begin(browser, '/sign-in/organisation'))
        const forged = new Browser(prepared)
        forged.cookies.set('tessera-organisation', Buffer.from(JSON.stringify({ state: back.searchParams.get('state') })).toString('hex'))
        expect(await outcome(await comeBack(forged, back))).toEqual(refused)
        now = new Date(now.getTime() + 11 * 60 * 1000)
        expect(await outcome(await comeBack(browser, back))).toEqual(refused)
      },
      () => now,
    )
  })

  it('is refused with another nonce, another issuer in the address, and when the person said no', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      const browser = new Browser(prepared)
      const address = new URL(await begin(browser, '/sign-in/organisation'))
      address.searchParams.set('nonce', 'of another sign-in')
      expect(await outcome(await comeBack(browser, await organisation.visit(address.href)))).toEqual(refused)

      const back = await organisation.visit(await begin(browser, '/sign-in/organisation'))
      back.searchParams.set('iss', 'https://evil.example')
      expect(await outcome(await comeBack(browser, back))).toEqual(refused)

      const denied = new URL(await begin(browser, '/sign-in/organisation'))
      const no = new URLSearchParams({ error: 'access_denied', state: denied.searchParams.get('state')! })
      expect(await outcome(await browser.ask(`/sign-in/organisation/callback?${no}`))).toEqual(refused)
      expect(reasons()).toEqual(['nonce', 'iss', 'the provider refused'])
    }))

  it('is refused when the code is not ours: PKCE', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      const stolen = await organisation.visit(await begin(new Browser(prepared), '/sign-in/organisation'))
      const browser = new Browser(prepared)
      const own = new URL(await begin(browser, '/sign-in/organisation'))
      own.pathname = '/sign-in/organisation/callback'
      own.search = new URLSearchParams({ code: stolen.searchParams.get('code')!, state: own.searchParams.get('state')! }).toString()
      expect(await outcome(await comeBack(browser, own))).toEqual(refused)
      expect(reasons()).toEqual(['token endpoint answers 400'])
    }))

  const past = Math.floor(Date.now() / 1000) - 3600
  const hmac = (claims: JWTPayload, key: string) => {
    const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
  }
  const bad: readonly (readonly [string, string, NonNullable<Organisation['tamper']>])[] = [
    ['without a signature (alg none)', 'ERR_JOSE_ALG_NOT_ALLOWED', async (claims) => new UnsecuredJWT(claims).encode()],
    [
      'signed with the shared secret (HS256)',
      'ERR_JOSE_ALG_NOT_ALLOWED',
      async (claims) => hmac(claims, organisation.env.OIDC_CLIENT_SECRET!),
    ],
    [
      'signed by somebody else',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      async (claims) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign((await generateKeyPair('RS256')).privateKey),
    ],
    [
      'with an unknown key',
      'ERR_JWKS_NO_MATCHING_KEY',
      async (claims) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'key-2' }).sign((await generateKeyPair('RS256')).privateKey),
    ],
    ['for another audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED', (claims, sign) => sign({ ...claims, aud: 'another-client' })],
    [
      'for several, made for another',
      'azp',
      (claims, sign) => sign({ ...claims, aud: ['tessera', 'another-client'], azp: 'another-client' }),
    ],
    ['of another issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED', (claims, sign) => sign({ ...claims, iss: 'https://evil.example' })],
    ['that has expired', 'ERR_JWT_EXPIRED', (claims, sign) => sign({ ...claims, iat: past - 60, exp: past })],
    ['that never ends', 'ERR_JWT_CLAIM_VALIDATION_FAILED', (claims, sign) => sign({ ...claims, exp: undefined })],
    ['without a nonce', 'nonce', (claims, sign) => sign({ ...claims, nonce: undefined })],
    ['that is no token', 'ERR_JWS_INVALID', async () => 'nonsense'],
  ]

  it.each(bad)('is refused with an ID token %s', (_, reason, tamper) =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      organisation.tamper = tamper
      const browser = new Browser(prepared)
      expect(await outcome(await signInThere(browser))).toEqual(refused)
      expect(await isSignedIn(browser)).toBe(false)
      expect(reasons()).toEqual([reason])
    }),
  )

  it('lets the same token pass when nobody has changed it', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(prepared)
      organisation.tamper = (claims, sign) => sign(claims)
      expect(await outcome(await signInThere(new Browser(prepared)))).toEqual([303, '/home'])
    }))
})

describe('a provider that does not answer', () => {
  it('is looked for at first use, not at start; its silence is named, and it is tried again afterwards', () =>
    rolledBack(async (prepared) => {
      organisation.discoveries = 0
      const browser = new Browser(prepared)
      expect((await browser.ask('/sign-in')).status).toBe(200)
      expect(organisation.discoveries).toBe(0)
      organisation.isAway = true
      expect(await outcome(await browser.ask('/sign-in/organisation', { form: {} }))).toEqual([503, 'City of Test cannot be reached'])
      organisation.isAway = false
      await begin(browser, '/sign-in/organisation')
      await begin(browser, '/sign-in/organisation')
      expect(organisation.discoveries).toBe(1)
    }))
})
