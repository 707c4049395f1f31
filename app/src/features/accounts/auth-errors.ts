import { APIError } from 'better-auth/api'
import { AppError, type ErrorCode } from '../../errors.ts'

const ours: Record<string, ErrorCode> = {
  ACCOUNT_TEMPORARILY_LOCKED: 'SIGN_IN_LIMITED',
  INVALID_BACKUP_CODE: 'TWO_FACTOR_REFUSED',
  INVALID_CODE: 'TWO_FACTOR_REFUSED',
  INVALID_EMAIL: 'SIGN_IN_REFUSED',
  INVALID_EMAIL_OR_PASSWORD: 'SIGN_IN_REFUSED',
  INVALID_PASSWORD: 'PASSWORD_REFUSED',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'PASSWORD_REFUSED',
  INVALID_TOKEN: 'RESET_LINK_EXPIRED',
  USER_NOT_FOUND: 'RESET_LINK_EXPIRED',
  INVALID_TWO_FACTOR_COOKIE: 'SIGN_IN_STEP_EXPIRED',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'SIGN_IN_STEP_EXPIRED',
  UNAUTHORIZED: 'SIGN_IN_REQUIRED',
}

/** Calls better-auth; what it refuses is thrown as an error of ours. @param otherwise code for refusals without a name of ours */
export async function callAuth<T>(otherwise: ErrorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) throw new AppError(ours[String(error.body?.code)] ?? otherwise)
    throw error
  }
}
