import { kmeans } from 'ml-kmeans'
import { numberClusters } from './clustering.ts'
import { checkUnitMatrix, completeRows, meanOf, type UnitMatrix } from './unit-matrix.ts'

export interface KMeans {
  /** n labels 1 to k, numbered by the first unit of each; null for a unit with a gap. */
  readonly labels: readonly (number | null)[]
  /** k centres x p elements, in the order of the labels. */
  readonly centres: readonly (readonly number[])[]
  /** Sum of squared distances to the own centre: what is made small. */
  readonly withinSquares: number
  /** How many starts were made, and how many of them ended within 1e-9 of the best. */
  readonly starts: number
  readonly startsAtBest: number
  readonly seed: number
}

export interface KMeansOptions {
  /** Whole number; the same seed gives the same clusters. */
  readonly seed: number
  /** Starts (k-means++), at least 50; the best is taken. */
  readonly starts?: number
}

/**
 * k-means clustering, best of many seeded starts. Standardise elements of different units first.
 * @param matrix  n units x p elements; null = missing, units with a gap are left out
 * @param count   k, number of clusters, 1 to the number of different complete units
 * @param options seed and number of starts
 * @returns labels, centres and how stable the best start is
 * @throws {ShapeError} for a ragged matrix; {RangeError} when count, seed or starts are out of range
 * @see Arthur and Vassilvitskii (2007), k-means++; OECD/JRC Handbook (2008), step 4
 */
export function clusterByMeans(matrix: UnitMatrix, count: number, options: KMeansOptions): KMeans {
  const { seed, starts = 50 } = options
  checkUnitMatrix(matrix)
  const { rows, positions } = completeRows(matrix)
  checkOptions(rows, count, seed, starts)
  const points = rows.map((row) => [...row])
  let best: { clusters: number[]; within: number } | null = null
  const sums: number[] = []
  for (let start = 0; start < starts; start++) {
    const { clusters } = kmeans(points, count, { seed: startSeed(seed, start), tolerance: 0, maxIterations: 1000 })
    const within = withinSquares(points, clusters)
    sums.push(within)
    if (best === null || within < best.within) best = { clusters, within }
  }
  const found = best as { clusters: number[]; within: number }
  const keys: (number | null)[] = matrix.map(() => null)
  positions.forEach((unit, i) => (keys[unit] = found.clusters[i] as number))
  const labels = numberClusters(keys)
  return {
    labels,
    centres: Array.from({ length: count }, (_, c) => centreOf(points.filter((_p, i) => labels[positions[i] as number] === c + 1))),
    withinSquares: found.within,
    starts,
    startsAtBest: sums.filter((within) => within <= found.within * (1 + 1e-9)).length,
    seed,
  }
}

/** Seeds of the starts lie far apart, so that neighbouring seeds share no start. */
function startSeed(seed: number, start: number): number {
  return (Math.imul(seed, 0x9e3779b1) + Math.imul(start + 1, 0x85ebca6b)) >>> 0
}

function checkOptions(rows: readonly (readonly number[])[], count: number, seed: number, starts: number): void {
  const different = new Set(rows.map((row) => row.join(' '))).size
  if (!Number.isInteger(count) || count < 1 || count > different) {
    throw new RangeError(`${count} clusters of ${different} different complete units: give a whole number from 1 to ${different}`)
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`Seed ${seed}: give a whole number`)
  if (!Number.isInteger(starts) || starts < 50) throw new RangeError(`${starts} starts: give a whole number of at least 50`)
}

function withinSquares(points: readonly (readonly number[])[], clusters: readonly number[]): number {
  let total = 0
  for (const cluster of new Set(clusters)) {
    const members = points.filter((_, i) => clusters[i] === cluster)
    const centre = centreOf(members)
    for (const member of members) member.forEach((value, j) => (total += (value - (centre[j] as number)) ** 2))
  }
  return total
}

function centreOf(members: readonly (readonly number[])[]): number[] {
  return (members[0] ?? []).map((_, j) => meanOf(members.map((member) => member[j] as number)))
}
