import { ShapeError } from './errors.ts'
import { checkUnitMatrix, meanOf, presentValues, type UnitMatrix } from './unit-matrix.ts'

export interface Silhouette {
  /** n widths, -1 (in the wrong cluster) to 1; 0 for a cluster of one; null for a unit without label. */
  readonly widths: readonly (number | null)[]
  /** Mean of the widths; null when no unit has one. Above 0.5 the clusters are reasonably separate. */
  readonly mean: number | null
}

/**
 * Silhouette widths: how much nearer each unit is to its own cluster than to the next one (Euclidean distance).
 * @param matrix n units x p elements; null = missing, allowed only in units without label
 * @param labels n cluster labels; null = not clustered
 * @returns width per unit and their mean
 * @throws {ShapeError} when the lengths differ; {RangeError} with under two clusters or a gap in a clustered unit
 * @see Rousseeuw (1987), Journal of Computational and Applied Mathematics 20, 53-65
 */
export function measureSilhouette(matrix: UnitMatrix, labels: readonly (number | null)[]): Silhouette {
  checkUnitMatrix(matrix)
  if (labels.length !== matrix.length) {
    throw new ShapeError(`${labels.length} labels for ${matrix.length} units: give one label, or null, per unit`)
  }
  const clusters = [...new Set(presentValues(labels))]
  if (clusters.length < 2) throw new RangeError('A silhouette compares clusters: give at least two')
  const widths = labels.map((label, unit) => {
    if (label === null) return null
    const distances = meanDistances(matrix, labels, unit)
    const own = distances.get(label)
    if (own === undefined) return 0
    const next = Math.min(...clusters.filter((other) => other !== label).map((other) => distances.get(other) as number))
    return own === next ? 0 : (next - own) / Math.max(own, next)
  })
  const present = presentValues(widths)
  return { widths, mean: present.length === 0 ? null : meanOf(present) }
}

/** Mean distance of one unit to the other members of every cluster; no entry for a cluster without others. */
function meanDistances(matrix: UnitMatrix, labels: readonly (number | null)[], unit: number): ReadonlyMap<number, number> {
  const sums = new Map<number, { total: number; count: number }>()
  labels.forEach((label, other) => {
    if (label === null || other === unit) return
    const entry = sums.get(label) ?? { total: 0, count: 0 }
    entry.total += distance(matrix, unit, other)
    entry.count++
    sums.set(label, entry)
  })
  return new Map([...sums].map(([label, { total, count }]) => [label, total / count]))
}

function distance(matrix: UnitMatrix, a: number, b: number): number {
  const first = matrix[a] ?? []
  const second = matrix[b] ?? []
  let squares = 0
  first.forEach((value, element) => {
    const other = second[element] ?? null
    if (value === null || other === null) {
      throw new RangeError(`Unit ${value === null ? a + 1 : b + 1} has a label and a gap: impute it or leave it out`)
    }
    squares += (value - other) ** 2
  })
  return Math.sqrt(squares)
}
