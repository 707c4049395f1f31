import type { Family } from './aggregate.ts'
import { CellError } from './errors.ts'
import { maximiseLinear } from './linear-programme.ts'

export interface BenefitOfDoubt {
  /** n scores, 0 to `scale`; NaN for a unit without any score. */
  readonly scores: Float64Array
  /** n units x m children: each unit's own weights, for scores divided by the child's greatest one; null: unit without score, missing child. */
  readonly weights: readonly (readonly (number | null)[] | null)[]
}

/**
 * Benefit of the doubt: every unit is judged by the weights that suit it best, given that with the same weights no unit
 * may exceed 1. One linear programme per unit: maximise sum(w x) with sum(w x_j) <= 1 for every unit j and w >= 0, and,
 * if asked for, each child's part of the unit's score kept between minShare and maxShare. A unit is on the frontier
 * when it reaches 1. A missing child gets no weight for its unit, and counts nothing in the limits that other units set.
 * @param columns m columns of n scores, each >= 0, NaN = missing
 * @param limits  shares 0-1 of the own score per child (0 and 1: free); scale = score of the frontier
 * @throws {CellError} naming unit and child when a score is negative, or 0 where a minimum share is asked; {RangeError}
 *   when the shares cannot add up to 1
 * @see Cherchye et al. (2007), Social Indicators Research 82, 111-145; OECD/JRC Handbook (2008), section 1.6
 */
export function benefitOfDoubt(
  columns: readonly Float64Array[],
  limits: { readonly minShare: number; readonly maxShare: number; readonly scale: number },
  family: Family,
): BenefitOfDoubt {
  const scaled = columns.map((column, child) => divideByMaximum(column, family, child))
  const peers = family.units.map((_, unit) => scaled.map((column) => column[unit] as number))
  const scores = new Float64Array(family.units.length).fill(NaN)
  const weights = peers.map((own, unit) => {
    const present = own.flatMap((score, child) => (Number.isNaN(score) ? [] : [child]))
    if (present.length === 0) return null
    checkShares(own, present, limits, family, unit)
    const rows = peers.map((peer) => present.map((child) => (Number.isNaN(peer[child]) ? 0 : (peer[child] as number))))
    const bounds = shareRows(
      present.map((child) => own[child] as number),
      limits,
    )
    const { value, solution } = maximiseLinear(
      present.map((child) => own[child] as number),
      [...rows, ...bounds],
      [...rows.map(() => 1), ...bounds.map(() => 0)],
    )
    scores[unit] = Math.min(1, value) * limits.scale
    return own.map((_, child) => (present.includes(child) ? (solution[present.indexOf(child)] as number) : null))
  })
  return { scores, weights }
}

function divideByMaximum(column: Float64Array, family: Family, child: number): Float64Array {
  let max = 0
  column.forEach((score, unit) => {
    if (score < 0) {
      const cell = { unit: family.units[unit] as string, element: family.children[child] as string, value: score }
      throw new CellError(
        `Unit "${cell.unit}" has ${score} in element "${cell.element}": benefit of the doubt needs scores of at least 0`,
        cell,
      )
    }
    if (score > max) max = score
  })
  return max === 0 ? column : column.map((score) => score / max)
}

function checkShares(
  own: readonly number[],
  present: readonly number[],
  { minShare, maxShare }: { minShare: number; maxShare: number },
  family: Family,
  unit: number,
): void {
  if (minShare * present.length > 1 + 1e-12 || maxShare * present.length < 1 - 1e-12) {
    throw new RangeError(
      `Shares of ${minShare} to ${maxShare} for each of the ${present.length} children of "${family.parent}" that unit "${family.units[unit]}" has cannot add up to 1`,
    )
  }
  const zero = minShare > 0 ? present.find((child) => own[child] === 0) : undefined
  if (zero !== undefined) {
    const cell = { unit: family.units[unit] as string, element: family.children[zero] as string, value: 0 }
    throw new CellError(
      `Unit "${cell.unit}" has 0 in element "${cell.element}": it cannot give it a share of ${minShare}; normalise to a range above 0 or ask for no minimum share`,
      cell,
    )
  }
}

/** min S <= w_c x_c <= max S with S = sum(w x), as rows <= 0. */
function shareRows(own: readonly number[], { minShare, maxShare }: { minShare: number; maxShare: number }): number[][] {
  const low = minShare <= 0 ? [] : own.map((_, child) => own.map((score, other) => minShare * score - (other === child ? score : 0)))
  const high = maxShare >= 1 ? [] : own.map((_, child) => own.map((score, other) => (other === child ? score : 0) - maxShare * score))
  return [...low, ...high]
}
