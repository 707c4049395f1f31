import { and, asc, count, desc, eq, isNotNull, notExists, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answers, assessments, cities, instrumentVersions, people, waves } from '../../db/schema.ts'
import type { City } from '../cities/city.ts'
import { cityColumns, type CityFilter, matching } from '../cities/queries.ts'
import type { Wave } from './wave.ts'

const waveColumns = {
  id: waves.id,
  slug: waves.slug,
  name: waves.name,
  opensAt: waves.opensAt,
  closesAt: waves.closesAt,
  instrumentVersionId: waves.instrumentVersionId,
  frozenAt: waves.frozenAt,
  closedAt: waves.closedAt,
  isSynthetic: waves.isSynthetic,
  version: waves.version,
}

export async function findWave(db: Db, slug: string): Promise<Wave | null> {
  const [wave] = await db.select(waveColumns).from(waves).where(eq(waves.slug, slug))
  return wave ?? null
}

/** Where a list of waves begins. */
export interface WaveStart {
  after?: { opensAt: Date; id: string }
  offset?: number
}

/** Waves, the last to open first. */
export function listWaves(db: Db, limit: number, { after, offset = 0 }: WaveStart = {}): Promise<Wave[]> {
  const behind =
    after &&
    sql`(date_trunc('milliseconds', ${waves.opensAt}), ${waves.id}) < (${after.opensAt.toISOString()}::timestamptz, ${after.id}::uuid)`
  return db
    .select(waveColumns)
    .from(waves)
    .where(behind)
    .orderBy(desc(sql`date_trunc('milliseconds', ${waves.opensAt})`), desc(waves.id))
    .limit(limit)
    .offset(offset)
}

export async function countWaves(db: Db): Promise<number> {
  const [row] = await db.select({ count: count() }).from(waves)
  return row!.count
}

export interface WaveCounts {
  invited: number
  submitted: number
}

/** Cities invited and handed in, by wave; a wave without cities has no entry. Needs the network context. */
export async function countCitiesByWave(db: Db): Promise<Map<string, WaveCounts>> {
  const rows = await db
    .select({ waveId: assessments.waveId, invited: count(), submitted: count(assessments.submittedAt) })
    .from(assessments)
    .groupBy(assessments.waveId)
  return new Map(rows.map(({ waveId, ...counts }) => [waveId, counts]))
}

export async function countCitiesOf(db: Db, waveId: string): Promise<WaveCounts> {
  const [row] = await db
    .select({ invited: count(), submitted: count(assessments.submittedAt) })
    .from(assessments)
    .where(eq(assessments.waveId, waveId))
  return row!
}

export interface FrozenInstrument {
  instrument: string
  version: string
  contentHash: string
  frozenBy: string | null
}

/** What is frozen into a wave and by whom; null while nothing is. */
export async function findFrozenInstrument(db: Db, waveId: string): Promise<FrozenInstrument | null> {
  const [row] = await db
    .select({
      instrument: instrumentVersions.instrument,
      version: instrumentVersions.version,
      contentHash: instrumentVersions.contentHash,
      frozenBy: people.name,
    })
    .from(waves)
    .innerJoin(instrumentVersions, eq(instrumentVersions.id, waves.instrumentVersionId))
    .leftJoin(people, eq(people.id, waves.frozenBy))
    .where(eq(waves.id, waveId))
  return row ?? null
}

/** Who asked for freezing which version into a wave; the person is null once they are erased. */
export interface FreezeRequest {
  instrumentVersionId: string
  askedAt: Date
  askedBy: { id: string; name: string } | null
}

/** What waits to be confirmed by somebody else; null = nobody has asked. */
export async function findFreezeRequest(db: Db, waveId: string): Promise<FreezeRequest | null> {
  const [row] = await db
    .select({ instrumentVersionId: waves.freezeAskedFor, askedAt: waves.freezeAskedAt, id: people.id, name: people.name })
    .from(waves)
    .leftJoin(people, eq(people.id, waves.freezeAskedBy))
    .where(eq(waves.id, waveId))
  if (row === undefined || row.askedAt === null || row.instrumentVersionId === null) return null
  const { instrumentVersionId, askedAt, id, name } = row
  return { instrumentVersionId, askedAt, askedBy: id === null ? null : { id, name: name! } }
}

/** Label of an instrument version. */
export async function findInstrumentLabel(db: Db, id: string): Promise<Omit<FrozenInstrument, 'frozenBy'> | null> {
  const [row] = await db
    .select({ instrument: instrumentVersions.instrument, version: instrumentVersions.version, contentHash: instrumentVersions.contentHash })
    .from(instrumentVersions)
    .where(eq(instrumentVersions.id, id))
  return row ?? null
}

