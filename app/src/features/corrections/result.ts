import { type ElementScore, type QuestionnaireScores, scoreSheet } from '@tessera/engine'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { toEngineAnswers } from '../assessments/answer.ts'
import { reachOf } from '../assessments/reach.ts'
import { describeDecisions, type SharedDecision } from '../dialogue/decisions.ts'
import { listDecisionReplies } from '../dialogue/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { answersOf } from '../results/frozen.ts'
import { type LevelScore, planOf, toLevel } from '../results/results.ts'
import { scoreReviewed, toVerified, type VerifiedLevel } from '../reviews/effective.ts'
import { openAssigned, openOwnReview, openWatched, type ReviewedCopy } from '../reviews/opening.ts'
import { findReview } from '../reviews/queries.ts'
import { readSettled } from '../reviews/settling.ts'

/** One level with both scores; `verified` is null while experts differ on something. */
export interface BothScores extends LevelScore {
  verified: VerifiedLevel | null
}

export interface ReviewResult extends ReviewedCopy {
  scheme: string
  indices: { core: BothScores; extended: BothScores }
  dimensions: BothScores[]
  /** Those other than agreed first. */
  decisions: SharedDecision[]
  /** Questions on which the experts differ and nothing has been adjudicated. */
  unsettled: string[]
  /** Whether the reader belongs to the city. */
  isOwn: boolean
}

const notYet = () => new AppError('STEP_NOT_AVAILABLE', { reason: 'corrections.obstacle.notShared' })

/** Whoever may see a review finds its copy; the city once the decisions are shared, the others once all experts have signed. */
async function openFor(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  reviewId: string,
): Promise<{ copy: ReviewedCopy; isOwn: boolean }> {
  const review = await findReview(db, reviewId)
  if (review === null) throw new AppError('REVIEW_NOT_FOUND')
  if (can(person, 'review.read', review.city.id).ok) {
    const copy = await openOwnReview(db, person, instruments, reviewId)
    const reach = await reachOf(db, person, { id: review.assessmentId, city: review.city }, copy.instrument)
    if (reach.reads !== null) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
    if (review.sharedAt === null) throw notYet()
    return { copy, isOwn: true }
  }
  const copy = can(person, 'reviews.watch').ok
    ? await openWatched(db, person, instruments, reviewId)
    : await openAssigned(db, person, instruments, reviewId)
  return { copy, isOwn: false }
}

/**
 * Self-reported and verified score side by side, and every decision behind the difference.
 * @param scheme null = the instrument's default
 * @throws {AppError} REVIEW_NOT_FOUND, NOT_ALLOWED, STEP_NOT_AVAILABLE before sharing, for experts before all have signed
 */
export async function openReviewResult(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  reviewId: string,
  scheme: string | null = null,
): Promise<ReviewResult> {
  const { copy, isOwn } = await openFor(db, person, instruments, reviewId)
  const settled = await readSettled(db, copy)
  if (settled === null) throw notYet()
  const { instrument, content, exclusions } = copy
  const { schemeId, plan } = planOf(instrument, scheme)
  const own = scoreSheet(plan, toEngineAnswers(answersOf(content).values(), exclusions))
  const reviewed = settled.unsettled.length > 0 ? null : scoreReviewed(copy, settled.decisions, schemeId)
  const all = describeDecisions(copy, settled, await listDecisionReplies(db, reviewId))
  const isAgreed = ({ decision }: SharedDecision) => decision === 'agreed'
  return {
    ...copy,
    scheme: schemeId,
    ...bothScores(own, reviewed),
    decisions: [...all.filter((each) => !isAgreed(each)), ...all.filter(isAgreed)],
    unsettled: settled.unsettled,
    isOwn,
  }
}

function bothScores(own: QuestionnaireScores, reviewed: QuestionnaireScores | null): Pick<ReviewResult, 'indices' | 'dimensions'> {
  const both = (id: string, element: ElementScore, verified: ElementScore | undefined): BothScores => ({
    ...toLevel(id, element),
    verified: verified === undefined ? null : toVerified(verified),
  })
  return {
    indices: {
      core: both('core', own.indices.core, reviewed?.indices.core),
      extended: both('extended', own.indices.extended, reviewed?.indices.extended),
    },
    dimensions: [...own.dimensions].map(([id, element]) => both(id, element, reviewed?.dimensions.get(id))),
  }
}
