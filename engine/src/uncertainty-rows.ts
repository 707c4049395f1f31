import { aggregateColumns, type Family } from './aggregate.ts'
import { aggregatorAt } from './aggregate-tree.ts'
import { LANES } from './kernel-layout.ts'
import { exponential, type ScoreKind } from './kernel.ts'
import type { Aggregation } from './method.ts'
import { linearise } from './uncertainty-matrices.ts'
import type { UncertaintySpec } from './uncertainty-plan.ts'

/** Score of one unit from its values and the factors of one lane; NaN = no score. */
export type RowScore = (row: Float64Array, at: number, factor: Float64Array, lane: number) => number

/**
 * Level-by-level means of one unit, for rows with gaps and for means of several kinds. A missing child drops out and the
 * other weights are rescaled; a child without weight plays no part.
 * @param kindAt kind of mean that makes scores at a level; for rows that are logarithms or reciprocals already: always 0
 * @returns a function that throws a RangeError when a mean has no value for what it gets
 */
export function createRowScore({ nodes }: UncertaintySpec, minCoverage: number, kindAt: (level: number) => ScoreKind): RowScore {
  const count = nodes.codes.length
  const sums = new Float64Array(count + 1),
    present = new Float64Array(count + 1),
    all = new Float64Array(count + 1)
  const kinds = [kindAt(nodes.root.level), ...nodes.levels.map((level, i) => (nodes.column[i] === -1 ? kindAt(level) : 0))]
  const finish = (place: number): number => {
    const total = present[place] ?? 0
    if (total === 0 || total < minCoverage * (all[place] ?? 0) * (1 - 1e-12)) return NaN
    const mean = (sums[place] ?? 0) / total
    return kinds[place] === 1 ? exponential(mean) : kinds[place] === 2 ? 1 / mean : mean
  }
  return (row, at, factor, lane) => {
    sums.fill(0)
    present.fill(0)
    all.fill(0)
    for (let i = count - 1; i >= 0; i--) {
      const weight = factor[i * LANES + lane] ?? 0
      if (weight === 0) continue
      const parent = nodes.parent[i] ?? 0
      const column = nodes.column[i] ?? -1
      const value = column >= 0 ? (row[at + column] ?? NaN) : finish(i + 1)
      all[parent] = (all[parent] ?? 0) + weight
      if (Number.isNaN(value)) continue
      const kind = kinds[parent] ?? 0
      if (kind !== 0 && !(value > 0))
        throw new RangeError(
          `"${nodes.codes[i]}" can fall to 0 or below when weights change: a ${kind === 1 ? 'geometric' : 'harmonic'} mean needs positive scores.`,
        )
      sums[parent] = (sums[parent] ?? 0) + weight * linearise(value, kind)
      present[parent] = (present[parent] ?? 0) + weight
    }
    return finish(0)
  }
}

/**
 * Scores of all units by aggregations that compare units with each other or need more than a mean.
 * @returns a function from columns of values and the factors of one lane to n scores, NaN = none; throws as `aggregateColumns`
 */
export function createTreeScores(
  { nodes, units }: UncertaintySpec,
  aggregation: Aggregation,
): (columns: readonly Float64Array[], factor: Float64Array, lane: number) => Float64Array {
  const children = Array.from({ length: nodes.codes.length + 1 }, (): number[] => [])
  nodes.parent.forEach((parent, i) => children[parent]?.push(i))
  return (columns, factor, lane) => {
    const scoreOf = (place: number): Float64Array => {
      const column = place === 0 ? -1 : (nodes.column[place - 1] ?? -1)
      if (column >= 0) return columns[column] ?? new Float64Array(units.length)
      const own = children[place] ?? []
      const level = place === 0 ? nodes.root.level : (nodes.levels[place - 1] ?? 0)
      const family: Family = {
        parent: place === 0 ? nodes.root.code : (nodes.codes[place - 1] ?? ''),
        children: own.map((i) => nodes.codes[i] ?? ''),
        units,
      }
      const weights = own.map((i) => factor[i * LANES + lane] ?? 0)
      return aggregateColumns(
        own.map((i) => scoreOf(i + 1)),
        weights,
        aggregatorAt(aggregation, level),
        aggregation.minCoverage,
        family,
      )
    }
    return scoreOf(0)
  }
}
