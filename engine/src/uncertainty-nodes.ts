import { ShapeError } from './errors.ts'
import { childrenByParent, type Framework } from './framework.ts'
import type { Assumptions } from './method.ts'

/** The framework without its root as arrays, parents before children, siblings by code: the order in which weights are drawn. */
export interface NodeSpec {
  readonly codes: readonly string[]
  readonly levels: readonly number[]
  /** 0 for a child of the root, else 1 + position of the parent. */
  readonly parent: Int32Array
  /** Position of a leaf's column, -1 for the others. */
  readonly column: Int32Array
  /** Nominal weight, and the range from which each run draws it. */
  readonly weight: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** Per column: 1 when the leaf and all above it have a positive weight, else 0. */
  readonly columnWeighted: Uint8Array
  /** Code and level of the root. */
  readonly root: { readonly code: string; readonly level: number }
}

/**
 * Lists the nodes of a framework for the runs.
 * @param weights one weight per code, as used in the nominal index
 * @param columns codes of the leaves in the order of the data's columns
 * @param varied  factors and levels of the weights that vary; null: none
 * @throws {ShapeError} when a leaf has no column
 */
export function listNodes(
  framework: Framework,
  weights: ReadonlyMap<string, number>,
  columns: readonly string[],
  varied: Assumptions['weights'],
): NodeSpec {
  const families = childrenByParent(framework)
  const [root] = families.get(null) ?? []
  if (root === undefined) throw new ShapeError('The framework has no root.')
  const columnOf = new Map(columns.map((code, j) => [code, j]))
  const found: { code: string; level: number; parent: number; isWeighted: boolean }[] = []
  const queue = [{ code: root.code, place: 0, isWeighted: true }]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const children = [...(families.get(next.code) ?? [])].sort((a, b) => (a.code < b.code ? -1 : 1))
    for (const { code, level } of children) {
      const isWeighted = next.isWeighted && (weights.get(code) ?? 0) > 0
      const place = found.push({ code, level, parent: next.place, isWeighted })
      queue.push({ code, place, isWeighted })
    }
  }
  const column = Int32Array.from(found, ({ code }) => (families.has(code) ? -1 : (columnOf.get(code) ?? missing(code))))
  const columnWeighted = new Uint8Array(columns.length)
  found.forEach(({ isWeighted }, i) => {
    const j = column[i] ?? -1
    if (j >= 0 && isWeighted) columnWeighted[j] = 1
  })
  const weight = Float64Array.from(found, ({ code }) => weights.get(code) ?? 0)
  const factor = (end: 0 | 1) => (level: number) => (varied === null || !(varied.levels?.includes(level) ?? true) ? 1 : varied.factor[end])
  return {
    codes: found.map(({ code }) => code),
    levels: found.map(({ level }) => level),
    parent: Int32Array.from(found, ({ parent }) => parent),
    column,
    weight,
    columnWeighted,
    low: weight.map((each, i) => each * factor(0)(found[i]?.level ?? 0)),
    high: weight.map((each, i) => each * factor(1)(found[i]?.level ?? 0)),
    root: { code: root.code, level: root.level },
  }
}

function missing(code: string): never {
  throw new ShapeError(`The data have no indicator "${code}": add its column or correct the code.`)
}