export interface NewWaveRow {
  slug: string
  name: string
  opensAt: Date
  closesAt: Date
  createdAt: Date
  createdBy: string
}

/** @returns the wave, or null when the address is taken */
export async function insertWave(db: Db, wave: NewWaveRow): Promise<Wave | null> {
  const [inserted] = await db.insert(waves).values(wave).onConflictDoNothing().returning(waveColumns)
  return inserted ?? null
}

export type WaveChange = Partial<Pick<Wave, 'slug' | 'name' | 'opensAt' | 'closesAt' | 'instrumentVersionId' | 'frozenAt' | 'closedAt'>> & {
  frozenBy?: string
  freezeAskedAt?: Date | null
  freezeAskedBy?: string | null
  freezeAskedFor?: string | null
}

/**
 * Changes a wave if it is still in this version.
 * @returns the wave in its next version, or null when somebody else was quicker
 */
export async function writeWave(db: Db, id: string, version: number, change: WaveChange): Promise<Wave | null> {
  const [written] = await db
    .update(waves)
    .set({ ...change, version: version + 1 })
    .where(and(eq(waves.id, id), eq(waves.version, version)))
    .returning(waveColumns)
  return written ?? null
}

/** Creates the assessments of cities in a wave; a city that is invited already stays as it is. @returns the cities that are new */
export async function insertAssessments(
  db: Db,
  waveId: string,
  cityIds: readonly string[],
  personId: string,
  now: Date,
): Promise<string[]> {
  if (cityIds.length === 0) return []
  const rows = await db
    .insert(assessments)
    .values(cityIds.map((cityId) => ({ waveId, cityId, invitedAt: now, invitedBy: personId })))
    .onConflictDoNothing()
    .returning({ cityId: assessments.cityId })
  return rows.map(({ cityId }) => cityId)
}

/** A city in a wave, for the network coordinator. */
export interface Participation {
  city: { slug: string; name: string; country: string; isSynthetic: boolean }
  invitedAt: Date
  invitedBy: string | null
  submittedAt: Date | null
  /** Questions with an answer, "not applicable" and "not known" among them. */
  answered: number
}

const answeredCount = sql<number>`(select count(*)::int from ${answers} where ${answers.assessmentId} = ${assessments.id} and (${answers.options} is not null or ${answers.missing} is not null))`

/** The cities of a wave with their progress, by name. Needs the network context. */
export function listParticipations(
  db: Db,
  waveId: string,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<Participation[]> {
  return db
    .select({
      city: { slug: cities.slug, name: cities.name, country: cities.country, isSynthetic: cities.isSynthetic },
      invitedAt: assessments.invitedAt,
      invitedBy: people.name,
      submittedAt: assessments.submittedAt,
      answered: answeredCount,
    })
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .leftJoin(people, eq(people.id, assessments.invitedBy))
    .where(eq(assessments.waveId, waveId))
    .orderBy(asc(cities.name), asc(cities.id))
    .limit(limit)
    .offset(offset)
}

/** Which cities take part in a wave, by name: public, without their progress. */
export function listWaveCities(db: Db, waveId: string): Promise<Pick<City, 'slug' | 'name' | 'country' | 'isSynthetic'>[]> {
  return db
    .select({ slug: cities.slug, name: cities.name, country: cities.country, isSynthetic: cities.isSynthetic })
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .where(eq(assessments.waveId, waveId))
    .orderBy(asc(cities.name), asc(cities.id))
}

/** The waves in which a city takes part or took part, the last to open first: public, without its progress. */
export function listWavesOfCity(db: Db, cityId: string): Promise<Wave[]> {
  return db
    .select(waveColumns)
    .from(assessments)
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(and(eq(assessments.cityId, cityId), isNotNull(waves.frozenAt)))
    .orderBy(desc(waves.opensAt), desc(waves.id))
}

function notInvited(db: Db, waveId: string, filter: CityFilter): SQL | undefined {
  const invited = db
    .select({ one: sql`1` })
    .from(assessments)
    .where(and(eq(assessments.waveId, waveId), eq(assessments.cityId, cities.id)))
  return and(matching(filter), notExists(invited))
}

/** Cities that are not in the wave yet, by name. */
export function listInvitableCities(
  db: Db,
  waveId: string,
  filter: CityFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<City[]> {
  return db
    .select(cityColumns)
    .from(cities)
    .where(notInvited(db, waveId, filter))
    .orderBy(asc(cities.name), asc(cities.id))
    .limit(limit)
    .offset(offset)
}

export async function countInvitableCities(db: Db, waveId: string, filter: CityFilter): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(cities)
    .where(notInvited(db, waveId, filter))
  return row!.count
}
