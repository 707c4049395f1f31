import { notAssessable, type NotAssessable } from './assessable.ts'
import { correlateElements } from './correlation.ts'
import { checkCodes, checkUnitMatrix, completeRows, squaredDeviations, type UnitMatrix } from './unit-matrix.ts'

/** Complete units and the Pearson correlations of their elements: where KMO, Bartlett and components start. */
export interface CorrelationBasis {
  readonly status: 'assessed'
  /** m complete units x p elements. */
  readonly rows: readonly (readonly number[])[]
  /** Position of each complete unit among all units. */
  readonly positions: readonly number[]
  /** p x p, symmetric, 1 on the diagonal. */
  readonly correlations: readonly (readonly number[])[]
}

/**
 * Correlations over the units without a gap (listwise), so that the matrix is positive semi-definite.
 * @param matrix n units x p elements; null = missing
 * @param codes  p codes
 * @returns the basis, or not assessable with under two elements, under three complete units or a constant element
 * @throws {ShapeError} for a ragged matrix or wrong codes; {RangeError} for a cell that is not finite
 */
export function findCorrelationBasis(matrix: UnitMatrix, codes: readonly string[]): CorrelationBasis | NotAssessable {
  if (matrix.length > 0) checkCodes(codes, checkUnitMatrix(matrix))
  const { rows, positions } = completeRows(matrix)
  if (codes.length < 2) return notAssessable('fewElements', rows.length)
  if (rows.length < 3) return notAssessable('fewUnits', rows.length)
  const constant = codes.filter((_, j) => squaredDeviations(rows.map((row) => row[j] as number)) === 0)
  if (constant.length > 0) return notAssessable('noVariance', rows.length, constant)
  const correlations = correlateElements(rows).values as readonly (readonly number[])[]
  return { status: 'assessed', rows, positions, correlations }
}
