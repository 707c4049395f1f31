import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import { questionsOf } from '../instrument/instrument.ts'

export const guestDays = 14 // days until a link ends by itself, unless another date is chosen
export const longestDays = 90 // days
export const maximumQuestions = 20

export interface GuestTimes {
  expiresAt: Date
  withdrawnAt: Date | null
  firstOpenedAt: Date | null
  finishedAt: Date | null
}

/** finished: the guest says that all is done; the link still opens until it expires. */
export type GuestState = 'sent' | 'opened' | 'finished' | 'expired' | 'withdrawn'

export function guestState({ expiresAt, withdrawnAt, firstOpenedAt, finishedAt }: GuestTimes, now: Date): GuestState {
  if (withdrawnAt !== null) return 'withdrawn'
  if (expiresAt <= now) return 'expired'
  if (finishedAt !== null) return 'finished'
  return firstOpenedAt === null ? 'sent' : 'opened'
}

/** A withdrawn or expired link opens nothing, from that very moment. */
export const isOpen = (times: GuestTimes, now: Date): boolean => !['expired', 'withdrawn'].includes(guestState(times, now))

/** A link that somebody without an account answers with. */
export interface GuestLink extends GuestTimes {
  id: string
  assessmentId: string
  cityId: string
  questionIds: string[]
  name: string
  email: string | null
  note: string | null
  createdAt: Date
  createdBy: { id: string; name: string } | null
}

/** Questions of a link in the order of the questionnaire; those that the instrument no longer has are left out. */
export function questionsOfLink(instrument: Instrument, questionIds: readonly string[]): QuestionRules[] {
  const wanted = new Set(questionIds)
  return questionsOf(instrument).filter(({ id }) => wanted.has(id))
}

/** Conditions on questions that the guest does not see cannot hide one that the guest was asked. */
export function withoutForeignConditions<R extends Pick<QuestionRules, 'visibleIf'>>(rules: R, questionIds: readonly string[]): R {
  return rules.visibleIf && !questionIds.includes(rules.visibleIf.question) ? { ...rules, visibleIf: null } : rules
}
