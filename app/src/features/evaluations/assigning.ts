import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { citiesOf, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { findReview, listReviewAssignments } from '../reviews/queries.ts'
import { type Assignment, type Part, type Review, stageOf } from '../reviews/review.ts'
import {
  type AskedException,
  endAssignments,
  insertAssignment,
  insertReview,
  listExceptions,
  lockReview,
  writeAssignmentDue,
  writeReview,
} from './assigning-queries.ts'
import { type AssignableExpert, canBeExcepted, type Obstacle, obstacleOf, openBoard, readExperts } from './board-usecases.ts'
import { listFormer, listHandedIn } from './queries.ts'
import { drawSample } from './sample.ts'
import { openMethod, requireVerb } from './usecases.ts'

/** A review as the lead arranges it. */
export interface WatchedReview {
  review: Review
  /** In force. */
  assignments: Assignment[]
  experts: AssignableExpert[]
  /** Asked for and not decided. */
  exceptions: AskedException[]
}

async function findWatched(db: Db, reviewId: string): Promise<Review> {
  const review = await findReview(db, reviewId)
  if (review === null) throw new AppError('REVIEW_NOT_FOUND')
  return review
}

/** Reads a review with everybody who could work on it. */
export async function readWatched(db: Db, instruments: InstrumentStore, reviewId: string): Promise<WatchedReview> {
  const review = await findWatched(db, reviewId)
  const [assignments, former, experts, exceptions] = await Promise.all([
    listReviewAssignments(db, { reviewIds: [review.id] }),
    listFormer(db, [review.id]),
    readExperts(db, instruments, review.wave.id),
    listExceptions(db, review.id),
  ])
  const others = new Set([...assignments.map(({ person }) => person.id), ...former.map(({ personId }) => personId)])
  return {
    review,
    assignments,
    experts: experts.map((expert) => {
      const obstacle = obstacleOf(expert, review.city.id, others)
      return { ...expert, obstacle, canBeExcepted: canBeExcepted(obstacle) }
    }),
    exceptions: exceptions.filter(
      ({ personId, part }) => !assignments.some((each) => each.part === part || each.person.id === personId) && !others.has(personId),
    ),
  }
}

/** @throws {AppError} NOT_ALLOWED, REVIEW_NOT_FOUND */
export async function openArranging(db: Db, person: Person, instruments: InstrumentStore, reviewId: string): Promise<WatchedReview> {
  requireVerb(person, 'reviews.watch')
  return readWatched(db, instruments, reviewId)
}

export const unavailable = (reason: string) => new AppError('STEP_NOT_AVAILABLE', { reason })

/** Experts can be arranged until the city has seen a decision. */
function requireReviewing({ review, assignments }: Pick<WatchedReview, 'review' | 'assignments'>): void {
  const stage = stageOf(review, assignments)
  if (stage !== 'reviewing' && stage !== 'adjudicating') throw unavailable('evaluations.step.over')
}

async function record(
  db: Db,
  person: Person,
  action: string,
  review: Pick<Review, 'id' | 'city'>,
  payload: object,
  now: Date,
): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId: review.city.id, subject: `review:${review.id}`, payload, now })
}

export interface OpenRequest {
  wave: string
  /** Address of the city. */
  city: string
  /** YYYY-MM-DD */
  dueOn: string | null
}

/**
 * Opens the review of what a city has handed in last, and draws the questions that two experts score.
 * Two people stand at its beginning: whoever works for the city, or has handed in for it, does not open its review.
 * @throws {AppError} STEP_NOT_AVAILABLE before the method is registered, when the review is open already, or to somebody of the city;
 * CITY_NOT_FOUND when the city has not handed in
 */
