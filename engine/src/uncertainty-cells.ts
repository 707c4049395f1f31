import {
  betaQuantiles,
  drawFromTable,
  drawReviewed,
  drawSecondReview,
  type BetaShare,
  type DisagreementModel,
  type ReviewErrorModel,
} from './answer-errors.ts'
import type { AnswerAssumptions, UncertainAnswer } from './assumptions.ts'
import type { Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import type { Framework } from './framework.ts'
import type { ScoreKind } from './kernel.ts'
import { ruleFor, type Normalisation } from './method.ts'
import { normaliseColumn, type ColumnContext } from './normalise.ts'
import type { RandomStream } from './random.ts'
import { linearise, type MatrixEntry } from './uncertainty-matrices.ts'

/** The cells that change from run to run, by unit code and element code, so that the order of the data does not matter. */
export interface CellSpec {
  readonly unit: Int32Array
  readonly column: Int32Array
  readonly kind: readonly UncertainAnswer['kind'][]
  /** Bounds of an open answer; the nominal score twice for the other kinds. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly unverified: ReviewErrorModel | null
  readonly reviewed: DisagreementModel | null
  /** Per matrix: normalised value = slope x score + offset, [column][slope, offset]. */
  readonly maps: readonly Float64Array[]
}

/**
 * Places unsettled answers in the data.
 * @returns null when nothing varies
 * @throws {ShapeError} when unit or element do not exist or a cell stands twice, or its normalisation is no straight line;
 *   {RangeError} when bounds are no range, a score to be reviewed is missing or not within 0-100
 */
export function placeCells(
  answers: readonly UncertainAnswer[],
  assumed: AnswerAssumptions,
  nominal: Dataset,
  entries: readonly MatrixEntry[],
  framework: Framework,
): CellSpec | null {
  const varied = answers.filter(({ kind }) => assumed[kind] !== null)
  if (varied.length === 0) return null
  const key = ({ unit, element }: UncertainAnswer) => JSON.stringify([unit, element])
  const sorted = [...varied].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const twice = sorted.find((answer, i) => i > 0 && key(answer) === key(sorted[i - 1] ?? answer))
  if (twice !== undefined) throw new ShapeError(`Answer "${twice.element}" of "${twice.unit}" stands twice among the unsettled ones.`)
  const raw = entries[0]?.treated ?? nominal
  const unitOf = new Map(nominal.units.map((unit, i) => [unit, i]))
  const columnOf = new Map(nominal.indicators.map((code, j) => [code, j]))
  const unit = Int32Array.from(sorted, (answer) => unitOf.get(answer.unit) ?? unknown('unit', answer.unit))
  const column = Int32Array.from(sorted, (answer) => columnOf.get(answer.element) ?? unknown('leaf', answer.element))
  const bounds = sorted.map((answer, i) => boundsOf(answer, raw.columns[column[i] ?? 0]?.[unit[i] ?? 0] ?? NaN))
  const used = [...new Set(column)]
  return {
    unit,
    column,
    kind: sorted.map(({ kind }) => kind),
    lower: Float64Array.from(bounds, ([low]) => low),
    upper: Float64Array.from(bounds, ([, high]) => high),
    unverified: assumed.unverified,
    reviewed: assumed.reviewed,
    maps: entries.map((entry) => mapOf(entry, used, framework)),
  }
}

function unknown(what: string, code: string): never {
  throw new ShapeError(`There is no ${what} "${code}" among what is scored: correct the code of the unsettled answer.`)
}

function boundsOf(answer: UncertainAnswer, score: number): [number, number] {
  const place = `Answer "${answer.element}" of "${answer.unit}"`
  if (answer.kind === 'open') {
    if (answer.lower <= answer.upper && Number.isFinite(answer.lower) && Number.isFinite(answer.upper)) return [answer.lower, answer.upper]
    throw new RangeError(`${place} lies between ${answer.lower} and ${answer.upper}: give two finite bounds, the lower one first.`)
  }
  if (score >= 0 && score <= 100) return [score, score]
  throw new RangeError(`${place} is ${answer.kind} with the score ${score}: it must be a number from 0 to 100.`)
}

/** Slope and offset from raw to normalised values per column. */
function mapOf(entry: MatrixEntry, columns: readonly number[], framework: Framework): Float64Array {
  const map = new Float64Array(entry.normalised.columns.length * 2)
  for (const j of columns) {
    const x = entry.treated.columns[j] ?? new Float64Array(0),
      y = entry.normalised.columns[j] ?? new Float64Array(0)
    const code = entry.normalised.indicators[j] ?? ''
    const direction = framework.elements.find((element) => element.code === code)?.direction ?? 1
    const [from, to] = straightPart(entry.ruleOf(code), x, y, { indicator: code, direction, units: entry.normalised.units })
    const slope = to === undefined ? NaN : (to[1] - (from?.[1] ?? 0)) / (to[0] - (from?.[0] ?? 0))
    const offset = (from?.[1] ?? 0) - slope * (from?.[0] ?? 0)
    if (!x.every((value, i) => Number.isNaN(value) || Math.abs(slope * value + offset - (y[i] ?? 0)) < 1e-9 * (1 + Math.abs(y[i] ?? 0)))) {
      throw new ShapeError(
        `Element "${code}" has unsettled answers but is not normalised by a straight line that its values show: use none, goalposts, minmax or zscore.`,
      )
    }
    map[2 * j] = slope
    map[2 * j + 1] = offset
  }
  return map
}

/** Two points of the line: from the rule itself where it does not look at the data, else from two different values. */
function straightPart(rule: Normalisation, x: Float64Array, y: Float64Array, context: ColumnContext): [number, number][] {
  const ends = rule.kind === 'none' ? [0, 1] : rule.kind === 'goalposts' ? ruleFor(rule.posts, context.indicator) : undefined
  if (ends !== undefined) {
    const normalised = normaliseColumn(Float64Array.from(ends), rule, context)
    return ends.map((end, i): [number, number] => [end, normalised[i] ?? NaN])
  }
  const a = x.findIndex((value) => !Number.isNaN(value))
  const b = x.findIndex((value) => !Number.isNaN(value) && value !== x[a])
  return b < 0
    ? []
    : [
        [x[a] ?? NaN, y[a] ?? NaN],
        [x[b] ?? NaN, y[b] ?? NaN],
      ]
}

/** One stream per kind of unsettled answer, so that a sensitivity analysis can change one kind alone. */
export interface AnswerStreams {
  readonly open: RandomStream
  readonly unverified: RandomStream
  readonly reviewed: RandomStream
}

/**
 * Prepares the drawing of all cells of a run.
 * @returns a function that fills `into` with one score per cell
 */
export function createCellDraws(cells: CellSpec): (streams: AnswerStreams, into: Float64Array) => void {
  const { unverified, reviewed } = cells
  const tableOf = (share: BetaShare | undefined) => (share ? betaQuantiles(share) : new Float64Array(0))
  const changedTable = tableOf(unverified?.changed),
    loweredTable = tableOf(unverified?.lowered),
    differsTable = tableOf(reviewed?.differs)
  return (streams, into) => {
    // the uncertain shares are drawn once per run: they are common to all answers
    const changed = drawFromTable(changedTable, streams.unverified.nextUniform())
    const lowered = drawFromTable(loweredTable, streams.unverified.nextUniform())
    const differs = drawFromTable(differsTable, streams.reviewed.nextUniform())
    for (let i = 0; i < into.length; i++) {
      const low = cells.lower[i] ?? 0
      if (cells.kind[i] === 'open') into[i] = low + ((cells.upper[i] ?? 0) - low) * streams.open.nextUniform()
      else if (cells.kind[i] === 'unverified' && unverified) into[i] = drawReviewed(low, unverified, changed, lowered, streams.unverified)
      else if (reviewed) into[i] = drawSecondReview(low, reviewed, differs, streams.reviewed)
    }
  }
}

/**
 * Value of a cell on the scale of a matrix.
 * @throws {RangeError} when it is zero or negative and the mean is geometric (kind 1) or harmonic (kind 2)
 */
export function cellValue(cells: CellSpec, matrix: number, kind: ScoreKind, i: number, score: number): number {
  const map = cells.maps[matrix]
  const j = cells.column[i] ?? 0
  const value = (map?.[2 * j] ?? 1) * score + (map?.[2 * j + 1] ?? 0)
  if (kind !== 0 && !(value > 0)) {
    throw new RangeError(
      'An unsettled answer can be worth 0 or less: a geometric or harmonic mean needs positive scores; normalise to a range above 0, for example minmax:1:100.',
    )
  }
  return linearise(value, kind)
}
