import { ShapeError } from './errors.ts'
import { checkCodes, checkUnitMatrix, presentValues, type UnitMatrix } from './unit-matrix.ts'

/** Least and greatest value of one element over all waves; both null when it was never observed. */
export interface Goalposts {
  readonly element: string
  readonly low: number | null
  readonly high: number | null
}

/**
 * Common goalposts: the range of each element over all waves together, so that a change of a score is a change of
 * the unit and not of the scale. Scaling each wave by itself must be a decision of its own.
 * @param waves    one matrix per wave, each units x p elements; null = missing; the units may differ
 * @param elements p codes, the same in every wave
 * @returns p ranges
 * @throws {ShapeError} without waves, for a ragged matrix or another number of elements; {RangeError} for a cell that is not finite
 * @see OECD/JRC Handbook (2008), step 5, on goalposts over time
 */
export function findCommonGoalposts(waves: readonly UnitMatrix[], elements: readonly string[]): Goalposts[] {
  if (waves.length === 0) throw new ShapeError('No wave is given: common goalposts need at least one')
  waves.forEach((wave, i) => {
    if (wave.length > 0) checkCodes(elements, checkUnitMatrix(wave, `matrix of wave ${i + 1}`))
  })
  return elements.map((element, j) => {
    const values = presentValues(waves.flatMap((wave) => wave.map((row) => row[j] ?? null)))
    const low = values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b))
    const high = values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b))
    return { element, low, high }
  })
}

/** What one question adds to the change of the index. */
export interface ChangePart {
  readonly question: string
  /** Change because the question's own score changed, in points of the index. */
  readonly fromScore: number
  /** Change because its effective weight changed (a question drops out or enters), in points of the index. */
  readonly fromWeight: number
}

export interface ChangeDecomposition {
  /** Index before and after, 0 to 100. */
  readonly before: number
  readonly after: number
  /** After less before; equal to the sum of all parts up to rounding error. */
  readonly change: number
  /** One part per question, in the given order. */
  readonly parts: readonly ChangePart[]
}

/** One question in one wave: its score and its effective weight in the index. */
export interface WeightedScore {
  /** 0 to 100; null = no score (not applicable): its weight must be 0. */
  readonly score: number | null
  /** >= 0; only ratios count. */
  readonly weight: number
}

/**
 * Decompose the change of an arithmetic index into its questions, without remainder: each score change at the mean
 * of the two weights, each weight change at the mean of the two scores (measured from the mean of the two
 * indices, so that a question that enters at the level of the index adds nothing).
 * @param questions m codes
 * @param before    m scores and effective weights of one unit in the earlier wave, on common goalposts
 * @param after     the same in the later wave
 * @returns both indices, and the parts, which add up to the change
 * @throws {ShapeError} when the lengths differ or a code stands twice; {RangeError} for a weight that is negative, not
 *   finite, positive without a score, or when all are 0
 * @see Bennet (1920), Journal of the Royal Statistical Society 83, 455-462 (symmetric decomposition)
 */
export function decomposeChange(
  questions: readonly string[],
  before: readonly WeightedScore[],
  after: readonly WeightedScore[],
): ChangeDecomposition {
  checkCodes(questions, before.length)
  checkCodes(questions, after.length)
  const earlier = normaliseWeights(questions, before, 'earlier')
  const later = normaliseWeights(questions, after, 'later')
  const indexBefore = indexOf(earlier)
  const indexAfter = indexOf(later)
  const level = (indexBefore + indexAfter) / 2
  const parts = questions.map((question, i) => {
    const a = earlier[i] as WeightedScore
    const b = later[i] as WeightedScore
    const scoreA = a.score ?? b.score ?? level
    const scoreB = b.score ?? a.score ?? level
    const fromScore = ((a.weight + b.weight) / 2) * (scoreB - scoreA)
    const fromWeight = (b.weight - a.weight) * ((scoreA + scoreB) / 2 - level) + 0 // never -0
    return { question, fromScore, fromWeight }
  })
  return { before: indexBefore, after: indexAfter, change: indexAfter - indexBefore, parts }
}

function normaliseWeights(questions: readonly string[], entries: readonly WeightedScore[], wave: string): WeightedScore[] {
  entries.forEach(({ score, weight }, i) => {
    if (!Number.isFinite(weight) || weight < 0) {
      throw new RangeError(`Weight ${weight} of ${questions[i]} in the ${wave} wave: give a finite number of at least 0`)
    }
    if (score === null && weight > 0) {
      throw new RangeError(
        `${questions[i]} has weight ${weight} but no score in the ${wave} wave: rescale the weights over the questions with a score`,
      )
    }
    if (score !== null && !Number.isFinite(score)) {
      throw new RangeError(`Score ${score} of ${questions[i]} in the ${wave} wave: give a finite number, or null`)
    }
  })
  const total = entries.reduce((sum, entry) => sum + entry.weight, 0)
  if (total === 0) throw new RangeError(`All weights of the ${wave} wave are 0: there is no index to decompose`)
  return entries.map(({ score, weight }) => ({ score, weight: weight / total }))
}

function indexOf(entries: readonly WeightedScore[]): number {
  return entries.reduce((sum, { score, weight }) => sum + (score === null ? 0 : score * weight), 0)
}

/**
 * Compound growth: the constant rate per period that leads from the first to the last value.
 * @param first   value at the start; null = missing
 * @param last    value at the end; null = missing
 * @param periods time between them in periods (years), > 0, also fractions
 * @returns rate per period as a share (0.05 = 5 % a period); null when a value is missing, the first is not
 *   positive or the last is negative, because then no such rate exists
 * @throws {RangeError} when periods is not positive and finite or a value is not finite
 */
export function compoundGrowth(first: number | null, last: number | null, periods: number): number | null {
  if (!(periods > 0) || !Number.isFinite(periods)) {
    throw new RangeError(`Growth over ${periods} periods: give a finite number above 0`)
  }
  if (first === null || last === null) return null
  checkUnitMatrix([[first, last]], 'pair of values')
  if (first <= 0 || last < 0) return null
  return (last / first) ** (1 / periods) - 1
}
