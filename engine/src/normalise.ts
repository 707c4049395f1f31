import { withColumns, type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import type { Framework } from './framework.ts'
import { ruleFor, type Method, type Normalisation, type RankTies } from './method.ts'
import { rangeOf } from './transform.ts'

/** What normalising one column needs to know about it. */
export interface ColumnContext {
  readonly indicator: string
  /** 1: more is better; -1: less is better. Applied here, once. */
  readonly direction: 1 | -1
  /** n unit codes, to find a reference unit and to name units in messages. */
  readonly units: readonly string[]
}

/**
 * Bring one indicator onto the scale that the method names, so that more is better. One rule for direction: the values,
 * and with them goalposts, target and reference value, are multiplied by it first; the formula then is always the same.
 * @param values  raw or treated values, NaN = missing, stays NaN and counts nowhere
 * @returns new values; not cut off unless the kind says so
 * @throws {RangeError} naming the indicator when the formula has no answer: one value only (min-max, z-score,
 *   distances), a maximum that is not positive (fraction), a target that is not above the minimum, equal goalposts;
 *   {ShapeError} when goalposts or target are not given for the indicator, or the reference unit does not exist
 * @see OECD/JRC Handbook (2008), section 1.5 (normalisation); n_minmax, n_zscore, n_goalposts, n_rank, n_borda, n_prank,
 *   n_dist2max, n_fracmax, n_dist2targ, n_dist2ref of COINr
 */
export function normaliseColumn(values: Float64Array, normalisation: Normalisation, context: ColumnContext): Float64Array {
  const x = context.direction === 1 ? values : values.map((value) => -value)
  switch (normalisation.kind) {
    case 'none':
      return x.map((value) => value + 0) // -0 becomes 0
    case 'minmax':
      return minMax(x, normalisation.range, context.indicator)
    case 'goalposts':
      return goalposts(x, normalisation, context)
    case 'zscore':
      return zScore(x, normalisation.mean, normalisation.sd, context.indicator)
    case 'rank':
      return ascendingRanks(x, normalisation.ties)
    case 'borda':
      return ascendingRanks(x, normalisation.ties).map((rank) => rank - 1)
    case 'percentile':
      return percentileRanks(x, normalisation.ties, context.indicator)
    case 'distanceToMaximum':
      return toTarget(x, rangeOf(x).max, { ...normalisation, cap: false }, context.indicator)
    case 'fractionOfMaximum':
      return fractionOfMaximum(x, normalisation.scale, context.indicator)
    case 'distanceToTarget':
      return toTarget(x, context.direction * ownEntry(normalisation.targets, 'target', context.indicator), normalisation, context.indicator)
    case 'distanceToReference':
      return toTarget(x, referenceValue(x, normalisation.unit, context), normalisation, context.indicator)
  }
}

function minMax(x: Float64Array, range: readonly [number, number], indicator: string): Float64Array {
  const { min, max } = rangeOf(x)
  if (!(max > min)) throw oneValue(indicator, min, max, 'min-max')
  return x.map((value) => ((value - min) / (max - min)) * (range[1] - range[0]) + range[0])
}

function goalposts(
  x: Float64Array,
  { range, cap, posts }: Extract<Normalisation, { kind: 'goalposts' }>,
  { indicator, direction }: ColumnContext,
): Float64Array {
  const [low, high] = ownEntry(posts, 'goalposts', indicator)
  if (!(high > low)) throw new RangeError(`Goalposts of "${indicator}" are ${low} and ${high}: the second must be greater`)
  const [worst, best] = direction === 1 ? [low, high] : [-high, -low]
  return x.map((value) => {
    const share = (value - worst) / (best - worst)
    const used = cap ? Math.min(1, Math.max(0, share)) : share
    return used * (range[1] - range[0]) + range[0]
  })
}

function zScore(x: Float64Array, toMean: number, toSd: number, indicator: string): Float64Array {
  const present = x.filter((value) => !Number.isNaN(value))
  const { min, max } = rangeOf(present)
  if (!(max > min)) throw oneValue(indicator, min, max, 'the z-score')
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length
  const squares = present.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const sd = Math.sqrt(squares / (present.length - 1))
  return x.map((value) => ((value - mean) / sd) * toSd + toMean)
}

/** 1 for the least value; NaN stays NaN. */
function ascendingRanks(x: Float64Array, ties: RankTies): Float64Array {
  const order = [...x.keys()].filter((i) => !Number.isNaN(x[i])).sort((a, b) => (x[a] as number) - (x[b] as number))
  const ranks = new Float64Array(x.length).fill(NaN)
  for (let start = 0; start < order.length;) {
    let end = start
    while (end + 1 < order.length && x[order[end + 1] as number] === x[order[start] as number]) end++
    const rank = ties === 'lowest' ? start + 1 : ties === 'highest' ? end + 1 : (start + end) / 2 + 1
    for (let place = start; place <= end; place++) ranks[order[place] as number] = rank
    start = end + 1
  }
  return ranks
}

function percentileRanks(x: Float64Array, ties: RankTies, indicator: string): Float64Array {
  const count = x.filter((value) => !Number.isNaN(value)).length
  if (count < 2) throw new RangeError(`Indicator "${indicator}" has ${count} values: percentile ranks need two or more`)
  return ascendingRanks(x, ties).map((rank) => (rank - 1) / (count - 1))
}

function fractionOfMaximum(x: Float64Array, scale: number, indicator: string): Float64Array {
  const { max } = rangeOf(x)
  if (!(max > 0)) {
    throw new RangeError(
      `The best value of "${indicator}" is ${max} after its direction is applied: a fraction of the maximum needs a positive one`,
    )
  }
  return x.map((value) => (value / max) * scale)
}

function toTarget(
  x: Float64Array,
  target: number,
  { scale, cap }: { readonly scale: number; readonly cap: boolean },
  indicator: string,
): Float64Array {
  const { min } = rangeOf(x)
  if (!(target > min)) {
    throw new RangeError(`The worst value of "${indicator}" is not worse than its target: a distance to the target needs one unit below it`)
  }
  return x.map((value) => {
    const share = 1 - (target - value) / (target - min)
    return scale * (cap && share > 1 ? 1 : share)
  })
}

function referenceValue(x: Float64Array, unit: string, context: ColumnContext): number {
  const position = context.units.indexOf(unit)
  if (position < 0) throw new ShapeError(`The reference unit "${unit}" is not in the data: name a unit that is`)
  const value = x[position] as number
  if (Number.isNaN(value)) {
    throw new RangeError(`Indicator "${context.indicator}" has no value for the reference unit "${unit}": impute it or name another unit`)
  }
  return value
}

function ownEntry<T>(entries: Readonly<Record<string, T>>, what: string, indicator: string): T {
  const entry = ruleFor(entries, indicator)
  if (entry === undefined) throw new ShapeError(`Indicator "${indicator}" has no ${what}: give one, or another normalisation for it`)
  return entry
}

function oneValue(indicator: string, min: number, max: number, kind: string): RangeError {
  if (min > max) return new RangeError(`Indicator "${indicator}" has no values: remove it from the framework`)
  return new RangeError(
    `Indicator "${indicator}" has the same value for all units: ${kind} cannot tell them apart; remove it or use goalposts`,
  )
}

/**
 * Normalise every leaf of the framework that the dataset has.
 * @param dataset   treated values, NaN = missing; every indicator is a leaf of the framework
 * @param framework sound; gives the directions
 * @param method    `normalisation` for all, `normalisationOf` for exceptions by indicator code
 * @returns the dataset on the method's scale, more is better
 * @throws as `normaliseColumn`; {ShapeError} when an indicator is not in the framework
 */
export function normaliseDataset(
  dataset: Dataset,
  framework: Framework,
  method: Pick<Method, 'normalisation' | 'normalisationOf'>,
): Dataset {
  const directions = new Map(framework.elements.map(({ code, direction }) => [code, direction]))
  const columns = dataset.columns.map((column, i) => {
    const indicator = dataset.indicators[i] as string
    const direction = directions.get(indicator)
    if (direction === undefined) throw new ShapeError(`Indicator "${indicator}" is not in the framework: add it or leave its column out`)
    return normaliseColumn(column, ruleFor(method.normalisationOf, indicator) ?? method.normalisation, {
      indicator,
      direction,
      units: dataset.units,
    })
  })
  return withColumns(dataset, columns)
}
