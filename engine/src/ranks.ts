import { compareFractions, type Fraction } from './fraction.ts'

/**
 * Which rank equal scores share. best: 1, 2, 2, 4 (the rule of the Tessera index); worst: 1, 3, 3, 4;
 * average: 1, 2.5, 2.5, 4; dense: 1, 2, 2, 3. None depends on the order of the input.
 */
export type TieRule = 'best' | 'worst' | 'average' | 'dense'

const STEPS_PER_POINT = 1e9

/**
 * A floating-point score on the grid of 1e-9, so that two machines whose last digits differ see the same ties.
 * @param score any finite number; from about 9e6 upwards doubles are coarser than the grid and stay as they are
 */
export function snapScore(score: number): number {
  const steps = score * STEPS_PER_POINT
  return Math.abs(steps) < Number.MAX_SAFE_INTEGER ? Math.round(steps) / STEPS_PER_POINT : score
}

/**
 * Ranks of floating-point scores, 1 = highest, taken on scores snapped to 1e-9 and never on rounded ones.
 * @param scores n scores; null = no score or no rank (provisional): stays null and moves nobody else
 * @throws {RangeError} when a score is not a finite number (its position is named)
 */
export function rankScores(scores: readonly (number | null)[], tieRule: TieRule = 'best'): (number | null)[] {
  const snapped = scores.map((score, i) => {
    if (score === null) return null
    if (!Number.isFinite(score))
      throw new RangeError(`Score ${i + 1} of ${scores.length} is ${score}: a score is a finite number, or null when missing.`)
    return snapScore(score)
  })
  return rankBy(snapped, (a, b) => b - a, tieRule)
}

/**
 * Ranks of exact scores, 1 = highest; only equal fractions tie.
 * @param scores n fractions; null = no score or no rank: stays null and moves nobody else
 */
export function rankExact(scores: readonly (Fraction | null)[], tieRule: TieRule = 'best'): (number | null)[] {
  return rankBy(scores, (a, b) => compareFractions(b, a), tieRule)
}

function rankBy<Score>(scores: readonly (Score | null)[], compare: (a: Score, b: Score) => number, tieRule: TieRule): (number | null)[] {
  const ranked = scores
    .flatMap((score, position) => (score === null ? [] : [{ score, position }]))
    .sort((a, b) => compare(a.score, b.score))
  const ranks = scores.map((): number | null => null)
  let first = 0
  for (let group = 1; first < ranked.length; group += 1) {
    const leader = ranked[first]
    if (leader === undefined) break
    let after = first + 1
    for (let next = ranked[after]; next !== undefined && compare(leader.score, next.score) === 0; next = ranked[after]) after += 1
    const rank = sharedRank(first + 1, after, group, tieRule)
    for (const { position } of ranked.slice(first, after)) ranks[position] = rank
    first = after
  }
  return ranks
}

function sharedRank(best: number, worst: number, group: number, tieRule: TieRule): number {
  switch (tieRule) {
    case 'best':
      return best
    case 'worst':
      return worst
    case 'average':
      return (best + worst) / 2
    case 'dense':
      return group
    default:
      throw new RangeError(`"${String(tieRule)}" is no tie rule: choose best, worst, average or dense.`)
  }
}
