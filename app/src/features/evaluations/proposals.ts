import { type Part, parts } from '../reviews/review.ts'
import { type Declaration, findConflict, type HeldRole } from './interests.ts'

/** A review with the parts that nobody does yet. */
export interface OpenParts {
  reviewId: string
  cityId: string
  /** Who does or did a part of it: nobody does both. */
  taken: Partial<Record<Part, string>>
  /** People who had a part and handed it over. */
  former: readonly string[]
}

export interface Candidate {
  id: string
  roles: readonly HeldRole[]
  declaration: Pick<Declaration, 'ties'> | null
  /** Questions that are left to them elsewhere. */
  load: number
}

export interface Proposal {
  reviewId: string
  cityId: string
  part: Part
  personId: string
}

/**
 * Who could do which part: in turn whoever has least to do and no conflict of interest.
 * @param sizes questions of each part
 * @returns proposals; a part for which there is nobody has none
 */
export function proposeAssignments(
  reviews: readonly OpenParts[],
  candidates: readonly Candidate[],
  sizes: Readonly<Record<Part, number>>,
): Proposal[] {
  const loads = new Map(candidates.map(({ id, load }) => [id, load]))
  const proposals: Proposal[] = []
  for (const part of parts)
    for (const { reviewId, cityId, taken, former } of reviews) {
      if (taken[part] !== undefined) continue
      const mine = proposals.filter((each) => each.reviewId === reviewId).map(({ personId }) => personId)
      const busy = new Set([...Object.values(taken), ...former, ...mine])
      const [chosen] = candidates
        .filter((each) => !busy.has(each.id) && findConflict(each, each.declaration, cityId) === null)
        .sort((a, b) => loads.get(a.id)! - loads.get(b.id)! || (a.id < b.id ? -1 : 1))
      if (chosen === undefined) continue
      loads.set(chosen.id, loads.get(chosen.id)! + sizes[part])
      proposals.push({ reviewId, cityId, part, personId: chosen.id })
    }
  return proposals
}
