import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, cityFacts, results, reviews, verifiedResults, waves } from '../../db/schema.ts'
import type { Fact } from '../cities/fact.ts'

/** One stored result, as far as comparisons need it: everything above the questions. */
export interface StoredResult {
  seq: number
  cityId: string
  instrumentVersionId: string
  scheme: string
  wave: { id: string; slug: string; name: string; opensAt: Date }
  createdAt: Date
  /** Codes of the levels, joined by spaces: the order of the arrays. */
  elements: string
  /** 0-100; NaN = nothing applies. */
  scores: number[]
  /** 0-1; NaN = nothing applies. */
  coverages: number[]
  /** Exact scores of the core and the extended index, `n/d`; empty = nothing applies. */
  exactIndices: string[]
}

/** The levels stand before the questions and end with the geometric check of the extended index. */
const levelCount = sql`coalesce(array_position(${results.elements}, 'geometric:extended'), cardinality(${results.elements}))`

/** Results that are newer than the one numbered `after`, in order of arrival. Needs the comparison's context. */
export async function listResultsAfter(db: Db, after: number): Promise<StoredResult[]> {
  return db
    .select({
      seq: results.seq,
      cityId: results.cityId,
      instrumentVersionId: results.instrumentVersionId,
      scheme: results.scheme,
      createdAt: results.createdAt,
      wave: { id: waves.id, slug: waves.slug, name: waves.name, opensAt: waves.opensAt },
      elements: sql<string>`array_to_string(${results.elements}[1:${levelCount}], ' ')`,
      scores: sql<number[]>`${results.scores}[1:${levelCount}]`,
      coverages: sql<number[]>`${results.coverages}[1:${levelCount}]`,
      exactIndices: sql<string[]>`${results.exactScores}[1:2]`,
    })
    .from(results)
    .innerJoin(waves, eq(waves.id, results.waveId))
    .where(gt(results.seq, after))
    .orderBy(asc(results.seq))
}

/** What experts made of one stored result: its verified core index. Score 0-100, null = nothing of it was reviewed; share 0-1. */
export interface VerifiedCore {
  score: number | null
  share: number
}

const coreOf = (values: typeof verifiedResults.scores | typeof verifiedResults.verifiedShares) =>
  sql<number>`${values}[array_position(${verifiedResults.elements}, 'core')]`

/** Published reviews that are newer than the verified result numbered `after`, with the number of the result they are of. */
export async function listVerifiedAfter(db: Db, after: number): Promise<{ seq: number; resultSeq: number; core: VerifiedCore }[]> {
  const rows = await db
    .select({
      seq: verifiedResults.seq,
      resultSeq: results.seq,
      score: coreOf(verifiedResults.scores),
      share: coreOf(verifiedResults.verifiedShares),
    })
    .from(verifiedResults)
    .innerJoin(reviews, eq(reviews.id, verifiedResults.reviewId))
    .innerJoin(results, and(eq(results.frozenId, reviews.frozenId), eq(results.scheme, verifiedResults.scheme)))
    .where(gt(verifiedResults.seq, after))
    .orderBy(asc(verifiedResults.seq))
  return rows.map(({ seq, resultSeq, score, share }) => ({ seq, resultSeq, core: { score: Number.isNaN(score) ? null : score, share } }))
}

const groupFactNames = ['population', 'share-foreign-born', 'share-foreign-national'] as const

/**
 * Changes when a city, or a fact that decides about groups, is added, changed or removed: how many rows there are and which
 * transactions wrote them. Each table is read once, because everybody who asks at this moment waits for it.
 */
export async function getFactsMark(db: Db): Promise<string> {
  const { rows } = await db.execute<{ mark: string }>(sql`
    select concat_ws('/', city.n, city.written, fact.n, fact.written) as mark
    from (select count(*) as n, sum(xmin::text::bigint) as written from cities) as city,
      (select count(*) as n, sum(xmin::text::bigint) as written from city_facts
       where ${inArray(cityFacts.fact, [...groupFactNames])}) as fact`)
  return rows[0]!.mark
}

/** A city as comparisons show it. */
export interface ComparedCity {
  id: string
  slug: string
  name: string
  country: string
  /** NUTS code, where it is known. */
  region: string | null
  /** Degrees; null = not known. */
  latitude: number | null
  longitude: number | null
  isSynthetic: boolean
}

export function listComparedCities(db: Db): Promise<ComparedCity[]> {
  return db
    .select({
      id: cities.id,
      slug: cities.slug,
      name: cities.name,
      country: cities.country,
      region: cities.region,
      latitude: cities.latitude,
      longitude: cities.longitude,
      isSynthetic: cities.isSynthetic,
    })
    .from(cities)
    .orderBy(asc(cities.name), asc(cities.id))
}

/** Facts of all cities that decide about their groups. Needs the comparison's context. */
export async function listGroupFacts(db: Db): Promise<{ cityId: string; fact: Fact; value: number; year: number }[]> {
  const rows = await db
    .select({ cityId: cityFacts.cityId, fact: cityFacts.fact, value: cityFacts.value, year: cityFacts.year })
    .from(cityFacts)
    .where(inArray(cityFacts.fact, [...groupFactNames]))
    .orderBy(asc(cityFacts.cityId), asc(cityFacts.year))
  return rows as { cityId: string; fact: Fact; value: number; year: number }[]
}
