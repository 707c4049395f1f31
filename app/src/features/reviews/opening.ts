import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import type { Exclusions } from '../assessments/scope.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { answersOf, type FrozenContent, frozenExclusions } from '../results/frozen.ts'
import { findFrozen } from '../results/queries.ts'
import { findReview, getFrozenVersions, listReviewAssignments } from './queries.ts'
import { type Assignment, questionsOfPart, type Review } from './review.ts'

/** A frozen copy with what the city has said anew in reply to queries. */
export interface ReviewedCopy {
  review: Review
  /** Those in force. */
  assignments: Assignment[]
  instrument: Instrument
  content: FrozenContent
  contentHash: string
  /** Newest version of each answer in the frozen line; version 1 = as it was handed in. */
  answers: Map<string, StoredAnswer>
  exclusions: Exclusions
}

/** The copy behind a review: four queries. The caller has checked who asks. */
export async function openCopy(db: Db, instruments: InstrumentStore, review: Review): Promise<ReviewedCopy> {
  const [assignments, frozen, versions, instrument] = await Promise.all([
    listReviewAssignments(db, { reviewIds: [review.id] }),
    findFrozen(db, review.assessmentId, review.frozenId),
    getFrozenVersions(db, review.frozenId),
    instruments.get(db, review.wave.instrumentVersionId),
  ])
  if (frozen === null) throw new AppError('REVIEW_NOT_FOUND')
  const first = [...answersOf(frozen.content)].map(([id, answer]): [string, StoredAnswer] => [id, { ...answer, version: 1 }])
  return {
    review,
    assignments,
    instrument,
    content: frozen.content,
    contentHash: frozen.contentHash,
    answers: new Map([...first, ...versions]),
    exclusions: frozenExclusions(frozen.content),
  }
}

/** What an expert works on. */
export interface OpenedReview extends ReviewedCopy {
  /** The expert's own. */
  assignment: Assignment
  /** Questions of the expert's part, in the order of the questionnaire. */
  questionIds: string[]
}

/** @throws {AppError} REVIEW_NOT_FOUND for whoever is not assigned, as if it did not exist */
export async function openAssigned(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<OpenedReview> {
  const review = await findReview(db, reviewId)
  if (review === null || review.withdrawnAt !== null || !can(person, 'review.work').ok) throw new AppError('REVIEW_NOT_FOUND')
  const copy = await openCopy(db, instruments, review)
  const assignment = copy.assignments.find((each) => each.person.id === person.id)
  if (assignment === undefined) throw new AppError('REVIEW_NOT_FOUND')
  const all = questionsOf(copy.instrument).map(({ id }) => id)
  return { ...copy, assignment, questionIds: questionsOfPart(assignment.part, review.sample, all) }
}

/** A review of the person's own city. @throws {AppError} REVIEW_NOT_FOUND */
export async function openOwnReview(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<ReviewedCopy> {
  const review = await findReview(db, reviewId)
  if (review === null || review.withdrawnAt !== null || !can(person, 'review.read', review.city.id).ok)
    throw new AppError('REVIEW_NOT_FOUND')
  return openCopy(db, instruments, review)
}

/** A review for the evaluating organisation or the network. @throws {AppError} REVIEW_NOT_FOUND */
export async function openWatched(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<ReviewedCopy> {
  const review = await findReview(db, reviewId)
  if (review === null || !can(person, 'reviews.watch').ok) throw new AppError('REVIEW_NOT_FOUND')
  return openCopy(db, instruments, review)
}
