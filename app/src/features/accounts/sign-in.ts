import { parse, parseSigned } from 'hono/utils/cookie'
import { allowsDemoAccounts } from '../../config.ts'
import { sha256 } from '../../canonical.ts'
import { inContext } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { recordEvent } from '../audit/queries.ts'
import { normaliseEmail } from './account.ts'
import { callAuth } from './auth-errors.ts'
import { claimCode, deleteSession, findPerson, markMultiFactor } from './queries.ts'
import { parseAppCode, parseRecoveryCode } from './recovery-codes.ts'
import { claimAttempt, forgetFailures, resetLimits } from './sign-in-limits.ts'
import type { Visit } from './visit.ts'

// Signing in does not run in the one transaction of its request: a failure must stay counted although it is refused.

/** Where a sign-in stands; `headers` carry the cookies for the browser. */
export type SignInStep = { kind: 'signed-in'; person: Person; headers: Headers } | { kind: 'second-step'; headers: Headers }

export type SignInMethod = 'password' | 'app-code' | 'recovery-code' | 'invitation' | 'organisation' | 'demo'

/** The person has proved who they are: checks that the account may be used here and records the sign-in. */
async function finish(
  services: Services,
  visit: Visit,
  { personId, headers, method }: { personId: string; headers: Headers; method: SignInMethod },
): Promise<SignInStep> {
  const now = services.now()
  const person = await inContext(services.db, { scope: 'sign-in' }, async (tx) => {
    const found = await findPerson(tx, personId)
    if (found === null) throw new AppError('PERSON_NOT_FOUND')
    if (found.isDemo && !allowsDemoAccounts(services.config)) throw new AppError('DEMO_ONLY_LOCAL')
    if (visit.sessionId !== null) await deleteSession(tx, personId, visit.sessionId)
    await recordEvent(tx, { action: 'person.signed-in', personId, cityId: null, subject: `person:${personId}`, payload: { method }, now })
    return found
  })
  await forgetFailures(services, person.email)
  return { kind: 'signed-in', person, headers }
}

/**
 * First step: address and password. Unknown address, wrong password and account without password are answered alike and
 * take the same time.
 * @throws {AppError} SIGN_IN_REFUSED, SIGN_IN_LIMITED, DEMO_ONLY_LOCAL
 */
export async function signIn(
  services: Services,
  visit: Visit,
  { email, password }: { email: string; password: string },
): Promise<SignInStep> {
  const account = normaliseEmail(email)
  await claimAttempt(services, account, visit.address)
  const { headers, response } = await callAuth('SIGN_IN_REFUSED', () =>
    services.auth.api.signInEmail({ body: { email: account, password }, headers: visit.headers, returnHeaders: true }),
  )
  if (!('user' in response)) {
    await forgetFailures(services, account) // the codes of the second step have a limit of their own
    return { kind: 'second-step', headers }
  }
  return finish(services, visit, { personId: response.user.id, headers, method: 'password' })
}

interface Challenge {
  personId: string
  /** The request's headers without its session: the code is for the person who has just given the password. */
  headers: Headers
}

/** The sign-in that waits for its second step, from the signed cookie of this browser. */
async function findChallenge(services: Services, visit: Visit): Promise<Challenge> {
  const context = await services.auth.$context
  const { name } = context.createAuthCookie('two_factor')
  const cookies = visit.headers.get('cookie') ?? ''
  const identifier = (await parseSigned(cookies, context.secret, name))[name]
  const challenge = identifier ? await context.internalAdapter.findVerificationValue(identifier) : null
  if (challenge === null || challenge.expiresAt <= services.now()) throw new AppError('SIGN_IN_STEP_EXPIRED')
  const headers = new Headers(visit.headers)
  headers.set('cookie', `${name}=${encodeURIComponent(parse(cookies, name)[name] ?? '')}`)
  return { personId: challenge.value, headers }
}

const codeLifeMs = 2 * 60 * 1000 // longer than any code of an app is accepted

/** Notes that the code of an app was used by this person. @throws {AppError} TWO_FACTOR_REFUSED when it had been before */
export async function useAppCode(services: Services, personId: string, code: string): Promise<void> {
  const now = services.now()
  const isNew = await services.db.transaction((tx) =>
    claimCode(tx, `used-code:${sha256(`${personId}:${code}`)}`, now, new Date(now.getTime() + codeLifeMs)),
  )
  if (!isNew) throw new AppError('TWO_FACTOR_REFUSED')
}

/**
 * Second step: a code of the app, or a recovery code. Each works once.
 * @throws {AppError} TWO_FACTOR_REFUSED, SIGN_IN_STEP_EXPIRED, SIGN_IN_LIMITED, DEMO_ONLY_LOCAL
 */
