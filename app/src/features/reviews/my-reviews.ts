import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { continueAt, type DeskProgress, deskOf, deskProgress } from './desk.ts'
import { getJudgementsIn } from './desk-queries.ts'
import { openCopies, toOpened } from './opening.ts'
import { listOpenQueries, listReviewAssignments, listReviews } from './queries.ts'
import { type Assignment, type Review, type Stage, stageOf } from './review.ts'
import { waitingIn } from './waiting.ts'

/** A review in the list of one expert. */
export interface ReviewRow {
  review: Review
  assignment: Assignment
  instrument: Instrument
  stage: Stage
  progress: DeskProgress
  /** Of the own queries, and of whoever had the part before. */
  waiting: { onCity: number; onMe: number }
  /** Where the work goes on; null = there are no questions. */
  continueAt: string | null
}

/** The reviews of one expert, those that are not signed first, then by due day: a constant number of queries. */
export async function listMyReviews(db: Db, person: Person, instruments: InstrumentStore): Promise<ReviewRow[]> {
  const ids = (await listReviewAssignments(db, { personId: person.id })).map(({ reviewId }) => reviewId)
  const reviews = (await listReviews(db, { ids })).filter(({ withdrawnAt }) => withdrawnAt === null)
  const [copies, judgements, open] = await Promise.all([
    openCopies(db, instruments, reviews),
    getJudgementsIn(db, ids, person.id),
    listOpenQueries(db, ids),
  ])
  const rows = [...copies.values()].flatMap((copy): ReviewRow | [] => {
    const opened = toOpened(copy, person.id)
    if (opened === null) return []
    const { review, assignment, assignments, instrument } = opened
    const questions = deskOf(opened, judgements.get(review.id)!, open)
    const { onCity, onExpert } = waitingIn(open, review.id, assignment.part)
    return {
      review,
      assignment,
      instrument,
      stage: stageOf(review, assignments),
      progress: deskProgress(questions),
      waiting: { onCity, onMe: onExpert },
      continueAt: continueAt(questions, assignment.lastQuestionId),
    }
  })
  return rows.sort(byUrgency)
}

function byUrgency(a: ReviewRow, b: ReviewRow): number {
  const rank = ({ assignment }: ReviewRow) => `${assignment.signedAt === null ? 0 : 1} ${assignment.dueOn ?? '9999'}`
  return rank(a).localeCompare(rank(b)) || a.review.city.name.localeCompare(b.review.city.name)
}
