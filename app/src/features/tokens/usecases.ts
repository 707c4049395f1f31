import { allowsDemoAccounts } from '../../config.ts'
import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { asFarAsProven, can, needsSecondFactor, type Person } from '../../permissions.ts'
import type { Scope } from '../../scopes.ts'
import type { Services } from '../../services.ts'
import type { BearerToken } from '../../web.ts'
import { findPerson, getTwoFactorState } from '../accounts/queries.ts'
import { recordEvent } from '../audit/queries.ts'
import { countActiveTokens, deleteEndedTokens, findTokenByHash, insertToken, listTokens, markRevoked, markUsed } from './queries.ts'
import { type AccessToken, forgottenBefore, hourOf, isLifetimeAllowed, maximumTokens, tokenState } from './token.ts'
import { hashSecret, newSecret } from './token-secret.ts'

function requireOwn(person: Person): void {
  const permission = can(person, 'account.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** The person's own tokens, newest first. */
export async function openTokens(db: Db, person: Person): Promise<AccessToken[]> {
  requireOwn(person)
  return listTokens(db, person.id)
}

export interface TokenRequest {
  name: string
  scopes: readonly Scope[]
  expiresAt: Date
}

/** `secret` is null when the same request came before: it is shown once. */
export interface MadeToken {
  id: string
  secret: string | null
}

/** Makes a token for the person's own scripts. @throws {AppError} INPUT_INVALID, STEP_NOT_AVAILABLE when there are too many */
export async function createToken(
  db: Db,
  person: Person,
  { request, key, now }: { request: TokenRequest; key: string; now: Date },
): Promise<MadeToken> {
  requireOwn(person)
  if (!isLifetimeAllowed(request.expiresAt, now))
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'expiresAt', message: 'tokens.form.expiry.range' }] })
  let secret: string | null = null
  const asked = { name: request.name, scopes: request.scopes } // a number of days means another moment each time
  const { id } = await once(db, person, { key, operation: 'createToken', body: asked }, async () => {
    await deleteEndedTokens(db, person.id, forgottenBefore(now))
    if ((await countActiveTokens(db, person.id, now)) >= maximumTokens)
      throw new AppError('STEP_NOT_AVAILABLE', { reason: 'tokens.step.too-many' })
    secret = newSecret()
    const made = await insertToken(db, { ...request, personId: person.id, tokenHash: hashSecret(secret), createdAt: now })
    await recordOwn(db, person, {
      action: 'token.created',
      id: made,
      payload: { scopes: [...request.scopes], expiresAt: request.expiresAt.toISOString() },
      now,
    })
    return { id: made }
  })
  return { id, secret }
}

/** Ends a token, at once. @throws {AppError} TOKEN_NOT_FOUND */
export async function revokeToken(db: Db, person: Person, id: string, now: Date): Promise<void> {
  requireOwn(person)
  if (!(await markRevoked(db, { personId: person.id, id, now }))) throw new AppError('TOKEN_NOT_FOUND')
  await recordOwn(db, person, { action: 'token.revoked', id, payload: {}, now })
}

interface TokenEvent {
  action: string
  id: string
  payload: Record<string, unknown>
  now: Date
}

const recordOwn = (db: Db, person: Person, { action, id, payload, now }: TokenEvent) =>
  recordEvent(db, { action, personId: person.id, cityId: null, subject: `token:${id}`, payload, now })

/**
 * The person behind the secret of a token that works, with the rights they have now; null for every other secret, found out in
 * the same way. Nothing is cached: a revoked token ends at once.
 */
export function findBearer({ db, config, now }: Services, secret: string): Promise<{ token: BearerToken; person: Person } | null> {
  const moment = now()
  const tokenHash = hashSecret(secret)
  return inContext(db, { scope: 'sign-in' }, async (tx) => {
    const token = await findTokenByHash(tx, tokenHash)
    if (token === null || tokenState(token, moment) !== 'active') return null
    const person = await findPerson(tx, token.personId)
    if (person === null || (person.isDemo && !allowsDemoAccounts(config))) return null
    const hour = hourOf(moment)
    if (token.lastUsedAt === null || token.lastUsedAt < hour) await markUsed(tx, token.id, hour)
    const hasSecondFactor = !needsSecondFactor(person) || (await getTwoFactorState(tx, person.id)) === 'on'
    return { token: { id: token.id, scopes: token.scopes }, person: asFarAsProven(person, hasSecondFactor) }
  })
}
