import { type AnswerPoints, isApplicable, isOpen, type QuestionState, resolveAnswers } from './answer-points.ts'
import {
  compareFractions,
  divideFractions,
  type Fraction,
  fraction,
  fractionFrom,
  multiplyFractions,
  ONE,
  subtractFractions,
  ZERO,
} from './fraction.ts'
import type { Answer, Question, Questionnaire, WeightScheme } from './questionnaire.ts'
import { type ReviewDecision, resolveReviews, type VerifiedPoints } from './review-decision.ts'
import {
  aggregateUp,
  type IndexShares,
  indexShares,
  type NodeValues,
  prepareScoring,
  type ScoringNode,
  type ScoringPlan,
} from './scoring-plan.ts'

/**
 * Below this coverage a level's score is provisional and has no rank there: 65 %.
 * Source: a convention of the pre-registered method of the Tessera index, not a figure from the literature.
 */
export const COVERAGE_THRESHOLD: Fraction = fraction(65n, 100n)

const HUNDRED = fraction(100n)

/** What is known about one element; scores 0-100, shares 0-1, all exact and unrounded. */
export interface ElementScore {
  /** Open questions earn nothing. Null when nothing below is applicable. */
  readonly score: Fraction | null
  /** Open questions earn everything: the score lies between `score` and `upper` whatever is still answered with an option. */
  readonly upper: Fraction | null
  /** Answered / applicable, weighted like the score; a known "no" by condition counts as answered. */
  readonly coverage: Fraction | null
  /** Mean over the reviewed questions only, weights rescaled, with the expert's points. Null when nothing is reviewed. */
  readonly verifiedScore: Fraction | null
  /** The verified score if everything still open among the reviewed questions earned full points. */
  readonly verifiedUpper: Fraction | null
  /** Reviewed / applicable after review, weighted like the score. Null when nothing is applicable. */
  readonly verifiedShare: Fraction | null
  /** Share of each index that the element carries now; 0 when it has dropped out. */
  readonly effectiveWeight: IndexShares
  /** The same if nothing had dropped out. */
  readonly nominalWeight: IndexShares
}

/** One question: its element's scores and the points behind them. */
export interface QuestionScore extends ElementScore {
  readonly state: QuestionState
  /** Points earned, 0 to `max`; null when not applicable. */
  readonly points: Fraction | null
  /** Points that an answer could still earn: `max` when open, 0 when settled, null when not applicable. */
  readonly pointsOpen: Fraction | null
  readonly max: Fraction
}

/** All scores of one sheet. Keyed by level, because an indicator may be called as its dimension. */
export interface QuestionnaireScores {
  readonly indices: { readonly core: ElementScore; readonly extended: ElementScore }
  readonly dimensions: ReadonlyMap<string, ElementScore>
  readonly indicators: ReadonlyMap<string, ElementScore>
  readonly questions: ReadonlyMap<string, QuestionScore>
}

export interface ScoringOptions {
  /** The experts' decisions by question id; questions without one are not reviewed. */
  readonly reviews?: ReadonlyMap<string, ReviewDecision>
  /** Only the arithmetic mean is exact; the geometric check is `geometricScores`. */
  readonly aggregation?: 'arithmetic'
}

/**
 * Scores one sheet: question = 100 x points / max; indicator, dimension, index = weighted arithmetic mean of what is applicable below.
 * @param answers by question id in any order; a question that is not named is not answered
 * @returns every element's score, upper bound, coverage, verified score and effective weight, exact
 * @throws {ShapeError} when questionnaire or scheme break a rule, or an answer or review does not fit (question, option and rule are named)
 * @throws {RangeError} when a reviewer's changed points lie outside 0 to max
 */
export function scoreQuestionnaire(
  questionnaire: Questionnaire,
  answers: ReadonlyMap<string, Answer>,
  scheme: WeightScheme,
  options: ScoringOptions = {},
): QuestionnaireScores {
  return scoreSheet(prepareScoring(questionnaire, scheme), answers, options)
}

/** As `scoreQuestionnaire`, with the checks and nominal weights done once for many sheets by `prepareScoring`. */
export function scoreSheet(plan: ScoringPlan, answers: ReadonlyMap<string, Answer>, options: ScoringOptions = {}): QuestionnaireScores {
  const { reviews, aggregation = 'arithmetic' } = options
  if (aggregation !== 'arithmetic')
    throw new RangeError(`Exact scores are arithmetic means, not "${String(aggregation)}": use geometricScores for the check.`)
  const resolved = resolveAnswers(plan.questions, answers)
  const verified = reviews === undefined || reviews.size === 0 ? null : resolveReviews(plan.questions, resolved, reviews)
  const measures = measure(plan, resolved, verified)
  const shares = indexShares(plan.core, plan.extended, (node) => measures.score.get(node) != null)
  const describe = (node: ScoringNode): ElementScore => describeElement(plan, measures, shares, node)
  const indicatorNodes = plan.dimensions.flatMap((dimension) => dimension.children)
  return {
    indices: { core: describe(plan.core), extended: describe(plan.extended) },
    dimensions: new Map(plan.dimensions.map((node) => [node.id, describe(node)])),
    indicators: new Map(indicatorNodes.map((node) => [node.id, describe(node)])),
    questions: new Map(
      indicatorNodes
        .flatMap((indicator) => indicator.children)
        .map((node) => [node.id, describeQuestion(plan, resolved, node.id, describe(node))]),
    ),
  }
}

