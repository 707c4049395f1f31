import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { judgements, results, reviewAssignments, reviewQueries, reviews, verifiedResults } from '../../db/schema.ts'

// What is public of a published review. Needs the system's context, and gives nothing else.

/** The newest published verified result of a city under a scheme, with the self-reported one of the same copy. */
export interface PublishedResult {
  reviewId: string
  frozenId: string
  wave: { id: string; slug: string; name: string; instrumentVersionId: string | null }
  elements: string[]
  scores: number[]
  verifiedShares: number[]
  methodHash: string
  engineVersion: string
  publishedAt: Date
}

/** Needs the system's context: what it gives is public. */
export async function findPublishedResult(db: Db, cityId: string, scheme: string): Promise<PublishedResult | null> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select v.review_id as "reviewId", r.frozen_id as "frozenId", w.id as "waveId", w.slug, w.name, w.instrument_version_id as "instrumentVersionId",
      v.elements, v.scores, v.verified_shares as "verifiedShares", v.method_hash as "methodHash", v.engine_version as "engineVersion", v.published_at as "publishedAt"
    from verified_results v join reviews r on r.id = v.review_id join waves w on w.id = v.wave_id
    where v.city_id = ${cityId} and v.scheme = ${scheme} and r.withdrawn_at is null
    order by v.seq desc limit 1`)
  const row = rows[0]
  if (row === undefined) return null
  return {
    reviewId: String(row.reviewId),
    frozenId: String(row.frozenId),
    wave: {
      id: String(row.waveId),
      slug: String(row.slug),
      name: String(row.name),
      instrumentVersionId: row.instrumentVersionId as string | null,
    },
    elements: row.elements as string[],
    scores: row.scores as number[],
    verifiedShares: row.verifiedShares as number[],
    methodHash: String(row.methodHash),
    engineVersion: String(row.engineVersion),
    publishedAt: new Date(row.publishedAt as string),
  }
}

/** Verified core and extended index of every published review of a wave, for ranks among the fully reviewed. */
export async function listPublishedIndices(
  db: Db,
  waveId: string,
  scheme: string,
): Promise<{ cityId: string; reviewId: string; elements: string[]; scores: number[]; exactScores: string[]; verifiedShares: number[] }[]> {
  return db
    .select({
      cityId: verifiedResults.cityId,
      reviewId: verifiedResults.reviewId,
      elements: verifiedResults.elements,
      scores: verifiedResults.scores,
      exactScores: verifiedResults.exactScores,
      verifiedShares: verifiedResults.verifiedShares,
    })
    .from(verifiedResults)
    .innerJoin(reviews, eq(reviews.id, verifiedResults.reviewId))
    .where(and(eq(verifiedResults.waveId, waveId), eq(verifiedResults.scheme, scheme), isNull(reviews.withdrawnAt)))
    .orderBy(asc(verifiedResults.seq))
}

/** What the city reported itself, of one frozen copy under one scheme. */
export async function findReported(db: Db, frozenId: string, scheme: string): Promise<{ elements: string[]; scores: number[] } | null> {
  const [row] = await db
    .select({ elements: results.elements, scores: results.scores })
    .from(results)
    .where(and(eq(results.frozenId, frozenId), eq(results.scheme, scheme)))
  return row ?? null
}

/** Where a result came about otherwise than usual: notes of exceptions, decisions mended after signing, replies after it. */
export interface Remarks {
  overrides: string[]
  /** Decisions mended in the grace window. */
  mended: { questionId: string; at: Date; reason: string }[]
  /** Queries that the city answered after the first expert had signed. */
  answeredLate: { questionId: string; at: Date }[]
}

export async function getRemarks(db: Db, reviewId: string): Promise<Remarks> {
  const [assigned, mended, answered] = await Promise.all([
    db
      .select({ note: reviewAssignments.overrideNote, signedAt: reviewAssignments.signedAt })
      .from(reviewAssignments)
      .where(eq(reviewAssignments.reviewId, reviewId))
      .orderBy(asc(reviewAssignments.assignedAt), asc(reviewAssignments.id)),
    db
      .select({ questionId: judgements.questionId, at: judgements.decidedAt, reason: judgements.graceReason })
      .from(judgements)
      .where(and(eq(judgements.reviewId, reviewId), isNotNull(judgements.graceReason)))
      .orderBy(asc(judgements.decidedAt), asc(judgements.id)),
    db
      .select({ questionId: reviewQueries.questionId, at: reviewQueries.answeredAt })
      .from(reviewQueries)
      .where(and(eq(reviewQueries.reviewId, reviewId), isNotNull(reviewQueries.answeredAt)))
      .orderBy(asc(reviewQueries.answeredAt), asc(reviewQueries.id)),
  ])
  const firstSigned = Math.min(...assigned.flatMap(({ signedAt }) => (signedAt === null ? [] : [signedAt.getTime()])))
  return {
    overrides: assigned.flatMap(({ note }) => note ?? []),
    mended: mended.map(({ questionId, at, reason }) => ({ questionId, at, reason: reason ?? '' })),
    answeredLate: answered.flatMap(({ questionId, at }) => (at !== null && at.getTime() > firstSigned ? [{ questionId, at }] : [])),
  }
}
