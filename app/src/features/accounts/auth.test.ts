import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addAccount, testPassword } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { sessions, verifications } from '../../db/schema.ts'

const email = 'ada@city.example'
const { rolledBack } = testDatabase()

// The calls of better-auth that our routes rely on, against our own tables.
describe('better-auth on our tables', () => {
  it('signs in, lists and revokes sessions', () =>
    rolledBack(async (prepared) => {
      const { auth, db } = prepared.services
      const id = await addAccount(prepared, { email })
      const { headers } = await auth.api.signInEmail({
        body: { email, password: testPassword },
        headers: new Headers({ 'user-agent': 'test' }),
        returnHeaders: true,
      })
      const mine = new Headers({ cookie: headers.getSetCookie()[0]!.split(';')[0]! })
      expect((await auth.api.getSession({ headers: mine }))?.user.id).toBe(id)
      const [session] = await auth.api.listSessions({ headers: mine })
      expect(session).toMatchObject({ userId: id, userAgent: 'test' })
      await auth.api.revokeSession({ body: { token: session!.token }, headers: mine })
      expect(await db.select().from(sessions).where(eq(sessions.userId, id))).toEqual([])
      expect(await auth.api.getSession({ headers: mine })).toBeNull()
    }))

  it('stores the secret of a reset link as a hash only', () =>
    rolledBack(async (prepared) => {
      const { auth, db } = prepared.services
      const id = await addAccount(prepared, { email })
      await auth.api.requestPasswordReset({ body: { email } })
      const [stored] = await db.select().from(verifications)
      expect(stored).toMatchObject({ value: id })
      expect(stored!.identifier).not.toContain('reset-password')
    }))

  it('makes no account by itself', () =>
    rolledBack(async (prepared) => {
      await expect(
        prepared.services.auth.api.signUpEmail({ body: { email: 'new@city.example', password: testPassword, name: 'New' } }),
      ).rejects.toThrow()
    }))
})