interface Measures {
  readonly score: NodeValues
  readonly upper: NodeValues
  readonly coverage: NodeValues
  readonly verifiedScore: NodeValues | null
  readonly verifiedUpper: NodeValues | null
  readonly verifiedShare: NodeValues
}

function measure(
  plan: ScoringPlan,
  resolved: ReadonlyMap<string, AnswerPoints>,
  verified: ReadonlyMap<string, VerifiedPoints | null> | null,
): Measures {
  const score = (id: string, whenOpen: Fraction): Fraction | null => {
    const own = resolved.get(id)
    if (own === undefined || !isApplicable(own.state)) return null
    return isOpen(own.state) ? whenOpen : percentOfMax(own.points, plan.questions.get(id))
  }
  const coverage = (id: string): Fraction | null => {
    const state = resolved.get(id)?.state
    return state === undefined || !isApplicable(state) ? null : isOpen(state) ? ZERO : ONE
  }
  const verifiedScore = (id: string, whenOpen: Fraction): Fraction | null => {
    const own = verified?.get(id) ?? null
    if (own === null || own.kind === 'notApplicable') return null
    return own.kind === 'open' ? whenOpen : percentOfMax(own.points, plan.questions.get(id))
  }
  const verifiedShare = (id: string): Fraction | null => {
    const own = verified?.get(id) ?? null
    if (own !== null) return own.kind === 'notApplicable' ? null : ONE
    return coverage(id) === null ? null : ZERO
  }
  return {
    score: aggregateUp(plan, (id) => score(id, ZERO)),
    upper: aggregateUp(plan, (id) => score(id, HUNDRED)),
    coverage: aggregateUp(plan, coverage),
    verifiedScore: verified === null ? null : aggregateUp(plan, (id) => verifiedScore(id, ZERO)),
    verifiedUpper: verified === null ? null : aggregateUp(plan, (id) => verifiedScore(id, HUNDRED)),
    verifiedShare: aggregateUp(plan, verifiedShare),
  }
}

function percentOfMax(points: Fraction, question: Question | undefined): Fraction {
  if (points.numerator === 0n || question === undefined) return ZERO
  return divideFractions(multiplyFractions(HUNDRED, points), fractionFrom(question.max))
}

const NO_SHARES: IndexShares = { core: ZERO, extended: ZERO }

function describeElement(
  plan: ScoringPlan,
  measures: Measures,
  shares: ReadonlyMap<ScoringNode, IndexShares>,
  node: ScoringNode,
): ElementScore {
  return {
    score: measures.score.get(node) ?? null,
    upper: measures.upper.get(node) ?? null,
    coverage: measures.coverage.get(node) ?? null,
    verifiedScore: measures.verifiedScore?.get(node) ?? null,
    verifiedUpper: measures.verifiedUpper?.get(node) ?? null,
    verifiedShare: measures.verifiedShare.get(node) ?? null,
    effectiveWeight: shares.get(node) ?? NO_SHARES,
    nominalWeight: plan.nominal.get(node) ?? NO_SHARES,
  }
}

function describeQuestion(
  plan: ScoringPlan,
  resolved: ReadonlyMap<string, AnswerPoints>,
  id: string,
  element: ElementScore,
): QuestionScore {
  const { state, points } = resolved.get(id) ?? { state: 'notAnswered' as const, points: ZERO }
  const max = fractionFrom(plan.questions.get(id)?.max ?? 0)
  if (!isApplicable(state)) return { ...element, state, points: null, pointsOpen: null, max }
  return { ...element, state, points, pointsOpen: isOpen(state) ? max : ZERO, max }
}

/** Whether a level's score may be shown only as provisional, without a rank: coverage under 65 %, or nothing applicable. */
export function isProvisional(level: Pick<ElementScore, 'coverage'>): boolean {
  return level.coverage === null || compareFractions(level.coverage, COVERAGE_THRESHOLD) < 0
}

/**
 * What each index would gain if one question alone earned full points, everything else staying as it is: the question's
 * effective weight x (100 - its score). An open question gains all of its share. A question hidden by a "no" counts like
 * the others, although its parent's answer would have to change first (look at `state`).
 * @returns points of the index (0-100) by question id; null for a question that is not applicable
 */
export function gainsAtFullPoints(scores: QuestionnaireScores): Map<string, IndexShares | null> {
  return new Map(
    [...scores.questions].map(([id, { score, effectiveWeight }]) => {
      if (score === null) return [id, null]
      const missed = subtractFractions(HUNDRED, score)
      return [id, { core: multiplyFractions(effectiveWeight.core, missed), extended: multiplyFractions(effectiveWeight.extended, missed) }]
    }),
  )
}
