import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { actionsOf, addAccount, addCity, readOutbox, signedInBrowser, testPassword } from '../../../test/accounts.ts'
import { Browser } from '../../../test/browser.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { invitations, memberships } from '../../db/schema.ts'

const coordinator = 'coordinator@riga.example'
const invited = 'new@riga.example'
const applicant = { name: 'New Colleague', password: 'a brand new password' }
const { rolledBack, dataDir } = testDatabase()

/** A city with one coordinator, signed in. */
async function city(prepared: Prepared, slug = 'riga', email = coordinator): Promise<{ cityId: string; browser: Browser }> {
  const cityId = await addCity(prepared, slug)
  await addAccount(prepared, { email, role: 'city-coordinator', cityId })
  return { cityId, browser: await signedInBrowser(prepared, email) }
}

async function invite(browser: Browser, form: Record<string, string>, page = '/cities/riga/people'): Promise<string> {
  const answer = await browser.ask(`${page}/invitations`, {
    form: { email: invited, role: 'contributor', _key: crypto.randomUUID(), ...form },
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, page])
  return /\/invitations\/[\w-]{43}/.exec(await (await browser.ask(page)).text())![0]
}

const codeIn = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('an invitation', () => {
  it('comes by mail and once on the page, and makes an account with its role when it is accepted', () =>
    rolledBack(async (prepared) => {
      const { browser, cityId } = await city(prepared)
      const path = await invite(browser, {})
      expect(await (await browser.ask('/cities/riga/people')).text()).not.toContain(path)
      expect((await readOutbox(dataDir)).at(-1)).toContain(path)
      const [stored] = await prepared.services.db.select().from(invitations)
      expect(JSON.stringify(stored)).not.toContain(path.split('/').at(-1))

      const guest = new Browser(prepared)
      for (let i = 0; i < 2; i++) expect(await (await guest.ask(path)).text()).toContain('riga') // reading uses nothing up
      expect((await guest.ask(path, { form: { name: '', password: 'short' } })).status).toBe(422)
      expect((await guest.ask(path, { form: applicant })).headers.get('location')).toBe('/home')
      expect((await guest.ask('/home')).status).toBe(200)
      const [membership] = await prepared.services.db.select().from(memberships).where(eq(memberships.role, 'contributor'))
      expect(membership).toMatchObject({ cityId, endedAt: null })
      expect(await actionsOf(prepared)).toEqual(['person.signed-in', 'invitation.sent', 'invitation.accepted', 'person.signed-in'])
    }))

  it('works once', () =>
    rolledBack(async (prepared) => {
      const { browser } = await city(prepared)
      const path = await invite(browser, {})
      await new Browser(prepared).ask(path, { form: applicant })
      expect((await new Browser(prepared).ask(path)).status).toBe(410)
      expect((await new Browser(prepared).ask(path, { form: applicant })).status).toBe(410)
      expect((await new Browser(prepared).ask('/invitations/unknown')).status).toBe(404)
    }))

  it('ends after fourteen days, and can be sent again with a new link', () => {
    let now = new Date('2026-03-01T12:00:00Z')
    return rolledBack(
      async (prepared) => {
        const { browser } = await city(prepared)
        const path = await invite(browser, {})
        now = new Date('2026-03-15T12:00:00Z')
        expect((await new Browser(prepared).ask(path)).status).toBe(410)
        const html = await (await browser.ask('/cities/riga/people')).text()
        expect(html).toContain('expired on')
        const resend = /\/cities\/riga\/people\/invitations\/[\w-]+\/resend/.exec(html)![0]
        await browser.ask(resend, { form: { _key: crypto.randomUUID() } })
        const renewed = /\/invitations\/[\w-]{43}/.exec(await (await browser.ask('/cities/riga/people')).text())![0]
        expect(renewed).not.toBe(path)
        expect((await new Browser(prepared).ask(path)).status).toBe(404)
        expect((await new Browser(prepared).ask(renewed)).status).toBe(200)
      },
      () => now,
    )
  })

  it('can be withdrawn', () =>
    rolledBack(async (prepared) => {
      const { browser } = await city(prepared)
      const path = await invite(browser, {})
      const withdraw = /\/cities\/riga\/people\/invitations\/[\w-]+\/withdraw/.exec(
        await (await browser.ask('/cities/riga/people')).text(),
      )![0]
      expect((await browser.ask(withdraw, { form: { x: '' } })).headers.get('location')).toBe('/cities/riga/people?notice=withdrawn')
      expect((await new Browser(prepared).ask(path)).status).toBe(410)
      expect((await browser.ask(withdraw, { form: { x: '' } })).status).toBe(422)
    }))

  it('has one effect however often its form is sent, and is refused for a role that is held or offered', () =>
    rolledBack(async (prepared) => {
      const { browser } = await city(prepared)
      const _key = crypto.randomUUID()
      const mails = (await readOutbox(dataDir)).length
      for (let i = 0; i < 3; i++)
        await browser.ask('/cities/riga/people/invitations', { form: { email: invited, role: 'contributor', _key } })
      expect(await prepared.services.db.select().from(invitations)).toHaveLength(1)
      expect((await readOutbox(dataDir)).length).toBe(mails + 1)
      expect(
        (await browser.ask('/cities/riga/people/invitations', { form: { email: invited, role: 'contributor', _key: crypto.randomUUID() } }))
          .status,
      ).toBe(422)
      expect(
        (
          await browser.ask('/cities/riga/people/invitations', {
            form: { email: coordinator, role: 'city-coordinator', _key: crypto.randomUUID() },
          })
        ).status,
      ).toBe(422)
    }))

  it('is accepted with an existing account after signing in, and by nobody else', () =>
    rolledBack(async (prepared) => {
      const { browser } = await city(prepared)
      const path = await invite(browser, {})
      await addAccount(prepared, { email: invited })
      await addAccount(prepared, { email: 'other@riga.example' })
      const guest = new Browser(prepared)
      expect(await (await guest.ask(path)).text()).toContain(`/sign-in?next=${encodeURIComponent(path)}`)
      expect(await codeIn(await guest.ask(`/api/v1${path}/accept`, { json: applicant }))).toBe('PERSON_EXISTS')
      const other = await signedInBrowser(prepared, 'other@riga.example')
      expect(await codeIn(await other.ask(`/api/v1${path}/accept`, { json: {} }))).toBe('INVITATION_WRONG_PERSON')
      const right = await signedInBrowser(prepared, invited)
      expect((await right.ask(path, { form: { x: '' } })).headers.get('location')).toBe('/home')
      expect(await (await right.ask('/home')).text()).toContain('riga')
    }))
})

