import type { RandomStream } from './random.ts'

/** Beta distribution of a share that is itself uncertain: a - 1 cases with, b - 1 cases without, besides what is assumed. */
export interface BetaShare {
  readonly a: number
  readonly b: number
}

/** What a review would do to an answer that nobody has verified. */
export interface ReviewErrorModel {
  /** Share of answers that a review changes. */
  readonly changed: BetaShare
  /** Share of these changes that lower the score. */
  readonly lowered: BetaShare
  /** Equally likely sizes of a lowering, as share (0-1] of the score claimed; empty: uniform on 0-1. */
  readonly lossShares: readonly number[]
  /** Equally likely sizes of a raising, as share (0-1] of what was missing to 100; empty: uniform on 0-1. */
  readonly gainShares: readonly number[]
}

/** How a second reviewer's score differs from the first's. */
export interface DisagreementModel {
  /** Share of answers on which two reviewers differ. */
  readonly differs: BetaShare
  /** Equally likely absolute differences in points of score (0-100); empty: uniform on 0-50. The sign is even. */
  readonly sizes: readonly number[]
}

/**
 * Assumed where there are no past reviews: a review changes one answer in five, and four of five changes lower the score
 * (self-assessments err on the favourable side). Worth ten reviews and five changes, so experience soon outweighs it.
 */
export const REVIEW_ERROR_PRIOR: ReviewErrorModel = { changed: { a: 2, b: 8 }, lowered: { a: 4, b: 1 }, lossShares: [], gainShares: [] }

/** Assumed where no answer has been scored twice: reviewers differ on one answer in five. Worth ten answers. */
export const DISAGREEMENT_PRIOR: DisagreementModel = { differs: { a: 2, b: 8 }, sizes: [] }

/**
 * Error model of unverified answers from past reviews: counts are added to the prior (Beta-binomial), sizes are those seen.
 * @param past  scores 0-100 claimed by the city and after review, one pair per reviewed answer; may be empty
 * @throws {RangeError} when a score is not within 0-100
 */
export function estimateReviewErrors(
  past: readonly { readonly claimed: number; readonly reviewed: number }[],
  prior: ReviewErrorModel = REVIEW_ERROR_PRIOR,
): ReviewErrorModel {
  for (const { claimed, reviewed } of past) requireScores('review', claimed, reviewed)
  const down = past.filter(({ claimed, reviewed }) => reviewed < claimed)
  const up = past.filter(({ claimed, reviewed }) => reviewed > claimed)
  const changes = down.length + up.length
  return {
    changed: { a: prior.changed.a + changes, b: prior.changed.b + past.length - changes },
    lowered: { a: prior.lowered.a + down.length, b: prior.lowered.b + up.length },
    lossShares: [...prior.lossShares, ...down.map(({ claimed, reviewed }) => (claimed - reviewed) / claimed)],
    gainShares: [...prior.gainShares, ...up.map(({ claimed, reviewed }) => (reviewed - claimed) / (100 - claimed))],
  }
}

/**
 * Disagreement of reviewers from answers that were scored twice, independently.
 * @param pairs scores 0-100 of the first and second reviewer; may be empty
 * @throws {RangeError} when a score is not within 0-100
 */
export function estimateDisagreement(
  pairs: readonly (readonly [number, number])[],
  prior: DisagreementModel = DISAGREEMENT_PRIOR,
): DisagreementModel {
  for (const [first, second] of pairs) requireScores('double review', first, second)
  const sizes = pairs.map(([first, second]) => Math.abs(first - second)).filter((size) => size > 0)
  return {
    differs: { a: prior.differs.a + sizes.length, b: prior.differs.b + pairs.length - sizes.length },
    sizes: [...prior.sizes, ...sizes],
  }
}

function requireScores(what: string, ...scores: number[]): void {
  const bad = scores.find((score) => !(score >= 0 && score <= 100))
  if (bad !== undefined) throw new RangeError(`Score ${bad} in a ${what}: scores are numbers from 0 to 100.`)
}

const TABLE_STEPS = 256
const GRID_STEPS = 16_384

/**
 * Quantiles of a Beta distribution at 0, 1/256, ... 1, for drawing by linear interpolation.
 * @param share both parameters > 0
 * @returns 257 ascending numbers from 0 to 1, each within 0.0005
 * @throws {RangeError} when a parameter is not positive
 */
export function betaQuantiles(share: BetaShare): Float64Array {
  const { a, b } = share
  if (!(a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b)))
    throw new RangeError(`Beta distribution (${a}, ${b}): both parameters must be positive.`)
  const mode = a > 1 && b > 1 ? (a - 1) / (a + b - 2) : a / (a + b)
  const logAt = (x: number) => (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x)
  const top = logAt(mode)
  const cumulative = new Float64Array(GRID_STEPS + 1)
  for (let i = 0; i < GRID_STEPS; i++) {
    cumulative[i + 1] = (cumulative[i] ?? 0) + Math.exp(Math.min(700, logAt((i + 0.5) / GRID_STEPS) - top))
  }
  const total = cumulative[GRID_STEPS] ?? 1
  const table = new Float64Array(TABLE_STEPS + 1)
  let at = 0
  for (let k = 1; k < TABLE_STEPS; k++) {
    const wanted = (k / TABLE_STEPS) * total
    while ((cumulative[at + 1] ?? total) < wanted) at++
    const below = cumulative[at] ?? 0
    table[k] = (at + (wanted - below) / ((cumulative[at + 1] ?? total) - below)) / GRID_STEPS
  }
  table[TABLE_STEPS] = 1
  return table
}

/** A draw from a table of quantiles. */
export function drawFromTable(table: Float64Array, uniform: number): number {
  const position = uniform * TABLE_STEPS
  const k = Math.floor(position)
  const low = table[k] ?? 0
  return low + (position - k) * ((table[k + 1] ?? 1) - low)
}

function drawSize(sizes: readonly number[], greatest: number, uniform: number): number {
  return sizes.length === 0 ? uniform * greatest : (sizes[Math.floor(uniform * sizes.length)] ?? 0)
}

/**
 * Score after the review that an unverified answer has not had. Takes three numbers from the stream, whatever happens.
 * @param score 0-100 as claimed
 * @param changedShare, loweredShare the run's draws of the two shares
 * @returns 0-100
 */
export function drawReviewed(
  score: number,
  model: ReviewErrorModel,
  changedShare: number,
  loweredShare: number,
  random: RandomStream,
): number {
  const change = random.nextUniform(),
    direction = random.nextUniform(),
    size = random.nextUniform()
  if (change >= changedShare) return score
  if (direction < loweredShare) return score * (1 - drawSize(model.lossShares, 1, size))
  return score + (100 - score) * drawSize(model.gainShares, 1, size)
}

/**
 * Score that another reviewer might have given. Takes three numbers from the stream, whatever happens.
 * @param score 0-100 as reviewed
 * @returns 0-100
 */
export function drawSecondReview(score: number, model: DisagreementModel, differsShare: number, random: RandomStream): number {
  const differs = random.nextUniform(),
    sign = random.nextUniform(),
    size = random.nextUniform()
  if (differs >= differsShare) return score
  const step = drawSize(model.sizes, 50, size)
  return Math.min(100, Math.max(0, sign < 0.5 ? score - step : score + step))
}
