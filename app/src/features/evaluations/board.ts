import type { OpenQuery } from '../reviews/queries.ts'
import { waitingIn } from '../reviews/waiting.ts'
import { type Assignment, type Part, type Review, type Stage, stageOf } from '../reviews/review.ts'

// What the lead of the evaluation watches: every city that has handed in, and how its review goes.

/** A city that has handed in, with its newest frozen copy. */
export interface HandedIn {
  assessmentId: string
  frozenId: string
  frozenHash: string
  frozenAt: Date
  /** Who handed in; null = no longer known. */
  frozenBy: string | null
  city: Review['city']
}

export interface PartState {
  assignment: Assignment
  isOverdue: boolean
  /** Questions decided; null for the second part, of which nothing is said before it is signed. */
  decided: number | null
}

export interface BoardRow {
  handedIn: HandedIn
  /** Null = not opened yet. */
  review: Review | null
  stage: Stage | null
  parts: Record<Part, PartState | null>
  isOverdue: boolean
  waitingOnCity: number
  waitingOnExpert: number
  /** Since when the oldest open question waits; null = none does. */
  waitingSince: Date | null
}

export interface BoardInput {
  handedIn: readonly HandedIn[]
  reviews: readonly Review[]
  assignments: readonly Assignment[]
  /** Questions decided, by assignment. */
  decided: ReadonlyMap<string, number>
  queries: readonly OpenQuery[]
  /** YYYY-MM-DD */
  today: string
}

const stillWorks: readonly Stage[] = ['reviewing', 'adjudicating', 'replying']

/** Overdue from the day after, until it is done. */
const isPast = (dueOn: string | null, today: string): boolean => dueOn !== null && dueOn < today

function partOf(assignments: readonly Assignment[], part: Part, { decided, today }: BoardInput, isOpen: boolean): PartState | null {
  const assignment = assignments.find((each) => each.part === part)
  if (assignment === undefined) return null
  return {
    assignment,
    isOverdue: isOpen && assignment.signedAt === null && isPast(assignment.dueOn, today),
    decided: part === 'first' ? (decided.get(assignment.id) ?? 0) : null,
  }
}

/** One row for each city that has handed in, in the order given. */
export function boardOf(input: BoardInput): BoardRow[] {
  return input.handedIn.map((handedIn) => {
    const review = input.reviews.find(({ assessmentId }) => assessmentId === handedIn.assessmentId) ?? null
    const assignments = input.assignments.filter(({ reviewId }) => reviewId === review?.id)
    const waiting = waitingIn(input.queries, review?.id ?? '', null)
    const stage = review === null ? null : stageOf(review, assignments)
    const isOpen = stage !== null && stillWorks.includes(stage)
    return {
      handedIn,
      review,
      stage,
      parts: { first: partOf(assignments, 'first', input, isOpen), second: partOf(assignments, 'second', input, isOpen) },
      isOverdue: isOpen && isPast(review?.dueOn ?? null, input.today),
      waitingOnCity: waiting.onCity,
      waitingOnExpert: waiting.onExpert,
      waitingSince: waiting.since,
    }
  })
}

/** What an expert has to do in all waves. */
export interface Load {
  openReviews: number
  /** Questions not decided yet; the second part counts whole until it is signed. */
  questionsLeft: number
}

/** @param work assignments that are not signed, with the size of their part */
export function loadsOf(work: readonly { personId: string; part: Part; size: number; decided: number }[]): Map<string, Load> {
  const loads = new Map<string, Load>()
  for (const { personId, part, size, decided } of work) {
    const { openReviews, questionsLeft } = loads.get(personId) ?? { openReviews: 0, questionsLeft: 0 }
    const left = part === 'first' ? Math.max(0, size - decided) : size
    loads.set(personId, { openReviews: openReviews + 1, questionsLeft: questionsLeft + left })
  }
  return loads
}
