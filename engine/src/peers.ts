import { ShapeError } from './errors.ts'
import {
  checkCodes,
  checkUnitMatrix,
  getColumn,
  presentValues,
  squaredDeviations,
  standardiseElements,
  type UnitMatrix,
} from './unit-matrix.ts'

/** What one context variable adds to the distance between two units. */
export interface DistancePart {
  readonly variable: string
  /** Values of the unit and of the peer as given. */
  readonly unitValue: number
  readonly peerValue: number
  /** Peer less unit, in standard deviations. */
  readonly difference: number
  /** Share of the squared distance, 0 to 1; the parts of a peer add up to 1, or are all 0 at distance 0. */
  readonly share: number
}

export interface Peer {
  /** Position of the peer in the matrix. */
  readonly unit: number
  /** Root of the weighted mean of squared differences over the variables that both have; in standard deviations, >= 0. */
  readonly distance: number
  readonly parts: readonly DistancePart[]
  /** Variables that one of the two lacks, which therefore say nothing here. */
  readonly missing: readonly string[]
  /** Share of the weight of the usable variables that both have, 0 to 1. */
  readonly comparedShare: number
}

export interface Peers {
  /** Nearest first; equal distances in the order of the units. */
  readonly peers: readonly Peer[]
  /** Units that share too few variables with this one: left out and named, not guessed. */
  readonly notComparable: readonly { readonly unit: number; readonly missing: readonly string[] }[]
  /** Variables without variance (or with under two values) among all units, which cannot tell units apart. */
  readonly unusable: readonly string[]
}

export interface PeerOptions {
  /** How many peers, at least 1. */
  readonly count: number
  /** p weights >= 0; only their ratios count; default: all equal. */
  readonly weights?: readonly number[]
  /** Least share of the weight that two units must have in common, above 0 to 1; default one half. */
  readonly minimumShare?: number
}

/**
 * Units most like a given one in their context (size, share of foreign-born ...), each distance broken down.
 * A variable that one of the two lacks is left out and named; the others are averaged, so that a gap makes a
 * unit neither nearer nor farther. Transform skewed variables (population) by their logarithm first.
 * @param matrix    n units x p context variables; null = missing
 * @param variables p codes
 * @param unit      position of the unit whose peers are wanted
 * @param options   number of peers, weights, least common share
 * @returns peers, and openly what could not be compared
 * @throws {ShapeError} for a ragged matrix, wrong codes or weights, or a unit that does not exist;
 *   {RangeError} for a cell that is not finite or an option out of range
 */
export function findPeers(matrix: UnitMatrix, variables: readonly string[], unit: number, options: PeerOptions): Peers {
  const width = checkUnitMatrix(matrix, 'table of context variables')
  if (matrix[unit] === undefined) {
    throw new ShapeError(`Unit ${unit} does not exist: give a position from 0 to ${matrix.length - 1}`)
  }
  checkCodes(variables, width)
  const weights = checkOptions(options, width)
  const constant = (j: number) => squaredDeviations(presentValues(getColumn(matrix, j))) === 0
  const unusable = variables.filter((_, j) => constant(j))
  const usable = variables.flatMap((variable, j) => (unusable.includes(variable) || weights[j] === 0 ? [] : [j]))
  const standardised = standardiseElements(matrix)
  const all = matrix.flatMap((_, other) => (other === unit ? [] : [compare(matrix, standardised, variables, weights, usable, unit, other)]))
  const enough = (peer: Peer) => peer.comparedShare > 0 && peer.comparedShare >= (options.minimumShare ?? 0.5) - 1e-12
  return {
    peers: all
      .filter(enough)
      .sort((a, b) => a.distance - b.distance || a.unit - b.unit)
      .slice(0, options.count),
    notComparable: all.filter((peer) => !enough(peer)).map((peer) => ({ unit: peer.unit, missing: peer.missing })),
    unusable,
  }
}

function checkOptions(options: PeerOptions, width: number): readonly number[] {
  const { count, weights = new Array<number>(width).fill(1), minimumShare = 0.5 } = options
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`${count} peers: give a whole number of at least 1`)
  if (weights.length !== width) {
    throw new ShapeError(`${weights.length} weights for ${width} context variables: give one per variable`)
  }
  const wrong = weights.find((weight) => !Number.isFinite(weight) || weight < 0)
  if (wrong !== undefined) throw new RangeError(`Weight ${wrong}: give a finite number of at least 0`)
  if (weights.every((weight) => weight === 0)) throw new RangeError('All weights are 0: give at least one above 0')
  if (!(minimumShare > 0 && minimumShare <= 1)) {
    throw new RangeError(`Least common share ${minimumShare}: give a number above 0 and at most 1`)
  }
  return weights
}

function compare(
  matrix: UnitMatrix,
  standardised: UnitMatrix,
  variables: readonly string[],
  weights: readonly number[],
  usable: readonly number[],
  unit: number,
  other: number,
): Peer {
  const has = (j: number) => (matrix[unit]?.[j] ?? null) !== null && (matrix[other]?.[j] ?? null) !== null
  const shared = usable.filter(has)
  const weightOf = (columns: readonly number[]) => columns.reduce((sum, j) => sum + (weights[j] as number), 0)
  const cell = (from: UnitMatrix, row: number, j: number) => from[row]?.[j] as number
  const difference = (j: number) => cell(standardised, other, j) - cell(standardised, unit, j)
  const squares = shared.reduce((sum, j) => sum + (weights[j] as number) * difference(j) ** 2, 0)
  return {
    unit: other,
    distance: shared.length === 0 ? 0 : Math.sqrt(squares / weightOf(shared)),
    parts: shared.map((j) => ({
      variable: variables[j] as string,
      unitValue: cell(matrix, unit, j),
      peerValue: cell(matrix, other, j),
      difference: difference(j),
      share: squares === 0 ? 0 : ((weights[j] as number) * difference(j) ** 2) / squares,
    })),
    missing: usable.filter((j) => !has(j)).map((j) => variables[j] as string),
    comparedShare: usable.length === 0 ? 0 : weightOf(shared) / weightOf(usable),
  }
}
