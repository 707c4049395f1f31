import { sha256 } from '../../canonical.ts'
import type { Instrument } from '../instrument/instrument.ts'
import { sampleSizeOf } from './method.ts'

/**
 * How many questions of each stratum are drawn: in proportion to their sizes by largest remainder, at least one, never more than there are.
 * @param sizes questions of each stratum, each at least 1
 * @param total at least the number of strata, at most the sum of sizes
 */
export function allocate(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const quotas = sizes.map((size) => (total * size) / all)
  const counts = quotas.map((quota) => Math.max(1, Math.floor(quota)))
  const byRemainder = sizes.map((_, i) => i).sort((a, b) => quotas[b]! - counts[b]! - (quotas[a]! - counts[a]!) || a - b)
  let missing = total - counts.reduce((sum, count) => sum + count, 0)
  while (missing > 0)
    for (const i of byRemainder)
      if (missing > 0 && counts[i]! < sizes[i]!) {
        counts[i]! += 1
        missing -= 1
      }
  return counts
}

/**
 * The questions that a second expert scores, drawn so that everybody can check it: in each dimension those with the smallest
 * SHA-256 of "seed:hash of the frozen copy:question".
 * @param seed of the registered method
 * @param share over 0 and at most 1
 * @returns ids in the order of the questionnaire; at least `share` of all, at least one of each dimension
 */
export function drawSample(instrument: Instrument, seed: number, frozenHash: string, share: number): string[] {
  const strata = instrument.dimensions
    .map(({ indicators }) => indicators.flatMap(({ questions }) => questions.map(({ id }) => id)))
    .filter((ids) => ids.length > 0)
  const counts = allocate(
    strata.map((ids) => ids.length),
    sampleSizeOf(instrument, share),
  )
  return strata.flatMap((ids, i) => {
    const drawn = ids
      .map((id) => ({ id, lot: sha256(`${seed}:${frozenHash}:${id}`) }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, counts[i])
    return ids.filter((id) => drawn.some((each) => each.id === id))
  })
}