export async function openReview(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: OpenRequest,
  now: Date,
): Promise<{ id: string }> {
  requireVerb(person, 'reviews.manage')
  const { wave, instrument, registrations } = await openMethod(db, instruments, request.wave)
  const registration = registrations.at(-1)
  if (instrument === null || registration === undefined) throw unavailable('evaluations.step.notRegistered')
  const handedIn = (await listHandedIn(db, wave.id)).find(({ city }) => city.slug === request.city)
  if (handedIn === undefined) throw new AppError('CITY_NOT_FOUND')
  if (handedIn.frozenBy === person.id || citiesOf(person).includes(handedIn.city.id)) throw unavailable('evaluations.step.ownCity')
  const { seed, share } = registration.content
  const sample = drawSample(instrument, seed, handedIn.frozenHash, share)
  const { assessmentId, frozenId, city } = handedIn
  const row = { assessmentId, cityId: city.id, waveId: wave.id, frozenId, registrationId: registration.id, sample, dueOn: request.dueOn }
  const id = await insertReview(db, { ...row, openedAt: now, openedBy: person.id })
  if (id === null) throw unavailable('evaluations.step.isOpen')
  const payload = { frozenId, frozenHash: handedIn.frozenHash, methodHash: registration.contentHash, sample, dueOn: request.dueOn }
  await record(db, person, 'review.opened', { id, city }, payload, now)
  return { id }
}

export interface AssignRequest {
  reviewId: string
  personId: string
  part: Part
  /** YYYY-MM-DD */
  dueOn: string | null
}

/** The expert, if nobody has this part. @throws {AppError} REVIEW_NOT_FOUND for somebody who is no expert */
export function findAssignable(watched: WatchedReview, { personId, part }: Pick<AssignRequest, 'personId' | 'part'>): AssignableExpert {
  requireReviewing(watched)
  const expert = watched.experts.find(({ id }) => id === personId)
  if (expert === undefined)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'personId', message: 'evaluations.form.expert.unknown' }] })
  if (watched.assignments.some((each) => each.part === part)) throw unavailable('evaluations.step.partTaken')
  return expert
}

export const conflict = (obstacle: Obstacle) =>
  new AppError('REVIEW_CONFLICT', { reason: `evaluations.conflict.${obstacle}` }, { conflict: obstacle })

/** That somebody works in spite of a conflict: who allowed it, why, and what the public is told. */
export interface Exception {
  overriddenBy: string
  overrideReason: string
  overrideNote: string
}

export async function addAssignment(
  db: Db,
  person: Person,
  {
    watched,
    request,
    assignedBy,
    exception,
  }: { watched: WatchedReview; request: AssignRequest; assignedBy: string; exception: Exception | null },
  now: Date,
): Promise<{ id: string }> {
  const { review } = watched
  const { personId, part, dueOn } = request
  const none = { overriddenBy: null, overrideReason: null, overrideNote: null }
  const row = { reviewId: review.id, cityId: review.city.id, personId, part, dueOn: dueOn ?? review.dueOn, assignedAt: now, assignedBy }
  const id = await insertAssignment(db, { ...row, ...(exception ?? none) })
  if (id === null) throw new AppError('REVIEW_CHANGED')
  const payload = { assignment: id, person: personId, part, dueOn: row.dueOn, assignedBy, ...(exception && { exception }) }
  await record(db, person, exception === null ? 'review.assigned' : 'review.conflict-overridden', review, payload, now)
  return { id }
}

/** @throws {AppError} REVIEW_CONFLICT with the reason when something stands against it */
export async function assignExpert(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: AssignRequest,
  now: Date,
): Promise<{ id: string }> {
  requireVerb(person, 'reviews.manage')
  await lockReview(db, request.reviewId)
  const watched = await readWatched(db, instruments, request.reviewId)
  const { obstacle } = findAssignable(watched, request)
  if (obstacle !== null) throw conflict(obstacle)
  return addAssignment(db, person, { watched, request, assignedBy: person.id, exception: null }, now)
}