describe('people of a city', () => {
  it('are managed by its own coordinator, not by one of another city, nor for the network', () =>
    rolledBack(async (prepared) => {
      await city(prepared)
      const { browser } = await city(prepared, 'lublin', 'coordinator@lublin.example')
      expect((await browser.ask('/cities/riga/people')).status).toBe(403)
      expect((await browser.ask('/network/people')).status).toBe(403)
      const headers = { 'idempotency-key': crypto.randomUUID() }
      expect(
        await codeIn(await browser.ask('/api/v1/invitations', { json: { email: invited, role: 'contributor', city: 'riga' }, headers })),
      ).toBe('NOT_ALLOWED')
      expect(
        await codeIn(await browser.ask('/api/v1/invitations', { json: { email: invited, role: 'network-coordinator' }, headers })),
      ).toBe('NOT_ALLOWED')
      const foreign = await prepared.services.db.select().from(memberships)
      const ofRiga = foreign.find((m) => m.role === 'city-coordinator')!
      expect(await codeIn(await browser.ask(`/api/v1/memberships/${ofRiga.id}/end`, { method: 'POST' }))).toBe('MEMBERSHIP_NOT_FOUND')
    }))

  it('keep their last coordinator; a second one can go and is out at once', () =>
    rolledBack(async (prepared) => {
      const { browser, cityId } = await city(prepared)
      const { people } = (await (await browser.ask('/api/v1/cities/riga/people')).json()) as { people: { roles: { id: string }[] }[] }
      const own = people[0]!.roles[0]!.id
      const kept = await browser.ask(`/cities/riga/people/roles/${own}/end`, { form: { x: '' } })
      expect(kept.status).toBe(422)
      expect(await kept.text()).toContain('This is the last coordinator of the city')
      await addAccount(prepared, { email: 'second@riga.example', role: 'city-coordinator', cityId })
      const second = await signedInBrowser(prepared, 'second@riga.example')
      expect((await second.ask(`/cities/riga/people/roles/${own}/end`, { form: { x: '' } })).headers.get('location')).toBe(
        '/cities/riga/people?notice=ended',
      )
      expect((await browser.ask('/cities/riga/people')).status).toBe(403)
      expect((await browser.ask('/home')).status).toBe(200)
    }))
})

describe('people of the network', () => {
  it('are found by name, address and city, and invited to any role with the name of the city', () =>
    rolledBack(async (prepared) => {
      await city(prepared)
      await addCity(prepared, 'rigault')
      await addAccount(prepared, { email: 'network@pact.example', role: 'network-coordinator' })
      const browser = await signedInBrowser(prepared, 'network@pact.example')
      expect(await (await browser.ask('/network/people?q=riga')).text()).toContain(coordinator)
      expect(await (await browser.ask('/network/people?q=100%25')).text()).toContain('Nobody found')
      const unknown = await browser.ask('/network/people/invitations', {
        form: { email: invited, role: 'approver', city: 'Atlantis', _key: crypto.randomUUID() },
      })
      expect([unknown.status, (await unknown.text()).includes('No city with this name')]).toEqual([422, true])
      await invite(browser, { role: 'approver', city: 'Riga' }, '/network/people')
      await invite(browser, { role: 'reviewer', email: 'expert@university.example' }, '/network/people')
      await invite(browser, { role: 'network-coordinator', email: 'deputy@pact.example' }, '/network/people')
      expect((await prepared.services.db.select().from(invitations)).map(({ role }) => role).sort()).toEqual([
        'approver',
        'network-coordinator',
        'reviewer',
      ])
    }))

  it('keep the last network coordinator', () =>
    rolledBack(async (prepared) => {
      await addAccount(prepared, { email: 'network@pact.example', role: 'network-coordinator' })
      const browser = await signedInBrowser(prepared, 'network@pact.example')
      const [own] = await prepared.services.db.select().from(memberships)
      expect(await codeIn(await browser.ask(`/api/v1/memberships/${own!.id}/end`, { method: 'POST' }))).toBe('STEP_NOT_AVAILABLE')
    }))

  it('can sign in with what the invitation asked for', () =>
    rolledBack(async (prepared) => {
      const { browser } = await city(prepared)
      const path = await invite(browser, {})
      await new Browser(prepared).ask(path, { form: applicant })
      expect((await new Browser(prepared).ask('/api/v1/session', { json: { email: invited, password: applicant.password } })).status).toBe(
        200,
      )
      expect((await new Browser(prepared).ask('/api/v1/session', { json: { email: invited, password: testPassword } })).status).toBe(401)
    }))
})
