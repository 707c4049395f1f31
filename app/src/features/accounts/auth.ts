import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { twoFactor } from 'better-auth/plugins'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { type Config, isHttps } from '../../config.ts'
import { credentials, people, sessions, twoFactors, verifications } from '../../db/schema.ts'
import type { Secrets } from '../../secrets.ts'

export const minimumPasswordLength = 12

export interface AuthMails {
  resetPassword(person: { email: string; name: string; id: string }, token: string): Promise<void>
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
    user: { additionalFields: { language: { type: 'string', required: false }, isDemo: { type: 'boolean', required: false, input: false } } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: minimumPasswordLength,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 3600,
      sendResetPassword: ({ user, token }) => mails.resetPassword(user, token),
    },
    session: { expiresIn: 60 * 60 * 24 * 7, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'tessera',
      useSecureCookies: false,
      database: { generateId: () => crypto.randomUUID() },
      cookies: { session_token: { name: isHttps(config) ? '__Host-tessera-session' : 'tessera-session' } },
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/', secure: isHttps(config) },
    },
    plugins: [twoFactor({ issuer: 'Tessera' })],
  })
}

export type Auth = ReturnType<typeof createAuth>
