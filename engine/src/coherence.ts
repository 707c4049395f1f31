import type { NotAssessable } from './assessable.ts'
import { correlateElements, flagCorrelations, type CorrelationFlag, type CorrelationLimits, type CorrelationMatrix } from './correlation.ts'
import { assessConsistency, type InternalConsistency } from './cronbach.ts'
import { measureAdequacy, testSphericity, type SamplingAdequacy, type SphericityTest } from './kmo.ts'
import { findComponents, type PrincipalComponents } from './pca.ts'
import type { UnitMatrix } from './unit-matrix.ts'

/** Whether the children of one element belong together. */
export interface FamilyCoherence {
  readonly parent: string
  readonly children: readonly string[]
  readonly correlations: CorrelationMatrix
  readonly flags: readonly CorrelationFlag[]
  readonly consistency: InternalConsistency
  readonly adequacy: SamplingAdequacy | NotAssessable
  readonly sphericity: SphericityTest | NotAssessable
  readonly components: PrincipalComponents | NotAssessable
}

/**
 * Everything that is asked of one family of siblings: correlations, alpha, KMO, Bartlett, principal components.
 * @param parent   code of the element that they make up
 * @param matrix   n units x p children, on the scale that is averaged, more is better; null = missing
 * @param children p codes
 * @param limits   when a pair is redundant or opposed
 * @returns each part for itself; what is not assessable says why
 * @throws {ShapeError} for a ragged matrix or wrong codes; {RangeError} for a cell that is not finite or limits out of order
 * @see OECD/JRC Handbook (2008), step 4
 */
export function assessFamily(parent: string, matrix: UnitMatrix, children: readonly string[], limits: CorrelationLimits): FamilyCoherence {
  const correlations = correlateElements(matrix)
  return {
    parent,
    children,
    correlations,
    flags: flagCorrelations(correlations, children, null, limits),
    consistency: assessConsistency(matrix, children),
    adequacy: measureAdequacy(matrix, children),
    sphericity: testSphericity(matrix, children),
    components: findComponents(matrix, children),
  }
}
