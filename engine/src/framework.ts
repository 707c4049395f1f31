/**
 * The tree that every composite index is made of: leaves (questions, or numeric indicators) at level 1,
 * groups above them, one root, the index. It holds no wording and no values.
 * A reader from the index literature: our question is your variable, our indicator is your individual
 * indicator, our dimension is your dimension, our index is your composite indicator.
 */
export interface Element {
  /** Unique within the framework; the key of every result. */
  readonly code: string
  /** 1 = leaf; a parent's level is greater than its children's. */
  readonly level: number
  /** Code of the parent; null only for the root. */
  readonly parent: string | null
  /** >= 0; only the ratio between siblings counts. At least one sibling is positive. */
  readonly weight: number
  /** 1: more is better; -1: less is better. Used on leaves, once, at normalisation; questions have 1. */
  readonly direction: 1 | -1
}

/** Elements in a stable order: every parent's children keep the order in which they stand here. */
export interface Framework {
  readonly elements: readonly Element[]
}

/**
 * The elements directly below a parent, in the order of the framework.
 * @param parent code of the parent; null for the root (one element in a sound framework)
 * @returns empty for a leaf and for a code that does not exist
 */
export function childrenOf(framework: Framework, parent: string | null): Element[] {
  return framework.elements.filter((element) => element.parent === parent)
}

/**
 * All families at once, for walking a whole tree: parent code -> its children in the order of the framework.
 * @returns the root stands under the key null; a leaf has no entry
 */
export function childrenByParent(framework: Framework): Map<string | null, Element[]> {
  return Map.groupBy(framework.elements, (element) => element.parent)
}

/**
 * Every broken rule of a framework, one plain message each; empty when it is sound. Nothing else in the engine checks
 * these rules again, so call it once on whatever was read from a file.
 * Rules: codes are unique; there is exactly one root; parents exist; no cycle; levels are whole numbers >= 1 and a
 * parent's is greater than its children's; only leaves (level 1) have no children; weights are finite and >= 0, with at
 * least one positive among siblings; direction is 1 or -1.
 */
export function checkFramework(framework: Framework): string[] {
  const { elements } = framework
  if (elements.length === 0) return ['The framework has no elements: it needs at least an index and one leaf.']
  const byCode = new Map(elements.map((element) => [element.code, element]))
  const families = childrenByParent(framework)
  return [
    ...repeatedCodes(elements),
    ...rootProblems(families.get(null) ?? []),
    ...elements.flatMap((element) => elementProblems(element, byCode, families)),
    ...cycles(elements, byCode),
    ...[...families].flatMap(([parent, siblings]) => siblingProblems(parent, siblings)),
  ]
}

function repeatedCodes(elements: readonly Element[]): string[] {
  return [...Map.groupBy(elements, (element) => element.code)]
    .filter(([, same]) => same.length > 1)
    .map(([code, same]) => `Code "${code}" is used ${same.length} times: every element needs a code of its own.`)
}

function rootProblems(roots: readonly Element[]): string[] {
  if (roots.length === 1) return []
  if (roots.length === 0) return ['The framework has no root: exactly one element, the index, has no parent.']
  return [`The framework has ${roots.length} roots (${roots.map((root) => root.code).join(', ')}): only the index has no parent.`]
}

function elementProblems(
  element: Element,
  byCode: ReadonlyMap<string, Element>,
  families: ReadonlyMap<string | null, readonly Element[]>,
): string[] {
  const { code, level, parent, weight, direction } = element
  const problems: string[] = []
  const above = parent === null ? undefined : byCode.get(parent)
  if (parent !== null && above === undefined) {
    problems.push(`"${code}" names the parent "${parent}", which does not exist: add it or correct the name.`)
  }
  if (!Number.isInteger(level) || level < 1) problems.push(`"${code}" has level ${level}: a level is a whole number from 1 (leaf) upwards.`)
  if (above !== undefined && !(above.level > level)) {
    problems.push(`"${code}" has level ${level} and its parent "${above.code}" level ${above.level}: the parent's must be greater.`)
  }
  if (level > 1 && !families.has(code)) problems.push(`"${code}" has level ${level} but no children: only leaves, at level 1, have none.`)
  if (!Number.isFinite(weight) || weight < 0) problems.push(`"${code}" has weight ${weight}: a weight is a finite number of at least 0.`)
  if (direction !== 1 && direction !== -1) {
    problems.push(`"${code}" has direction ${String(direction)}: it is 1 (more is better) or -1 (less is better).`)
  }
  return problems
}

/** One message per cycle, naming its elements in order, starting with the one that stands first in the framework. */
function cycles(elements: readonly Element[], byCode: ReadonlyMap<string, Element>): string[] {
  const settled = new Set<string>()
  const problems: string[] = []
  for (const start of elements) {
    const path: string[] = []
    let code: string | null = start.code
    while (code !== null && byCode.has(code) && !settled.has(code) && !path.includes(code)) {
      path.push(code)
      code = byCode.get(code)?.parent ?? null
    }
    if (code !== null && path.includes(code)) {
      const ring = [...path.slice(path.indexOf(code)), code]
      problems.push(`${ring.map((name) => `"${name}"`).join(' -> ')} is a cycle: an element cannot lie above itself.`)
    }
    for (const visited of path) settled.add(visited)
  }
  return problems
}

function siblingProblems(parent: string | null, siblings: readonly Element[]): string[] {
  if (parent === null || !siblings.every((element) => element.weight === 0)) return []
  return [`All children of "${parent}" have weight 0: give at least one a positive weight, or weight 0 to "${parent}" itself.`]
}
