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
  AUDIT_BROKEN: 500,
  CITY_CODE_TAKEN: 409,
  CITY_NOT_FOUND: 404,
  CSRF_REFUSED: 403,
  DATABASE_FULL: 507,
  DATABASE_UNAVAILABLE: 503,
  DATABASE_SETTINGS: 500,
  DATA_FOLDER_IN_USE: 500,
  DEMO_ONLY_LOCAL: 403,
  FACT_CHANGED: 412,
  FACT_NOT_FOUND: 404,
  FILE_INVALID: 422,
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
  PAYLOAD_TOO_LARGE: 413,
  PASSWORD_REFUSED: 422,
  PERSON_EXISTS: 409,
  PERSON_NOT_FOUND: 404,
  PRECONDITION_MISSING: 428,
  QUESTION_NOT_FOUND: 404,
  RESET_LINK_EXPIRED: 410,
  RESULT_NOT_FOUND: 404,
  SERVER_RUNNING: 500,
  SESSION_NOT_FOUND: 404,
  SETTING_INVALID: 500,
  SIGN_IN_LIMITED: 429,
  SIGN_IN_REFUSED: 401,
  SIGN_IN_REQUIRED: 401,
  SIGN_IN_STEP_EXPIRED: 401,
  STEP_NOT_AVAILABLE: 409,
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
