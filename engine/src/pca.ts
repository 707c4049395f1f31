import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { NotAssessable } from './assessable.ts'
import { findCorrelationBasis } from './correlation-basis.ts'
import { standardiseElements, type UnitMatrix } from './unit-matrix.ts'

export interface PrincipalComponents {
  readonly status: 'assessed'
  /** Variance of each component, largest first; their sum is p, the number of elements. */
  readonly eigenvalues: readonly number[]
  /** Share of the whole variance, 0 to 1 each, sum 1. */
  readonly shares: readonly number[]
  /** Shares added up. */
  readonly cumulative: readonly number[]
  /** p elements x p components: unit eigenvectors; the entries of a component add up to >= 0. */
  readonly vectors: readonly (readonly number[])[]
  /** p elements x p components: correlation of the element with the component, -1 to 1. */
  readonly loadings: readonly (readonly number[])[]
  /** n units x p components; a unit with a gap has null throughout. */
  readonly scores: readonly (readonly (number | null)[])[]
  /** Components with an eigenvalue above 1 (Kaiser's rule). */
  readonly aboveOne: number
  /** Units without a gap, which alone are used. */
  readonly units: number
}

/**
 * Principal components of the correlation matrix: how many different things the elements measure.
 * @param matrix n units x p elements; null = missing, units with a gap are left out
 * @param codes  p codes
 * @returns components, largest first, or not assessable (under two elements, under three complete units, a constant element)
 * @throws {ShapeError} for a ragged matrix or wrong codes; {RangeError} for a cell that is not finite
 * @see OECD/JRC Handbook (2008), step 4; Jolliffe (2002), Principal Component Analysis, chapter 2
 */
export function findComponents(matrix: UnitMatrix, codes: readonly string[]): PrincipalComponents | NotAssessable {
  const basis = findCorrelationBasis(matrix, codes)
  if (basis.status === 'notAssessable') return basis
  const { eigenvalues, vectors } = decompose(basis.correlations)
  const shares = eigenvalues.map((value) => value / codes.length)
  let reached = 0
  const scores: (number | null)[][] = matrix.map(() => codes.map(() => null))
  const standardised = standardiseElements(basis.rows) as number[][]
  basis.positions.forEach((unit, i) => {
    scores[unit] = codes.map((_, c) =>
      (standardised[i] as number[]).reduce((sum, value, j) => sum + value * (vectors[j]?.[c] as number), 0),
    )
  })
  return {
    status: 'assessed',
    eigenvalues,
    shares,
    cumulative: shares.map((share) => (reached += share)),
    vectors,
    loadings: vectors.map((row) => row.map((value, c) => value * Math.sqrt(eigenvalues[c] as number))),
    scores,
    aboveOne: eigenvalues.filter((value) => value > 1 + 1e-12).length,
    units: basis.rows.length,
  }
}

/** Eigenvalues, largest first and never negative, and eigenvectors with a fixed sign. */
function decompose(correlations: readonly (readonly number[])[]): { eigenvalues: number[]; vectors: number[][] } {
  const symmetric = new Matrix(correlations.map((row) => [...row]))
  const spectrum = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true })
  const values = spectrum.realEigenvalues
  const order = values.map((_, c) => c).sort((a, b) => (values[b] as number) - (values[a] as number))
  const columns = order.map((c) => fixSign(spectrum.eigenvectorMatrix.getColumn(c)))
  return {
    eigenvalues: order.map((c) => Math.max(0, values[c] as number)),
    vectors: correlations.map((_, element) => columns.map((column) => column[element] as number)),
  }
}

/** An eigenvector and its negative are the same axis: the one whose entries add up to >= 0 is taken. */
function fixSign(vector: readonly number[]): number[] {
  const sum = vector.reduce((total, value) => total + value, 0)
  const lead = Math.abs(sum) > 1e-9 ? sum : (vector.find((value) => Math.abs(value) > 1e-9) ?? 1)
  return lead < 0 ? vector.map((value) => -value) : [...vector]
}