export async function verifySecondStep(services: Services, visit: Visit, typed: string): Promise<SignInStep> {
  const { personId, headers } = await findChallenge(services, visit)
  const appCode = parseAppCode(typed)
  const recoveryCode = parseRecoveryCode(typed)
  if (appCode !== null) await useAppCode(services, personId, appCode)
  const verified = await callAuth('TWO_FACTOR_REFUSED', async () =>
    appCode !== null
      ? services.auth.api.verifyTOTP({ body: { code: appCode }, headers, returnHeaders: true })
      : services.auth.api.verifyBackupCode({ body: { code: recoveryCode ?? '' }, headers, returnHeaders: true }),
  )
  return finish(services, visit, { personId, headers: verified.headers, method: appCode === null ? 'recovery-code' : 'app-code' })
}

/** Both steps at once, for the answering page and for programs. @throws {AppError} TWO_FACTOR_REQUIRED with the cookie of the second step */
export async function signInAtOnce(
  services: Services,
  visit: Visit,
  { code, ...first }: { email: string; password: string; code?: string },
): Promise<SignInStep> {
  const step = await signIn(services, visit, first)
  if (step.kind === 'signed-in' || !code) return step
  const headers = new Headers(visit.headers)
  headers.set(
    'cookie',
    step.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0]!)
      .join('; '),
  )
  return verifySecondStep(services, { ...visit, headers }, code)
}

/** Asks for the second step of a person who has proved the first elsewhere. */
export async function startSecondStep(services: Services, visit: Visit, personId: string): Promise<SignInStep> {
  const { headers } = await services.auth.api.startSecondStep({ body: { personId }, headers: visit.headers, returnHeaders: true })
  return { kind: 'second-step', headers }
}

/**
 * Signs in a person whom we know already: from an invitation, from their organisation, or of the demonstration.
 * @param isMultiFactor the organisation's sign-in has asked for a second factor
 */
export async function startSession(
  services: Services,
  visit: Visit,
  personId: string,
  method: SignInMethod,
  isMultiFactor = false,
): Promise<SignInStep> {
  const { headers, response } = await services.auth.api.startSession({ body: { personId }, headers: visit.headers, returnHeaders: true })
  if (isMultiFactor) await services.db.transaction((tx) => markMultiFactor(tx, response.sessionId))
  return finish(services, visit, { personId, headers, method })
}

/** Signs in to an account of the demonstration with one click, where that is allowed. */
export async function signInDemo(services: Services, visit: Visit, personId: string): Promise<SignInStep> {
  if (!allowsDemoAccounts(services.config)) throw new AppError('DEMO_ONLY_LOCAL')
  const person = await inContext(services.db, { scope: 'sign-in' }, (tx) => findPerson(tx, personId))
  if (person === null || !person.isDemo) throw new AppError('PERSON_NOT_FOUND')
  return startSession(services, visit, personId, 'demo')
}

/** Ends the session of this browser, if it has one. @returns the headers that clear its cookies */
export async function signOut(services: Services, visit: Visit): Promise<Headers> {
  const { headers } = await services.auth.api.signOut({ headers: visit.headers, returnHeaders: true })
  return headers
}

/** Sends a link for a new password if there is an account with the address. The answer never tells whether there is. */
export async function requestPasswordReset(services: Services, visit: Visit, email: string): Promise<void> {
  const account = normaliseEmail(email)
  try {
    await claimAttempt(services, `reset:${account}`, visit.address, resetLimits)
  } catch (error) {
    if (error instanceof AppError) return // enough mails for now; said to nobody
    throw error
  }
  await callAuth('INPUT_INVALID', () => services.auth.api.requestPasswordReset({ body: { email: account }, headers: visit.headers }))
}

async function findResetPerson(services: Services, token: string): Promise<string | null> {
  const context = await services.auth.$context
  const found = await context.internalAdapter.findVerificationValue(`reset-password:${token}`)
  return found === null || found.expiresAt <= services.now() ? null : found.value
}

export const isResetLinkValid = async (services: Services, token: string): Promise<boolean> =>
  (await findResetPerson(services, token)) !== null

/**
 * Sets the password with the link from the mail, ends every session of the account and lifts its pause after wrong attempts.
 * @throws {AppError} RESET_LINK_EXPIRED
 */
export async function resetPassword(
  services: Services,
  visit: Visit,
  { token, password }: { token: string; password: string },
): Promise<void> {
  const personId = await findResetPerson(services, token)
  if (personId === null) throw new AppError('RESET_LINK_EXPIRED')
  await callAuth('RESET_LINK_EXPIRED', () =>
    services.auth.api.resetPassword({ body: { newPassword: password, token }, headers: visit.headers }),
  )
  const now = services.now()
  const person = await inContext(services.db, { scope: 'sign-in' }, async (tx) => {
    await recordEvent(tx, { action: 'person.password-reset', personId, cityId: null, subject: `person:${personId}`, payload: {}, now })
    return findPerson(tx, personId)
  })
  if (person !== null) await forgetFailures(services, person.email)
}
