import { stageOf } from '../../reviews/review.ts'
import type { CityReview } from '../answering.ts'

/**
 * The stage as the city is told it. That all experts have signed is not told before the decisions are shared; once the city's time to
 * reply is over, the evaluation is at work.
 */
export function cityStage({ review, assignments }: Pick<CityReview, 'review' | 'assignments'>, now: Date) {
  const stage = stageOf(review, assignments)
  if (stage === 'adjudicating') return 'reviewing'
  return stage === 'replying' && review.replyUntil !== null && now > review.replyUntil ? 'replied' : stage
}
