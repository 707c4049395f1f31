import type { Db } from '../../db/open.ts'
import { type Effective, effectiveDecisions } from './effective.ts'
import type { ReviewedCopy } from './opening.ts'
import { getAdjudications, getJudgements } from './queries.ts'
import { areRevealed, type Judgement } from './review.ts'

export interface Settled extends Effective {
  first: Map<string, Judgement>
  second: Map<string, Judgement>
}

/**
 * What counts in a review, from what is stored: at most three queries. Null before all experts have signed: until then nobody may
 * read two experts together.
 */
export async function readSettled(db: Db, copy: ReviewedCopy): Promise<Settled | null> {
  const { review, assignments } = copy
  if (!areRevealed(assignments)) return null
  const of = async (part: 'first' | 'second') => {
    const assignment = assignments.find((each) => each.part === part)
    return assignment === undefined ? new Map<string, Judgement>() : getJudgements(db, review.id, assignment.person.id)
  }
  const [first, second, adjudicated] = [await of('first'), await of('second'), await getAdjudications(db, review.id)]
  return { first, second, ...effectiveDecisions(copy, first, second, adjudicated) }
}
