import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import { listHolders } from '../accounts/membership-queries.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { tellAll } from '../notices/telling.ts'
import { exceptionSubject, lockReview } from './assigning-queries.ts'
import { addAssignment, type AssignRequest, conflict, findAssignable, readWatched, unavailable } from './assigning.ts'
import { requireVerb } from './usecases.ts'

// An expert who works in spite of a conflict of interest: the lead asks, the network coordination allows, the public is told.

const reviewAddress = (reviewId: string): string => `/evaluations/reviews/${reviewId}`

/** Asks the network coordination to let somebody work in spite of a conflict. It stands in the record, with who asked. */
export async function askException(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reason, ...request }: Omit<AssignRequest, 'dueOn'> & { reason: string },
  now: Date,
): Promise<void> {
  requireVerb(person, 'reviews.manage')
  const watched = await readWatched(db, instruments, request.reviewId)
  const { obstacle, canBeExcepted: isPossible, name: to } = findAssignable(watched, request)
  if (obstacle === null) throw unavailable('evaluations.step.noConflict')
  if (!isPossible) throw conflict(obstacle)
  const subject = exceptionSubject(request.reviewId, request.personId, request.part)
  const payload = { reason, conflict: obstacle }
  const { id, city } = watched.review
  const notice = { kind: 'exception-asked' as const, cityId: city.id, subject: { who: person.name, to, note: reason.slice(0, 300) } }
  const readers = (await listHolders(db, 'network-coordinator', null)).map((holder) => holder.id)
  await tellAll(db, readers, { ...notice, address: reviewAddress(id) }, person.id, now)
  await recordEvent(db, { action: 'review.exception-asked', personId: person.id, cityId: city.id, subject, payload, now })
}

export interface OverrideRequest extends AssignRequest {
  reason: string
  /** What the public is told beside the result. */
  note: string
}

/**
 * Lets somebody work in spite of a conflict. Two people decide: whoever leads the evaluation has asked, the network coordination allows it.
 * @throws {AppError} STEP_NOT_AVAILABLE when nobody has asked, or the same person has
 */
export async function overrideConflict(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reason, note, ...request }: OverrideRequest,
  now: Date,
): Promise<{ id: string }> {
  requireVerb(person, 'reviews.override')
  await lockReview(db, request.reviewId)
  const watched = await readWatched(db, instruments, request.reviewId)
  const { obstacle, canBeExcepted: isPossible, name: to } = findAssignable(watched, request)
  if (obstacle === null) throw unavailable('evaluations.step.noConflict')
  if (!isPossible) throw conflict(obstacle)
  const asked = watched.exceptions.find(({ personId, part }) => personId === request.personId && part === request.part)
  if (asked === undefined) throw unavailable('evaluations.step.notAsked')
  if (asked.askedBy === person.id) throw unavailable('evaluations.step.fourEyes')
  const exception = { overriddenBy: person.id, overrideReason: reason, overrideNote: note }
  const subject = { who: person.name, to }
  const notice = { kind: 'exception-allowed' as const, cityId: null, subject, address: reviewAddress(request.reviewId) }
  await tellAll(db, [asked.askedBy], notice, person.id, now)
  return addAssignment(db, person, { watched, request, assignedBy: asked.askedBy, exception }, now)
}
