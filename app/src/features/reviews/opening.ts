import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import type { Exclusions } from '../assessments/scope.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { answersOf, type FrozenContent, frozenExclusions } from '../results/frozen.ts'
import { type Line, type LineVersion, lineOfPart, newestAnswers, numbered } from './line.ts'
import { findReview, listFrozenContents, listLineVersions, listReviewAssignments, type StoredLineVersion } from './queries.ts'
import { areRevealed, type Assignment, type Part, questionsOfPart, type Review } from './review.ts'

/** A frozen copy with what the city has said anew in reply to queries. */
export interface ReviewedCopy {
  review: Review
  /** Those in force. */
  assignments: Assignment[]
  instrument: Instrument
  content: FrozenContent
  contentHash: string
  /** As it was handed in. */
  handedIn: ReadonlyMap<string, StoredAnswer>
  /** Later versions; of an expert before all have signed only those of the own part. */
  line: Line
  /** Newest version of each answer in the line; version 1 = as it was handed in. */
  answers: Map<string, StoredAnswer>
  exclusions: Exclusions
}

/** One of several copies put together from what is stored. */
interface CopyRows {
  assignments: Assignment[]
  frozen: { content: FrozenContent; contentHash: string }
  versions: readonly StoredLineVersion[]
  instrument: Instrument
}

function copyOf(review: Review, { assignments, frozen, versions, instrument }: CopyRows): ReviewedCopy {
  const line = new Map<string, LineVersion[]>()
  for (const { reviewId, askerPart, answer } of versions) {
    const seenBy = reviewId === review.id ? askerPart : 'both'
    line.set(answer.questionId, [...(line.get(answer.questionId) ?? []), { answer, seenBy }])
  }
  const handedIn = answersOf(frozen.content)
  const answers = newestAnswers(handedIn, line)
  return { review, assignments, instrument, ...frozen, handedIn, line, answers, exclusions: frozenExclusions(frozen.content) }
}

/** The copies behind some reviews, by review: three queries, whatever their number. The caller has checked who asks. */
export async function openCopies(db: Db, instruments: InstrumentStore, reviews: readonly Review[]): Promise<Map<string, ReviewedCopy>> {
  const frozenIds = reviews.map(({ frozenId }) => frozenId)
  const [assignments, contents, versions] = await Promise.all([
    listReviewAssignments(db, { reviewIds: reviews.map(({ id }) => id) }),
    listFrozenContents(db, frozenIds),
    listLineVersions(db, frozenIds),
  ])
  const copies = new Map<string, ReviewedCopy>()
  for (const review of reviews) {
    const frozen = contents.get(review.frozenId)
    if (frozen === undefined) continue
    const instrument = await instruments.get(db, review.wave.instrumentVersionId) // few versions, kept in memory
    const own = assignments.filter(({ reviewId }) => reviewId === review.id)
    const later = versions.filter(({ frozenId }) => frozenId === review.frozenId)
    copies.set(review.id, copyOf(review, { assignments: own, frozen, versions: later, instrument }))
  }
  return copies
}

/** The copy behind a review. The caller has checked who asks. */
export async function openCopy(db: Db, instruments: InstrumentStore, review: Review): Promise<ReviewedCopy> {
  const copy = (await openCopies(db, instruments, [review])).get(review.id)
  if (copy === undefined) throw new AppError('REVIEW_NOT_FOUND')
  return copy
}

/**
 * The copy as an expert may see it. Until all have signed: nothing that came in reply to the other expert's queries, and numbers of
 * versions that count the own line only.
 */
export function blinded(copy: ReviewedCopy, part: Part): ReviewedCopy {
  if (areRevealed(copy.assignments)) return copy
  const line = lineOfPart(copy.line, part)
  return { ...copy, line, answers: numbered(newestAnswers(copy.handedIn, line), line) }
}

/** What an expert works on. */
export interface OpenedReview extends ReviewedCopy {
  /** The expert's own. */
  assignment: Assignment
  /** Questions of the expert's part, in the order of the questionnaire. */
  questionIds: string[]
}

/** @returns null for whoever is not assigned */
export function toOpened(copy: ReviewedCopy, personId: string): OpenedReview | null {
  const assignment = copy.assignments.find((each) => each.person.id === personId)
  if (assignment === undefined) return null
  const all = questionsOf(copy.instrument).map(({ id }) => id)
  return { ...blinded(copy, assignment.part), assignment, questionIds: questionsOfPart(assignment.part, copy.review.sample, all) }
}

/** @throws {AppError} REVIEW_NOT_FOUND for whoever is not assigned, as if it did not exist */
export async function openAssigned(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<OpenedReview> {
  const review = await findReview(db, reviewId)
  if (review === null || review.withdrawnAt !== null || !can(person, 'review.work').ok) throw new AppError('REVIEW_NOT_FOUND')
  const opened = toOpened(await openCopy(db, instruments, review), person.id)
  if (opened === null) throw new AppError('REVIEW_NOT_FOUND')
  return opened
}

/** A review of the person's own city. @throws {AppError} REVIEW_NOT_FOUND */
export async function openOwnReview(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<ReviewedCopy> {
  const review = await findReview(db, reviewId)
  if (review === null || review.withdrawnAt !== null || !can(person, 'review.read', review.city.id).ok)
    throw new AppError('REVIEW_NOT_FOUND')
  return openCopy(db, instruments, review)
}

/** A review for the evaluating organisation or the network. @throws {AppError} REVIEW_NOT_FOUND, also for an expert of it before all have signed */
export async function openWatched(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<ReviewedCopy> {
  const review = await findReview(db, reviewId)
  if (review === null || !can(person, 'reviews.watch').ok) throw new AppError('REVIEW_NOT_FOUND')
  const copy = await openCopy(db, instruments, review)
  const isExpert = copy.assignments.some((each) => each.person.id === person.id)
  if (isExpert && !areRevealed(copy.assignments)) throw new AppError('REVIEW_NOT_FOUND')
  return copy
}
