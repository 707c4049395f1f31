import { ShapeError } from './errors.ts'
import { countInversions, midranks, tiedPairs } from './rank-counts.ts'
import { checkCodes, checkUnitMatrix, getColumn, meanOf, type UnitMatrix } from './unit-matrix.ts'

/** Which coefficient: linear, of ranks, or of concordant pairs (tau-b, corrected for ties). */
export type CorrelationKind = 'pearson' | 'spearman' | 'kendall'

export interface Correlation {
  /** -1 to 1; null with fewer than three complete pairs or when one side has no variance. */
  readonly value: number | null
  /** Units with both values. */
  readonly pairs: number
}

export interface CorrelationMatrix {
  readonly kind: CorrelationKind
  /** p x p, symmetric, 1 on the diagonal; null where not assessable. */
  readonly values: readonly (readonly (number | null)[])[]
  /** p x p: units with both values. */
  readonly pairs: readonly (readonly number[])[]
}

export interface CorrelationFlag {
  /** redundant: nearly the same thing twice; opposed: pulling against each other in one group. */
  readonly kind: 'redundant' | 'opposed'
  readonly elements: readonly [string, string]
  readonly value: number
  readonly pairs: number
}

export interface CorrelationLimits {
  /** At or above: redundant. */
  readonly redundant: number
  /** At or below: opposed. */
  readonly opposed: number
}

/** The limits that audits of the JRC use: 0.9 and -0.4. */
export const defaultCorrelationLimits: CorrelationLimits = { redundant: 0.9, opposed: -0.4 }

const smallestSample = 3

/**
 * Correlation of two elements over the units that have both values (pairwise completeness).
 * Two pairs always give 1 or -1 and so say nothing: fewer than three pairs are not assessable.
 * @param x    n values; null = missing
 * @param y    n values in the same order; null = missing
 * @param kind pearson (linear), spearman (Pearson of mid-ranks) or kendall (tau-b)
 * @returns -1 to 1 with the number of pairs; null when not assessable
 * @throws {ShapeError} when the lengths differ; {RangeError} when a value is not finite
 * @see OECD/JRC Handbook (2008), step 4, multivariate analysis; Kendall (1945), Biometrika 33, 239-251 (tau-b)
 */
export function correlate(x: readonly (number | null)[], y: readonly (number | null)[], kind: CorrelationKind = 'pearson'): Correlation {
  if (x.length !== y.length) {
    throw new ShapeError(`${x.length} and ${y.length} values cannot be correlated: give one pair per unit`)
  }
  checkUnitMatrix([x, y], 'pair of elements')
  return correlateChecked(x, y, kind)
}

function correlateChecked(x: readonly (number | null)[], y: readonly (number | null)[], kind: CorrelationKind): Correlation {
  const left: number[] = []
  const right: number[] = []
  x.forEach((value, i) => {
    const other = y[i] ?? null
    if (value === null || other === null) return
    left.push(value)
    right.push(other)
  })
  const pairs = left.length
  if (pairs < smallestSample) return { value: null, pairs }
  if (kind === 'kendall') return { value: tauB(left, right), pairs }
  if (kind === 'spearman') return { value: linear(midranks(left), midranks(right)), pairs }
  return { value: linear(left, right), pairs }
}

/** Pearson's coefficient; null without variance. Two passes, so that a large common offset does no harm. */
function linear(x: readonly number[], y: readonly number[]): number | null {
  if (isConstant(x) || isConstant(y)) return null
  const meanX = meanOf(x)
  const meanY = meanOf(y)
  let xx = 0
  let yy = 0
  let xy = 0
  x.forEach((value, i) => {
    const dx = value - meanX
    const dy = (y[i] as number) - meanY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  })
  if (xx === 0 || yy === 0) return null
  return withinOne(xy / (Math.sqrt(xx) * Math.sqrt(yy)))
}

/** Rounding may carry a perfect correlation just beyond 1. */
function withinOne(value: number): number {
  return Math.max(-1, Math.min(1, value))
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0])
}

