import { balanceWeights } from './balanced-weights.ts'
import { ShapeError } from './errors.ts'
import { childrenByParent, type Framework } from './framework.ts'
import { ruleFor, type Weighting } from './method.ts'
import { findComponents } from './pca.ts'
import type { UnitMatrix } from './unit-matrix.ts'

/**
 * Weights that do not depend on the data, by code: the framework's, equal ones, or the framework's with expert weights
 * put in their place. For `pca` and `balanced` it gives the framework's, which apply at the levels that are not weighted so.
 * @returns one weight per element, >= 0; only ratios between siblings count
 * @throws {ShapeError} when a named element does not exist; {RangeError} when a weight is negative or not finite, or all
 *   children of an element have weight 0
 */
export function resolveWeights(framework: Framework, weighting: Weighting): Map<string, number> {
  const weights = new Map(framework.elements.map(({ code, weight }) => [code, weighting.kind === 'equal' ? 1 : weight]))
  if (weighting.kind === 'byCode') {
    for (const [code, weight] of Object.entries(weighting.weights)) {
      if (!weights.has(code))
        throw new ShapeError(`A weight is given for "${code}", which is not in the framework: correct the code or remove it`)
      if (!(Number.isFinite(weight) && weight >= 0))
        throw new RangeError(`The weight of "${code}" is ${weight}: a weight is a finite number of at least 0`)
      weights.set(code, weight)
    }
  }
  shareOfSiblings(framework, weights)
  return weights
}

/**
 * Each weight as a share of its siblings'.
 * @param weights one per element, >= 0
 * @returns by code, 0-1, the children of every element adding up to 1; the root has 1
 * @throws {ShapeError} when an element has no weight; {RangeError} when all children of an element have weight 0
 */
export function shareOfSiblings(framework: Framework, weights: ReadonlyMap<string, number>): Map<string, number> {
  const shares = new Map<string, number>()
  for (const [parent, siblings] of childrenByParent(framework)) {
    const own = siblings.map(({ code }) => {
      const weight = weights.get(code)
      if (weight === undefined) throw new ShapeError(`"${code}" has no weight: give one to every element of the framework`)
      return weight
    })
    const total = own.reduce((sum, weight) => sum + weight, 0)
    if (parent !== null && !(total > 0))
      throw new RangeError(`All children of "${parent}" have weight 0: give one of them a positive weight`)
    siblings.forEach(({ code }, i) => shares.set(code, parent === null ? 1 : (own[i] as number) / total))
  }
  return shares
}

/**
 * Effective weights: the share of the index that each element carries when every level is an arithmetic mean, the
 * product of the shares on the way to the root.
 * @param weights one per element, >= 0
 * @returns by code; the root has 1, and the leaves add up to 1
 * @throws as `shareOfSiblings`
 * @see get_eff_wts() of COINr; instrument method, "effective weight of every question"
 */
export function effectiveShares(framework: Framework, weights: ReadonlyMap<string, number>): Map<string, number> {
  const shares = shareOfSiblings(framework, weights)
  const effective = new Map<string, number>()
  const fromTop = [...framework.elements].sort((a, b) => b.level - a.level)
  for (const { code, parent } of fromTop) {
    effective.set(code, (shares.get(code) as number) * (parent === null ? 1 : (effective.get(parent) ?? 1)))
  }
  return new Map(framework.elements.map(({ code }) => [code, effective.get(code) as number]))
}

/**
 * Weights from the first principal component of the correlations: squared loadings, which are never negative, do not
 * depend on the sign of the component, and add up to 1.
 * @param matrix n units x p siblings on the scale that is averaged; null = missing, units with a gap are left out
 * @param codes  p codes
 * @returns weights (sum 1), the share of variance that the component explains, and the codes whose loading has the sign
 *   opposite to the majority: they run against their siblings, and a weight cannot put that right
 * @throws {RangeError} when there are no components (fewer than three complete units, a constant element)
 * @see OECD/JRC Handbook (2008), section 1.6, weights based on principal components analysis
 */
export function pcaWeights(
  matrix: UnitMatrix,
  codes: readonly string[],
): { readonly weights: readonly number[]; readonly explained: number; readonly opposed: readonly string[] } {
  if (codes.length === 1) return { weights: [1], explained: 1, opposed: [] }
  const components = findComponents(matrix, codes)
  if (components.status === 'notAssessable') {
    throw new RangeError(`Principal component weights of ${codes.join(', ')} do not exist: ${components.reason}`)
  }
  const axis = components.vectors.map((row) => row[0] as number)
  const squares = axis.map((entry) => entry * entry)
  const total = squares.reduce((sum, square) => sum + square, 0)
  return {
    weights: squares.map((square) => square / total),
    explained: components.shares[0] as number,
    opposed: codes.filter((_, i) => (axis[i] as number) < 0),
  }
}

/**
 * Weights of one family of siblings from their scores, when the method weights this level by its data.
 * @param level      level of the siblings
 * @param readScores gives n units x p siblings; only called when it is needed
 * @returns null when the method weights this level otherwise
 */
export function dataWeights(
  weighting: Weighting,
  level: number,
  readScores: () => UnitMatrix,
  codes: readonly string[],
): { readonly weights: readonly number[]; readonly opposed: readonly string[] } | null {
  if (weighting.kind !== 'pca' && weighting.kind !== 'balanced') return null
  if (weighting.level !== null && weighting.level !== level) return null
  if (weighting.kind === 'pca') return pcaWeights(readScores(), codes)
  const importances = codes.map((code) => ruleFor(weighting.importances, code) ?? 1)
  return { weights: balanceWeights(readScores(), codes, importances), opposed: [] }
}
