import { aggregateTree } from './aggregate-tree.ts'
import { toNullable, withColumns, type Dataset } from './dataset.ts'
import { ShapeError } from './errors.ts'
import type { Framework } from './framework.ts'
import type { Method } from './method.ts'
import { compareRanks, type RankShift } from './rank-shift.ts'
import { rankScores } from './ranks.ts'

/** What happens to the ranks when an element, with all below it, is left out. */
export interface LeftOut {
  readonly element: string
  readonly level: number
  /** null when the index cannot be computed without it; then `failure` says why. */
  readonly shift: RankShift | null
  readonly failure: string | null
}

/**
 * Leave out each element below the index in turn and rank again. Imputed and treated values stay as they are; the
 * weights of the siblings are rescaled; a parent that has no child left goes with its last child.
 * @param normalised n units; leaves on the method's scale (see `computeSteps`)
 * @param framework  sound
 * @param method     weighting, aggregation and ranking apply as they stand
 * @param nominal    n ranks with all elements
 * @returns one entry per element below the index, in the order of the framework; failing runs are among them
 * @throws {ShapeError} when the dataset lacks a leaf
 * @see OECD/JRC Handbook (2008), step 8; remove_elements() of COINr
 */
export function leaveOneOut(
  normalised: Dataset,
  framework: Framework,
  method: Pick<Method, 'weighting' | 'aggregation' | 'ranking'>,
  nominal: readonly (number | null)[],
): LeftOut[] {
  return framework.elements.flatMap(({ code, level, parent }): LeftOut[] => {
    if (parent === null) return []
    try {
      const ranks = rankWithout(normalised, framework, method, code)
      return [{ element: code, level, shift: compareRanks(nominal, ranks), failure: null }]
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof ShapeError)) throw error
      return [{ element: code, level, shift: null, failure: error.message }]
    }
  })
}

function rankWithout(
  normalised: Dataset,
  framework: Framework,
  method: Pick<Method, 'weighting' | 'aggregation' | 'ranking'>,
  code: string,
): (number | null)[] {
  const smaller = removeElement(framework, code)
  const root = smaller.elements.find(({ parent }) => parent === null)
  if (root === undefined) throw new RangeError(`Nothing is left of the index without "${code}"`)
  const stays = new Set(smaller.elements.map((element) => element.code))
  const columns = normalised.indicators.map((indicator, i) => ({ indicator, column: normalised.columns[i] as Float64Array }))
  const kept = columns.filter(({ indicator }) => stays.has(indicator))
  const data = withColumns(
    { ...normalised, indicators: kept.map(({ indicator }) => indicator) },
    kept.map(({ column }) => column),
  )
  const { weighting } = method
  const rescaled =
    weighting.kind === 'byCode'
      ? { ...weighting, weights: Object.fromEntries(Object.entries(weighting.weights).filter(([named]) => stays.has(named))) }
      : weighting
  const tree = aggregateTree(data, smaller, { ...method, weighting: rescaled })
  return rankScores(toNullable(tree.scores.get(root.code) as Float64Array), method.ranking.ties)
}

/**
 * A framework without one element, all that is below it, and all parents that have no child left.
 * @param code an element that exists
 * @returns a smaller framework in the same order; empty when nothing is left
 */
export function removeElement(framework: Framework, code: string): Framework {
  const gone = new Set([code])
  for (let before = 0; before < gone.size;) {
    before = gone.size
    for (const element of framework.elements) {
      const children = framework.elements.filter(({ parent }) => parent === element.code)
      const orphan = element.parent !== null && gone.has(element.parent)
      if (orphan || (children.length > 0 && children.every((child) => gone.has(child.code)))) gone.add(element.code)
    }
  }
  return { elements: framework.elements.filter((element) => !gone.has(element.code)) }
}