/** Assigns everything that is proposed for a wave. @returns how many parts */
export async function assignProposals(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  slug: string,
  now: Date,
): Promise<{ count: number }> {
  requireVerb(person, 'reviews.manage')
  const { proposals, rows } = await openBoard(db, person, instruments, slug, now)
  const events = []
  for (const { reviewId, cityId, personId, part } of proposals) {
    const review = rows.find((row) => row.review?.id === reviewId)!.review!
    const { dueOn } = review
    const assignment = { reviewId, cityId, personId, part, dueOn, assignedAt: now, assignedBy: person.id }
    const id = await insertAssignment(db, { ...assignment, overriddenBy: null, overrideReason: null, overrideNote: null })
    if (id === null) throw new AppError('REVIEW_CHANGED')
    events.push({ review, payload: { assignment: id, person: personId, part, dueOn, assignedBy: person.id, isProposal: true } })
  }
  for (const { review, payload } of events) await record(db, person, 'review.assigned', review, payload, now)
  return { count: proposals.length }
}

export interface DatesRequest {
  reviewId: string
  version: number
  dueOn: string | null
  /** By part; a part that nobody has is ignored. */
  parts: Partial<Record<Part, string | null>>
}

/** Sets the days until when a review and its parts are due. */
export async function setReviewDates(db: Db, person: Person, { reviewId, version, dueOn, parts }: DatesRequest, now: Date): Promise<void> {
  requireVerb(person, 'reviews.manage')
  const review = await findWatched(db, reviewId)
  const assignments = await listReviewAssignments(db, { reviewIds: [reviewId] })
  requireReviewing({ review, assignments })
  if (!(await writeReview(db, reviewId, version, { dueOn }))) throw new AppError('REVIEW_CHANGED')
  const changes = assignments.flatMap(({ id, part, dueOn: before }) => {
    const after = parts[part]
    return after === undefined || after === before ? [] : [{ id, part, before, after }]
  })
  for (const { id, after } of changes) await writeAssignmentDue(db, id, after)
  await record(db, person, 'review.dates-set', review, { before: review.dueOn, after: dueOn, parts: changes }, now)
}

/** Ends the work of an expert who hands it over; what they decided stays in the record and no longer counts. */
export async function endAssignment(
  db: Db,
  person: Person,
  { reviewId, assignmentId, reason }: { reviewId: string; assignmentId: string; reason: string },
  now: Date,
): Promise<void> {
  requireVerb(person, 'reviews.manage')
  await lockReview(db, reviewId)
  const review = await findWatched(db, reviewId)
  const assignments = await listReviewAssignments(db, { reviewIds: [reviewId] })
  requireReviewing({ review, assignments })
  const assignment = assignments.find(({ id }) => id === assignmentId)
  if (assignment === undefined) throw new AppError('REVIEW_NOT_FOUND')
  if (assignment.signedAt !== null) throw unavailable('evaluations.step.signed')
  await endAssignments(db, [assignment.id], now)
  const payload = { assignment: assignment.id, person: assignment.person.id, part: assignment.part, reason }
  await record(db, person, 'review.assignment-ended', review, payload, now)
}

/** Ends a review without a result. The city can be reviewed anew, from what it has handed in last. */
export async function withdrawReview(
  db: Db,
  person: Person,
  { reviewId, version, reason }: { reviewId: string; version: number; reason: string },
  now: Date,
): Promise<void> {
  requireVerb(person, 'reviews.manage')
  const review = await findWatched(db, reviewId)
  const assignments = await listReviewAssignments(db, { reviewIds: [reviewId] })
  if (review.withdrawnAt !== null) throw unavailable('evaluations.step.withdrawn')
  if (review.signedAt !== null || review.publishedAt !== null) throw unavailable('evaluations.step.over')
  if (!(await writeReview(db, reviewId, version, { withdrawnAt: now }))) throw new AppError('REVIEW_CHANGED')
  await endAssignments(
    db,
    assignments.map(({ id }) => id),
    now,
  )
  await record(
    db,
    person,
    'review.withdrawn',
    review,
    { reason, before: { withdrawnAt: null }, after: { withdrawnAt: now.toISOString() } },
    now,
  )
}

/** What the lead may still arrange. */
export const isArrangeable = ({ review, assignments }: Pick<WatchedReview, 'review' | 'assignments'>): boolean =>
  ['reviewing', 'adjudicating'].includes(stageOf(review, assignments))

export type { AssignableExpert }
