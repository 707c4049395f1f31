import { columnOf, selectUnits, type Dataset } from './dataset.ts'
import { childrenByParent, type Element, type Framework } from './framework.ts'

/** Shares of values that are present, 0-1. */
export interface Availability {
  /** n units: present indicators / indicators of the framework. */
  readonly byUnit: readonly number[]
  /** Element code -> n units: present indicators / indicators below the element; for an indicator 0 or 1. */
  readonly byElement: ReadonlyMap<string, readonly number[]>
  /** Indicator code -> share of the units that have a value. */
  readonly byIndicator: ReadonlyMap<string, number>
}

/**
 * How much of the data is there, per unit, per element and per indicator. Indicators count equally.
 * @param dataset   raw or denominated values, NaN = missing
 * @param framework sound (see `checkFramework`); its leaves are columns of the dataset
 * @throws {ShapeError} when the dataset lacks a leaf
 * @see OECD/JRC Handbook (2008), step 3; get_data_avail() of COINr
 */
export function measureAvailability(dataset: Dataset, framework: Framework): Availability {
  const families = childrenByParent(framework)
  const counts = new Map<string, { present: Float64Array; leaves: number }>()
  for (const root of families.get(null) ?? []) countPresent(dataset, families, root, counts)
  const byElement = new Map(
    framework.elements.flatMap((element) => {
      const count = counts.get(element.code)
      return count === undefined ? [] : [[element.code, Array.from(count.present, (present) => present / count.leaves)] as const]
    }),
  )
  const leaves = framework.elements.filter((element) => element.level === 1)
  return {
    byUnit: byElement.get(families.get(null)?.[0]?.code ?? '') ?? [],
    byElement,
    byIndicator: new Map(leaves.map((leaf) => [leaf.code, shareOfOnes(byElement.get(leaf.code) ?? [])])),
  }
}

function countPresent(
  dataset: Dataset,
  families: ReadonlyMap<string | null, readonly Element[]>,
  element: Element,
  counts: Map<string, { present: Float64Array; leaves: number }>,
): { present: Float64Array; leaves: number } {
  const children = families.get(element.code)
  const count =
    children === undefined
      ? { present: columnOf(dataset, element.code).map((value) => (Number.isNaN(value) ? 0 : 1)), leaves: 1 }
      : { present: new Float64Array(dataset.units.length), leaves: 0 }
  for (const child of children ?? []) {
    const below = countPresent(dataset, families, child, counts)
    below.present.forEach((present, unit) => ((count.present[unit] as number) += present))
    count.leaves += below.leaves
  }
  counts.set(element.code, count)
  return count
}

function shareOfOnes(flags: readonly number[]): number {
  return flags.length === 0 ? 0 : flags.reduce((sum, flag) => sum + flag, 0) / flags.length
}

/**
 * Leave out the units of which too little is known. Screening comes before anything is estimated, so that
 * estimates never decide who is in.
 * @param minAvailability 0-1; a unit stays when its share of present indicators is at least this
 * @returns the data of the units that stay, and the positions (in the given data) of those that stay and those that go
 * @throws {RangeError} when the limit is not within 0-1 or no unit stays
 * @see Screen(unit_screen = "byNA") of COINr
 */
export function screenUnits(
  dataset: Dataset,
  availability: Availability,
  minAvailability: number,
): { readonly dataset: Dataset; readonly kept: readonly number[]; readonly dropped: readonly number[] } {
  if (!(minAvailability >= 0 && minAvailability <= 1)) {
    throw new RangeError(`A screening limit of ${minAvailability} is not a share: give a number from 0 to 1`)
  }
  const positions = dataset.units.map((_, unit) => unit)
  // A share such as 0.9 of 10 indicators must not fail by the last bit of a division.
  const stays = (unit: number) => (availability.byUnit[unit] as number) >= minAvailability - 1e-12
  const kept = positions.filter(stays)
  if (kept.length === 0) throw new RangeError(`No unit has ${minAvailability} of its indicators: lower the screening limit`)
  return { dataset: selectUnits(dataset, kept), kept, dropped: positions.filter((unit) => !stays(unit)) }
}
