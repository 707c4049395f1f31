import { compareFractions, type Fraction, fractionFrom, snapScore } from '@tessera/engine'
import type { ClusterScheme, Instrument } from '../instrument/instrument.ts'
import { dimensionElement, geometricElement, type IndexId, indicatorElement } from '../results/elements.ts'
import type { AssessmentScores, LevelScore } from '../results/results.ts'
import { type Cluster, type ClusterFact, clusterScores, findCluster, othersOf } from './groups.ts'
import type { ComparisonSample } from './sample.ts'
import { countBelow, exchange, type Quartiles, quartilesOf } from './sorted.ts'

/** Place among the cities that have a rank; ties share the best one. */
export interface Rank {
  rank: number
  /** Cities that have a rank, the own one among them. */
  of: number
  /** Other cities with exactly the same score. */
  tiedWith: number
}

/** Own scores by element, and those that count in comparisons: null when nothing applies or they are provisional. */
export interface OwnScores {
  cityId: string
  scores: AssessmentScores
}

/** Every index, dimension and indicator of a result with its code. */
export function levelsOf({ indices, dimensions, indicators }: AssessmentScores): { element: string; level: LevelScore }[] {
  return [
    { element: 'core', level: indices.core },
    { element: 'extended', level: indices.extended },
    ...dimensions.map((level) => ({ element: dimensionElement(level.id), level })),
    ...indicators.map((level) => ({ element: indicatorElement(level.id), level })),
  ]
}

export const countingScore = ({ score, isProvisional }: LevelScore): number | null => (isProvisional ? null : score)

/** The own result as it stands in the sample, which the own scores replace. */
function replacedScore(sample: ComparisonSample, cityId: string, element: string): number | null {
  const position = sample.positionOf(cityId)
  const score = position === null ? NaN : sample.column(element)[position]!
  return Number.isNaN(score) ? null : score
}

/** Quartiles of all cities for one element, the own score among them; null when no city has one. */
export function networkQuartiles(sample: ComparisonSample, cityId: string, element: string, own: number | null): Quartiles | null {
  return quartilesOf(exchange(sample.sorted(element), { without: replacedScore(sample, cityId, element), plus: own }))
}

/** How many of a column, highest first, are higher than a score. */
function countAbove(ranked: readonly Fraction[], score: Fraction): number {
  let low = 0
  let high = ranked.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareFractions(ranked[middle]!, score) > 0) low = middle + 1
    else high = middle
  }
  return low
}

function countNotBelow(ranked: readonly Fraction[], score: Fraction): number {
  let i = countAbove(ranked, score)
  while (i < ranked.length && compareFractions(ranked[i]!, score) === 0) i++
  return i
}

/**
 * Rank of the own exact score among the results of the other cities.
 * @returns null when the own score is provisional or nothing applies
 */
export function rankAmong(sample: ComparisonSample, cityId: string, index: IndexId, { exact, isProvisional }: LevelScore): Rank | null {
  if (isProvisional || exact.score === null) return null
  const own = fractionFrom(exact.score)
  const ranked = sample.ranked(index)
  const position = sample.positionOf(cityId)
  const before = position === null ? null : sample.exact(index)[position]!
  const above = countAbove(ranked, own)
  const atLeast = countNotBelow(ranked, own)
  const comparison = before === null ? null : compareFractions(before, own)
  return {
    rank: above - (comparison === 1 ? 1 : 0) + 1,
    of: ranked.length - (before === null ? 0 : 1) + 1,
    tiedWith: atLeast - above - (comparison === 0 ? 1 : 0),
  }
}

/** Rank by the geometric check, on scores snapped to 1e-9 like every rank of floating-point scores. */
export function rankGeometric(sample: ComparisonSample, cityId: string, index: IndexId, own: number | null): Rank | null {
  if (own === null) return null
  const element = geometricElement(index)
  const sorted = sample.sorted(element)
  const before = replacedScore(sample, cityId, element)
  const score = snapScore(own)
  const atMost = countBelow(sorted, nextAbove(score))
  const below = countBelow(sorted, score)
  const others = sorted.length - (before === null ? 0 : 1)
  return {
    rank: sorted.length - atMost - (before !== null && before > score ? 1 : 0) + 1,
    of: others + 1,
    tiedWith: atMost - below - (before === score ? 1 : 0),
  }
}

/** Any value between a snapped score and the next one. */
const nextAbove = (score: number): number => score + 5e-10

/** One level beside the others. */
export interface LevelComparison {
  element: string
  network: Quartiles | null
}

export interface ClusterComparison {
  id: string
  fact: ClusterScheme['fact']
  /** Null = the fact is not known of this city, so it has no such cluster. */
  own: (ClusterFact & { group: string; joined: readonly string[]; extent: Cluster['widened']['extent'] }) | null
  /** By element; empty without a cluster. */
  levels: { element: string; n: number; median: number | null; others: number[] }[]
  /** Cities of the cluster with a result, the own one among them. */
  n: number
}

/** More dots than this would only be a grey band. */
const mostDots = 60

/**
 * The own scores beside the comparable cities.
 * @param isDetailed all levels, else the indices only
 */
export function compareCluster(
  scheme: ClusterScheme,
  sample: ComparisonSample,
  { cityId, scores }: OwnScores,
  isDetailed: boolean,
): ClusterComparison {
  const cluster = findCluster(scheme, sample, cityId)
  if (cluster === null) return { id: scheme.id, fact: scheme.fact, own: null, levels: [], n: 0 }
  const { own: group, joined, extent } = cluster.widened
  const otherRows = othersOf(sample, cluster)
  const levels = levelsOf(scores)
    .slice(0, isDetailed ? undefined : 2)
    .map(({ element, level }) => {
      const sequence = clusterScores(sample, cluster, element, countingScore(level))
      const column = sample.column(element)
      const others = otherRows.length > mostDots ? [] : otherRows.flatMap((i) => (Number.isNaN(column[i]) ? [] : [column[i]!]))
      return { element, n: sequence.n, median: quartilesOf(sequence)?.median ?? null, others }
    })
  return { id: scheme.id, fact: scheme.fact, own: { ...cluster.fact, group, joined, extent }, levels, n: otherRows.length + 1 }
}

/** The own scores beside all cities, level by level. */
export function compareLevels(sample: ComparisonSample, { cityId, scores }: OwnScores): LevelComparison[] {
  return levelsOf(scores).map(({ element, level }) => ({
    element,
    network: networkQuartiles(sample, cityId, element, countingScore(level)),
  }))
}

/** The clusters of an instrument, those with four groups first in each kind. */
export const clusterSchemes = (instrument: Instrument): readonly ClusterScheme[] =>
  [...instrument.clusters].sort(
    (a, b) => Number(a.fact !== 'population') - Number(b.fact !== 'population') || b.groups.length - a.groups.length,
  )
