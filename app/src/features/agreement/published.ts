import type { Db } from '../../db/open.ts'
import type { IndexId } from '../results/elements.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { isPublishable } from './agreement.ts'
import { openWaveReviews, poolOf, rulesOf } from './pool.ts'
import { findNewestRegistration } from './queries.ts'
import {
  findPublishedResult,
  findReported,
  getRemarks,
  listPublishedIndices,
  type PublishedResult,
  type Remarks,
} from './published-queries.ts'

// What the public reads of a published review.

/** A rank after review; null = there is none, and why. */
export type VerifiedRank = { rank: number; count: number } | 'share' | 'agreement' | 'alone'

export interface PublishedVerified {
  result: PublishedResult
  /** Self-reported score of an element, of the same copy and scheme; 0-100. */
  reportedOf: (element: string) => number | null
  verifiedOf: (element: string) => { score: number | null; share: number | null }
  ranks: Record<IndexId, VerifiedRank>
  remarks: Remarks
}

const present = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

const readerOf = (elements: readonly string[], values: readonly number[]) => (element: string) => present(values[elements.indexOf(element)])

type Indices = Awaited<ReturnType<typeof listPublishedIndices>>[number]

/** Place among the fully reviewed cities: 1, 2, 2, 4. Equal exact scores share a place. @param all oldest first; the newest of each city counts */
export function rankAmong(index: IndexId, own: string, all: readonly Omit<Indices, 'reviewId'>[]): VerifiedRank {
  const newest = [...new Map(all.map((each) => [each.cityId, each])).values()]
  const full = newest.filter(({ elements, verifiedShares }) => verifiedShares[elements.indexOf(index)] === 1)
  const mine = full.find(({ cityId }) => cityId === own)
  if (mine === undefined) return 'share'
  if (full.length < 2) return 'alone'
  const at = mine.elements.indexOf(index)
  const better = full.filter(
    (each) =>
      each.exactScores[each.elements.indexOf(index)] !== mine.exactScores[at] &&
      each.scores[each.elements.indexOf(index)]! > mine.scores[at]!,
  )
  return { rank: better.length + 1, count: full.length }
}

/** Only published reviews count, so that nothing of a running one can be told from a rank. */
async function carriesRanks(db: Db, instruments: InstrumentStore, waveId: string): Promise<boolean> {
  const registration = await findNewestRegistration(db, waveId)
  if (registration === null) return false
  const reviews = await openWaveReviews(db, instruments, { waveId })
  return isPublishable(poolOf(reviews.filter(({ review }) => review.publishedAt !== null)), rulesOf(registration.content))
}

/** The newest published review of a city; null = none. Needs the system's context, and gives what is public only. */
export async function openPublished(
  db: Db,
  instruments: InstrumentStore,
  cityId: string,
  scheme: string,
): Promise<PublishedVerified | null> {
  const result = await findPublishedResult(db, cityId, scheme)
  if (result === null) return null
  const [reported, remarks, all, isCarried] = await Promise.all([
    findReported(db, result.frozenId, scheme),
    getRemarks(db, result.reviewId),
    listPublishedIndices(db, result.wave.id, scheme),
    carriesRanks(db, instruments, result.wave.id),
  ])
  const rankOf = (index: IndexId): VerifiedRank => {
    const rank = rankAmong(index, cityId, all)
    return isCarried || rank === 'share' ? rank : 'agreement'
  }
  const scoreOf = readerOf(result.elements, result.scores)
  const shareOf = readerOf(result.elements, result.verifiedShares)
  return {
    result,
    reportedOf: reported === null ? () => null : readerOf(reported.elements, reported.scores),
    verifiedOf: (element) => ({ score: scoreOf(element), share: shareOf(element) }),
    ranks: { core: rankOf('core'), extended: rankOf('extended') },
    remarks,
  }
}
