import type { Scope } from '../../scopes.ts'

/** Every secret begins with it, so that people and secret scanners recognise one. */
export const tokenPrefix = 'tessera_'
export const maximumTokenName = 80 // characters
/** Tokens of one person that work at the same time. */
export const maximumTokens = 20
/** Lifetimes to choose from, in days; another day can be named, at most a year from now. */
export const lifetimes = [30, 90, 365] as const
export const defaultLifetime = 90

const day = 24 * 3600 * 1000 // ms

/** How long an ended token stays in the list of its owner, in days. */
const keptDays = 90

export interface AccessToken {
  id: string
  /** What it is for, in its owner's words. */
  name: string
  scopes: readonly Scope[]
  createdAt: Date
  expiresAt: Date
  /** To the hour; null = never. */
  lastUsedAt: Date | null
  revokedAt: Date | null
}

export type TokenState = 'active' | 'expired' | 'revoked'

/** Status follows from times. */
export function tokenState({ expiresAt, revokedAt }: Pick<AccessToken, 'expiresAt' | 'revokedAt'>, now: Date): TokenState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt <= now ? 'expired' : 'active'
}

export const daysFrom = (now: Date, days: number): Date => new Date(now.getTime() + days * day)

/** Tokens that ended before are forgotten. */
export const forgottenBefore = (now: Date): Date => daysFrom(now, -keptDays)

/** The last second of a day on the server's clock, as a form names it. @returns null when there is no such day */
export function endOfDay(text: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  if (parts === null) return null
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number]
  const moment = new Date(year, month - 1, date, 23, 59, 59)
  return moment.getMonth() === month - 1 && moment.getDate() === date ? moment : null
}

/** Whether a token may end then: later than now, and within a year (to the end of the day a year from now). */
export const isLifetimeAllowed = (expiresAt: Date, now: Date): boolean => expiresAt > now && expiresAt <= daysFrom(now, 366)

/** The hour of a moment: when somebody worked is nobody's business, whether a token is still in use is its owner's. */
export function hourOf(moment: Date): Date {
  const hour = new Date(moment)
  hour.setUTCMinutes(0, 0, 0)
  return hour
}
