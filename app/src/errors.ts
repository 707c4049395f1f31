/**
 * Every error a person can meet: code -> HTTP status. The texts (what happened, which rule, what to do now) stand
 * in text/<language>/errors.json under the same code and in docs/errors.md; a test holds the three together.
 * Codes are never reused.
 */
export const errorStatus = {
  ANSWER_CHANGED: 412,
  ANSWER_INVALID: 422,
  ASSESSMENT_NOT_FOUND: 404,
  ASSESSMENT_SUBMITTED: 409,
  ASSIGNMENT_CHANGED: 412,
  ASSIGNMENT_NOT_FOUND: 404,
  AUDIT_BROKEN: 500,
  BACKUP_EXISTS: 409,
  BACKUP_INVALID: 422,
  BACKUP_NEWER: 409,
  BACKUP_NOTHING: 409,
  CITY_CODE_TAKEN: 409,
  CITY_NOT_FOUND: 404,
  CITY_SETTINGS_CHANGED: 412,
  CONTACT_CHANGED: 412,
  CONTACT_IN_USE: 409,
  CONTACT_NOT_FOUND: 404,
  CSRF_REFUSED: 403,
  DATABASE_FULL: 507,
  DATABASE_IN_USE: 409,
  DATABASE_UNAVAILABLE: 503,
  DATABASE_SETTINGS: 500,
  DATA_FOLDER_IN_USE: 500,
  DEMO_ONLY_LOCAL: 403,
  DEPARTMENT_CHANGED: 412,
  DEPARTMENT_IN_USE: 409,
  DEPARTMENT_NAME_TAKEN: 409,
  DEPARTMENT_NOT_FOUND: 404,
  EARLIER_FILE_KNOWN: 409,
  EARLIER_FILE_WRONG: 422,
  EARLIER_IMPORT_NOT_FOUND: 404,
  EARLIER_IMPORT_REMOVED: 409,
  EARLIER_UPLOAD_NOT_FOUND: 404,
  FACT_CHANGED: 412,
  FACT_NOT_FOUND: 404,
  FILE_INVALID: 422,
  GUEST_LINK_ENDED: 410,
  GUEST_LINK_NOT_FOUND: 404,
  IDEMPOTENCY_KEY_MISSING: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  INPUT_INVALID: 422,
  INSTRUMENT_INVALID: 422,
  INSTRUMENT_NOT_FOUND: 404,
  INTERNAL: 500,
  INVITATION_EXPIRED: 410,
  INVITATION_NOT_FOUND: 404,
  INVITATION_WRONG_PERSON: 403,
  MEMBERSHIP_NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  OIDC_CONNECTED: 409,
  OIDC_OTHER_PERSON: 403,
  OIDC_REFUSED: 401,
  OIDC_UNAVAILABLE: 503,
  OIDC_UNKNOWN: 403,
  PAYLOAD_TOO_LARGE: 413,
  PASSWORD_REFUSED: 422,
  PERSON_EXISTS: 409,
  PERSON_NOT_FOUND: 404,
  PRECONDITION_MISSING: 428,
  QUESTION_NOT_FOUND: 404,
  RATE_LIMITED: 429,
  RESET_LINK_EXPIRED: 410,
  RESTORE_OCCUPIED: 409,
  RESULT_NOT_FOUND: 404,
  SAVED_GROUP_CHANGED: 412,
  SAVED_GROUP_LIMIT: 409,
  SAVED_GROUP_NAME_TAKEN: 409,
  SAVED_GROUP_NOT_FOUND: 404,
  SCOPE_CHANGED: 412,
  SCOPE_NOT_FOUND: 404,
  SCOPE_REASON_MISSING: 422,
  SERVER_RUNNING: 500,
  SESSION_NOT_FOUND: 404,
  SETTING_INVALID: 500,
  SIGN_IN_LIMITED: 429,
  SIGN_IN_REFUSED: 401,
  SIGN_IN_REQUIRED: 401,
  SIGN_IN_STEP_EXPIRED: 401,
  SNAPSHOT_IN_FUTURE: 409,
  SNAPSHOT_NOT_FOUND: 404,
  STEP_NOT_AVAILABLE: 409,
  TOKEN_NEEDS_SESSION: 403,
  TOKEN_NOT_FOUND: 404,
  TOKEN_REFUSED: 401,
  TOKEN_SCOPE_MISSING: 403,
  TRANSLATION_CHANGED: 412,
  TRANSLATION_NOT_FOUND: 404,
  TWO_FACTOR_REFUSED: 401,
  TWO_FACTOR_REQUIRED: 401,
  WAVE_CHANGED: 412,
  WAVE_CLOSED: 409,
  WAVE_NOT_FOUND: 404,
  WAVE_SLUG_TAKEN: 409,
  WEIGHTS_UNKNOWN: 404,
} as const

export type ErrorCode = keyof typeof errorStatus

export type ErrorValues = Record<string, string | number | Date | null>

/** An error with a name, a rule and a way on; carries facts for the text, and data for machines. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly values: ErrorValues
  /** Extra members of the problem document, such as the current value after a lost update. */
  readonly members: Record<string, unknown>

  constructor(code: ErrorCode, values: ErrorValues = {}, members: Record<string, unknown> = {}) {
    super(`${code} ${JSON.stringify(values)}`)
    this.code = code
    this.values = values
    this.members = members
  }

  get status() {
    return errorStatus[this.code]
  }
}
