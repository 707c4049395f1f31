import { correlate } from './correlation.ts'
import { ShapeError } from './errors.ts'
import { meanOf } from './unit-matrix.ts'

/** How far ranks move from the nominal ones when one choice is made otherwise. */
export interface RankShift {
  /** n ranks under the other choice, 1 = highest; null = no rank. */
  readonly ranks: readonly (number | null)[]
  /** Mean of the absolute shifts over the compared units, >= 0; null without any. */
  readonly mean: number | null
  /** Largest absolute shift and the position of the (first) unit that makes it; null without any. */
  readonly largest: { readonly unit: number; readonly shift: number } | null
  /** Share of the compared units whose rank stays, 0 to 1; null without any. */
  readonly unchanged: number | null
  /** Spearman correlation of the two rankings, -1 to 1; null when not assessable. */
  readonly correlation: number | null
  /** Units with a rank in both. */
  readonly compared: number
}

/**
 * Compare two rankings of the same units.
 * @param nominal n ranks, 1 = highest; null = no rank
 * @param other   n ranks of the same units
 * @returns shifts over the units with both; a positive `largest.shift` is a fall (a higher number)
 * @throws {ShapeError} when the lengths differ; {RangeError} when a rank is not finite
 * @see OECD/JRC Handbook (2008), step 8, average shift in rank
 */
export function compareRanks(nominal: readonly (number | null)[], other: readonly (number | null)[]): RankShift {
  if (nominal.length !== other.length) {
    throw new ShapeError(`${nominal.length} and ${other.length} ranks cannot be compared: give one per unit`)
  }
  const shifts = nominal.flatMap((rank, unit) => {
    const moved = other[unit] ?? null
    return rank === null || moved === null ? [] : [{ unit, shift: moved - rank }]
  })
  const correlation = correlate(nominal, other, 'spearman').value
  if (shifts.length === 0) return { ranks: other, mean: null, largest: null, unchanged: null, correlation, compared: 0 }
  return {
    ranks: other,
    mean: meanOf(shifts.map(({ shift }) => Math.abs(shift))),
    largest: shifts.reduce((most, one) => (Math.abs(one.shift) > Math.abs(most.shift) ? one : most)),
    unchanged: shifts.filter(({ shift }) => shift === 0).length / shifts.length,
    correlation,
    compared: shifts.length,
  }
}
