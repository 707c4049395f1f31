import { betterAuth, type BetterAuthPlugin } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { generateRandomString } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { z } from 'zod'
import { type Config, isHttps } from '../../config.ts'
import { credentials, people, sessions, twoFactors, verifications } from '../../db/schema.ts'
import { AppError } from '../../errors.ts'
import { logFailure } from '../../log.ts'
import type { Secrets } from '../../secrets.ts'
import { maximumPasswordLength, minimumPasswordLength } from './account.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { passwords } from './scrypt-queue.ts'

export interface AuthMails {
  resetPassword(person: { email: string; name: string; id: string; language?: string | null }, token: string): Promise<void>
}

/** Header in which our routes tell better-auth the caller's network address; what a caller sends under it is replaced. */
export const addressHeader = 'x-tessera-address'

export const sessionSeconds = 7 * 24 * 3600

/** How often a session that is in use is prolonged; "last used" in the list of sessions is as exact as this. */
export const renewalSeconds = 10 * 60

/** Signs a person in without a password: who has just accepted an invitation, and demonstration accounts. No HTTP route leads here. */
const startSession = createAuthEndpoint.serverOnly(
  { method: 'POST', body: z.object({ personId: z.string() }), requireHeaders: true },
  async (ctx) => {
    const user = await ctx.context.internalAdapter.findUserById(ctx.body.personId)
    if (user === null) throw new AppError('PERSON_NOT_FOUND')
    const session = await ctx.context.internalAdapter.createSession(user.id)
    await setSessionCookie(ctx, { session, user })
    return ctx.json({ sessionId: session.id })
  },
)

const secondStepSeconds = 10 * 60

/**
 * Begins a second step for somebody who has signed in at their organisation, as the plugin for second factors begins it after a
 * password. No HTTP route leads here.
 */
const startSecondStep = createAuthEndpoint.serverOnly(
  { method: 'POST', body: z.object({ personId: z.string() }), requireHeaders: true },
  async (ctx) => {
    const cookie = ctx.context.createAuthCookie('two_factor', { maxAge: secondStepSeconds })
    const identifier = `2fa-${generateRandomString(20)}`
    const expiresAt = new Date(Date.now() + secondStepSeconds * 1000)
    await ctx.context.internalAdapter.createVerificationValue({ value: ctx.body.personId, identifier, expiresAt })
    await ctx.context.internalAdapter.createVerificationValue({ value: '0', identifier: `2fa-attempts-${identifier}`, expiresAt })
    await ctx.setSignedCookie(cookie.name, identifier, ctx.context.secret, cookie.attributes)
    return ctx.json({ isBegun: true })
  },
)

const ownSessions = { id: 'tessera-sessions', endpoints: { startSession, startSecondStep } } satisfies BetterAuthPlugin

/** Names of the cookies; with https they are bound to this very host. */
export function cookieNames(config: Config) {
  const prefix = isHttps(config) ? '__Host-' : ''
  const named = (name: string) => ({ name: `${prefix}tessera-${name}` })
  return {
    session_token: named('session'),
    two_factor: named('second-step'),
    session_data: named('session-copy'),
    dont_remember: named('forget'),
    trust_device: named('device'),
    account_data: named('account'),
  }
}

/**
 * Sign-in by better-auth on our own tables. Its HTTP handler is not mounted: our routes call `auth.api`, so that limits,
 * audit and wording are ours.
 */
export function createAuth(db: NodePgDatabase, config: Config, secrets: Secrets, mails: AuthMails) {
  return betterAuth({
    appName: 'Tessera',
    baseURL: config.publicUrl ?? 'http://localhost',
    secret: secrets.signIn,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: drizzleAdapter(db, {
      provider: 'pg',
      transaction: true,
      schema: { user: people, session: sessions, account: credentials, verification: verifications, twoFactor: twoFactors },
    }),
    user: {
      additionalFields: { language: { type: 'string', required: false }, isDemo: { type: 'boolean', required: false, input: false } },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: minimumPasswordLength,
      maxPasswordLength: maximumPasswordLength,
      password: passwords,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      sendResetPassword: async ({ user, token }) => {
        // Not awaited: otherwise the answer would take longer for an address that has an account.
        mails.resetPassword(user, token).catch((error: Error) => logFailure('reset mail', error))
      },
    },
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: sessionSeconds, updateAge: renewalSeconds, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'tessera',
      useSecureCookies: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => crypto.randomUUID() },
      cookies: cookieNames(config),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/', secure: isHttps(config) },
    },
    plugins: [
      twoFactor({ issuer: 'Tessera', allowPasswordless: true, backupCodeOptions: { customBackupCodesGenerate: newRecoveryCodes } }),
      ownSessions,
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>
