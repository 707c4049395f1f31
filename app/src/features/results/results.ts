import {
  type Answer,
  type ElementScore,
  type Fraction,
  fractionToNumber,
  fractionToString,
  gainsAtFullPoints,
  type IndexShares,
  isProvisional,
  prepareScoring,
  type QuestionnaireScores,
  type QuestionScore,
  type QuestionState,
  type ScoringPlan,
  scoreSheet,
} from '@tessera/engine'
import { AppError } from '../../errors.ts'
import { withScopes } from '../assessments/scope.ts'
import { defaultScheme, type Instrument } from '../instrument/instrument.ts'

/** A number as the engine found it: `n/d` in lowest terms; null = nothing below applies. */
export type ExactText = string | null

/** What is known about one level. Scores 0-100 and coverage 0-1, unrounded; null = nothing below applies. */
export interface LevelScore {
  id: string
  /** Open questions count nothing. */
  score: number | null
  /** Open questions count in full. */
  upper: number | null
  coverage: number | null
  /** Coverage under 65 %: no rank. */
  isProvisional: boolean
  exact: { score: ExactText; upper: ExactText; coverage: ExactText }
}

/** One share or gain for each index. */
export interface PerIndex {
  core: number
  extended: number
}

/** One question with the points behind its score. */
export interface QuestionResult {
  id: string
  state: QuestionState
  /** Points earned, 0 to `max`; null = does not apply. */
  points: number | null
  max: number
  score: number | null
  exact: ExactText
  /** Share of each index that the question carries now, 0-1. */
  effectiveWeight: PerIndex
  /** Points each index would gain if this question alone earned full points; null = does not apply. */
  gain: PerIndex | null
}

/** All scores of one sheet under one weight scheme; plain JSON. */
export interface AssessmentScores {
  scheme: string
  indices: { core: LevelScore; extended: LevelScore }
  dimensions: LevelScore[]
  indicators: LevelScore[]
  questions: QuestionResult[]
}

const numberOf = (value: Fraction | null): number | null => (value === null ? null : fractionToNumber(value))
const textOf = (value: Fraction | null): ExactText => (value === null ? null : fractionToString(value))
const perIndex = ({ core, extended }: IndexShares): PerIndex => ({ core: fractionToNumber(core), extended: fractionToNumber(extended) })

/** A level as plain JSON. */
export function toLevel(id: string, element: ElementScore): LevelScore {
  const { score, upper, coverage } = element
  return {
    id,
    score: numberOf(score),
    upper: numberOf(upper),
    coverage: numberOf(coverage),
    isProvisional: isProvisional(element),
    exact: { score: textOf(score), upper: textOf(upper), coverage: textOf(coverage) },
  }
}

function toQuestion(id: string, question: QuestionScore, gain: IndexShares | null): QuestionResult {
  const { state, points, max, score, effectiveWeight } = question
  return {
    id,
    state,
    points: numberOf(points),
    max: fractionToNumber(max),
    score: numberOf(score),
    exact: textOf(score),
    effectiveWeight: perIndex(effectiveWeight),
    gain: gain && perIndex(gain),
  }
}

const levelsOf = (levels: ReadonlyMap<string, ElementScore>): LevelScore[] => [...levels].map(([id, element]) => toLevel(id, element))

const plans = new WeakMap<Instrument, Map<string, ScoringPlan>>()

/**
 * The checked plan of an instrument and one of its weight schemes; made once for each.
 * @param scheme null = the default
 * @throws {AppError} RESULT_NOT_FOUND when the instrument has no such scheme
 */
export function planOf(instrument: Instrument, scheme: string | null): { schemeId: string; plan: ScoringPlan } {
  const schemeId = scheme ?? defaultScheme(instrument).id
  const chosen = instrument.schemes.find((each) => each.id === schemeId)
  if (chosen === undefined) throw new AppError('RESULT_NOT_FOUND')
  const known = plans.get(instrument) ?? new Map<string, ScoringPlan>()
  plans.set(instrument, known)
  const plan = known.get(schemeId) ?? prepareScoring(withScopes(instrument), chosen)
  known.set(schemeId, plan)
  return { schemeId, plan }
}

/** Indices, dimensions and indicators as plain JSON, in the order of the questionnaire. */
export function toLevels({
  indices,
  dimensions,
  indicators,
}: QuestionnaireScores): Pick<AssessmentScores, 'indices' | 'dimensions' | 'indicators'> {
  return {
    indices: { core: toLevel('core', indices.core), extended: toLevel('extended', indices.extended) },
    dimensions: levelsOf(dimensions),
    indicators: levelsOf(indicators),
  }
}

/** The engine's scores of a sheet as plain JSON, in the order of the questionnaire. */
export function toAssessmentScores(scheme: string, scores: QuestionnaireScores): AssessmentScores {
  const gains = gainsAtFullPoints(scores)
  return {
    scheme,
    ...toLevels(scores),
    questions: [...scores.questions].map(([id, question]) => toQuestion(id, question, gains.get(id) ?? null)),
  }
}

/**
 * Scores a sheet under one weight scheme.
 * @param scheme null = the instrument's default
 * @throws {AppError} RESULT_NOT_FOUND when there is no such scheme
 */
export function scoreAssessment(instrument: Instrument, answers: ReadonlyMap<string, Answer>, scheme: string | null): AssessmentScores {
  const { schemeId, plan } = planOf(instrument, scheme)
  return toAssessmentScores(schemeId, scoreSheet(plan, answers))
}
