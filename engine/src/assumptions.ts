import { DISAGREEMENT_PRIOR, REVIEW_ERROR_PRIOR, type DisagreementModel, type ReviewErrorModel } from './answer-errors.ts'
import { ShapeError } from './errors.ts'
import {
  STANDARD_ASSUMPTIONS,
  type Aggregation,
  type Assumptions,
  type Imputation,
  type Method,
  type Normalisation,
  type Treatment,
} from './method.ts'

/** A cell whose value is not settled. The score in the data is what counts nominally (an open answer's is its lower bound). */
export type UncertainAnswer =
  /** Anything between the bounds, both included, all equally likely; scores 0-100 as in the data. */
  | { readonly kind: 'open'; readonly unit: string; readonly element: string; readonly lower: number; readonly upper: number }
  /** Stated by the unit and reviewed by nobody. */
  | { readonly kind: 'unverified'; readonly unit: string; readonly element: string }
  /** Reviewed by one person; another might have decided otherwise. */
  | { readonly kind: 'reviewed'; readonly unit: string; readonly element: string }

/** What is assumed about answers that are not settled; null leaves that kind as it stands in the data. */
export interface AnswerAssumptions {
  readonly open: 'between-bounds' | null
  readonly unverified: ReviewErrorModel | null
  readonly reviewed: DisagreementModel | null
}

/** All three kinds vary, with the documented priors. */
export const STANDARD_ANSWER_ASSUMPTIONS: AnswerAssumptions = {
  open: 'between-bounds',
  unverified: REVIEW_ERROR_PRIOR,
  reviewed: DISAGREEMENT_PRIOR,
}

/** What an analysis can vary, in the order in which results list it. */
export const ASSUMPTION_NAMES = [
  'imputation',
  'treatment',
  'normalisation',
  'aggregation',
  'weights',
  'open',
  'unverified',
  'reviewed',
] as const
export type AssumptionName = (typeof ASSUMPTION_NAMES)[number]

/** The choices that a run draws from, none of them empty; what is not varied has the method's own choice alone. */
export interface Alternatives {
  readonly imputation: readonly Imputation[]
  readonly treatment: readonly Treatment[]
  readonly normalisation: readonly Normalisation[]
  readonly aggregation: readonly Aggregation[]
  readonly weights: Assumptions['weights']
}

/**
 * The choices that each run draws from.
 * @param assumptions null: those of the method, and where it has none the standard ones
 * @throws {ShapeError} when two alternatives of a list are the same; {RangeError} when the weight factors are no range
 */
export function listAlternatives(method: Method, assumptions: Assumptions | null): Alternatives {
  const varied = assumptions ?? method.uncertainty ?? STANDARD_ASSUMPTIONS
  checkNames(varied, ['weights', 'normalisation', 'treatment', 'imputation', 'aggregation'], 'assumption')
  for (const name of ['imputation', 'treatment', 'normalisation', 'aggregation'] as const) checkDistinct(name, varied[name])
  checkFactor(varied.weights)
  return {
    imputation: varied.imputation.length > 0 ? varied.imputation : [method.imputation],
    treatment: varied.treatment.length > 0 ? varied.treatment : [method.treatment],
    normalisation: varied.normalisation.length > 0 ? varied.normalisation : [method.normalisation],
    aggregation: varied.aggregation.length > 0 ? varied.aggregation : [method.aggregation],
    weights: varied.weights,
  }
}

function checkDistinct(name: string, list: readonly unknown[]): void {
  const texts = list.map((each) => JSON.stringify(each))
  const twice = texts.find((text, i) => texts.indexOf(text) !== i)
  if (twice !== undefined)
    throw new ShapeError(`Assumption "${name}" lists ${twice} twice: each alternative stands once, all are equally likely.`)
}

function checkFactor(weights: Assumptions['weights']): void {
  if (weights === null) return
  const [low, high] = weights.factor
  if (low > 0 && low <= high && Number.isFinite(high)) return
  throw new RangeError(`Assumption "weights" has the factors ${low} to ${high}: both must be above 0, the lower one first.`)
}

function checkNames(value: object, known: readonly string[], what: string): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new ShapeError(`There is no ${what} "${key}": known are ${known.join(', ')}.`)
  }
  const missing = known.find((key) => !Object.hasOwn(value, key))
  if (missing !== undefined) throw new ShapeError(`The ${what} "${missing}" is not given: say null or an empty list when it does not vary.`)
}

/**
 * Checks what is assumed about unsettled answers.
 * @throws {ShapeError} for a key that does not exist or is left out, and for an assumption that no answer can reach
 */
export function checkAnswerAssumptions(assumptions: AnswerAssumptions, answers: readonly UncertainAnswer[]): void {
  checkNames(assumptions, ['open', 'unverified', 'reviewed'], 'assumption about answers')
  for (const { kind, unit, element } of answers) {
    if (kind in assumptions) continue
    throw new ShapeError(`Answer "${element}" of "${unit}" is "${String(kind)}": unsettled answers are open, unverified or reviewed.`)
  }
}

/**
 * Which assumptions change from run to run.
 * @returns names in the order of ASSUMPTION_NAMES; empty when every run would be the same
 */
export function listVaried(alternatives: Alternatives, answers: readonly UncertainAnswer[], assumed: AnswerAssumptions): AssumptionName[] {
  return ASSUMPTION_NAMES.filter((name) => {
    if (name === 'open' || name === 'unverified' || name === 'reviewed')
      return assumed[name] !== null && answers.some(({ kind }) => kind === name)
    if (name === 'weights') return alternatives.weights !== null && alternatives.weights.factor[0] < alternatives.weights.factor[1]
    return alternatives[name].length > 1
  })
}
