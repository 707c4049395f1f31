import { aggregateColumns } from './aggregate.ts'
import { toNullable, type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import { childrenByParent, type Element, type Framework } from './framework.ts'
import type { Aggregation, Aggregator, Method } from './method.ts'
import { dataWeights, resolveWeights } from './weights.ts'

export interface AggregatedTree {
  /** Element code -> n scores, NaN = missing; leaves among them. */
  readonly scores: ReadonlyMap<string, Float64Array>
  /** Element code -> the weight that was used; only ratios between siblings count. */
  readonly weights: ReadonlyMap<string, number>
  /** Elements that run against their siblings, where weights came from principal components. */
  readonly opposed: readonly string[]
}

/** The aggregator that makes scores at a level (2 = from the leaves' level upwards). */
export function aggregatorAt(aggregation: Aggregation, level: number): Aggregator {
  const { byLevel } = aggregation
  const aggregator = byLevel.length === 1 ? byLevel[0] : byLevel[level - 2]
  if (aggregator === undefined) {
    throw new ShapeError(`No aggregation is given for level ${level}: give one for all levels, or one per level from level 2 upwards`)
  }
  return aggregator
}

/**
 * Aggregate normalised indicators to every level of the framework, from the leaves upwards. Weights that come from the
 * data (principal components, balanced correlations) are found family by family on the way, from the scores below.
 * @param normalised leaves on a common scale, more is better, NaN = missing
 * @param framework  sound
 * @throws as `aggregateColumns` and `resolveWeights`
 */
export function aggregateTree(
  normalised: Dataset,
  framework: Framework,
  method: Pick<Method, 'weighting' | 'aggregation'>,
): AggregatedTree {
  const families = childrenByParent(framework)
  const weights = resolveWeights(framework, method.weighting)
  const scores = new Map(normalised.indicators.map((code, i) => [code, normalised.columns[i] as Float64Array]))
  const opposed: string[] = []
  const parents = framework.elements.filter(({ code }) => families.has(code)).sort((a, b) => a.level - b.level)
  for (const parent of parents) {
    const children = families.get(parent.code) as Element[]
    const codes = children.map(({ code }) => code)
    const columns = codes.map((code) => scores.get(code) ?? missingLeaf(code))
    const level = Math.max(...children.map((child) => child.level))
    const found = dataWeights(method.weighting, level, () => unitMatrix(columns), codes)
    found?.weights.forEach((weight, i) => weights.set(codes[i] as string, weight))
    opposed.push(...(found?.opposed ?? []))
    const family = { parent: parent.code, children: codes, units: normalised.units }
    const own = codes.map((code) => weights.get(code) as number)
    scores.set(
      parent.code,
      aggregateColumns(columns, own, aggregatorAt(method.aggregation, parent.level), method.aggregation.minCoverage, family),
    )
  }
  return { scores, weights, opposed }
}

function missingLeaf(code: string): never {
  throw new ShapeError(`The data have no indicator "${code}": add its column or correct the code`)
}

function unitMatrix(columns: readonly Float64Array[]): (number | null)[][] {
  const nullable = columns.map(toNullable)
  return (nullable[0] ?? []).map((_, unit) => nullable.map((column) => column[unit] as number | null))
}
