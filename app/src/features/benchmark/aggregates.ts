import { SMALLEST_GROUP } from '@tessera/engine'
import { quartilesOf } from './sorted.ts'

/** By what cities are taken together. */
export const aggregateKinds = ['country', 'region', 'network'] as const
export type AggregateKind = (typeof aggregateKinds)[number]

/** Several cities in a few numbers. Scores 0-100. */
export interface Aggregate {
  /** Country or region; null = not known. */
  key: string | null
  /** Cities that count: with a score that is not provisional. */
  n: number
  mean: number | null
  median: number | null
  /** Null when fewer than five cities count: quartiles of so few would say more than is known. */
  q1: number | null
  q3: number | null
  /** Fewer than five cities count. */
  isSmall: boolean
  /** Ascending. */
  scores: number[]
}

/** Numbers of one group of cities; missing scores do not count. */
export function summarise(key: string | null, values: readonly (number | null)[]): Aggregate {
  const scores = [...Float64Array.from(values.filter((value) => value !== null)).sort()]
  const n = scores.length
  const isSmall = n < SMALLEST_GROUP
  const middle = quartilesOf({ n, at: (i) => scores[i]! })
  if (middle === null) return { key, n, mean: null, median: null, q1: null, q3: null, isSmall, scores }
  const { q1, median, q3 } = middle
  const mean = scores.reduce((sum, score) => sum + score, 0) / n
  return { key, n, mean, median, q1: isSmall ? null : q1, q3: isSmall ? null : q3, isSmall, scores }
}

/**
 * Takes things together by a key; those without one stand last.
 * @returns in the order of the keys
 */
export function aggregateBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | null,
  valueOf: (item: T) => number | null,
  compareKeys: (a: string, b: string) => number,
): Aggregate[] {
  const groups = Map.groupBy(items, keyOf)
  const keys = [...groups.keys()].sort((a, b) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return compareKeys(a, b)
  })
  return keys.map((key) => summarise(key, groups.get(key)!.map(valueOf)))
}
