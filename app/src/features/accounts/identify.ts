import { APIError } from 'better-auth/api'
import { allowsDemoAccounts } from '../../config.ts'
import { inContext } from '../../db/context.ts'
import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { findPerson } from './queries.ts'

export interface SignedIn {
  person: Person
  sessionId: string
  endsAt: Date
  /** Cookies for the browser: a session in use is prolonged. */
  headers: Headers
}

/**
 * The person behind the session cookie, or null. Nothing is cached: an ended session is ended at once. Sessions of
 * demonstration accounts count only where those may sign in.
 */
export async function findSignedIn({ auth, config, db }: Services, requestHeaders: Headers): Promise<SignedIn | null> {
  const found = await auth.api.getSession({ headers: requestHeaders, returnHeaders: true }).catch((error: unknown) => {
    if (error instanceof APIError && error.statusCode === 401) return null // ended while we looked
    throw error
  })
  if (found === null || found.response === null) return null
  const { session, user } = found.response
  const person = await inContext(db, { scope: 'sign-in' }, (tx) => findPerson(tx, user.id))
  if (person === null || (person.isDemo && !allowsDemoAccounts(config))) return null
  return { person, sessionId: session.id, endsAt: session.expiresAt, headers: found.headers }
}
