import { assessAgreement, krippendorffAlpha } from '@tessera/engine'
import { questionsOf } from '../instrument/instrument.ts'
import { type Outcome, outcomesOf } from '../reviews/effective.ts'
import { areSameAnswer } from '../reviews/line.ts'
import type { ReviewedCopy } from '../reviews/opening.ts'
import type { Adjudication, Decision, Judgement, JudgementFields } from '../reviews/review.ts'

// How far two experts who did not see each other say the same, and what remains to be settled between them.

/** One question of the sample that both experts have decided. */
export interface DoubleScored {
  questionId: string
  /** Highest points of the question. */
  max: number
  first: { judgement: Judgement; outcome: Outcome }
  second: { judgement: Judgement; outcome: Outcome }
  /** Whether both had the same answer before them: the city may have mended it in reply to one of the two. */
  isSameAnswer: boolean
}

export interface BothJudgements {
  first: ReadonlyMap<string, Judgement>
  second: ReadonlyMap<string, Judgement>
}

/** The questions of the sample that both have decided, in the order of the questionnaire. */
export function doubleScored(copy: ReviewedCopy, { first, second }: BothJudgements): DoubleScored[] {
  const [a, b] = [outcomesOf(copy, 'first', first), outcomesOf(copy, 'second', second)]
  const sample = new Set(copy.review.sample)
  return questionsOf(copy.instrument).flatMap(({ id, max }) => {
    const [judgementA, judgementB, outcomeA, outcomeB] = [first.get(id), second.get(id), a.get(id), b.get(id)]
    if (!sample.has(id) || judgementA === undefined || judgementB === undefined || outcomeA === undefined || outcomeB === undefined)
      return []
    const theirs = { judgement: judgementB, outcome: outcomeB }
    const isSameAnswer = areSameAnswer(copy, id, [judgementA.answerVersion, judgementB.answerVersion])
    return [{ questionId: id, max, first: { judgement: judgementA, outcome: outcomeA }, second: theirs, isSameAnswer }]
  })
}

/** One question about which the two experts do not say the same. */
export interface Disagreement extends DoubleScored {
  /** What counts instead; null = not settled yet. */
  adjudication: Adjudication | null
}

export const disagreementsOf = (scored: readonly DoubleScored[], adjudications: ReadonlyMap<string, Adjudication>): Disagreement[] =>
  scored
    .filter(({ first, second }) => first.outcome.exact !== second.outcome.exact)
    .map((each) => ({ ...each, adjudication: adjudications.get(each.questionId) ?? null }))

/** Limits and seed as the wave's method was registered. */
export interface AgreementRules {
  /** Whole number from which the bootstrap draws. */
  seed: number
  publishable: number
  tentative: number
  minimumUnits: number
}

export type Verdict = 'publishable' | 'tentative' | 'insufficient' | 'not-assessable'

/** Agreement in one area of the wave, or in all of them together. */
export interface AreaAgreement {
  /** null = all areas together */
  dimension: string | null
  /** Questions that both experts gave points, having read the same answer. */
  units: number
  /** Questions left out because the city had mended its answer for one of the two experts: they read different material. */
  notSameAnswer: number
  /** At most 1; 0 = as by chance; null = not assessable. */
  alpha: number | null
  /** Bounds of the 95 % interval. */
  low: number | null
  high: number | null
  verdict: Verdict
  /** Why there is no figure. */
  obstacle: 'few-units' | 'no-variance' | null
  disagreements: number
  unsettled: number
  /** Whether scores of this area may be ranked. */
  hasRank: boolean
}

/** What one review brings into the pool of its wave. */
export interface PooledQuestion {
  dimension: string
  /** 0-100; null = open or not applicable, which cannot be put in an order. */
  first: number | null
  second: number | null
  /** Both had the same answer before them; else the question is no unit of alpha. */
  isSameAnswer: boolean
  isDisagreement: boolean
  isSettled: boolean
}

/** Points on a scale from 0 to 100 of the question's maximum. */
const shareOf = ({ points }: Outcome, max: number): number | null => (points === null || max === 0 ? null : (100 * points) / max)

