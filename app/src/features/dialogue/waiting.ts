import type { Db } from '../../db/open.ts'
import type { Part } from '../reviews/review.ts'
import { isOverdue, type ReviewQuery, waitingOf } from './dialogue.ts'
import { listQueries } from './queries.ts'

/** How many queries of a review wait for whom. */
export interface Waiting {
  onCity: number
  onExpert: number
  /** Of those that wait on the city: their day is over. */
  overdue: number
}

export function countWaiting(queries: readonly ReviewQuery[], today: string): Waiting {
  return {
    onCity: queries.filter((query) => waitingOf(query) === 'city').length,
    onExpert: queries.filter((query) => waitingOf(query) === 'expert').length,
    overdue: queries.filter((query) => isOverdue(query, today)).length,
  }
}

/**
 * Who waits for whom in some reviews: one query.
 * @param partOf for an expert: the own part of each review, so that nothing of the other expert is counted; leave out for the lead
 * @param today YYYY-MM-DD
 */
export async function waitingOfReviews(
  db: Db,
  reviewIds: readonly string[],
  today: string,
  partOf?: ReadonlyMap<string, Part>,
): Promise<Map<string, Waiting>> {
  const queries = await listQueries(db, reviewIds)
  return new Map(
    reviewIds.map((id) => [
      id,
      countWaiting(
        queries.filter((query) => query.reviewId === id && (partOf === undefined || query.askerPart === partOf.get(id))),
        today,
      ),
    ]),
  )
}
