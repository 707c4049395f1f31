import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addCity } from '../../../test/accounts.ts'
import { type Prepared, testDatabase } from '../../../test/database.ts'
import { addPerson, signIn } from '../../../test/signed-in.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { memberships, sessions } from '../../db/schema.ts'
import type { Person } from '../../permissions.ts'
import { addNotices } from '../notices/queries.ts'
import { findSignedIn } from './identify.ts'
import { findPerson } from './queries.ts'

const { rolledBack } = testDatabase()
const week = 7 * 24 * 3600 * 1000 // milliseconds

const asked = ({ services }: Prepared, cookie: string) => findSignedIn(services, new Headers({ cookie }))

async function someone(prepared: Prepared): Promise<{ person: Person; cookie: string }> {
  return signIn(prepared, await addPerson(prepared, 'city-coordinator', await addCity(prepared, 'a')))
}

describe('who a request comes from', () => {
  it('is what the command line finds, too: roles in force with the rights that a city has granted', async () => {
    await rolledBack(async (prepared) => {
      const { db } = prepared.services
      const partner = await addPerson(prepared, 'technical-partner', await addCity(prepared, 'a'))
      const other = { personId: partner.id, role: 'contributor', cityId: await addCity(prepared, 'b') }
      await db.insert(memberships).values([other, { ...other, role: 'approver', endedAt: new Date() }])
      const { cookie } = await signIn(prepared, partner)
      const found = await asked(prepared, cookie)
      expect(found!.person).toEqual(await inContext(db, systemContext, (tx) => findPerson(tx, partner.id)))
      expect(new Map(found!.person.memberships.map(({ role, rights }) => [role, rights.length]))).toEqual(
        new Map([
          ['technical-partner', 4],
          ['contributor', 0],
        ]),
      )
    })
  })

  it('is nobody when the signature is not ours, belongs to another token, or is missing', async () => {
    await rolledBack(async (prepared) => {
      const { cookie } = await someone(prepared)
      const { cookie: second } = await signIn(prepared, await addPerson(prepared, 'network-coordinator'))
      const [name, value] = cookie.split('=') as [string, string]
      const [token, signature] = decodeURIComponent(value).split('.') as [string, string]
      const foreign = decodeURIComponent(second.split('=')[1]!).split('.')[1]!
      const turned = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
      for (const wrong of [`${token}.${foreign}`, `${token}.${turned}`, `${token}.`, token, `.${signature}`, ''])
        expect(await asked(prepared, `${name}=${encodeURIComponent(wrong)}`)).toBeNull()
      expect(await asked(prepared, cookie)).not.toBeNull()
    })
  })

  it('is nobody at once when the session was ended or is over', async () => {
    await rolledBack(async (prepared) => {
      const { person, cookie } = await someone(prepared)
      const { db } = prepared.services
      await db
        .update(sessions)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(sessions.userId, person.id))
      expect(await asked(prepared, cookie)).toBeNull()
      const again = await signIn(prepared, person)
      expect(await asked(prepared, again.cookie)).not.toBeNull()
      await db.delete(sessions).where(eq(sessions.userId, person.id))
      expect(await asked(prepared, again.cookie)).toBeNull()
    })
  })

  it('prolongs a session that was in use for a while, and leaves a new one alone', async () => {
    await rolledBack(async (prepared) => {
      const { person, cookie } = await someone(prepared)
      expect([...(await asked(prepared, cookie))!.headers]).toEqual([])
      const dayOld = new Date(Date.now() + week - 24 * 3600 * 1000)
      await prepared.services.db.update(sessions).set({ expiresAt: dayOld }).where(eq(sessions.userId, person.id))
      const found = await asked(prepared, cookie)
      expect(found!.headers.getSetCookie().join()).toContain('tessera-session=')
      expect(found!.endsAt.getTime()).toBeGreaterThan(dayOld.getTime())
    })
  })

  it('comes with the number of notices that the person has not seen', async () => {
    await rolledBack(async (prepared) => {
      const { person, cookie } = await someone(prepared)
      expect((await asked(prepared, cookie))!.news).toBe(0)
      const notice = { personId: person.id, cityId: person.memberships[0]!.cityId!, kind: 'sign-off-asked', address: '/x' } as const
      await inContext(prepared.services.db, systemContext, (tx) =>
        addNotices(tx, [{ ...notice, subject: {} } as never], null, prepared.services.now()),
      )
      expect((await asked(prepared, cookie))!.news).toBe(1)
    })
  })
})
