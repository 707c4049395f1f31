import { ShapeError } from './errors.ts'

/**
 * Numbers of n units on p indicators, column by column, with what the chain needs to know about the units.
 * Inside the columns a missing value is NaN (they are typed arrays); every function that hands numbers out says null.
 */
export interface Dataset {
  /** n unit codes; unique, or unique together with `times`. */
  readonly units: readonly string[]
  /** n points in time as they stand in the data, null where none is given; null when the data have no such column. */
  readonly times: readonly (string | null)[] | null
  /** p indicator codes, unique. */
  readonly indicators: readonly string[]
  /** p columns of n raw values, NaN = missing. Treat them as read-only: a step returns new columns. */
  readonly columns: readonly Float64Array[]
  /** Size variables by name, n values each, NaN = missing. */
  readonly denominators: ReadonlyMap<string, Float64Array>
  /** Groupings of the units by name, n labels each, null = not known. */
  readonly groups: ReadonlyMap<string, readonly (string | null)[]>
}

/** A cell of the data, named as its owner knows it. */
export interface Cell {
  readonly unit: string
  /** null when the data have one point in time. */
  readonly time: string | null
  readonly indicator: string
}

/** What `createDataset` takes: like a dataset, with null for missing and everything but units and values optional. */
export interface DatasetInput {
  readonly units: readonly string[]
  readonly times?: readonly (string | null)[] | null
  readonly values: Readonly<Record<string, readonly (number | null)[]>>
  readonly denominators?: Readonly<Record<string, readonly (number | null)[]>>
  readonly groups?: Readonly<Record<string, readonly (string | null)[]>>
}

/**
 * A checked dataset from plain arrays.
 * @param input n units; every column has n entries; null = missing, every other number finite
 * @throws {ShapeError} when a column has another length than the units or a unit stands twice; {RangeError} when a
 *   number is not finite
 */
export function createDataset(input: DatasetInput): Dataset {
  const { units, times = null } = input
  const groups = new Map(Object.entries(input.groups ?? {}))
  for (const [name, labels] of groups) checkLength(name, labels.length, units.length)
  if (times !== null) checkLength('times', times.length, units.length)
  checkUnits(units, times)
  return {
    units,
    times,
    groups,
    indicators: Object.keys(input.values),
    columns: Object.entries(input.values).map(([name, values]) => toColumn(name, values, units)),
    denominators: new Map(Object.entries(input.denominators ?? {}).map(([name, values]) => [name, toColumn(name, values, units)])),
  }
}

function toColumn(name: string, values: readonly (number | null)[], units: readonly string[]): Float64Array {
  checkLength(name, values.length, units.length)
  return Float64Array.from(values, (value, unit) => {
    if (value === null) return NaN
    if (Number.isFinite(value)) return value
    throw new RangeError(`"${name}" of unit "${units[unit]}" is ${value}: give a finite number, or null where it is missing`)
  })
}

function checkLength(name: string, length: number, units: number): void {
  if (length !== units) throw new ShapeError(`"${name}" has ${length} entries for ${units} units: give one per unit`)
}

function checkUnits(units: readonly string[], times: readonly (string | null)[] | null): void {
  const seen = new Set<string>()
  units.forEach((unit, i) => {
    const key = JSON.stringify([unit, times?.[i] ?? null])
    if (seen.has(key)) throw new ShapeError(`Unit "${unit}" stands twice: a unit has one row per point in time`)
    seen.add(key)
  })
}

/**
 * The column of an indicator.
 * @returns n values, NaN = missing; the dataset's own array, not a copy
 * @throws {ShapeError} when the dataset has no such indicator
 */
export function columnOf(dataset: Dataset, indicator: string): Float64Array {
  const column = dataset.columns[dataset.indicators.indexOf(indicator)]
  if (column === undefined) throw new ShapeError(`The data have no indicator "${indicator}": add its column or correct the code`)
  return column
}

/** The labels of a grouping; throws a ShapeError that lists the groupings when the dataset has no such one. */
export function groupOf(dataset: Dataset, name: string): readonly (string | null)[] {
  const labels = dataset.groups.get(name)
  if (labels !== undefined) return labels
  const known = [...dataset.groups.keys()].map((group) => `"${group}"`).join(', ') || 'none'
  throw new ShapeError(`The data have no group column "${name}" (there are: ${known}): correct the name`)
}

/** A cell's names, for a flag or a message. */
export function cellAt(dataset: Dataset, unit: number, indicator: string): Cell {
  return { unit: dataset.units[unit] as string, time: dataset.times?.[unit] ?? null, indicator }
}

/** A column for the outside: NaN becomes null. */
export function toNullable(column: Float64Array): (number | null)[] {
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value))
}

/**
 * The same data with some units only, in the given order.
 * @param rows positions of units, 0-based
 */
export function selectUnits(dataset: Dataset, rows: readonly number[]): Dataset {
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number)
  return {
    units: rows.map((row) => dataset.units[row] as string),
    times: dataset.times && rows.map((row) => dataset.times?.[row] ?? null),
    indicators: dataset.indicators,
    columns: dataset.columns.map(pick),
    denominators: new Map([...dataset.denominators].map(([name, column]) => [name, pick(column)])),
    groups: new Map([...dataset.groups].map(([name, labels]) => [name, rows.map((row) => labels[row] ?? null)])),
  }
}

/** The same data with other columns of the same shape: what every step of the chain returns. */
export function withColumns(dataset: Dataset, columns: readonly Float64Array[]): Dataset {
  return { ...dataset, columns }
}
