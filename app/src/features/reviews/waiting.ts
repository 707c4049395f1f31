import type { OpenQuery } from './queries.ts'
import type { Part } from './review.ts'

/** How many queries wait for whom. */
export interface Waiting {
  /** The city has not answered them. */
  onCity: number
  /** The city has answered them, and they are not closed. */
  onExpert: number
  /** Since when the oldest waits for either side; null = none does. */
  since: Date | null
}

/**
 * Who waits for whom in a review.
 * @param part of the expert who asks, so that nothing of the other expert is counted; null = for the lead, of both
 */
export function waitingIn(queries: readonly OpenQuery[], reviewId: string, part: Part | null): Waiting {
  const own = queries.filter((query) => query.reviewId === reviewId && (part === null || query.askerPart === part))
  const since = own.map(({ askedAt, answeredAt }) => (answeredAt ?? askedAt).getTime())
  return {
    onCity: own.filter(({ answeredAt }) => answeredAt === null).length,
    onExpert: own.filter(({ answeredAt }) => answeredAt !== null).length,
    since: since.length === 0 ? null : new Date(Math.min(...since)),
  }
}
