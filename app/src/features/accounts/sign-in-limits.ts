import { createHmac } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { Services } from '../../services.ts'
import { type Attempt, countFailures, deleteFailures, insertFailure } from './queries.ts'

/** Failures within `windowMs` before further attempts are refused. */
export interface Limits {
  perAccount: number
  perAddress: number
}

const windowMs = 15 * 60 * 1000
export const signInLimits: Limits = { perAccount: 10, perAddress: 100 }
export const resetLimits: Limits = { perAccount: 5, perAddress: 100 }

/** Keyed, so that the table tells nobody which addresses were tried. */
const keyedHash = (services: Services, text: string) => createHmac('sha256', services.secrets.signIn).update(text).digest('base64url')

const attemptOf = (services: Services, account: string, address: string): Attempt => ({
  accountHash: keyedHash(services, `account:${account}`),
  addressHash: keyedHash(services, `address:${address}`),
  now: services.now(),
})

/**
 * Counts an attempt as failed before it is made, so that many at once cannot slip through. A success takes it back
 * with `forgetFailures`.
 * @throws {AppError} SIGN_IN_LIMITED
 */
export async function claimAttempt(services: Services, account: string, address: string, limits: Limits = signInLimits): Promise<void> {
  const attempt = attemptOf(services, account, address)
  const isAllowed = await services.db.transaction(async (tx) => {
    const { ofAccount, ofAddress } = await countFailures(tx, attempt, new Date(attempt.now.getTime() - windowMs))
    if (ofAccount >= limits.perAccount || (address !== '' && ofAddress >= limits.perAddress)) return false
    await insertFailure(tx, attempt)
    return true
  })
  if (!isAllowed) throw new AppError('SIGN_IN_LIMITED')
}

export async function forgetFailures(services: Services, account: string): Promise<void> {
  await services.db.transaction((tx) => deleteFailures(tx, attemptOf(services, account, '').accountHash))
}
