import type { Db } from '../../db/open.ts'
import { dimensionOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { MethodChoices } from '../evaluations/method.ts'
import { openCopies, type ReviewedCopy } from '../reviews/opening.ts'
import { listReviewAssignments, listReviews } from '../reviews/queries.ts'
import { type Adjudication, areRevealed, type Assignment, type Judgement, type Review } from '../reviews/review.ts'
import {
  type AgreementRules,
  type BothJudgements,
  type Disagreement,
  disagreementsOf,
  doubleScored,
  type PooledQuestion,
  pooledOf,
} from './agreement.ts'
import { listNewestAdjudications, listNewestJudgements } from './queries.ts'

// The reviews of a wave whose both parts are signed, read in a number of queries that does not grow with the wave.

/** One review of a wave, as far as the lead may see it. */
export interface WaveReview {
  review: Review
  assignments: Assignment[]
  /** null = not both parts are signed: nothing of it is read. */
  opened: {
    copy: ReviewedCopy
    both: BothJudgements
    adjudications: Map<string, Adjudication>
    disagreements: Disagreement[]
    /** Questions that count for no agreement: the two experts had different answers before them. */
    notSameAnswer: string[]
  } | null
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

const byQuestion = <T extends { questionId: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.questionId, row]))

/** What both experts of a review decided last. */
export function bothOf(assignments: readonly Assignment[], judgements: readonly Judgement[]): BothJudgements {
  const ofPart = (part: Assignment['part']) => {
    const personId = assignments.find((each) => each.part === part)?.person.id
    return byQuestion(judgements.filter((each) => each.personId === personId))
  }
  return { first: ofPart('first'), second: ofPart('second') }
}

/** All reviews of a wave; what is not signed by both experts stays closed. */
export async function openWaveReviews(
  db: Db,
  instruments: InstrumentStore,
  filter: { waveId: string } | { id: string },
): Promise<WaveReview[]> {
  const reviews = await listReviews(db, filter)
  const assigned = groupBy(await listReviewAssignments(db, { reviewIds: reviews.map(({ id }) => id) }), ({ reviewId }) => reviewId)
  const signed = reviews.filter(({ id }) => areRevealed(assigned.get(id) ?? []))
  const ids = signed.map(({ id }) => id)
  const [copies, judgements, adjudications] = await Promise.all([
    openCopies(db, instruments, signed),
    listNewestJudgements(db, ids),
    listNewestAdjudications(db, ids),
  ])
  const judged = groupBy(judgements, ({ reviewId }) => reviewId)
  const adjudicated = groupBy(adjudications, ({ reviewId }) => reviewId)
  return reviews.map((review) => {
    const assignments = assigned.get(review.id) ?? []
    const copy = copies.get(review.id)
    if (copy === undefined) return { review, assignments, opened: null }
    const both = bothOf(assignments, judged.get(review.id) ?? [])
    const settled = byQuestion(adjudicated.get(review.id) ?? [])
    const scored = doubleScored(copy, both)
    const disagreements = disagreementsOf(scored, settled)
    const notSameAnswer = scored.filter(({ isSameAnswer }) => !isSameAnswer).map(({ questionId }) => questionId)
    return { review, assignments, opened: { copy, both, adjudications: settled, disagreements, notSameAnswer } }
  })
}

/** What the signed reviews of a wave bring together. */
export function poolOf(reviews: readonly WaveReview[]): PooledQuestion[] {
  return reviews.flatMap(({ opened }) => {
    if (opened === null) return []
    const { copy, both, adjudications } = opened
    return pooledOf(doubleScored(copy, both), adjudications, (id) => dimensionOf(copy.instrument, id)?.id ?? '')
  })
}

/** Limits and seed as they were registered. */
export const rulesOf = ({ seed, limits, minimumUnits }: MethodChoices): AgreementRules => ({ seed, ...limits, minimumUnits })
