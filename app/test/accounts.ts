import { createOTP } from '@better-auth/utils/otp'
import { symmetricEncrypt } from 'better-auth/crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inContext, systemContext } from '../src/db/context.ts'
import { cities, memberships, partnerRights as partnerRightRows, people, twoFactors, verifications } from '../src/db/schema.ts'
import { insertMembership } from '../src/features/accounts/membership-queries.ts'
import { insertPerson } from '../src/features/accounts/queries.ts'
import { passwords } from '../src/features/accounts/scrypt-queue.ts'
import { listEvents } from '../src/features/audit/queries.ts'
import type { Db } from '../src/db/open.ts'
import { partnerRights, type Role, secondFactorRoles } from '../src/permissions.ts'
import { eq, like } from 'drizzle-orm'
import { Browser } from './browser.ts'
import type { Prepared } from './database.ts'

export const testPassword = 'a long test password'

let knownHash: Promise<string> | undefined

interface Account {
  email: string
  role?: Role
  cityId?: string | null
  isDemo?: boolean
}

/** An account that can sign in with the test password. */
export async function addAccount({ services }: Prepared, { email, role, cityId = null, isDemo = false }: Account): Promise<string> {
  knownHash ??= passwords.hash(testPassword)
  const passwordHash = await knownHash
  return inContext(services.db, systemContext, async (db) => {
    const id = await insertPerson(db, { name: email.split('@')[0]!, email, language: 'en', passwordHash }, services.now())
    if (isDemo) await db.update(people).set({ isDemo }).where(eq(people.id, id))
    if (role) await insertMembership(db, { personId: id, role, cityId, createdBy: null, now: services.now() })
    if (role === 'technical-partner') await grantAll(db, id)
    if (role && !isDemo && secondFactorRoles.includes(role)) await addSecondFactor({ services }, db, id)
    return id
  })
}

const appSecret = 'what the app of a test keeps: 32'

/** The second factor that the role needs, as the person would have set it up. */
async function addSecondFactor({ services }: Pick<Prepared, 'services'>, db: Db, personId: string): Promise<void> {
  const { secretConfig } = await services.auth.$context
  const secret = await symmetricEncrypt({ key: secretConfig, data: appSecret })
  const backupCodes = await symmetricEncrypt({ key: secretConfig, data: JSON.stringify([]) })
  await db.insert(twoFactors).values({ userId: personId, secret, backupCodes, verified: true })
  await db.update(people).set({ twoFactorEnabled: true }).where(eq(people.id, personId))
}

/** What a city would grant its technical partner, all of it. */
async function grantAll(db: Db, personId: string): Promise<void> {
  const held = await db
    .select({ id: memberships.id, cityId: memberships.cityId })
    .from(memberships)
    .where(eq(memberships.personId, personId))
  for (const { id, cityId } of held)
    for (const right of partnerRights) await db.insert(partnerRightRows).values({ membershipId: id, cityId: cityId!, right })
}

export async function addCity({ services }: Prepared, slug: string): Promise<string> {
  const [city] = await services.db.insert(cities).values({ slug, name: slug, country: 'DE' }).returning({ id: cities.id })
  return city!.id
}

/** A browser in which somebody has signed in with the form, and with the code of their app where the account asks for one. */
export async function signedInBrowser(prepared: Prepared, email: string): Promise<Browser> {
  const browser = new Browser(prepared)
  const { headers } = await browser.ask('/sign-in', { form: { email, password: testPassword } })
  if (headers.get('location')?.startsWith('/sign-in/code')) await giveCode(prepared, browser)
  return browser
}

/** Gives the code of the app of an account of `addAccount`; the same code may have been used a moment ago. */
export async function giveCode({ services }: Prepared, browser: Browser, next = '/home'): Promise<Response> {
  await services.db.delete(verifications).where(like(verifications.identifier, 'used-code:%'))
  return browser.ask('/sign-in/code', { form: { code: await createOTP(appSecret).totp(), next } })
}

/** Texts of the mails in the outbox, oldest first; waits for a mail that is still on its way. */
export async function readOutbox(dataDir: string, atLeast = 1): Promise<string[]> {
  const outbox = join(dataDir, 'outbox')
  for (let attempt = 0; ; attempt++) {
    const files = safeList(outbox)
    if (files.length >= atLeast || attempt === 50) return files.sort().map((file) => decodeMail(readFileSync(join(outbox, file), 'utf8')))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.eml'))
  } catch {
    return []
  }
}

/** Undoes quoted-printable: soft line ends and =XX. */
const decodeMail = (mail: string): string =>
  mail.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))

/** Names of the recorded events, in order. */
export const actionsOf = async ({ services }: Prepared): Promise<string[]> =>
  (await inContext(services.db, systemContext, listEvents)).map(({ action }) => action)
