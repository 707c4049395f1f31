import { correlate } from './correlation.ts'
import type { Framework } from './framework.ts'

/** What an element is meant to weigh in the index, and what it does weigh. */
export interface ElementInfluence {
  readonly element: string
  readonly level: number
  /** Nominal: product of the weight shares up to the index, as a share of its level, 0 to 1. */
  readonly nominal: number
  /** Pearson correlations with the parent and with the index, -1 to 1; null when not assessable. */
  readonly withParent: number | null
  readonly withIndex: number | null
  /** Effective: squared correlation with the index as a share of its level, 0 to 1; null when not assessable. */
  readonly effective: number | null
  /** Effective / nominal; above 1 the element decides more than its weight says; null when not assessable. */
  readonly ratio: number | null
  /** silent: correlation with the index below 0.3; opposed: below 0; null: neither, or not assessable. */
  readonly note: 'silent' | 'opposed' | null
}

const silentBelow = 0.3

/**
 * Effective against nominal weights: a weight says how much an element counts, its correlation with the index how much
 * it decides.
 * @param framework sound
 * @param scores    element code -> n scores, more is better; null = missing
 * @param weights   element code -> nominal share of the index (product of the shares up to the root), 0 to 1
 * @returns one entry per element below the index, in the order of the framework
 * @throws {ShapeError} when scores have different lengths; {RangeError} when a score is not finite
 * @see Paruolo, Saisana and Saltelli (2013), Journal of the Royal Statistical Society A 176, 609-634
 */
export function measureInfluence(
  framework: Framework,
  scores: ReadonlyMap<string, readonly (number | null)[]>,
  weights: ReadonlyMap<string, number>,
): ElementInfluence[] {
  const root = framework.elements.find(({ parent }) => parent === null)
  const scoresOf = (code: string | null | undefined) => scores.get(code ?? '') ?? []
  const known = framework.elements.flatMap(({ code, level, parent }) => {
    if (parent === null) return []
    const withIndex = correlate(scoresOf(code), scoresOf(root?.code)).value
    const withParent = correlate(scoresOf(code), scoresOf(parent)).value
    return [{ element: code, level, weight: weights.get(code) ?? 0, withParent, withIndex }]
  })
  return known.map(({ weight, ...one }) => {
    const siblings = known.filter(({ level }) => level === one.level)
    const allWeights = siblings.reduce((sum, other) => sum + other.weight, 0)
    const allSquares = siblings.reduce((sum, other) => sum + (other.withIndex ?? 0) ** 2, 0)
    const nominal = allWeights === 0 ? 0 : weight / allWeights
    const effective = one.withIndex === null || allSquares === 0 ? null : one.withIndex ** 2 / allSquares
    return {
      ...one,
      nominal,
      effective,
      ratio: effective === null || nominal === 0 ? null : effective / nominal,
      note: one.withIndex === null ? null : one.withIndex < 0 ? 'opposed' : one.withIndex < silentBelow ? 'silent' : null,
    }
  })
}
