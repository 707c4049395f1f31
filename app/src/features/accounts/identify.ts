import { createHmac, timingSafeEqual } from 'node:crypto'
import { APIError } from 'better-auth/api'
import { parse } from 'hono/utils/cookie'
import { allowsDemoAccounts } from '../../config.ts'
import { asFarAsProven, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { cookieNames, renewalSeconds, sessionSeconds } from './auth.ts'
import { findSession } from './queries.ts'

export interface SignedIn {
  person: Person
  sessionId: string
  endsAt: Date
  /** Notices that the person has not seen. */
  news: number
  /** Cookies for the browser: a session in use is prolonged. */
  headers: Headers
}

/** The token in the session cookie, or null when the signature is not ours. better-auth signs it: token.HMAC-SHA256 in base64. */
function sessionToken({ config, secrets }: Services, requestHeaders: Headers): string | null {
  const { name } = cookieNames(config).session_token
  const value = parse(requestHeaders.get('cookie') ?? '', name)[name]
  const dot = value?.lastIndexOf('.') ?? -1
  if (value === undefined || dot < 1) return null
  const token = value.slice(0, dot)
  const signature = Buffer.from(value.slice(dot + 1), 'base64')
  const expected = createHmac('sha256', secrets.signIn).update(token).digest()
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? token : null
}

/** Lets better-auth prolong a session that is in use, or end one that is over. @returns its cookies; null when it has ended */
async function prolong({ auth }: Services, requestHeaders: Headers): Promise<{ headers: Headers; endsAt: Date } | null> {
  const found = await auth.api.getSession({ headers: requestHeaders, returnHeaders: true }).catch((error: unknown) => {
    if (error instanceof APIError && error.statusCode === 401) return null // ended while we looked
    throw error
  })
  return found?.response ? { headers: found.headers, endsAt: found.response.session.expiresAt } : null
}

/**
 * The person behind the session cookie, or null; one query. Nothing is cached: an ended session is ended at once. Sessions of
 * demonstration accounts count only where those may sign in; no role counts without the second factor that it needs.
 */
export async function findSignedIn(services: Services, requestHeaders: Headers): Promise<SignedIn | null> {
  const token = sessionToken(services, requestHeaders)
  const found = token === null ? null : await findSession(services.db, token)
  if (found === null || (found.person.isDemo && !allowsDemoAccounts(services.config))) return null
  const { hasSecondFactor, ...session } = found
  const signedIn = { ...session, person: asFarAsProven(found.person, hasSecondFactor) }
  const left = found.endsAt.getTime() - Date.now() // better-auth's clock, whatever time a test may set
  if (left > (sessionSeconds - renewalSeconds) * 1000) return { ...signedIn, headers: new Headers() }
  const prolonged = await prolong(services, requestHeaders)
  return prolonged === null ? null : { ...signedIn, ...prolonged }
}
