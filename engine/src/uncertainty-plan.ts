import { aggregateTree, aggregatorAt } from './aggregate-tree.ts'
import {
  checkAnswerAssumptions,
  listAlternatives,
  listVaried,
  STANDARD_ANSWER_ASSUMPTIONS,
  type Alternatives,
  type AnswerAssumptions,
  type AssumptionName,
  type UncertainAnswer,
} from './assumptions.ts'
import type { Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import { checkFramework, type Framework } from './framework.ts'
import type { ScoreKind } from './kernel.ts'
import { checkMethod } from './method-check.ts'
import type { Aggregation, Aggregator, Assumptions, Method, Normalisation } from './method.ts'
import { rankScores } from './ranks.ts'
import { placeCells, type CellSpec } from './uncertainty-cells.ts'
import { createChain, createMatrixStore, type Chain, type MatrixStore, type Steps } from './uncertainty-matrices.ts'
import { listNodes, type NodeSpec } from './uncertainty-nodes.ts'

/** What an uncertainty or sensitivity analysis is asked to do. */
export interface UncertaintyRequest {
  readonly dataset: Dataset
  readonly framework: Framework
  readonly method: Method
  /** Whole number from 0 to 2^53 - 1; the same seed gives the same bytes. */
  readonly seed: number
  /** Left out or null: those of the method, else the standard ones. */
  readonly assumptions?: Assumptions | null
  /** Cells that are not settled, and what is assumed about them. */
  readonly answers?: readonly UncertainAnswer[]
  readonly answerAssumptions?: AnswerAssumptions
  /** Whether P(a ahead of b) is counted; left out: up to 1 000 units. */
  readonly pairs?: boolean
}

/** One combination of imputation, treatment, normalisation and aggregation. */
export interface VariantSpec {
  /** Position in `matrices`. */
  readonly matrix: number
  /** linear: one weighted sum per unit; rows: means of several kinds, level by level; tree: other aggregations. */
  readonly path: 'linear' | 'rows' | 'tree'
  readonly kind: ScoreKind
  readonly aggregation: Aggregation
  /** Score on the nominal scale = slope x score + offset. */
  readonly slope: number
  readonly offset: number
  /** Why a run with this combination has no scores; null when it has. */
  readonly failure: string | null
}

/** Everything that a worker needs: plain data that can be posted to it. */
export interface UncertaintySpec {
  readonly seed: number
  /** Units that are ranked, those left out by screening not among them. */
  readonly units: readonly string[]
  readonly times: readonly (string | null)[] | null
  readonly columns: readonly string[]
  readonly nodes: NodeSpec
  /** [unit][column], NaN = missing: normalised values, or their logarithms or reciprocals where a variant needs these. */
  readonly matrices: readonly Float64Array[]
  /** Aggregation fastest, then normalisation, treatment, imputation. */
  readonly variants: readonly VariantSpec[]
  /** Number of alternatives of imputation, treatment, normalisation, aggregation. */
  readonly choices: readonly [number, number, number, number]
  readonly varied: readonly AssumptionName[]
  readonly cells: CellSpec | null
  /** Scores and ranks of the method itself; NaN and 0 = none. */
  readonly nominalScores: Float64Array
  readonly nominalRanks: Int32Array
  /** Greatest absolute score that a run can give, about. */
  readonly greatest: number
  readonly pairs: boolean
}

/**
 * Does once what all runs share: prepares, treats and normalises the data in every combination of alternatives, with the
 * weights that the method gives (weights found from data are those of the nominal index).
 * @throws {ShapeError} when framework, method, assumptions and data do not fit each other, naming what does not;
 *   {RangeError} when the method itself has no result for these data
 */
export function planUncertainty(request: UncertaintyRequest): UncertaintySpec {
  return createPlanner(request)(null)
}

/**
 * Plans the same request for several sets of weights, as when a user moves one: treated and normalised data are kept.
 * @returns a function from weights by code (what is not named keeps the method's; null: all keep) to a specification
 * @throws as `planUncertainty`; its function throws {ShapeError} for weights that do not fit the framework
 */
export function createPlanner(request: UncertaintyRequest): (weights: Readonly<Record<string, number>> | null) => UncertaintySpec {
  const { dataset, framework, method } = request
  const problems = [
    ...checkFramework(framework),
    ...checkMethod({ ...method, uncertainty: request.assumptions ?? method.uncertainty }, framework, dataset),
  ]
  if (problems.length > 0) throw new ShapeError(problems.join('\n'))
  if (method.time === 'separate' && new Set(dataset.times ?? []).size > 1) {
    throw new ShapeError('The method ranks each point in time by itself: analyse the data of one point at a time.')
  }
  const alternatives = listAlternatives(method, request.assumptions ?? null)
  checkAnswerAssumptions(request.answerAssumptions ?? STANDARD_ANSWER_ASSUMPTIONS, request.answers ?? [])
  const chain = createChain(dataset, framework, method)
  const store = createMatrixStore(chain)
  return (weights) => planFor(request, alternatives, chain, store, weights)
}

function planFor(
  request: UncertaintyRequest,
  alternatives: Alternatives,
  chain: Chain,
  store: MatrixStore,
  moved: Readonly<Record<string, number>> | null,
): UncertaintySpec {
  const { framework, method } = request
  const answers = request.answers ?? [],
    assumed = request.answerAssumptions ?? STANDARD_ANSWER_ASSUMPTIONS
  const nominal = chain.normalised(method)
  const own =
    moved === null
      ? null
      : { kind: 'byCode' as const, weights: { ...Object.fromEntries(aggregateTree(nominal, framework, method).weights), ...moved } }
  const tree = aggregateTree(nominal, framework, own === null ? method : { ...method, weighting: own })
  const nodes = listNodes(framework, tree.weights, nominal.indicators, alternatives.weights)
  const nominalScores = tree.scores.get(nodes.root.code) ?? new Float64Array(0)
  store.setWeighted(nodes)
  const variants = listVariants({ method, framework, alternatives, chain, store, nodes, weights: tree.weights })
  return {
    seed: request.seed,
    units: nominal.units,
    times: nominal.times,
    columns: nominal.indicators,
    nodes,
    variants,
    matrices: store.matrices,
    choices: [
      alternatives.imputation.length,
      alternatives.treatment.length,
      alternatives.normalisation.length,
      alternatives.aggregation.length,
    ],
    varied: listVaried(alternatives, answers, assumed),
    cells: placeCells(answers, assumed, nominal, store.entries, framework),
    nominalScores,
    nominalRanks: Int32Array.from(
      rankScores(Array.from(nominalScores, (score) => (Number.isNaN(score) ? null : score))),
      (rank) => rank ?? 0,
    ),
    greatest: store.greatest(),
    pairs: request.pairs ?? nominal.units.length <= 1000,
  }
}

const KINDS: Partial<Record<Aggregator['kind'], ScoreKind>> = { arithmetic: 0, geometric: 1, harmonic: 2 }

function pathOf(aggregation: Aggregation, levels: readonly number[]): { path: VariantSpec['path']; kind: ScoreKind } {
  const kinds = new Set(levels.map((level) => KINDS[aggregatorAt(aggregation, level).kind]))
  if (kinds.has(undefined)) return { path: 'tree', kind: 0 }
  const [first = 0] = kinds
  return kinds.size === 1 ? { path: 'linear', kind: first } : { path: 'rows', kind: 0 }
}

interface VariantContext {
  readonly method: Method
  readonly framework: Framework
  readonly alternatives: Alternatives
  readonly chain: Chain
  readonly store: MatrixStore
  readonly nodes: NodeSpec
  readonly weights: ReadonlyMap<string, number>
}

function listVariants(context: VariantContext): VariantSpec[] {
  const {
    method,
    framework,
    alternatives: { imputation, treatment, normalisation, aggregation },
    chain,
    nodes,
  } = context
  const weighting = { kind: 'byCode' as const, weights: Object.fromEntries(context.weights) }
  const scoresOf = (steps: Steps, each: Aggregation) =>
    aggregateTree(chain.normalised(steps), framework, { weighting, aggregation: each }).scores.get(nodes.root.code) ?? new Float64Array(0)
  const toNominal = createScaleMap(method, (steps) => scoresOf(steps, { byLevel: [{ kind: 'arithmetic' }], minCoverage: 0 }))
  const levels = [...new Set([nodes.root.level, ...nodes.levels.filter((_, i) => nodes.column[i] === -1)])]
  const combinations = imputation.flatMap((i) =>
    treatment.flatMap((t) => normalisation.map((n): Steps => ({ imputation: i, treatment: t, normalisation: n }))),
  )
  return combinations.flatMap((steps) =>
    aggregation.map((each) => {
      const { path, kind } = pathOf(each, levels)
      const failure = messageOf(() => (path === 'linear' ? requirePositive(chain.normalised(steps), nodes, kind) : scoresOf(steps, each)))
      const matrix = failure === null ? context.store.place(steps, kind) : 0
      return { matrix, path, kind, aggregation: each, failure, ...toNominal(steps.normalisation) }
    }),
  )
}

function requirePositive(normalised: Dataset, nodes: NodeSpec, kind: ScoreKind): void {
  if (kind === 0) return
  normalised.columns.forEach((column, j) => {
    if (nodes.columnWeighted[j] !== 1) return
    const unit = column.findIndex((value) => value <= 0)
    if (unit < 0) return
    throw new RangeError(
      `Unit "${normalised.units[unit]}" has ${column[unit]} in element "${normalised.indicators[j]}": a ${kind === 1 ? 'geometric' : 'harmonic'} mean needs ` +
        'positive scores; normalise to a range above 0, for example minmax:1:100, or choose another aggregation',
    )
  })
}

function messageOf(attempt: () => unknown): string | null {
  try {
    attempt()
    return null
  } catch (error) {
    if (error instanceof RangeError) return error.message
    throw error
  }
}

/**
 * Brings scores of another normalisation onto the nominal scale: the straight line that gives the arithmetic index, with
 * nominal weights and treatment, the mean and standard deviation that it has under the nominal normalisation.
 */
function createScaleMap(method: Method, arithmetic: (steps: Steps) => Float64Array) {
  const known = new Map<string, { slope: number; offset: number }>()
  return (normalisation: Normalisation): { slope: number; offset: number } => {
    const key = JSON.stringify(normalisation)
    if (key === JSON.stringify(method.normalisation)) return { slope: 1, offset: 0 }
    const found = known.get(key)
    if (found !== undefined) return found
    const nominal = momentsOf(arithmetic(method))
    const other = momentsOf(arithmetic({ ...method, normalisation }))
    const slope = other.sd > 0 ? nominal.sd / other.sd : 1
    const map = { slope, offset: nominal.mean - slope * other.mean }
    known.set(key, map)
    return map
  }
}

function momentsOf(scores: Float64Array): { mean: number; sd: number } {
  const present = scores.filter((score) => !Number.isNaN(score))
  const mean = present.reduce((sum, score) => sum + score, 0) / Math.max(1, present.length)
  const squares = present.reduce((sum, score) => sum + (score - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(squares / Math.max(1, present.length - 1)) }
}
