import { fractionToNumber } from './fraction.ts'
import type { ScoringNode, ScoringPlan } from './scoring-plan.ts'
import type { QuestionnaireScores } from './scoring.ts'

/** Geometric scores by level; null where nothing below is applicable. Floating point: a check, never a published score. */
export interface GeometricScores {
  readonly indices: { readonly core: number | null; readonly extended: number | null }
  readonly dimensions: ReadonlyMap<string, number | null>
  readonly indicators: ReadonlyMap<string, number | null>
}

/**
 * The standard robustness check: question scores are put on 1-100 and every level is the weighted geometric mean of what
 * is applicable below. A low score can then not be made up for in full by a high one. Open questions stand at the lowest value.
 * @param plan the one that gave `scores`
 * @param lowest value that a question score of 0 becomes, 0-100; default 1. The highest is always 100
 * @returns `lowest`-100 at every level; equal to 1e-12 on every machine (logarithms), so rank them with `rankScores`
 * @throws {RangeError} naming the question, when a score that counts is not above 0 after rescaling (`lowest` 0), or `lowest` is out of range
 * @see OECD/JRC Handbook (2008), step 6, weighting and aggregation: geometric aggregation compensates less than the arithmetic mean
 */
export function geometricScores(plan: ScoringPlan, scores: QuestionnaireScores, lowest = 1): GeometricScores {
  if (!(lowest >= 0 && lowest < 100)) throw new RangeError(`The lowest value is ${lowest}; it lies from 0 to under 100, usually 1.`)
  const logarithms = new Map<ScoringNode, number | null>()
  const visit = (node: ScoringNode): number | null => {
    const known = logarithms.get(node)
    if (known !== undefined) return known
    const value =
      node.level === 'question' ? questionLogarithm(scores, node, lowest) : meanOfCounted(node.children, node.children.map(visit))
    logarithms.set(node, value)
    return value
  }
  const geometric = (node: ScoringNode): number | null => {
    const logarithm = visit(node)
    return logarithm === null ? null : Math.exp(logarithm)
  }
  return {
    indices: { core: geometric(plan.core), extended: geometric(plan.extended) },
    dimensions: new Map(plan.dimensions.map((node) => [node.id, geometric(node)])),
    indicators: new Map(plan.dimensions.flatMap((dimension) => dimension.children.map((node) => [node.id, geometric(node)]))),
  }
}

function questionLogarithm(scores: QuestionnaireScores, node: ScoringNode, lowest: number): number | null {
  const score = scores.questions.get(node.id)?.score ?? null
  if (score === null || node.weight === 0n) return null
  const rescaled = lowest + (fractionToNumber(score) * (100 - lowest)) / 100
  if (rescaled <= 0) {
    throw new RangeError(
      `Question ${node.id} has score 0, of which no geometric mean can be taken: rescale to a lowest value above 0, usually 1.`,
    )
  }
  return Math.log(rescaled)
}

function meanOfCounted(nodes: readonly ScoringNode[], values: readonly (number | null)[]): number | null {
  let sum = 0
  let weightTotal = 0
  nodes.forEach((node, i) => {
    const value = values[i] ?? null
    if (value === null) return
    sum += Number(node.weight) * value
    weightTotal += Number(node.weight)
  })
  return weightTotal === 0 ? null : sum / weightTotal
}
