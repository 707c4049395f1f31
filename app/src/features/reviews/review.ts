import type { ReviewDecision } from '@tessera/engine'
import type { TextKey } from '../../text/catalogue.ts'
import type { QuestionRules } from '../instrument/instrument.ts'

// What a review is, and the rules of its decisions. Status is derived from times.

/** first = every question; second = the questions of the sample, blind. */
export const parts = ['first', 'second'] as const
export type Part = (typeof parts)[number]

export const decisions = ['agreed', 'agreed-with-note', 'changed', 'not-supported', 'need-more'] as const
export type Decision = (typeof decisions)[number]

/** Kinds of reasons; every decision other than `agreed` has one. */
export const reasonCodes = [
  'evidence-missing',
  'evidence-expired',
  'evidence-other',
  'not-in-force',
  'other-authority',
  'partly-met',
  'misunderstood',
  'more-than-answered',
  'outside-period',
  'unclear',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

/** The review of one frozen copy. */
export interface Review {
  id: string
  assessmentId: string
  city: { id: string; slug: string; name: string; isSynthetic: boolean }
  wave: { id: string; slug: string; name: string; instrumentVersionId: string }
  frozenId: string
  registrationId: string
  /** Questions that two experts score. */
  sample: string[]
  /** YYYY-MM-DD */
  dueOn: string | null
  openedAt: Date
  openedBy: string | null
  /** The city sees the decisions since then. */
  sharedAt: Date | null
  replyUntil: Date | null
  closedAt: Date | null
  graceUntil: Date | null
  signedAt: Date | null
  signedBy: string | null
  publishedAt: Date | null
  publishedBy: string | null
  withdrawnAt: Date | null
  version: number
}

export interface Assignment {
  id: string
  reviewId: string
  cityId: string
  person: { id: string; name: string }
  part: Part
  /** YYYY-MM-DD */
  dueOn: string | null
  assignedAt: Date
  /** What the public is told where somebody works in spite of a conflict of interest; null = there is none. */
  overrideNote: string | null
  lastQuestionId: string | null
  lastAt: Date | null
  signedAt: Date | null
}

/** reviewing: experts decide; adjudicating: all have signed, disagreements remain or the city has not seen it; replying: the city may reply;
 * closed: ended, slips can be mended until the grace window ends; signed; published; withdrawn. */
export const stages = ['reviewing', 'adjudicating', 'replying', 'closed', 'signed', 'published', 'withdrawn'] as const
export type Stage = (typeof stages)[number]

/** @param assignments those in force */
export function stageOf(review: Review, assignments: readonly Pick<Assignment, 'part' | 'signedAt'>[]): Stage {
  if (review.withdrawnAt !== null) return 'withdrawn'
  if (review.publishedAt !== null) return 'published'
  if (review.signedAt !== null) return 'signed'
  if (review.closedAt !== null) return 'closed'
  if (review.sharedAt !== null) return 'replying'
  return areRevealed(assignments) ? 'adjudicating' : 'reviewing'
}

/** Whether somebody may see what all experts have decided: never before both have signed. */
export const areRevealed = (assignments: readonly Pick<Assignment, 'part' | 'signedAt'>[]): boolean =>
  parts.every((part) => assignments.some((each) => each.part === part && each.signedAt !== null))

/** What an expert says of one answer. */
export interface JudgementFields {
  decision: Decision
  reasonCode: ReasonCode | null
  /** 0 to the question's maximum; only with `changed`. */
  points: number | null
  /** Among experts; the city never reads it. */
  note: string | null
  /** For the city and the report. */
  reportText: string | null
  isForMeeting: boolean
}

export interface Judgement extends JudgementFields {
  questionId: string
  personId: string
  version: number
  /** Version in the frozen copy's own line that was judged. */
  answerVersion: number
  /** Seconds spent on the question in all. */
  seconds: number
  /** Why it was mended after signing; null = it was not. */
  graceReason: string | null
  decidedAt: Date
}

/** What counts where two experts disagreed. */
export interface Adjudication {
  questionId: string
  version: number
  decision: Decision
  reasonCode: ReasonCode | null
  points: number | null
  reason: string
  reportText: string | null
  decidedAt: Date
  decidedBy: string
}

/** @returns what is wrong with a decision, as a key of the texts, or null */
export function findBrokenJudgement(
  question: QuestionRules,
  { decision, reasonCode, points, reportText }: JudgementFields,
): TextKey | null {
  if (decision === 'changed') {
    if (points === null || !(points >= 0 && points <= question.max)) return 'reviews.rule.points'
  } else if (points !== null) return 'reviews.rule.pointsOnlyChanged'
  if (decision === 'agreed') return null
  if (reasonCode === null) return 'reviews.rule.reason'
  const needsText = decision !== 'agreed-with-note'
  return needsText && (reportText ?? '').trim().length < 10 ? 'reviews.rule.text' : null
}

/** The decision as the engine takes it. */
export function toEngineDecision({ decision, points }: Pick<JudgementFields, 'decision' | 'points'>): ReviewDecision {
  switch (decision) {
    case 'agreed':
      return { kind: 'agreed' }
    case 'agreed-with-note':
      return { kind: 'agreedWithNote' }
    case 'changed':
      return { kind: 'changed', points: points! }
    case 'not-supported':
      return { kind: 'notSupported' }
    case 'need-more':
      return { kind: 'needMore' }
  }
}

/** The questions that an assignment covers, in the order given. */
export const questionsOfPart = (part: Part, sample: readonly string[], all: readonly string[]): string[] =>
  part === 'first' ? [...all] : all.filter((id) => sample.includes(id))
