import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { notAssessable, type NotAssessable } from './assessable.ts'
import { findCorrelationBasis } from './correlation-basis.ts'
import { chiSquareUpperTail } from './distributions.ts'
import type { UnitMatrix } from './unit-matrix.ts'

export interface SamplingAdequacy {
  readonly status: 'assessed'
  /** 0 to 1; from 0.6 the elements share enough for a common factor. */
  readonly overall: number
  /** 0 to 1 for each element; null when it is uncorrelated with all others. */
  readonly elements: readonly { readonly element: string; readonly value: number | null }[]
  readonly units: number
}

export interface SphericityTest {
  readonly status: 'assessed'
  /** Chi-square statistic, >= 0. */
  readonly statistic: number
  readonly degreesOfFreedom: number
  /** Probability of a statistic at least this large if no two elements were correlated, 0 to 1. */
  readonly pValue: number
  readonly units: number
}

/** Smallest over largest eigenvalue below which a correlation matrix counts as singular. */
const singularBelow = 1e-12

/**
 * Kaiser-Meyer-Olkin measure: squared correlations against squared partial correlations.
 * @param matrix n units x p elements; null = missing, units with a gap are left out
 * @param codes  p codes
 * @returns overall and per element, or not assessable (no variance, or an element follows exactly from the others)
 * @throws {ShapeError} for a ragged matrix or wrong codes; {RangeError} for a cell that is not finite
 * @see Kaiser (1974), Psychometrika 39, 31-36; OECD/JRC Handbook (2008), step 4
 */
export function measureAdequacy(matrix: UnitMatrix, codes: readonly string[]): SamplingAdequacy | NotAssessable {
  const basis = findCorrelationBasis(matrix, codes)
  if (basis.status === 'notAssessable') return basis
  const spectrum = new EigenvalueDecomposition(toMatrix(basis.correlations), { assumeSymmetric: true })
  if (isSingular(spectrum.realEigenvalues)) return notAssessable('singular', basis.rows.length)
  const inverse = invert(spectrum)
  let allSquares = 0
  let allPartials = 0
  const elements = codes.map((element, i) => {
    let squares = 0
    let partials = 0
    codes.forEach((_, j) => {
      if (i === j) return
      squares += (basis.correlations[i]?.[j] as number) ** 2
      partials += inverse.get(i, j) ** 2 / (inverse.get(i, i) * inverse.get(j, j))
    })
    allSquares += squares
    allPartials += partials
    return { element, value: squares + partials > 0 ? squares / (squares + partials) : null }
  })
  if (allSquares === 0) return { status: 'assessed', overall: 0, elements, units: basis.rows.length }
  return { status: 'assessed', overall: allSquares / (allSquares + allPartials), elements, units: basis.rows.length }
}

/**
 * Bartlett's test of sphericity: could the correlations be those of unrelated elements?
 * @param matrix n units x p elements; null = missing, units with a gap are left out
 * @param codes  p codes
 * @returns chi-square, degrees of freedom and p-value, or not assessable
 * @throws {ShapeError} for a ragged matrix or wrong codes; {RangeError} for a cell that is not finite
 * @see Bartlett (1951), Biometrika 38, 337-344
 */
export function testSphericity(matrix: UnitMatrix, codes: readonly string[]): SphericityTest | NotAssessable {
  const basis = findCorrelationBasis(matrix, codes)
  if (basis.status === 'notAssessable') return basis
  const units = basis.rows.length
  const width = codes.length
  const { realEigenvalues } = new EigenvalueDecomposition(toMatrix(basis.correlations), { assumeSymmetric: true })
  if (isSingular(realEigenvalues)) return notAssessable('singular', units)
  const logDeterminant = realEigenvalues.reduce((sum, value) => sum + Math.log(value), 0)
  const statistic = Math.max(0, -(units - 1 - (2 * width + 5) / 6) * logDeterminant)
  const degreesOfFreedom = (width * (width - 1)) / 2
  const pValue = chiSquareUpperTail(statistic, degreesOfFreedom)
  return { status: 'assessed', statistic, degreesOfFreedom, pValue, units }
}

function isSingular(eigenvalues: readonly number[]): boolean {
  return Math.min(...eigenvalues) <= singularBelow * Math.max(...eigenvalues)
}

function invert(spectrum: EigenvalueDecomposition): Matrix {
  const vectors = spectrum.eigenvectorMatrix
  const scaled = vectors.clone().divRowVector(spectrum.realEigenvalues)
  return scaled.mmul(vectors.transpose())
}

function toMatrix(values: readonly (readonly number[])[]): Matrix {
  return new Matrix(values.map((row) => [...row]))
}
