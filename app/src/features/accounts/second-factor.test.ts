import { base32 } from '@better-auth/utils/base32'
import { createOTP } from '@better-auth/utils/otp'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addAccount, addCity, signedInBrowser, testPassword } from '../../../test/accounts.ts'
import type { Browser } from '../../../test/browser.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { ask, codeOf, tokenHolder } from '../../../test/token-holders.ts'
import { people, twoFactors } from '../../db/schema.ts'
import { asFarAsProven, needsSecondFactor, type Person, type Role, roles } from '../../permissions.ts'
import { identityOf } from './oidc.ts'

const email = 'ada@city.example'
const { rolledBack } = testDatabase()

const holder = (role: Role, isDemo = false): Person => ({
  id: '1',
  name: 'Ada',
  email,
  language: 'en',
  isDemo,
  memberships: [{ id: 'm', role, cityId: null, rights: [] }],
  reviewedCityIds: ['a'],
})

describe('the rule', () => {
  it('asks everybody but contributors for a second factor, and no account of the demonstration', () => {
    expect(roles.filter((role) => !needsSecondFactor(holder(role)))).toEqual(['contributor'])
    expect(roles.filter((role) => needsSecondFactor(holder(role, true)))).toEqual([])
  })

  it('lets no role count without it', () => {
    expect(asFarAsProven(holder('reviewer'), false)).toMatchObject({ memberships: [], reviewedCityIds: [], lacksSecondFactor: true })
    expect(asFarAsProven(holder('reviewer'), true)).toEqual(holder('reviewer'))
    expect(asFarAsProven(holder('contributor'), false)).toEqual(holder('contributor'))
  })

  it('believes the organisation only what it says about the sign-in', () => {
    const said = (amr: unknown) => identityOf({ sub: 'x', amr }).isMultiFactor
    expect([['mfa'], ['pwd', 'otp'], ['hwk'], ['sc']].map(said)).toEqual([true, true, true, true])
    expect([undefined, [], ['pwd'], ['pin', 'sms'], 'mfa'].map(said)).toEqual([false, false, false, false, false])
  })
})

/** Somebody who coordinates a city and has only a password. */
async function unproven(prepared: Prepared): Promise<Browser> {
  const id = await addAccount(prepared, { email, role: 'city-coordinator', cityId: await addCity(prepared, 'riga') })
  await prepared.services.db.delete(twoFactors).where(eq(twoFactors.userId, id))
  await prepared.services.db.update(people).set({ twoFactorEnabled: false }).where(eq(people.id, id))
  return signedInBrowser(prepared, email)
}

const leadsTo = async (browser: Browser, path: string) => (await browser.ask(path)).headers.get('location')

describe('a coordinator without second factor', () => {
  it(
    'is led to set it up, and can do nothing else before',
    () =>
      rolledBack(async (prepared) => {
        const browser = await unproven(prepared)
        expect(await leadsTo(browser, '/home')).toBe('/account/two-factor?next=%2Fhome')
        expect(await leadsTo(browser, '/account')).toBe('/account/two-factor?next=%2Faccount')
        expect((await browser.ask('/account', { form: { name: 'X', language: 'en' } })).status).toBe(403)
        expect((await browser.ask('/method')).status).toBe(200)
        const refused = await browser.ask('/api/v1/people')
        expect([refused.status, await codeOf(refused.clone())]).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
        expect(await refused.text()).toContain('/account/two-factor')
        const first = await browser.ask('/account/two-factor')
        expect([first.status, await first.text()]).toEqual([200, expect.stringContaining('One more step before you start')])
        expect((await browser.ask('/account/two-factor', { form: { twoFactorPassword: 'not the password' } })).status).toBe(422)
        expect((await browser.ask('/sign-out', { form: { x: '' } })).status).toBe(303)
      }),
    60_000,
  )

  it(
    'goes on as soon as it is set up; a session that began with the password alone ends then',
    () =>
      rolledBack(async (prepared) => {
        const browser = await unproven(prepared)
        const thief = await signedInBrowser(prepared, email)
        const started = await browser.ask('/api/v1/account/two-factor', { json: { password: testPassword } })
        const { secret } = (await started.json()) as { secret: string }
        const code = await createOTP(base32.decode(secret)).totp()
        const confirmed = await browser.ask('/account/two-factor/confirm', { form: { code } })
        expect([confirmed.status, await confirmed.text()]).toEqual([200, expect.stringContaining('href="/home"')])
        expect((await browser.ask('/home')).status).toBe(200)
        expect(await leadsTo(thief, '/home')).toBe('/sign-in?next=%2Fhome')
      }),
    60_000,
  )

  it('has no use of access tokens until it is set up again', () =>
    rolledBack(async (prepared) => {
      const { secret, person } = await tokenHolder(prepared)
      const set = (isOn: boolean) => prepared.services.db.update(people).set({ twoFactorEnabled: isOn }).where(eq(people.id, person.id))
      expect((await ask(prepared, secret, '/api/v1/people')).status).toBe(200)
      await set(false)
      expect(await codeOf(await ask(prepared, secret, '/api/v1/people'))).toBe('SECOND_FACTOR_REQUIRED')
      await set(true)
      expect((await ask(prepared, secret, '/api/v1/people')).status).toBe(200)
    }))
})
