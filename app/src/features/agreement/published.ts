import type { Db } from '../../db/open.ts'
import { dimensionElement } from '../results/elements.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type Standing, standingOf } from './agreement.ts'
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

/** A rank after review, or why there is none: not all is reviewed, agreement too low or not assessable, or nobody to compare with. */
export type VerifiedRank = { rank: number; count: number; isTentative: boolean } | NoRank
export type NoRank = 'share' | 'agreement' | 'not-assessable' | 'alone'

export interface PublishedVerified {
  result: PublishedResult
  /** Self-reported score of an element, of the same copy and scheme; 0-100. */
  reportedOf: (element: string) => number | null
  verifiedOf: (element: string) => { score: number | null; share: number | null }
  /** Of an index or an area. */
  rankOf: (element: string) => VerifiedRank
  remarks: Remarks
}

const present = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

const readerOf = (elements: readonly string[], values: readonly number[]) => (element: string) => present(values[elements.indexOf(element)])

type Indices = Awaited<ReturnType<typeof listPublishedIndices>>[number]

/** Place among the fully reviewed cities: 1, 2, 2, 4. Equal exact scores share a place. @param all oldest first; the newest of each city counts */
export function rankAmong(
  element: string,
  own: string,
  all: readonly Omit<Indices, 'reviewId'>[],
): { rank: number; count: number } | 'share' | 'alone' {
  const newest = [...new Map(all.map((each) => [each.cityId, each])).values()]
  const full = newest.filter(({ elements, verifiedShares }) => verifiedShares[elements.indexOf(element)] === 1)
  const mine = full.find(({ cityId }) => cityId === own)
  if (mine === undefined) return 'share'
  if (full.length < 2) return 'alone'
  const at = mine.elements.indexOf(element)
  const better = full.filter(
    (each) =>
      each.exactScores[each.elements.indexOf(element)] !== mine.exactScores[at] &&
      each.scores[each.elements.indexOf(element)]! > mine.scores[at]!,
  )
  return { rank: better.length + 1, count: full.length }
}

/**
 * How far the experts of the wave agree, by element: each area alone, the indices all together. Only published reviews count, so that
 * nothing of a running one can be told from a rank.
 */
async function standingsOf(db: Db, instruments: InstrumentStore, waveId: string): Promise<(element: string) => Standing> {
  const none: Standing = { verdict: 'not-assessable', hasRank: false }
  const registration = await findNewestRegistration(db, waveId)
  if (registration === null) return () => none
  const reviews = await openWaveReviews(db, instruments, { waveId })
  const pool = poolOf(reviews.filter(({ review }) => review.publishedAt !== null))
  const rules = rulesOf(registration.content)
  const areas = new Set(pool.map(({ dimension }) => dimension))
  const standings = new Map([...areas].map((id) => [dimensionElement(id), standingOf(id, pool, rules)]))
  const whole = standingOf(null, pool, rules)
  return (element) => (element === 'core' || element === 'extended' ? whole : (standings.get(element) ?? none))
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
  const [reported, remarks, all, standing] = await Promise.all([
    findReported(db, result.frozenId, scheme),
    getRemarks(db, result.reviewId),
    listPublishedIndices(db, result.wave.id, scheme),
    standingsOf(db, instruments, result.wave.id),
  ])
  const rankOf = (element: string): VerifiedRank => {
    const rank = rankAmong(element, cityId, all)
    const { verdict, hasRank } = standing(element)
    if (rank === 'share') return rank
    if (!hasRank) return verdict === 'not-assessable' ? verdict : 'agreement'
    return rank === 'alone' ? rank : { ...rank, isTentative: verdict !== 'publishable' }
  }
  const scoreOf = readerOf(result.elements, result.scores)
  const shareOf = readerOf(result.elements, result.verifiedShares)
  return {
    result,
    reportedOf: reported === null ? () => null : readerOf(reported.elements, reported.scores),
    verifiedOf: (element) => ({ score: scoreOf(element), share: shareOf(element) }),
    rankOf,
    remarks,
  }
}
