import { createHmac, randomUUID } from 'node:crypto'
import { inContext, systemContext } from '../src/db/context.ts'
import { sessionSeconds } from '../src/features/accounts/auth.ts'
import { memberships, partnerRights as partnerRightRows, people, sessions } from '../src/db/schema.ts'
import { partnerRights, type Person, type Role, secondFactorRoles } from '../src/permissions.ts'
import type { Prepared } from './database.ts'

export interface SignedInPerson {
  person: Person
  /** For requests that are put together elsewhere. */
  cookie: string
  /** Asks the app as this person; a form body is sent as a browser would send it. */
  ask: (
    path: string,
    options?: { method?: string; form?: Record<string, string | string[]>; json?: unknown; headers?: Record<string, string> },
  ) => Promise<Response>
}

export async function addPerson({ services }: Prepared, role: Role, cityId: string | null = null, name: string = role): Promise<Person> {
  return inContext(services.db, systemContext, async (db) => {
    const email = `${randomUUID()}@example.org`
    const twoFactorEnabled = secondFactorRoles.includes(role)
    const [{ id } = { id: '' }] = await db
      .insert(people)
      .values({ name, email, emailVerified: true, twoFactorEnabled })
      .returning({ id: people.id })
    const [membership] = await db.insert(memberships).values({ personId: id, role, cityId }).returning({ id: memberships.id })
    const rights = role === 'technical-partner' ? partnerRights : []
    if (cityId !== null)
      for (const right of rights) await db.insert(partnerRightRows).values({ membershipId: membership!.id, cityId, right })
    return { id, name, email, language: 'en', isDemo: false, memberships: [{ id: membership!.id, role, cityId, rights }] }
  })
}

/** Gives somebody one more role. @returns the person as every request finds them from now on */
export async function addRole({ services }: Prepared, person: Person, role: Role, cityId: string | null = null): Promise<Person> {
  const id = await inContext(services.db, systemContext, async (db) => {
    const [row] = await db.insert(memberships).values({ personId: person.id, role, cityId }).returning({ id: memberships.id })
    return row!.id
  })
  return { ...person, memberships: [...person.memberships, { id, role, cityId, rights: [] }] }
}

/** A person with a session, as if they had signed in a moment ago. */
export async function signIn(prepared: Prepared, person: Person): Promise<SignedInPerson> {
  const token = randomUUID()
  await prepared.services.db.insert(sessions).values({ token, userId: person.id, expiresAt: new Date(Date.now() + sessionSeconds * 1000) })
  const signature = createHmac('sha256', prepared.services.secrets.signIn).update(token).digest('base64')
  const cookie = `tessera-session=${encodeURIComponent(`${token}.${signature}`)}`
  return { person, cookie, ask: (path, options = {}) => ask(prepared, path, options, { cookie }) }
}

/** Asks the app; without a cookie as a stranger. */
export async function ask(
  { app }: Prepared,
  path: string,
  { method, form, json, headers }: Parameters<SignedInPerson['ask']>[1] & object = {},
  own: Record<string, string> = {},
): Promise<Response> {
  const body = form !== undefined ? formBody(form) : json !== undefined ? JSON.stringify(json) : undefined
  const type: Record<string, string> =
    form !== undefined
      ? { 'content-type': 'application/x-www-form-urlencoded' }
      : json !== undefined
        ? { 'content-type': 'application/json' }
        : {}
  return app.request(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    body,
    headers: { 'accept-language': 'en', ...type, ...own, ...headers },
  })
}

function formBody(form: Record<string, string | string[]>): string {
  const body = new URLSearchParams()
  for (const [name, values] of Object.entries(form)) for (const value of [values].flat()) body.append(name, value)
  return body.toString()
}
