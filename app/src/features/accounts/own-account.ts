import { createOTP } from '@better-auth/utils/otp'
import { symmetricDecrypt } from 'better-auth/crypto'
import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { type Person, can } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { recordEvent } from '../audit/queries.ts'
import { callAuth } from './auth-errors.ts'
import {
  deleteOtherSessions,
  deleteSession,
  findPendingSecret,
  getTwoFactorState,
  listSessions,
  type Session,
  type TwoFactorState,
  updatePerson,
} from './queries.ts'
import { findSignedIn } from './identify.ts'
import { findSignInWays } from './oidc-queries.ts'
import { parseAppCode } from './recovery-codes.ts'
import { useAppCode } from './sign-in.ts'
import { claimAttempt, forgetFailures } from './sign-in-limits.ts'
import type { Visit } from './visit.ts'

function requireOwn(person: Person): void {
  const permission = can(person, 'account.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

interface OwnEvent {
  action: string
  payload?: Record<string, unknown>
  now: Date
}

const recordOwn = (db: Db, person: Person, { action, payload = {}, now }: OwnEvent) =>
  recordEvent(db, { action, personId: person.id, cityId: null, subject: `person:${person.id}`, payload, now })

/** For steps that better-auth carries out itself: the event follows in a transaction of its own. */
const recordAfter = (services: Services, person: Person, action: string) =>
  inContext(services.db, { scope: 'sign-in' }, (tx) => recordOwn(tx, person, { action, now: services.now() }))

/** Asks for the password again before something that a stolen session must not do; wrong ones count like wrong sign-ins. */
async function withPassword<T>(services: Services, visit: Visit, person: Person, otherwise: ErrorCode, work: () => Promise<T>): Promise<T> {
  requireOwn(person)
  await claimAttempt(services, person.email, visit.address)
  const done = await callAuth(otherwise, work)
  await forgetFailures(services, person.email)
  return done
}

export async function updateAccount(db: Db, person: Person, changes: { name: string; language: string }, now: Date): Promise<void> {
  requireOwn(person)
  await updatePerson(db, person.id, changes, now)
  await recordOwn(db, person, { action: 'person.updated', payload: changes, now })
}

/** Changes the password and ends every other session. @returns headers with the cookie of this browser's new session */
export async function changePassword(
  services: Services,
  visit: Visit,
  person: Person,
  { current, next }: { current: string; next: string },
): Promise<Headers> {
  const { headers } = await withPassword(services, visit, person, 'PASSWORD_REFUSED', () =>
    services.auth.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: visit.headers,
      returnHeaders: true,
    }),
  )
  await recordAfter(services, person, 'person.password-changed')
  return headers
}

export interface TwoFactorSetup {
  /** For people who type it into their app, in base 32. */
  secret: string
  /** For the QR code and for apps on the same device. */
  otpauthUri: string
}

/** Whether the account page asks for the second factor only with a password: not for those who sign in at their organisation only. */
export const hasOwnPassword = async (services: Services, person: Person): Promise<boolean> =>
  (await inContext(services.db, { scope: 'sign-in' }, (tx) => findSignInWays(tx, person.id, null))).hasPassword

/**
 * Begins the set-up of a second factor; it is not in force before a first code confirms it.
 * @param password of those who have one
 */
export async function startTwoFactor(services: Services, visit: Visit, person: Person, password: string | undefined): Promise<void> {
  const state = await inContext(services.db, { scope: 'sign-in' }, (tx) => getTwoFactorState(tx, person.id))
  if (state === 'on') throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.two-factor-on' })
  await withPassword(services, visit, person, 'PASSWORD_REFUSED', () =>
    services.auth.api.enableTwoFactor({ body: { password }, headers: visit.headers }),
  )
}

/** The set-up that waits for its first code, or null. */
export async function findTwoFactorSetup(services: Services, person: Person): Promise<TwoFactorSetup | null> {
  const encrypted = await inContext(services.db, { scope: 'sign-in' }, (tx) => findPendingSecret(tx, person.id))
  if (encrypted === null) return null
  const { secretConfig } = await services.auth.$context
  const otpauthUri = createOTP(await symmetricDecrypt({ key: secretConfig, data: encrypted })).url('Tessera', person.email)
  return { secret: new URL(otpauthUri).searchParams.get('secret')!, otpauthUri }
}

/**
 * Confirms the set-up with a first code: from now on sign-in asks for one.
 * @returns the recovery codes, to be shown once, and headers with the cookie of this browser's new session
 */
export async function confirmTwoFactor(
  services: Services,
  visit: Visit,
  person: Person,
  typed: string,
): Promise<{ recoveryCodes: string[]; headers: Headers }> {
  requireOwn(person)
  if ((await findTwoFactorSetup(services, person)) === null) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.no-setup' })
  const code = parseAppCode(typed)
  if (code === null) throw new AppError('TWO_FACTOR_REFUSED')
  await useAppCode(services, person.id, code)
  const { headers } = await callAuth('TWO_FACTOR_REFUSED', () =>
    services.auth.api.verifyTOTP({ body: { code }, headers: visit.headers, returnHeaders: true }),
  )
  const { backupCodes } = await services.auth.api.viewBackupCodes({ body: { userId: person.id } })
  await endUnproven(services, person, headers)
  await recordAfter(services, person, 'person.two-factor-on')
  return { recoveryCodes: backupCodes, headers }
}

/** Ends the sessions that began with the password alone: from now on every one stands on both. */
async function endUnproven(services: Services, person: Person, headers: Headers): Promise<void> {
  const cookie = headers.getSetCookie().map((set) => set.split(';')[0]!)
  const kept = await findSignedIn(services, new Headers({ cookie: cookie.join('; ') }))
  await inContext(services.db, { scope: 'sign-in' }, (tx) => deleteOtherSessions(tx, person.id, kept!.sessionId))
}

/** Switches the second factor off, or gives up a set-up that was never confirmed. */
export async function stopTwoFactor(services: Services, visit: Visit, person: Person, password: string): Promise<Headers> {
  const { headers } = await withPassword(services, visit, person, 'PASSWORD_REFUSED', () =>
    services.auth.api.disableTwoFactor({ body: { password }, headers: visit.headers, returnHeaders: true }),
  )
  await recordAfter(services, person, 'person.two-factor-off')
  return headers
}

/** Everything the account page shows about signing in. */
export async function openAccount(db: Db, person: Person, now: Date): Promise<{ twoFactor: TwoFactorState; sessions: Session[] }> {
  requireOwn(person)
  return { twoFactor: await getTwoFactorState(db, person.id), sessions: await listSessions(db, person.id, now) }
}

/** Ends one session of the person, at once. @throws {AppError} SESSION_NOT_FOUND */
export async function endSession(db: Db, person: Person, sessionId: string, now: Date): Promise<void> {
  requireOwn(person)
  if (!(await deleteSession(db, person.id, sessionId))) throw new AppError('SESSION_NOT_FOUND')
  await recordOwn(db, person, { action: 'session.ended', now })
}

/** Ends every session of the person but one. @returns how many */
export async function endOtherSessions(db: Db, person: Person, keptSessionId: string, now: Date): Promise<number> {
  requireOwn(person)
  const ended = await deleteOtherSessions(db, person.id, keptSessionId)
  if (ended > 0) await recordOwn(db, person, { action: 'session.others-ended', payload: { ended }, now })
  return ended
}
