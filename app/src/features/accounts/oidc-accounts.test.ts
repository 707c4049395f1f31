import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { actionsOf, addAccount, addCity, signedInBrowser } from '../../../test/accounts.ts'
import { Browser } from '../../../test/browser.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { Organisation } from '../../../test/organisation.ts'
import { ana, begin, comeBack, connectedAccount, isSignedIn, outcome, refused, signInThere } from '../../../test/organisation-visits.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { credentials, invitations } from '../../db/schema.ts'
import { hashToken, newToken } from './invitation-token.ts'
import { findPersonByEmail } from './queries.ts'

// Accounts and identities at a real OpenID provider on this machine.

const organisation = await Organisation.start()
const { rolledBack } = testDatabase(organisation.env)
afterAll(() => organisation.stop())

const log = vi.spyOn(console, 'error').mockImplementation(() => {})
afterAll(() => log.mockRestore())

beforeEach(() => void Object.assign(organisation, { colleague: ana, tamper: null, isAway: false }))

describe('connecting an account', () => {
  it('happens once, from the account, and is recorded; the account page says so', () =>
    rolledBack(async (prepared) => {
      const id = await connectedAccount(organisation, prepared)
      const [row] = await prepared.services.db
        .select()
        .from(credentials)
        .where(and(eq(credentials.userId, id), eq(credentials.accountId, ana.subject)))
      expect(row).toMatchObject({ providerId: `oidc:${organisation.issuer}`, accessToken: null, idToken: null, refreshToken: null })
      const browser = await signedInBrowser(prepared, ana.email)
      expect(await (await browser.ask('/account')).text()).toContain('you can sign in with City of Test')
      expect(await outcome(await browser.ask('/account/organisation', { form: {} }))).toEqual([409, 'This sign-in is connected already'])
    }))

  it('needs the same, verified e-mail address on both sides', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: ana.email })
      const browser = await signedInBrowser(prepared, ana.email)
      for (const other of [{ email: 'bob@example.org' }, { isVerified: false }]) {
        organisation.colleague = { ...ana, ...other }
        expect(await outcome(await signInThere(organisation, browser, '/account/organisation'))).toEqual([
          403,
          'With City of Test you are signed in as somebody else',
        ])
      }
    }))

  it('gives an identity to one account only', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(organisation, prepared)
      await addAccount(prepared, { email: 'bob@example.org' })
      organisation.colleague = { ...ana, email: 'bob@example.org' }
      const bob = await signedInBrowser(prepared, 'bob@example.org')
      expect(await outcome(await signInThere(organisation, bob, '/account/organisation'))).toEqual([
        409,
        'This sign-in is connected already',
      ])
    }))

  it('does nothing when another person is signed in by then, or nobody', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: ana.email })
      const browser = await signedInBrowser(prepared, ana.email)
      const back = await organisation.visit(await begin(browser, '/account/organisation'))
      await browser.ask('/sign-out', { form: {} })
      expect(await outcome(await comeBack(browser, back))).toEqual(refused)
    }))

  it('is not for accounts of the demonstration, nor for strangers', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: 'demo@example.org', role: 'reviewer', isDemo: true })
      const browser = await signedInBrowser(prepared, 'demo@example.org')
      expect((await browser.ask('/account/organisation', { form: {} })).status).toBe(409)
      expect((await new Browser(prepared).ask('/account/organisation', { form: {} })).status).toBe(401)
    }))

  it('ends when the person disconnects it; a password must be left', () =>
    rolledBack(async (prepared) => {
      const id = await connectedAccount(organisation, prepared)
      const browser = await signedInBrowser(prepared, ana.email)
      expect(await outcome(await browser.ask('/account/organisation/end', { form: {} }))).toEqual([
        303,
        '/account?notice=organisation-disconnected',
      ])
      expect((await signInThere(organisation, new Browser(prepared))).status).toBe(403)
      await signInThere(organisation, browser, '/account/organisation')
      await prepared.services.db.delete(credentials).where(and(eq(credentials.userId, id), eq(credentials.providerId, 'credential')))
      const refusedApi = await browser.ask('/api/v1/account/organisation', { method: 'DELETE' })
      expect([refusedApi.status, ((await refusedApi.json()) as { detail: string }).detail]).toEqual([
        409,
        expect.stringContaining('no password'),
      ])
    }))
})

