import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { actionsOf, addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { ask, codeOf, makeToken, tokenHolder } from '../../../test/token-holders.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { accessTokens, memberships, people } from '../../db/schema.ts'
import { scopes } from '../../scopes.ts'

const { rolledBack } = testDatabase()

describe('a token that works', () => {
  it('acts as its owner, without cookie and without Origin, and says when it was used to the hour', () =>
    rolledBack(async (prepared) => {
      const { secret, person, id } = await tokenHolder(prepared)
      const who = await ask(prepared, secret, '/api/v1/session', { headers: { 'sec-fetch-site': 'cross-site' } })
      expect(await who.json()).toMatchObject({ person: { id: person.id }, expiresAt: null })
      const made = await ask(prepared, secret, '/api/v1/cities', {
        method: 'POST',
        json: { slug: 'new-city', name: 'New city', country: 'DE' },
        headers: { 'idempotency-key': randomUUID(), origin: 'https://elsewhere.example' },
      })
      expect(made.status).toBe(201)
      const [row] = await prepared.services.db.select().from(accessTokens).where(eq(accessTokens.id, id))
      expect(row!.lastUsedAt!.toISOString()).toMatch(/:00:00\.000Z$/)
      expect(row!.tokenHash).not.toContain(secret.slice(8))
      expect(row!.scopes).toEqual([...scopes])
    }))

  it('has the rights that its owner has now', () =>
    rolledBack(async (prepared) => {
      const { secret, person } = await tokenHolder(prepared)
      expect((await ask(prepared, secret, '/api/v1/waves')).status).toBe(200)
      expect((await ask(prepared, secret, '/api/v1/people')).status).toBe(200)
      await inContext(prepared.services.db, systemContext, (db) =>
        db.update(memberships).set({ endedAt: new Date() }).where(eq(memberships.personId, person.id)),
      )
      expect((await ask(prepared, secret, '/api/v1/people')).status).toBe(403)
    }))

  it('opens no page, and counts for more than a session cookie beside it', () =>
    rolledBack(async (prepared) => {
      const { secret } = await tokenHolder(prepared)
      const page = await ask(prepared, secret, '/account/tokens')
      expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?next=%2Faccount%2Ftokens'])
      const city = await addCity(prepared, 'city-x')
      const other = await signIn(prepared, await addPerson(prepared, 'contributor', city))
      const both = await other.ask('/api/v1/account', { headers: { authorization: `Bearer ${secret}` } })
      expect(await codeOf(both)).toBe('TOKEN_NEEDS_SESSION')
      expect((await other.ask('/api/v1/account', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
    }))
})

describe('a token that does not work', () => {
  const refused = async (prepared: Prepared, secret: string) => {
    const response = await ask(prepared, secret, '/api/v1/session')
    const body = (await response.json()) as Record<string, unknown>
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      sign: response.headers.get('www-authenticate'),
      code: body.code,
      detail: body.detail,
    }
  }

  it('gets the same answer whether it is unknown, expired, revoked, or its owner is gone', () => {
    let now = new Date()
    return rolledBack(
      async (prepared) => {
        const unknown = await refused(prepared, 'tessera_unknown')
        expect(unknown).toEqual({
          status: 401,
          type: 'application/problem+json; charset=utf-8',
          sign: 'Bearer error="invalid_token"',
          code: 'TOKEN_REFUSED',
          detail: 'It is unknown, has expired or was revoked.',
        })
        for (const odd of ['', ' ', 'x'.repeat(5000), "tessera_' or 1=1", 'eyJhbGciOiJub25lIn0.e30.'])
          expect(await refused(prepared, odd)).toEqual(unknown)

        const revoked = await tokenHolder(prepared)
        expect((await revoked.ask(`/api/v1/account/tokens/${revoked.id}`, { method: 'DELETE' })).status).toBe(204)
        expect(await refused(prepared, revoked.secret)).toEqual(unknown)

        const gone = await tokenHolder(prepared)
        await prepared.services.db.delete(people).where(eq(people.id, gone.person.id))
        expect(await refused(prepared, gone.secret)).toEqual(unknown)
        expect(await prepared.services.db.select().from(accessTokens).where(eq(accessTokens.id, gone.id))).toEqual([])

        const expired = await tokenHolder(prepared)
        expect((await ask(prepared, expired.secret, '/api/v1/session')).status).toBe(200)
        now = new Date(now.getTime() + 91 * 24 * 3600 * 1000)
        expect(await refused(prepared, expired.secret)).toEqual(unknown)
      },
      () => now,
    )
  })

  it('does not fall back to nobody where anybody may ask', () =>
    rolledBack(async (prepared) => {
      expect((await ask(prepared, 'tessera_wrong', '/api/v1/cities')).status).toBe(401)
      expect((await ask(prepared, 'tessera_wrong', '/cities')).status).toBe(200) // pages know no tokens
    }))

  it('is refused to other people, too: revoking needs the own token', () =>
    rolledBack(async (prepared) => {
      const holder = await tokenHolder(prepared)
      const other = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const response = await other.ask(`/api/v1/account/tokens/${holder.id}`, { method: 'DELETE' })
      expect([response.status, await codeOf(response)]).toEqual([404, 'TOKEN_NOT_FOUND'])
      expect((await ask(prepared, holder.secret, '/api/v1/session')).status).toBe(200)
      expect(await (await other.ask('/api/v1/account/tokens')).json()).toEqual({ tokens: [] })
    }))
})

describe('making and ending tokens', () => {
  it('shows the secret once on the page, in no address, and never again', () =>
    rolledBack(async (prepared) => {
      const holder = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const form = { name: 'Statistics office', scopes: ['read', 'answers'], lifetime: '30', _key: randomUUID() }
      const first = await holder.ask('/account/tokens', { form })
      const shown = await first.text()
      const secret = /tessera_[\w-]{43}/.exec(shown)?.[0]
      expect([first.status, first.headers.get('location')]).toEqual([200, null])
      expect((await ask(prepared, secret!, '/api/v1/session')).status).toBe(200)
      const again = await holder.ask('/account/tokens', { form })
      expect([again.status, again.headers.get('location')]).toEqual([303, '/account/tokens?notice=made'])
      const list = await (await holder.ask('/account/tokens')).text()
      expect(list).toContain('Statistics office')
      expect(list).not.toContain(secret)
      const id = /account\/tokens\/([0-9a-f-]{36})\/revoke/.exec(list)![1]
      expect((await holder.ask(`/account/tokens/${id}/revoke`, { form: {} })).headers.get('location')).toBe(
        '/account/tokens?notice=revoked',
      )
      expect((await ask(prepared, secret!, '/api/v1/session')).status).toBe(401)
      expect(await (await holder.ask('/account/tokens')).text()).toContain('revoked on')
      expect(await actionsOf(prepared)).toEqual(['token.created', 'token.revoked'])
    }))

  it('keeps what was typed and says what is wrong', () =>
    rolledBack(async (prepared) => {
      const holder = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const send = async (form: Record<string, string | string[]>) => {
        const response = await holder.ask('/account/tokens', { form: { _key: randomUUID(), ...form } })
        return [response.status, await response.text()] as const
      }
      const [status, text] = await send({ name: '', lifetime: 'date', endsOn: '2026-02-30' })
      expect(status).toBe(422)
      for (const words of ['Say what the token is for.', 'Choose at least one.']) expect(text).toContain(words)
      const [tooLong, later] = await send({ name: 'Kept words', scopes: 'read', lifetime: 'date', endsOn: '2099-01-01' })
      expect(tooLong).toBe(422)
      expect(later).toContain('at most one year from now')
      expect(later).toContain('Kept words')
      expect(await (await holder.ask('/api/v1/account/tokens')).json()).toEqual({ tokens: [] })
    }))

  it('refuses the API a lifetime of more than a year or in the past', () =>
    rolledBack(async (prepared) => {
      const holder = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const year = 365 * 24 * 3600 * 1000
      for (const end of [Date.now() + 1.1 * year, Date.now() - 1000]) {
        const response = await holder.ask('/api/v1/account/tokens', {
          json: { name: 'Too long', scopes: ['read'], expiresAt: new Date(end).toISOString() },
          headers: { 'idempotency-key': randomUUID() },
        })
        expect([response.status, await codeOf(response)]).toEqual([422, 'INPUT_INVALID'])
      }
    }))

  it('stops at twenty that work, and forgets ended ones after 90 days', () => {
    let now = new Date()
    return rolledBack(
      async (prepared) => {
        const holder = await signIn(prepared, await addPerson(prepared, 'reviewer'))
        const first = await makeToken(holder, ['read'], new Date(now.getTime() + 3_600_000).toISOString())
        for (let i = 0; i < 19; i++) await makeToken(holder)
        const oneMore = await holder.ask('/api/v1/account/tokens', {
          json: { name: 'One more', scopes: ['read'] },
          headers: { 'idempotency-key': randomUUID() },
        })
        expect(await oneMore.json()).toMatchObject({ code: 'STEP_NOT_AVAILABLE', detail: expect.stringContaining('20 tokens') })
        await prepared.services.db.update(accessTokens).set({ revokedAt: now }).where(eq(accessTokens.id, first.id))
        await makeToken(holder)
        const listed = async () =>
          ((await (await holder.ask('/api/v1/account/tokens')).json()) as { tokens: { id: string }[] }).tokens.map(({ id }) => id)
        expect(await listed()).toContain(first.id)
        now = new Date(now.getTime() + 89 * 24 * 3600 * 1000)
        await prepared.services.db
          .update(accessTokens)
          .set({ revokedAt: new Date(now.getTime() - 90.5 * 24 * 3600 * 1000) })
          .where(eq(accessTokens.id, first.id))
        await prepared.services.db.delete(accessTokens).where(eq(accessTokens.id, (await listed())[0]!))
        await makeToken(holder)
        expect(await listed()).not.toContain(first.id)
      },
      () => now,
    )
  })
})
