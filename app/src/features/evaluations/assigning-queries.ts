import { and, asc, desc, eq, inArray, isNull, like } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { auditEvents, auditPayloads, cities, people, reviewAssignments, reviews } from '../../db/schema.ts'
import type { Part } from '../reviews/review.ts'

export interface NewReview {
  assessmentId: string
  cityId: string
  waveId: string
  frozenId: string
  registrationId: string
  sample: string[]
  /** YYYY-MM-DD */
  dueOn: string | null
  openedAt: Date
  openedBy: string
}

/** @returns null when the city's review is open already */
export async function insertReview(db: Db, review: NewReview): Promise<string | null> {
  const [made] = await db.insert(reviews).values(review).onConflictDoNothing().returning({ id: reviews.id })
  return made?.id ?? null
}

/** Changes a review only in the version that was seen. @returns whether it did */
export async function writeReview(
  db: Db,
  id: string,
  version: number,
  change: { dueOn?: string | null; withdrawnAt?: Date },
): Promise<boolean> {
  const changed = await db
    .update(reviews)
    .set({ ...change, version: version + 1 })
    .where(and(eq(reviews.id, id), eq(reviews.version, version)))
    .returning({ id: reviews.id })
  return changed.length > 0
}

/** Holds a review until the end of the transaction, so that two do not assign it at the same time. */
export async function lockReview(db: Db, id: string): Promise<void> {
  await db.select({ id: reviews.id }).from(reviews).where(eq(reviews.id, id)).for('update')
}

export interface NewAssignment {
  reviewId: string
  cityId: string
  personId: string
  part: Part
  /** YYYY-MM-DD */
  dueOn: string | null
  assignedAt: Date
  assignedBy: string
  overriddenBy: string | null
  overrideReason: string | null
  overrideNote: string | null
}

/** @returns null when the part is taken, or the person has the other one */
export async function insertAssignment(db: Db, assignment: NewAssignment): Promise<string | null> {
  const [made] = await db.insert(reviewAssignments).values(assignment).onConflictDoNothing().returning({ id: reviewAssignments.id })
  return made?.id ?? null
}

export async function writeAssignmentDue(db: Db, id: string, dueOn: string | null): Promise<void> {
  await db.update(reviewAssignments).set({ dueOn }).where(eq(reviewAssignments.id, id))
}

/** Ends assignments that are in force. */
export async function endAssignments(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .update(reviewAssignments)
    .set({ endedAt: now })
    .where(and(inArray(reviewAssignments.id, [...ids]), isNull(reviewAssignments.endedAt)))
}

/** That the lead has asked to let somebody work in spite of a conflict. It stands in the log of events: who asked cannot decide. */
export interface AskedException {
  reviewId: string
  personId: string
  part: Part
  askedBy: string
  askedAt: Date
  /** Why; null for whom the transaction does not show the details of events. */
  reason: string | null
}

const subjectStart = (reviewId: string): string => `review-exception:${reviewId}/`
export const exceptionSubject = (reviewId: string, personId: string, part: Part): string => `${subjectStart(reviewId)}${personId}/${part}`

/** What was asked for one review, the newest of each person and part. */
export async function listExceptions(db: Db, reviewId: string): Promise<AskedException[]> {
  const rows = await db
    .select({ subject: auditEvents.subject, askedBy: auditEvents.personId, askedAt: auditEvents.at, payload: auditPayloads.payload })
    .from(auditEvents)
    .leftJoin(auditPayloads, eq(auditPayloads.seq, auditEvents.seq))
    .where(and(eq(auditEvents.action, 'review.exception-asked'), like(auditEvents.subject, `${subjectStart(reviewId)}%`)))
    .orderBy(desc(auditEvents.seq))
  const newest = new Map<string, AskedException>()
  for (const { subject, askedBy, askedAt, payload } of rows) {
    const reason = (payload as { reason?: string } | null)?.reason ?? null
    const [personId, part] = subject.slice(subjectStart(reviewId).length).split('/') as [string, Part]
    if (!newest.has(subject) && askedBy !== null) newest.set(subject, { reviewId, personId, part, askedBy, askedAt, reason })
  }
  return [...newest.values()]
}

export interface PublicException {
  city: string
  part: Part
  note: string
}

/** What the public is told of experts who work in spite of a conflict, by city. Needs the system's context: nothing else is read. */
export async function listPublicExceptions(db: Db, waveId: string): Promise<PublicException[]> {
  const rows = await db
    .select({ city: cities.name, part: reviewAssignments.part, note: reviewAssignments.overrideNote, publishedAt: reviews.publishedAt })
    .from(reviewAssignments)
    .innerJoin(reviews, eq(reviews.id, reviewAssignments.reviewId))
    .innerJoin(cities, eq(cities.id, reviews.cityId))
    .where(and(eq(reviews.waveId, waveId), isNull(reviews.withdrawnAt), isNull(reviewAssignments.endedAt)))
    .orderBy(asc(cities.name), asc(reviewAssignments.part))
  return rows.flatMap(({ city, part, note, publishedAt }) =>
    note === null || publishedAt === null ? [] : [{ city, part: part as Part, note }],
  )
}

/** Names of people, for whom the lead and the network see. */
export async function getNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
