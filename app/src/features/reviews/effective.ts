import {
  type ElementScore,
  divideFractions,
  fraction,
  fractionToNumber,
  fractionToString,
  multiplyFractions,
  type QuestionnaireScores,
  type QuestionScore,
  type ReviewDecision,
  scoreSheet,
} from '@tessera/engine'
import { type StoredAnswer, toEngineAnswers } from '../assessments/answer.ts'
import { questionsOf } from '../instrument/instrument.ts'
import { planOf } from '../results/results.ts'
import { answerAt, lineOfPart, newestAnswers } from './line.ts'
import type { ReviewedCopy } from './opening.ts'
import { type Adjudication, type Judgement, type JudgementFields, type Part, type Review, toEngineDecision } from './review.ts'

// What counts after a review: the first expert's decision, or where two experts gave different points what was adjudicated.

/** What the rules need of a reviewed copy. */
export type ScoredCopy = Pick<ReviewedCopy, 'instrument' | 'handedIn' | 'line' | 'answers' | 'exclusions'> & {
  review: Pick<Review, 'sample'>
}

/** A decision, and the version of the answer that it is about. */
type Decided = Pick<Judgement, 'decision' | 'points' | 'answerVersion'>

/** The answers that count: of each question decided, the version that the decision is about; of the others the newest. */
export function answersDecided(
  copy: Pick<ScoredCopy, 'handedIn' | 'line' | 'answers'>,
  decided: ReadonlyMap<string, Pick<Decided, 'answerVersion'>>,
): Map<string, StoredAnswer> {
  const answers = new Map(copy.answers)
  for (const [id, { answerVersion }] of decided)
    if ((answers.get(id)?.version ?? 1) !== answerVersion) answers.set(id, answerAt(copy, id, answerVersion))
  return answers
}

/** The engine's scores of the answers that count with these decisions. @param scheme null = the instrument's default */
export function scoreReviewed(
  copy: Omit<ScoredCopy, 'review'>,
  decided: ReadonlyMap<string, Decided>,
  scheme: string | null = null,
): QuestionnaireScores {
  const { instrument, exclusions } = copy
  const known = new Set(questionsOf(instrument).map(({ id }) => id))
  const reviews = new Map<string, ReviewDecision>()
  for (const [id, decision] of decided) if (known.has(id)) reviews.set(id, toEngineDecision(decision))
  const answers = toEngineAnswers(answersDecided(copy, decided).values(), exclusions)
  return scoreSheet(planOf(instrument, scheme).plan, answers, { reviews })
}

/** What a decision makes of a question. */
export interface Outcome {
  /** open: nothing is settled; drops-out: the question does not apply; none: nobody has decided. */
  kind: 'points' | 'open' | 'drops-out' | 'none'
  /** 0 to the question's maximum; null unless kind is points. */
  points: number | null
  /** Equal texts mean equal outcomes; exact. */
  exact: string
}

export function outcomeOf({ verifiedScore, verifiedUpper, verifiedShare, max }: QuestionScore): Outcome {
  if (verifiedScore === null)
    return { kind: verifiedShare === null ? 'drops-out' : 'none', points: null, exact: verifiedShare === null ? 'drops-out' : 'none' }
  const lower = fractionToString(verifiedScore)
  if (verifiedUpper !== null && fractionToString(verifiedUpper) !== lower) return { kind: 'open', points: null, exact: 'open' }
  const points = divideFractions(multiplyFractions(verifiedScore, max), fraction(100n))
  return { kind: 'points', points: fractionToNumber(points), exact: lower }
}

/** What one expert's decisions make of the questions decided, each of the version of the answer that this expert had before them. */
export function outcomesOf(copy: ScoredCopy, part: Part, decided: ReadonlyMap<string, Decided>): Map<string, Outcome> {
  const seen = newestAnswers(copy.handedIn, lineOfPart(copy.line, part))
  const { questions } = scoreReviewed({ ...copy, answers: seen }, decided)
  return new Map([...decided.keys()].flatMap((id) => (questions.has(id) ? [[id, outcomeOf(questions.get(id)!)]] : [])))
}

