import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { TextKey } from '../../text/catalogue.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { openWatched, type ReviewedCopy } from '../reviews/opening.ts'
import { areRevealed, stageOf } from '../reviews/review.ts'
import { readSettled, type Settled } from '../reviews/settling.ts'
import { type MethodState, readMethodState } from './method-state.ts'
import { insertVerifiedResults, listNames, listWorkers, writeReview } from './queries.ts'
import { refuse } from './usecases.ts'
import {
  hashOfDecisions,
  type Obstacle,
  publishingObstacle,
  type SigningFacts,
  signingObstacle,
  verifiedFiguresHash,
  verifiedRows,
} from './verified.ts'

/** A review at its end: what has been done and what can be done now. */
export interface Conclusion {
  copy: ReviewedCopy
  /** null = not all experts have signed: nothing of it is read. */
  settled: Settled | null
  method: MethodState
  signing: SigningFacts
  publishing: SigningFacts
  names: Map<string, string>
}

/** @throws {AppError} REVIEW_NOT_FOUND */
export async function openConclusion(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<Conclusion> {
  const copy = await openWatched(db, person, instruments, reviewId)
  const { review, assignments } = copy
  const settled = await readSettled(db, copy)
  const workers = await listWorkers(db, review.id)
  const facts = {
    stage: stageOf(review, assignments),
    review,
    areRevealed: areRevealed(assignments),
    unsettled: settled?.unsettled.length ?? 0,
    personId: person.id,
    isWorker: workers.has(person.id),
  }
  return {
    copy,
    settled,
    method: await readMethodState(db, review, copy.instrument),
    signing: { ...facts, mayAct: can(person, 'reviews.manage').ok },
    publishing: { ...facts, mayAct: can(person, 'evaluation.publish').ok },
    names: await listNames(db, [review.signedBy, review.publishedBy]),
  }
}

/** Why a step is refused, in words. */
export const obstacleText = (obstacle: Obstacle): TextKey => `agreement.obstacle.${obstacle}`

export interface ConclusionKey {
  reviewId: string
  /** Version of the review that was seen. */
  version: number
}

/**
 * The evaluating organisation stands by the decisions: from now on nothing of them changes.
 * @throws {AppError} REVIEW_NOT_FOUND, REVIEW_CHANGED, STEP_NOT_AVAILABLE
 */
export async function signEvaluation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reviewId, version, endsGrace }: ConclusionKey & { endsGrace: boolean },
  now: Date,
): Promise<void> {
  const { copy, settled, signing } = await openConclusion(db, person, instruments, reviewId)
  const { review, contentHash } = copy
  if (review.version !== version) throw new AppError('REVIEW_CHANGED', {}, { currentVersion: review.version })
  const obstacle = signingObstacle(signing, endsGrace, now)
  if (obstacle !== null || settled === null) throw refuse(obstacleText(obstacle ?? 'not-signed-by-experts'))
  if (!(await writeReview(db, review, { signedAt: now, signedBy: person.id }))) throw new AppError('REVIEW_CHANGED')
  const isEarly = review.graceUntil !== null && review.graceUntil > now
  await recordEvent(db, {
    action: 'review.signed',
    personId: person.id,
    cityId: review.city.id,
    subject: `review:${review.id}`,
    payload: { reviewId, frozenHash: contentHash, decisionsHash: hashOfDecisions(settled.decisions), endedGrace: isEarly },
    now,
  })
}

/**
 * Publishes verified scores under every weight scheme, bound to the registered method; never by whoever signed.
 * @throws {AppError} REVIEW_NOT_FOUND, REVIEW_CHANGED, STEP_NOT_AVAILABLE
 */
export async function publishEvaluation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reviewId, version }: ConclusionKey,
  now: Date,
): Promise<void> {
  const { copy, settled, publishing, method } = await openConclusion(db, person, instruments, reviewId)
  const { review, contentHash } = copy
  if (review.version !== version) throw new AppError('REVIEW_CHANGED', {}, { currentVersion: review.version })
  const obstacle = publishingObstacle(publishing, method.isSame)
  if (obstacle !== null || settled === null) throw refuse(obstacleText(obstacle ?? 'not-signed-by-experts'))
  const rows = verifiedRows(copy, settled.decisions, contentHash)
  if (!(await writeReview(db, review, { publishedAt: now, publishedBy: person.id }))) throw new AppError('REVIEW_CHANGED')
  const keys = { reviewId, cityId: review.city.id, waveId: review.wave.id, methodHash: method.registeredHash, publishedAt: now }
  await insertVerifiedResults(
    db,
    rows.map((row) => ({ ...keys, ...row })),
  )
  await recordEvent(db, {
    action: 'review.published',
    personId: person.id,
    cityId: review.city.id,
    subject: `review:${review.id}`,
    payload: {
      reviewId,
      methodHash: method.registeredHash,
      frozenHash: contentHash,
      decisionsHash: hashOfDecisions(settled.decisions),
      results: rows.map((row) => {
        const [core, extended] = row.exactScores
        return { scheme: row.scheme, inputsHash: row.inputsHash, core, extended, figuresHash: verifiedFiguresHash(row) }
      }),
    },
    now,
  })
}