/** The double-scored questions of one review for the pool of its wave. @param dimensionOf area of a question */
export function pooledOf(
  scored: readonly DoubleScored[],
  adjudications: ReadonlyMap<string, Adjudication>,
  dimensionOf: (questionId: string) => string,
): PooledQuestion[] {
  return scored.map(({ questionId, max, first, second, isSameAnswer }) => ({
    dimension: dimensionOf(questionId),
    first: shareOf(first.outcome, max),
    second: shareOf(second.outcome, max),
    isSameAnswer,
    isDisagreement: first.outcome.exact !== second.outcome.exact,
    isSettled: adjudications.has(questionId),
  }))
}

const verdictOf = (alpha: number, { publishable, tentative }: AgreementRules): Verdict =>
  alpha >= publishable ? 'publishable' : alpha >= tentative ? 'tentative' : 'insufficient'

/** Below the limit an area has no rank until every disagreement in it is settled; where agreement is not assessable it has none. */
const isRanked = (verdict: Verdict, unsettled: number): boolean =>
  verdict === 'insufficient' ? unsettled === 0 : verdict !== 'not-assessable'

const comparable = (pool: readonly PooledQuestion[]) => pool.filter(({ isSameAnswer }) => isSameAnswer)

/** Ordinal alpha of one area, or of all, with its interval. Below the limit an area has no rank until every disagreement is settled. */
export function assessArea(dimension: string | null, pool: readonly PooledQuestion[], rules: AgreementRules): AreaAgreement {
  const own = dimension === null ? pool : pool.filter((each) => each.dimension === dimension)
  const ratings = comparable(own).map(({ first, second }) => [first, second])
  const assessed = assessAgreement(ratings, { metric: 'ordinal', seed: rules.seed, minimumUnits: rules.minimumUnits })
  const verdict = assessed.status === 'assessed' ? verdictOf(assessed.alpha, rules) : 'not-assessable'
  const disagreements = own.filter(({ isDisagreement }) => isDisagreement)
  const unsettled = disagreements.filter(({ isSettled }) => !isSettled).length
  const isAssessed = assessed.status === 'assessed'
  return {
    dimension,
    units: assessed.units,
    notSameAnswer: own.length - comparable(own).length,
    alpha: isAssessed ? assessed.alpha : null,
    low: isAssessed ? assessed.low : null,
    high: isAssessed ? assessed.high : null,
    verdict,
    obstacle: isAssessed ? null : assessed.reason === 'fewUnits' ? 'few-units' : 'no-variance',
    disagreements: disagreements.length,
    unsettled,
    hasRank: isRanked(verdict, unsettled),
  }
}

/** Every area in the order given, then all of them together. */
export const assessWave = (dimensions: readonly string[], pool: readonly PooledQuestion[], rules: AgreementRules): AreaAgreement[] =>
  [...dimensions, null].map((dimension) => assessArea(dimension, pool, rules))

/** Whether scores may be ranked, and whether only tentatively. */
export interface Standing {
  verdict: Verdict
  hasRank: boolean
}

/** As `assessArea`, without the interval, which costs the most. @param dimension null = all areas together */
export function standingOf(dimension: string | null, pool: readonly PooledQuestion[], rules: AgreementRules): Standing {
  const own = dimension === null ? pool : pool.filter((each) => each.dimension === dimension)
  const ratings = comparable(own).flatMap(({ first, second }) => (first === null || second === null ? [] : [[first, second]]))
  const alpha = ratings.length < rules.minimumUnits ? null : krippendorffAlpha(ratings, 'ordinal')
  const verdict = alpha === null ? 'not-assessable' : verdictOf(alpha, rules)
  return { verdict, hasRank: isRanked(verdict, own.filter(({ isDisagreement, isSettled }) => isDisagreement && !isSettled).length) }
}

/** What the lead says where two experts disagree. */
export interface AdjudicationFields {
  decision: Decision
  reasonCode: JudgementFields['reasonCode']
  points: number | null
  /** At least ten characters. */
  reason: string
  reportText: string | null
}

export const shortestReason = 10 // characters