describe('accepting an invitation with the organisation', () => {
  async function invite({ services }: Prepared, email: string): Promise<string> {
    const token = newToken()
    const expiresAt = new Date(services.now().getTime() + 1e8)
    await inContext(services.db, systemContext, (db) =>
      db.insert(invitations).values({ tokenHash: hashToken(token), email, role: 'reviewer', expiresAt }),
    )
    return token
  }

  it('makes an account without a password, with the invited address and the role', () =>
    rolledBack(async (prepared) => {
      const token = await invite(prepared, ana.email)
      organisation.colleague = { ...ana, amr: ['pwd', 'otp'] } // the role needs a second factor; the organisation has asked for one
      const browser = new Browser(prepared)
      expect(await (await browser.ask(`/invitations/${token}`)).text()).toContain('Accept with City of Test')
      expect(await outcome(await signInThere(organisation, browser, `/invitations/${token}/organisation`))).toEqual([303, '/home'])
      const made = await inContext(prepared.services.db, systemContext, (db) => findPersonByEmail(db, ana.email))
      expect(made).toMatchObject({ name: 'Ana Example' })
      const account = await (await browser.ask('/account')).text()
      expect(account).toContain('You have no password here')
      expect(account).toContain('Set one first')
      expect(await outcome(await signInThere(organisation, new Browser(prepared)))).toEqual([303, '/home'])
      expect(await actionsOf(prepared)).toEqual([
        'invitation.accepted',
        'person.organisation-connected',
        'person.signed-in',
        'person.signed-in',
      ])
    }))

  it('refuses somebody else, and uses the invitation up for nobody', () =>
    rolledBack(async (prepared) => {
      const token = await invite(prepared, 'bob@example.org')
      const browser = new Browser(prepared)
      expect((await signInThere(organisation, browser, `/invitations/${token}/organisation`)).status).toBe(403)
      expect(await isSignedIn(browser)).toBe(false)
      expect(await (await browser.ask(`/invitations/${token}`)).text()).toContain('bob@example.org')
    }))

  it('refuses a connected account with another address, without beginning a session', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(organisation, prepared)
      const token = await invite(prepared, 'bob@example.org')
      const before = await actionsOf(prepared)
      const browser = new Browser(prepared)
      expect(await outcome(await signInThere(organisation, browser, `/invitations/${token}/organisation`))).toEqual([
        403,
        'This invitation is for somebody else',
      ])
      expect(await actionsOf(prepared)).toEqual(before)
    }))

  it('does not take over an account with the invited address that is not connected', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: ana.email })
      const token = await invite(prepared, ana.email)
      const browser = new Browser(prepared)
      expect((await signInThere(organisation, browser, `/invitations/${token}/organisation`)).status).toBe(403)
      expect(await isSignedIn(browser)).toBe(false)
    }))

  it('gives a connected account the further role', () =>
    rolledBack(async (prepared) => {
      await connectedAccount(organisation, prepared)
      const city = await addCity(prepared, 'city-x')
      const token = newToken()
      await inContext(prepared.services.db, systemContext, (db) =>
        db.insert(invitations).values({
          tokenHash: hashToken(token),
          email: ana.email,
          role: 'contributor',
          cityId: city,
          expiresAt: new Date(Date.now() + 1e8),
        }),
      )
      const browser = new Browser(prepared)
      expect(await outcome(await signInThere(organisation, browser, `/invitations/${token}/organisation`))).toEqual([303, '/home'])
      expect(await (await browser.ask('/account')).text()).toContain('city-x')
    }))
})