/** Kendall's tau-b in n log n steps (Knight 1966, JASA 61, 436-439). */
function tauB(x: readonly number[], y: readonly number[]): number | null {
  if (isConstant(x) || isConstant(y)) return null
  const order = x.map((_, i) => i).sort((a, b) => cmp(x, a, b) || cmp(y, a, b))
  const sortedX = order.map((i) => x[i] as number)
  const sortedY = order.map((i) => y[i] as number)
  const all = (x.length * (x.length - 1)) / 2
  const tiedX = tiedPairs(sortedX)
  const tiedBoth = tiedPairs(sortedX, sortedY)
  const discordant = countInversions(sortedY) // also sorts sortedY
  const tiedY = tiedPairs(sortedY)
  const difference = all - tiedX - tiedY + tiedBoth - 2 * discordant
  return withinOne(difference / (Math.sqrt(all - tiedX) * Math.sqrt(all - tiedY)))
}

function cmp(values: readonly number[], a: number, b: number): number {
  return (values[a] as number) - (values[b] as number)
}

/**
 * Correlations of every pair of elements, each over the units that have both values.
 * @param matrix n units x p elements; null = missing
 * @param kind   pearson, spearman or kendall
 * @returns p x p coefficients and p x p numbers of pairs
 * @throws {ShapeError} for a ragged matrix; {RangeError} for a cell that is not finite
 */
export function correlateElements(matrix: UnitMatrix, kind: CorrelationKind = 'pearson'): CorrelationMatrix {
  const width = checkUnitMatrix(matrix)
  const columns = Array.from({ length: width }, (_, element) => getColumn(matrix, element))
  const values: (number | null)[][] = columns.map(() => new Array<number | null>(width).fill(null))
  const pairs: number[][] = columns.map(() => new Array<number>(width).fill(0))
  columns.forEach((x, a) => {
    for (let b = a; b < width; b++) {
      const found = correlateChecked(x, columns[b] as (number | null)[], kind)
      const value = a === b && found.value !== null ? 1 : found.value
      ;(values[a] as (number | null)[])[b] = value
      ;(values[b] as (number | null)[])[a] = value
      ;(pairs[a] as number[])[b] = found.pairs
      ;(pairs[b] as number[])[a] = found.pairs
    }
  })
  return { kind, values, pairs }
}

/**
 * The pairs of elements that a statistician would question: redundant ones (the same thing counted twice) and
 * opposed ones (a gain in one is paid for by a loss in the other, so that their mean hides both).
 * @param correlations p x p, from `correlateElements`, of values that already point in one direction (more is better)
 * @param codes        p codes
 * @param groups       p group codes (for example the parents): only pairs within a group are flagged; none = all pairs
 * @param limits       redundant at or above, opposed at or below
 * @returns flags in the order of the elements; a pair that is not assessable is never flagged
 * @throws {ShapeError} when the numbers of codes or groups differ from p; {RangeError} when the limits are not -1 <= opposed < redundant <= 1
 */
export function flagCorrelations(
  correlations: CorrelationMatrix,
  codes: readonly string[],
  groups: readonly string[] | null = null,
  limits: CorrelationLimits = defaultCorrelationLimits,
): CorrelationFlag[] {
  checkCodes(codes, correlations.values.length)
  if (groups !== null && groups.length !== codes.length) {
    throw new ShapeError(`${groups.length} groups for ${codes.length} elements: give exactly one group per element`)
  }
  if (!(limits.opposed >= -1 && limits.opposed < limits.redundant && limits.redundant <= 1)) {
    throw new RangeError(`Correlation limits ${limits.opposed} and ${limits.redundant}: they must satisfy -1 <= opposed < redundant <= 1`)
  }
  const flags: CorrelationFlag[] = []
  codes.forEach((first, a) => {
    for (let b = a + 1; b < codes.length; b++) {
      const value = correlations.values[a]?.[b] ?? null
      if (value === null || (groups !== null && groups[a] !== groups[b])) continue
      const kind = value >= limits.redundant ? 'redundant' : value <= limits.opposed ? 'opposed' : null
      if (kind === null) continue
      flags.push({ kind, elements: [first, codes[b] as string], value, pairs: correlations.pairs[a]?.[b] ?? 0 })
    }
  })
  return flags
}
