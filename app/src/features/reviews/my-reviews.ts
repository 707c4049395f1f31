import type { Db } from '../../db/open.ts'
import type { Person } from '../../permissions.ts'
import { type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { answersOf, frozenExclusions } from '../results/frozen.ts'
import { continueAt, type DeskProgress, deskProgress, deskQuestions } from './desk.ts'
import { countWaiting, getJudgementsIn, listFrozenCopies, type Waiting } from './desk-queries.ts'
import { listReviewAssignments, listReviews } from './queries.ts'
import { type Assignment, questionsOfPart, type Review, type Stage, stageOf } from './review.ts'

/** A review in the list of one expert. */
export interface ReviewRow {
  review: Review
  assignment: Assignment
  instrument: Instrument
  stage: Stage
  progress: DeskProgress
  waiting: Waiting
  /** Where the work goes on; null = there are no questions. */
  continueAt: string | null
}

/** The reviews of one expert, those that are not signed first, then by due day: a constant number of queries. */
export async function listMyReviews(db: Db, person: Person, instruments: InstrumentStore): Promise<ReviewRow[]> {
  const mine = new Map((await listReviewAssignments(db, { personId: person.id })).map((each) => [each.reviewId, each]))
  const ids = [...mine.keys()]
  const reviews = (await listReviews(db, { ids })).filter(({ withdrawnAt }) => withdrawnAt === null)
  const [all, copies, judgements, waiting] = await Promise.all([
    listReviewAssignments(db, { reviewIds: ids }),
    listFrozenCopies(
      db,
      reviews.map(({ frozenId }) => frozenId),
    ),
    getJudgementsIn(db, ids, person.id),
    countWaiting(db, ids, person.id),
  ])
  const rows: ReviewRow[] = []
  for (const review of reviews) {
    const assignment = mine.get(review.id)!
    const instrument = await instruments.get(db, review.wave.instrumentVersionId) // few versions, kept in memory
    const { content, versions } = copies.get(review.frozenId)!
    const copy = { instrument, answers: new Map([...firstVersions(content), ...versions]), exclusions: frozenExclusions(content) }
    const ids = questionsOfPart(
      assignment.part,
      review.sample,
      questionsOf(instrument).map(({ id }) => id),
    )
    const questions = deskQuestions(copy, ids, judgements.get(review.id)!)
    rows.push({
      review,
      assignment,
      instrument,
      stage: stageOf(
        review,
        all.filter(({ reviewId }) => reviewId === review.id),
      ),
      progress: deskProgress(questions),
      waiting: waiting.get(review.id) ?? { onCity: 0, onMe: 0 },
      continueAt: continueAt(questions, assignment.lastQuestionId),
    })
  }
  return rows.sort(byUrgency)
}

const firstVersions = (content: Parameters<typeof answersOf>[0]) =>
  [...answersOf(content)].map(([id, answer]) => [id, { ...answer, version: 1 }] as const)

function byUrgency(a: ReviewRow, b: ReviewRow): number {
  const rank = ({ assignment }: ReviewRow) => `${assignment.signedAt === null ? 0 : 1} ${assignment.dueOn ?? '9999'}`
  return rank(a).localeCompare(rank(b)) || a.review.city.name.localeCompare(b.review.city.name)
}
