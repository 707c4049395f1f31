import { inContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import type { Services } from '../../services.ts'
import { listHolders } from '../accounts/membership-queries.ts'
import { assignedQuestions } from '../assessments/assignment.ts'
import { listAssignments } from '../assessments/assignment-queries.ts'
import { responsibleIn, listAddressees } from '../departments/responsible.ts'
import { getWorkforce } from '../departments/queries.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { addNotices } from '../notices/queries.ts'
import type { Review } from '../reviews/review.ts'
import type { ReviewQuery } from './dialogue.ts'

export const queryAddress = (reviewId: string, queryId: string): string => `/reviews/${reviewId}/queries/${queryId}`
export const expertAddress = (reviewId: string, questionId: string): string => `/reviews/${reviewId}/questions/${questionId}/query`

/** Who hears of a query: the coordination, and whoever answers the question. Needs the city's context. */
export async function listAsked(
  db: Db,
  { assessmentId, city }: Pick<Review, 'assessmentId' | 'city'>,
  instrument: Instrument,
  questionId: string,
): Promise<string[]> {
  const coordinators = await listHolders(db, 'city-coordinator', city.id)
  const assignment = assignedQuestions(instrument, await listAssignments(db, [assessmentId])).get(questionId)
  const own = assignment === undefined ? [] : listAddressees(responsibleIn(assignment), await getWorkforce(db, city.id))
  return [...new Set([...coordinators.map(({ id }) => id), ...own])]
}

/**
 * The same for a request of an expert, who does not see how the city shares its work: a transaction of its own that is in the city
 * and hands nothing on but keys.
 */
export const findAsked = (
  { db }: Pick<Services, 'db'>,
  review: Pick<Review, 'assessmentId' | 'city'>,
  instrument: Instrument,
  questionId: string,
): Promise<string[]> =>
  inContext(db, { scope: 'city', cityIds: [review.city.id] }, (inCity) => listAsked(inCity, review, instrument, questionId))

/** Tells those asked. The asker is not named: a city talks with the evaluation, not with one of its experts. */
export async function tellAsked(
  db: Db,
  asked: readonly string[],
  review: Pick<Review, 'id' | 'city'>,
  query: Pick<ReviewQuery, 'id' | 'questionId' | 'dueOn' | 'text'>,
  by: string,
  now: Date,
): Promise<void> {
  const { id: queryId, questionId: question, dueOn, text } = query
  const notice = {
    cityId: review.city.id,
    kind: 'query-asked' as const,
    subject: { question, dueOn, note: text.slice(0, 300) },
    address: queryAddress(review.id, queryId),
  }
  await addNotices(
    db,
    asked.map((personId) => ({ ...notice, personId })),
    by,
    now,
  )
}

/** Tells whoever asked, and nobody else of the evaluation: one expert never hears what another asked. */
export async function tellAsker(
  db: Db,
  review: Pick<Review, 'id' | 'city'>,
  { askedBy, questionId }: Pick<ReviewQuery, 'askedBy' | 'questionId'>,
  by: string,
  now: Date,
): Promise<void> {
  if (askedBy === null) return
  const subject = { who: review.city.name, question: questionId }
  const address = expertAddress(review.id, questionId)
  await addNotices(db, [{ personId: askedBy, cityId: null, kind: 'query-answered', subject, address }], by, now)
}

/** Tells the coordination of the city. */
export async function tellCity(
  db: Db,
  review: Pick<Review, 'id' | 'city'>,
  notice: { kind: 'decisions-shared' | 'review-closed'; dueOn?: string; address: string },
  by: string,
  now: Date,
): Promise<void> {
  const coordinators = await listHolders(db, 'city-coordinator', review.city.id)
  const { kind, dueOn, address } = notice
  const subject = { ...(dueOn !== undefined && { dueOn }) }
  await addNotices(
    db,
    coordinators.map(({ id }) => ({ personId: id, cityId: review.city.id, kind, subject, address })),
    by,
    now,
  )
}
