import { correlate } from './correlation.ts'
import { checkCodes, checkUnitMatrix, completeRows, squaredDeviations, type UnitMatrix } from './unit-matrix.ts'

export interface ElementReliability {
  readonly element: string
  /** Alpha of the other elements; null with fewer than two of them or without variance. */
  readonly alphaIfDeleted: number | null
  /** Pearson correlation with the sum of the other elements, -1 to 1; null when not assessable. */
  readonly itemRest: number | null
}

export interface InternalConsistency {
  /** At most 1, may be negative; null with fewer than two elements or units, or without variance of the sum. */
  readonly alpha: number | null
  readonly elements: readonly ElementReliability[]
  /** Units without a gap, which alone are used. */
  readonly units: number
}

/**
 * Cronbach's alpha: how far the elements of one group move together, with what happens when one is left out.
 * Units with a gap are left out (listwise), so that all figures rest on the same units.
 * @param matrix n units x p elements, on one scale and pointing in one direction; null = missing
 * @param codes  p codes
 * @returns alpha, and per element alpha if deleted and item-rest correlation
 * @throws {ShapeError} for a ragged matrix or wrong codes; {RangeError} for a cell that is not finite
 * @see Cronbach (1951), Psychometrika 16, 297-334; OECD/JRC Handbook (2008), step 4
 */
export function assessConsistency(matrix: UnitMatrix, codes: readonly string[]): InternalConsistency {
  if (matrix.length > 0) checkCodes(codes, checkUnitMatrix(matrix))
  const { rows } = completeRows(matrix)
  return {
    alpha: alphaOf(rows),
    units: rows.length,
    elements: codes.map((element, i) => {
      const rest = rows.map((row) => row.filter((_, j) => j !== i))
      const sums = rest.map(sum)
      const values = rows.map((row) => row[i] as number)
      const itemRest = codes.length < 2 ? null : correlate(values, sums).value
      return { element, alphaIfDeleted: alphaOf(rest), itemRest }
    }),
  }
}

function alphaOf(rows: readonly (readonly number[])[]): number | null {
  const width = rows[0]?.length ?? 0
  if (width < 2 || rows.length < 2) return null
  const total = squaredDeviations(rows.map(sum))
  if (total === 0) return null
  let single = 0
  for (let j = 0; j < width; j++) single += squaredDeviations(rows.map((row) => row[j] as number))
  return (width / (width - 1)) * (1 - single / total)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