/** Questions of the sample to which two experts give different points, in the order of the questionnaire. */
export function findDisagreements(
  copy: ScoredCopy,
  first: ReadonlyMap<string, Decided>,
  second: ReadonlyMap<string, Decided>,
): { questionId: string; first: Outcome; second: Outcome }[] {
  const ours = outcomesOf(copy, 'first', first)
  const theirs = outcomesOf(copy, 'second', second)
  return questionsOf(copy.instrument).flatMap(({ id }) => {
    const [a, b] = [ours.get(id), theirs.get(id)]
    const differs = copy.review.sample.includes(id) && a !== undefined && b !== undefined && a.exact !== b.exact
    return differs ? [{ questionId: id, first: a, second: b }] : []
  })
}

/** The decision that counts. */
export interface EffectiveDecision extends Pick<JudgementFields, 'decision' | 'reasonCode' | 'points' | 'reportText'> {
  questionId: string
  /** Version of the answer in the frozen line that it is about: an adjudication is about the newest. */
  answerVersion: number
  /** adjudicated: two experts differed, and this was decided about it. */
  source: 'expert' | 'adjudicated'
  /** Why it was adjudicated like this; null = it was not. */
  reason: string | null
  /** The expert's decision was mended after the review was closed. */
  isLate: boolean
  decidedAt: Date
}

export interface Effective {
  decisions: Map<string, EffectiveDecision>
  /** Questions on which the experts differ and nothing has been adjudicated; they have no decision. */
  unsettled: string[]
}

function ofExpert(judgement: Judgement): EffectiveDecision {
  const { questionId, answerVersion, decision, reasonCode, points, reportText, graceReason, decidedAt } = judgement
  return {
    questionId,
    answerVersion,
    decision,
    reasonCode,
    points,
    reportText,
    source: 'expert',
    reason: null,
    isLate: graceReason !== null,
    decidedAt,
  }
}

function ofAdjudication(
  { questionId, decision, reasonCode, points, reportText, reason, decidedAt }: Adjudication,
  answerVersion: number,
): EffectiveDecision {
  const own = { questionId, answerVersion, decision, reasonCode, points, reportText }
  return { ...own, source: 'adjudicated', reason, isLate: false, decidedAt }
}

/**
 * What counts: adjudications before the first expert's decisions, which stand where the second gives the same points or none.
 * @param second decisions of the second expert; empty = the review has none
 */
export function effectiveDecisions(
  copy: ScoredCopy,
  first: ReadonlyMap<string, Judgement>,
  second: ReadonlyMap<string, Judgement>,
  adjudications: ReadonlyMap<string, Adjudication>,
): Effective {
  const open = new Set(
    findDisagreements(copy, first, second)
      .map(({ questionId }) => questionId)
      .filter((id) => !adjudications.has(id)),
  )
  const decisions = new Map<string, EffectiveDecision>()
  for (const { id } of questionsOf(copy.instrument)) {
    const adjudicated = adjudications.get(id)
    const judged = first.get(id)
    if (adjudicated !== undefined) decisions.set(id, ofAdjudication(adjudicated, copy.answers.get(id)?.version ?? 1))
    else if (judged !== undefined && !open.has(id)) decisions.set(id, ofExpert(judged))
  }
  return { decisions, unsettled: [...open] }
}

/** Verified score, share and bounds of one level as plain numbers; scores 0-100, share 0-1, unrounded, and exact as n/d. */
export interface VerifiedLevel {
  score: number | null
  upper: number | null
  share: number | null
  exact: { score: string | null; upper: string | null; share: string | null }
}

export function toVerified({ verifiedScore, verifiedUpper, verifiedShare }: ElementScore): VerifiedLevel {
  const number = (value: typeof verifiedScore) => (value === null ? null : fractionToNumber(value))
  const text = (value: typeof verifiedScore) => (value === null ? null : fractionToString(value))
  return {
    score: number(verifiedScore),
    upper: number(verifiedUpper),
    share: number(verifiedShare),
    exact: { score: text(verifiedScore), upper: text(verifiedUpper), share: text(verifiedShare) },
  }
}
