import type { QuestionRules } from '../instrument/instrument.ts'
import {
  type AnswerPatch,
  type AnswerRule,
  applyPatch,
  equalFields,
  findBrokenRule,
  neverSaved,
  pickFields,
  type StoredAnswer,
} from './answer.ts'
import { isGiven } from './sheet.ts'

// "Still true?": answers of the city's earlier wave, offered again.

/** What an earlier answer cites, counted. */
export interface EarlierEvidence {
  /** Documents cited then that are still in the library. */
  count: number
  /** Of these, how many have expired by now. */
  expired: number
  /** When the first of the others expires, YYYY-MM-DD; null = none does. */
  nextExpiry: string | null
}

export const noEvidence: EarlierEvidence = { count: 0, expired: 0, nextExpiry: null }

/** What became of an earlier answer in this wave. */
export type CarriedState =
  /** Not asked now: because of another answer, or because somebody else is responsible. */
  | 'not-asked'
  /** There was none. */
  | 'new'
  /** Not answered in this wave yet. */
  | 'not-looked-at'
  /** The same as then. */
  | 'confirmed'
  | 'changed'

/** One question of this wave beside the city's earlier answer. */
export interface Carried {
  question: QuestionRules
  earlier: StoredAnswer | null
  current: StoredAnswer | null
  state: CarriedState
  evidence: EarlierEvidence
  /** Who confirmed it by "Still true", and when; null = nobody did. */
  confirmed: { at: Date; by: string | null; fromVersion: number } | null
  /** Why it cannot be confirmed as it was; null = it can. */
  misfit: Misfit | null
}

/** Why an earlier answer does not fit the question as it is asked now. */
export interface Misfit {
  rule: AnswerRule
  /** Options chosen then that do not exist any more. */
  lost: string[]
}

/** Whether an earlier answer could be given again as it was. */
export function findMisfit(question: QuestionRules, earlier: StoredAnswer): Misfit | null {
  const rule = findBrokenRule(question, pickFields(earlier))
  if (rule === null) return null
  const known = new Set(question.options.map(({ id }) => id))
  return { rule, lost: (earlier.options ?? []).filter((option) => !known.has(option)) }
}

/** "Not looked at" as long as nothing is chosen, even when somebody has begun to explain. */
export function carriedState(earlier: StoredAnswer | null, current: StoredAnswer | null, isAsked = true): CarriedState {
  if (!isAsked) return 'not-asked'
  if (earlier === null) return 'new'
  if (!isGiven(current ?? undefined)) return 'not-looked-at'
  return equalFields(pickFields(earlier), pickFields(current!)) ? 'confirmed' : 'changed'
}

/**
 * What confirming writes: everything of the earlier answer that is not there yet. Words that somebody has typed in this wave stay.
 */
export function confirmingPatch(earlier: StoredAnswer, current: StoredAnswer = neverSaved(earlier.questionId)): AnswerPatch {
  const { options, missing, reason, explanation } = applyPatch(current, pickFields(earlier))
  return { options, missing, reason: current.reason ?? reason, explanation: current.explanation ?? explanation }
}

/** Why an answer was not confirmed: a text key under carried.skipped. */
export type SkipReason = 'no-earlier' | 'earlier-changed' | 'answered' | 'misfit' | 'not-asked'

/** Whether "Still true" can be said now, given the version of the earlier answer that the person has seen. */
export function findSkipReason({ earlier, state, misfit }: Carried, fromVersion: number): SkipReason | null {
  if (earlier === null) return 'no-earlier'
  if (state === 'not-asked') return 'not-asked'
  if (state !== 'not-looked-at') return 'answered'
  if (earlier.version !== fromVersion) return 'earlier-changed'
  return misfit === null ? null : 'misfit'
}

export interface CarriedCounts {
  confirmed: number
  changed: number
  new: number
  notLookedAt: number
  notAsked: number
}

export function countCarried(carried: Iterable<Pick<Carried, 'state'>>): CarriedCounts {
  const counts = { confirmed: 0, changed: 0, new: 0, notLookedAt: 0, notAsked: 0 }
  const names = { 'not-looked-at': 'notLookedAt', 'not-asked': 'notAsked', confirmed: 'confirmed', changed: 'changed', new: 'new' } as const
  for (const { state } of carried) counts[names[state]]++
  return counts
}

/** Evidence of an answer in numbers. A citation or its document may expire; the earlier day counts. */
export function countEvidence(expiries: readonly (string | null)[], today: string): EarlierEvidence {
  const valid = expiries.filter((day): day is string => day !== null && day >= today).sort()
  return { count: expiries.length, expired: expiries.filter((day) => day !== null && day < today).length, nextExpiry: valid[0] ?? null }
}
