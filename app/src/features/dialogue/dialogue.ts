import type { Part } from '../reviews/review.ts'

// Questions of experts to a city, and the city's right of reply. Status is derived from times.

export const maximumText = 10_000 // characters
/** How long a city has to answer when the expert says nothing else. */
export const standardQueryDays = 14
/** How long a city may reply to the decisions when the lead says nothing else. */
export const standardReplyDays = 21
/** After closing, slips can be mended for so long. */
export const graceDays = 7

const day = 24 * 3600 * 1000 // ms

/** What an expert asks about one question. */
export interface ReviewQuery {
  id: string
  reviewId: string
  questionId: string
  text: string
  language: string
  /** YYYY-MM-DD; the day itself still counts. */
  dueOn: string
  askedAt: Date
  askedBy: string | null
  /** Part of the review that the asker holds or held; whoever takes it over sees its queries. */
  askerPart: Part | null
  /** When the city handed it back. */
  answeredAt: Date | null
  closedAt: Date | null
  withdrawnAt: Date | null
}

/** What the city wrote. */
export interface QueryReply {
  id: string
  queryId: string
  text: string
  language: string
  /** Version of the answer that came with it; null = none. */
  frozenVersion: number | null
  writtenAt: Date
  writer: string | null
}

/** What the city said to a decision; it stays. */
export interface DecisionReply {
  id: string
  questionId: string
  text: string
  language: string
  writtenAt: Date
  writer: string | null
}

type Times = Pick<ReviewQuery, 'askedAt' | 'answeredAt' | 'closedAt' | 'withdrawnAt'>

export const isOpen = ({ closedAt, withdrawnAt }: Pick<ReviewQuery, 'closedAt' | 'withdrawnAt'>): boolean =>
  closedAt === null && withdrawnAt === null

/** Who has to do something now: the city until it hands the query back, then the expert until they close it; null = nobody. */
export function waitingOf(query: Times): 'city' | 'expert' | null {
  if (!isOpen(query)) return null
  return query.answeredAt === null ? 'city' : 'expert'
}

export const isOverdue = (query: Times & Pick<ReviewQuery, 'dueOn'>, today: string): boolean =>
  waitingOf(query) === 'city' && query.dueOn < today

/** How long a query has waited for each side, in days, not rounded. */
export function waitedDays(query: Times, now: Date): { city: number; expert: number } {
  const ended = query.closedAt ?? query.withdrawnAt ?? now
  const answered = query.answeredAt
  const days = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / day)
  return { city: days(query.askedAt, answered ?? ended), expert: answered === null ? 0 : days(answered, ended) }
}

/** Waiting of several queries together. */
export function sumWaited(queries: readonly Times[], now: Date): { city: number; expert: number } {
  return queries.reduce(
    (sum, query) => {
      const { city, expert } = waitedDays(query, now)
      return { city: sum.city + city, expert: sum.expert + expert }
    },
    { city: 0, expert: 0 },
  )
}

/**
 * The queries that an expert sees: those of their own part, and all once both have signed. Before that the other expert's queries
 * would tell what the other doubts.
 */
export const visibleQueries = <Q extends Pick<ReviewQuery, 'askerPart'>>(queries: readonly Q[], part: Part, isRevealed: boolean): Q[] =>
  queries.filter(({ askerPart }) => isRevealed || askerPart === part)

export const isReplyOpen = (
  { sharedAt, replyUntil, closedAt }: { sharedAt: Date | null; replyUntil: Date | null; closedAt: Date | null },
  now: Date,
) => sharedAt !== null && closedAt === null && replyUntil !== null && now <= replyUntil

export const addDaysTo = (moment: Date, days: number): Date => new Date(moment.getTime() + days * day)

/** One way to write line ends, no blanks around: what a form sends equals what is stored. */
export const tidy = (text: string): string => text.replaceAll('\r\n', '\n').trim()
