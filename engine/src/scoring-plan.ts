import { ShapeError } from './errors.ts'
import { exactWeightedMean, type Fraction, fraction, multiplyFractions, ONE, toWholeWeights, ZERO } from './fraction.ts'
import {
  checkQuestionnaire,
  checkWeightScheme,
  dimensionWeight,
  indicatorWeight,
  questionsOf,
  questionWeight,
} from './questionnaire-check.ts'
import type { Question, Questionnaire, WeightScheme } from './questionnaire.ts'

/** One element of the tree with its weight among its siblings as a whole number (only ratios count). */
export interface ScoringNode {
  readonly level: 'index' | 'dimension' | 'indicator' | 'question'
  readonly id: string
  readonly weight: bigint
  readonly children: readonly ScoringNode[]
}

/** Share of each index that an element carries, 0-1; an extended dimension carries nothing of the core index. */
export interface IndexShares {
  readonly core: Fraction
  readonly extended: Fraction
}

/** A questionnaire and a weight scheme, checked and made ready; use one plan for many sheets. */
export interface ScoringPlan {
  readonly questions: ReadonlyMap<string, Question>
  readonly dimensions: readonly ScoringNode[]
  /** Both indices over the same dimension nodes; core holds the core ones only. */
  readonly core: ScoringNode
  readonly extended: ScoringNode
  /** Effective weights when every question is applicable. */
  readonly nominal: ReadonlyMap<ScoringNode, IndexShares>
}

/** One value per element; null where nothing below counts. */
export type NodeValues = ReadonlyMap<ScoringNode, Fraction | null>

/**
 * Checks a questionnaire and a weight scheme and makes them ready for scoring.
 * @throws {ShapeError} listing every broken rule (see `checkQuestionnaire`, `checkWeightScheme`), one per line
 */
export function prepareScoring(questionnaire: Questionnaire, scheme: WeightScheme): ScoringPlan {
  const broken = checkQuestionnaire(questionnaire)
  const problems = broken.length > 0 ? broken : checkWeightScheme(questionnaire, scheme)
  if (problems.length > 0) throw new ShapeError(problems.join('\n'))
  const weights = toWholeWeights(questionnaire.dimensions.map(({ id }) => dimensionWeight(scheme, id)))
  const dimensions = questionnaire.dimensions.map(({ id, indicators }, i): ScoringNode => {
    const own = toWholeWeights(indicators.map((indicator) => indicatorWeight(scheme, indicator.id)))
    const children = indicators.map((indicator, j) => indicatorNode(indicator.id, own[j] ?? 0n, indicator.questions, scheme))
    return { level: 'dimension', id, weight: weights[i] ?? 0n, children }
  })
  const inCore = dimensions.filter((_, i) => questionnaire.dimensions[i]?.set === 'core')
  const core: ScoringNode = { level: 'index', id: 'core', weight: 1n, children: inCore }
  const extended: ScoringNode = { level: 'index', id: 'extended', weight: 1n, children: dimensions }
  const questions = new Map(questionsOf(questionnaire).map((question) => [question.id, question]))
  return { questions, dimensions, core, extended, nominal: indexShares(core, extended, () => true) }
}

function indicatorNode(id: string, weight: bigint, questions: readonly Question[], scheme: WeightScheme): ScoringNode {
  const own = toWholeWeights(questions.map((question) => questionWeight(scheme, question)))
  const children = questions.map((question, i): ScoringNode => ({ level: 'question', id: question.id, weight: own[i] ?? 0n, children: [] }))
  return { level: 'indicator', id, weight, children }
}

/**
 * Carries one value per question up the tree: at every level the weighted arithmetic mean of what counts below.
 * @param questionValue value of a question by id; null = does not count, the other weights are rescaled
 */
export function aggregateUp(plan: ScoringPlan, questionValue: (id: string) => Fraction | null): NodeValues {
  const values = new Map<ScoringNode, Fraction | null>()
  const visit = (node: ScoringNode): Fraction | null => {
    const known = values.get(node)
    if (known !== undefined) return known
    const value =
      node.level === 'question'
        ? questionValue(node.id)
        : exactWeightedMean(
            node.children.map(visit),
            node.children.map((child) => child.weight),
          )
    values.set(node, value)
    return value
  }
  visit(plan.core)
  visit(plan.extended)
  return values
}

/**
 * Effective weight of every element: its share of each index when the elements that do not count have dropped out and
 * the weights of their siblings are rescaled. The shares of the questions that count add up to 1.
 * @param counts whether an element counts; an element above must count only if one with positive weight below does
 */
export function indexShares(
  core: ScoringNode,
  extended: ScoringNode,
  counts: (node: ScoringNode) => boolean,
): Map<ScoringNode, IndexShares> {
  const coreShares = sharesBelow(core, counts)
  const extendedShares = sharesBelow(extended, counts)
  const shares = new Map<ScoringNode, IndexShares>()
  for (const node of new Set([...coreShares.keys(), ...extendedShares.keys()])) {
    shares.set(node, { core: coreShares.get(node) ?? ZERO, extended: extendedShares.get(node) ?? ZERO })
  }
  return shares
}

function sharesBelow(root: ScoringNode, counts: (node: ScoringNode) => boolean): Map<ScoringNode, Fraction> {
  const shares = new Map<ScoringNode, Fraction>()
  const visit = (node: ScoringNode, share: Fraction): void => {
    shares.set(node, share)
    const counted = node.children.filter(counts)
    const total = counted.reduce((sum, child) => sum + child.weight, 0n)
    for (const child of node.children) {
      const none = total === 0n || share.numerator === 0n || !counts(child)
      visit(child, none ? ZERO : multiplyFractions(share, fraction(child.weight, total)))
    }
  }
  visit(root, counts(root) ? ONE : ZERO)
  return shares
}

/**
 * Nominal effective weights: the share of each index that every question carries when nothing has dropped out.
 * @returns by question id, in the questionnaire's order; over all questions each index adds up to 1 (core to 0 when there is no core dimension)
 * @throws {ShapeError} see `prepareScoring`
 */
export function effectiveWeights(questionnaire: Questionnaire, scheme: WeightScheme): Map<string, IndexShares> {
  const { nominal } = prepareScoring(questionnaire, scheme)
  return new Map([...nominal].filter(([node]) => node.level === 'question').map(([node, shares]) => [node.id, shares]))
}
