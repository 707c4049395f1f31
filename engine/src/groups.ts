import { ShapeError } from './errors.ts'

/** Under this many members a comparison group is widened. Source: the method of the Tessera index. */
export const SMALLEST_GROUP = 5

/** Five-number summary and mean of a group's values; null throughout when there is none. */
export interface GroupStatistics {
  /** Values that count. */
  readonly n: number
  /** Missing values, which do not. */
  readonly missing: number
  readonly min: number | null
  readonly q1: number | null
  readonly median: number | null
  readonly q3: number | null
  readonly max: number | null
  readonly mean: number | null
}

/** One group of a declared set, half-open: from <= value < below. Null = no limit on that side. */
export interface Group {
  readonly id: string
  readonly from: number | null
  readonly below: number | null
}

/** The group that a value is compared with, and how far it had to be widened. */
export interface WidenedGroup {
  /** Group that the value itself lies in. */
  readonly own: string
  /** Groups that were joined to it, in their order; empty when it was large enough. */
  readonly joined: readonly string[]
  /** own: as declared; neighbour: with the nearer adjacent group; all: every unit, those with a missing value too. */
  readonly extent: 'own' | 'neighbour' | 'all'
  /** Positions of the members in the values that were given. */
  readonly members: readonly number[]
}

/**
 * Quartiles by linear interpolation, R type 7 (the default of R, NumPy and spreadsheets): position (n - 1) x p.
 * @param values finite numbers in any order, not empty
 * @throws {RangeError} when a value is not finite or there is none
 * @see Hyndman and Fan (1996), Sample quantiles in statistical packages, definition 7
 */
export function quartiles(values: readonly number[]): { q1: number; median: number; q3: number } {
  if (values.length === 0) throw new RangeError('Quartiles of no values do not exist: check for an empty group first.')
  const sorted = sortFinite(values)
  return { q1: quantileOfSorted(sorted, 0.25), median: quantileOfSorted(sorted, 0.5), q3: quantileOfSorted(sorted, 0.75) }
}

function sortFinite(values: readonly number[]): number[] {
  const odd = values.find((value) => !Number.isFinite(value))
  if (odd !== undefined) throw new RangeError(`${odd} is no value to summarise: values are finite numbers, or null when missing.`)
  return [...values].sort((a, b) => a - b)
}

function quantileOfSorted(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p
  const below = Math.floor(position)
  const low = sorted[below] ?? 0
  const high = sorted[Math.ceil(position)] ?? low
  const part = position - below
  // Between two neighbouring doubles the last digit could otherwise step outside them.
  return Math.min(high, Math.max(low, (1 - part) * low + part * high))
}

/**
 * What a benchmark shows of a group: n, extremes, quartiles (R type 7) and mean.
 * @param values one per unit in any order; null = missing: excluded and counted in `missing`
 * @throws {RangeError} when a value is not a finite number
 */
export function clusterStatistics(values: readonly (number | null)[]): GroupStatistics {
  const known = sortFinite(values.filter((value) => value !== null))
  const n = known.length
  const missing = values.length - n
  const [min] = known
  const max = known[n - 1]
  if (min === undefined || max === undefined) return { n, missing, min: null, q1: null, median: null, q3: null, max: null, mean: null }
  // Summed in ascending order, so that the order of the input cannot show in the last digit.
  const mean = known.reduce((sum, value) => sum + value, 0) / n
  return { n, missing, min, ...quartiles(known), max, mean }
}

/**
 * The group that a value lies in; a value on a limit belongs to the upper group.
 * @param value null = unknown
 * @param groups ascending and without gaps or overlaps
 * @returns null when the value is unknown
 * @throws {ShapeError} when the groups are not as described
 * @throws {RangeError} when the value is not a finite number or lies outside all groups
 */
export function assignGroup(value: number | null, groups: readonly Group[]): Group | null {
  checkGroups(groups)
  return value === null ? null : locate(value, groups)
}

function locate(value: number, groups: readonly Group[]): Group {
  const found = groups.find(({ from, below }) => (from === null || value >= from) && (below === null || value < below))
  if (found === undefined || !Number.isFinite(value)) {
    throw new RangeError(
      `${value} lies in none of the groups ${groups.map(({ id }) => id).join(', ')}: correct the value or widen the outer groups.`,
    )
  }
  return found
}

function checkGroups(groups: readonly Group[]): void {
  if (groups.length === 0) throw new ShapeError('There are no groups to choose from: declare at least one.')
  groups.forEach(({ id, from, below }, i) => {
    const next = groups[i + 1]
    if (from !== null && below !== null && !(from < below))
      throw new ShapeError(`Group ${id} runs from ${from} to below ${below}: it can hold no value.`)
    if (next !== undefined && (below === null || next.from !== below)) {
      throw new ShapeError(
        `Group ${id} ends below ${below ?? 'no limit'} but ${next.id} starts from ${next.from ?? 'no limit'}: groups follow each other without gap or overlap.`,
      )
    }
    if (groups.findIndex((group) => group.id === id) !== i) throw new ShapeError(`Group id ${id} is used twice: every group needs its own.`)
  })
}

/**
 * The comparison group of one value, widened when it is small: under `smallest` members the adjacent group whose limit
 * is nearer to the value is joined (the lower one when both are as near); if that is still too few, all units.
 * @param value the unit's own value, in the groups' unit
 * @param values every unit's value, the own one among them; null = unknown, a member only of `all`
 * @param smallest whole number of members that is enough; default 5
 * @returns what was joined, to be said beside the comparison; `members.length` is n
 * @throws {ShapeError} and {RangeError} as `assignGroup`
 */
export function widenGroup(
  value: number,
  groups: readonly Group[],
  values: readonly (number | null)[],
  smallest = SMALLEST_GROUP,
): WidenedGroup {
  checkGroups(groups)
  const own = locate(value, groups)
  const groupIds = values.map((each) => (each === null ? null : locate(each, groups).id))
  const membersOf = (ids: readonly string[]): number[] =>
    groupIds.flatMap((id, position) => (id !== null && ids.includes(id) ? [position] : []))
  const alone = membersOf([own.id])
  if (alone.length >= smallest) return { own: own.id, joined: [], extent: 'own', members: alone }
  const neighbour = nearerNeighbour(value, own, groups)
  const both = neighbour === null ? alone : membersOf([own.id, neighbour.id])
  if (neighbour !== null && both.length >= smallest) return { own: own.id, joined: [neighbour.id], extent: 'neighbour', members: both }
  const others = groups.filter(({ id }) => id !== own.id).map(({ id }) => id)
  return { own: own.id, joined: others, extent: 'all', members: values.map((_, position) => position) }
}

function nearerNeighbour(value: number, own: Group, groups: readonly Group[]): Group | null {
  const position = groups.indexOf(own)
  const lower = groups[position - 1]
  const upper = groups[position + 1]
  if (lower === undefined || upper === undefined) return lower ?? upper ?? null
  return value - (own.from ?? value) <= (own.below ?? value) - value ? lower : upper
}
