import { type Agreement, assessAgreement, krippendorffAlpha, type NotAssessable } from '@tessera/engine'
import { questionsOf } from '../instrument/instrument.ts'
import { type Outcome, outcomesOf } from '../reviews/effective.ts'
import type { ReviewedCopy } from '../reviews/opening.ts'
import type { Adjudication, Assignment, Decision, Judgement, JudgementFields } from '../reviews/review.ts'

// How far two experts who did not see each other say the same, and what remains to be settled between them.

/** Whether both parts are signed: before that nothing of either counts anywhere. */
export const areBothSigned = (assignments: readonly Pick<Assignment, 'part' | 'signedAt'>[]): boolean =>
  (['first', 'second'] as const).every((part) => assignments.some((each) => each.part === part && each.signedAt !== null)) &&
  assignments.every(({ signedAt }) => signedAt !== null)

/** One question of the sample that both experts have decided. */
export interface DoubleScored {
  questionId: string
  /** Highest points of the question. */
  max: number
  first: { judgement: Judgement; outcome: Outcome }
  second: { judgement: Judgement; outcome: Outcome }
}

export interface BothJudgements {
  first: ReadonlyMap<string, Judgement>
  second: ReadonlyMap<string, Judgement>
}

/** The questions of the sample that both have decided, in the order of the questionnaire. */
export function doubleScored(copy: ReviewedCopy, { first, second }: BothJudgements): DoubleScored[] {
  const [a, b] = [outcomesOf(copy, first), outcomesOf(copy, second)]
  const sample = new Set(copy.review.sample)
  return questionsOf(copy.instrument).flatMap(({ id, max }) => {
    const [judgementA, judgementB, outcomeA, outcomeB] = [first.get(id), second.get(id), a.get(id), b.get(id)]
    if (!sample.has(id) || judgementA === undefined || judgementB === undefined || outcomeA === undefined || outcomeB === undefined)
      return []
    const theirs = { judgement: judgementB, outcome: outcomeB }
    return [{ questionId: id, max, first: { judgement: judgementA, outcome: outcomeA }, second: theirs }]
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
  /** Questions that both experts gave points. */
  units: number
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
  return scored.map(({ questionId, max, first, second }) => ({
    dimension: dimensionOf(questionId),
    first: shareOf(first.outcome, max),
    second: shareOf(second.outcome, max),
    isDisagreement: first.outcome.exact !== second.outcome.exact,
    isSettled: adjudications.has(questionId),
  }))
}

function verdictOf(assessed: Agreement | NotAssessable, { publishable, tentative }: AgreementRules): Verdict {
  if (assessed.status === 'notAssessable') return 'not-assessable'
  if (assessed.alpha >= publishable) return 'publishable'
  return assessed.alpha >= tentative ? 'tentative' : 'insufficient'
}

/** Ordinal alpha of one area, or of all, with its interval. Below the limit an area has no rank until every disagreement is settled. */
export function assessArea(dimension: string | null, pool: readonly PooledQuestion[], rules: AgreementRules): AreaAgreement {
  const own = dimension === null ? pool : pool.filter((each) => each.dimension === dimension)
  const ratings = own.map(({ first, second }) => [first, second])
  const assessed = assessAgreement(ratings, { metric: 'ordinal', seed: rules.seed, minimumUnits: rules.minimumUnits })
  const verdict = verdictOf(assessed, rules)
  const disagreements = own.filter(({ isDisagreement }) => isDisagreement)
  const unsettled = disagreements.filter(({ isSettled }) => !isSettled).length
  const isAssessed = assessed.status === 'assessed'
  return {
    dimension,
    units: assessed.units,
    alpha: isAssessed ? assessed.alpha : null,
    low: isAssessed ? assessed.low : null,
    high: isAssessed ? assessed.high : null,
    verdict,
    obstacle: isAssessed ? null : assessed.reason === 'fewUnits' ? 'few-units' : 'no-variance',
    disagreements: disagreements.length,
    unsettled,
    hasRank: verdict === 'insufficient' ? unsettled === 0 : verdict !== 'not-assessable',
  }
}

/** Every area in the order given, then all of them together. */
export const assessWave = (dimensions: readonly string[], pool: readonly PooledQuestion[], rules: AgreementRules): AreaAgreement[] =>
  [...dimensions, null].map((dimension) => assessArea(dimension, pool, rules))

/** Whether the pool as a whole agrees well enough for a rank among cities; without the interval, which costs the most. */
export function isPublishable(pool: readonly PooledQuestion[], { publishable, minimumUnits }: AgreementRules): boolean {
  const ratings = pool.filter(({ first, second }) => first !== null && second !== null).map(({ first, second }) => [first, second])
  if (ratings.length < minimumUnits) return false
  const alpha = krippendorffAlpha(ratings, 'ordinal')
  return alpha !== null && alpha >= publishable
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
