import { and, asc, count, eq, gt, ilike, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, cityFacts, referenceFigures } from '../../db/schema.ts'
import { type City, slugOf, withoutMarks } from './city.ts'
import type { CityFact, Fact, Quality } from './fact.ts'
import { type ReferenceFigure, sampleAverage } from './reference.ts'

export const cityColumns = {
  id: cities.id,
  slug: cities.slug,
  name: cities.name,
  country: cities.country,
  region: cities.region,
  officialCode: cities.officialCode,
  isSynthetic: cities.isSynthetic,
}

export interface CityFilter {
  /** Part of the name; accents and case do not matter. */
  search?: string
  country?: string
}

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** What a filter means in SQL; for queries on cities of other features too. */
export function matching({ search, country }: CityFilter): SQL | undefined {
  const words = search?.trim() ?? ''
  const bareName = sql`regexp_replace(normalize(${cities.name}, nfd), '[\\u0300-\\u036F]', '', 'g')`
  const byName = or(
    ilike(cities.name, pattern(words)),
    ilike(bareName, pattern(withoutMarks(words))),
    ilike(cities.slug, pattern(slugOf(words))),
  )
  return and(words === '' ? undefined : byName, country ? eq(cities.country, country) : undefined)
}

/** Where a list of cities begins: behind the row with this name and id, or after so many rows. */
export interface CityStart {
  after?: { name: string; id: string }
  offset?: number
}

/** Cities by name. */
export function listCities(db: Db, filter: CityFilter, limit: number, { after, offset = 0 }: CityStart = {}): Promise<City[]> {
  const behind = after && sql`(${cities.name}, ${cities.id}) > (${after.name}, ${after.id}::uuid)`
  return db
    .select(cityColumns)
    .from(cities)
    .where(and(matching(filter), behind))
    .orderBy(asc(cities.name), asc(cities.id))
    .limit(limit)
    .offset(offset)
}

export async function countCities(db: Db, filter: CityFilter): Promise<number> {
  const [row] = await db.select({ count: count() }).from(cities).where(matching(filter))
  return row!.count
}

/** Codes of the countries that have a city in the network. */
export async function listCountries(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ country: cities.country }).from(cities).orderBy(asc(cities.country))
  return rows.map(({ country }) => country)
}

export async function findCity(db: Db, slug: string): Promise<City | null> {
  const [city] = await db.select(cityColumns).from(cities).where(eq(cities.slug, slug))
  return city ?? null
}

/** Cities that are called, addressed or coded like one of the texts, by name. */
export function listCitiesNamed(db: Db, texts: readonly string[]): Promise<City[]> {
  const lower = texts.map((text) => text.toLowerCase())
  const isNamed = or(inArray(cities.slug, lower), inArray(sql`lower(${cities.name})`, lower), inArray(cities.officialCode, [...texts]))
  return texts.length === 0
    ? Promise.resolve([])
    : db.select(cityColumns).from(cities).where(isNamed).orderBy(asc(cities.name), asc(cities.id))
}

/** Whether the country already has a city of this name. */
export async function hasCityNamed(db: Db, name: string, country: string): Promise<boolean> {
  const rows = await db
    .select({ id: cities.id })
    .from(cities)
    .where(and(eq(sql`lower(${cities.name})`, name.toLowerCase()), eq(cities.country, country)))
    .limit(1)
  return rows.length > 0
}

/** Slugs that begin like this one, so that a free one can be found. */
export async function listSlugsLike(db: Db, slug: string): Promise<Set<string>> {
  const rows = await db
    .select({ slug: cities.slug })
    .from(cities)
    .where(or(eq(cities.slug, slug), ilike(cities.slug, `${slug}-%`)))
  return new Set(rows.map((row) => row.slug))
}

export type NewCityRow = Omit<City, 'id'> & { latitude?: number | null; longitude?: number | null }

/** @returns the city, or null when its slug or official code is taken */
export async function insertCity(db: Db, city: NewCityRow, now: Date): Promise<City | null> {
  const [inserted] = await db
    .insert(cities)
    .values({ ...city, createdAt: now })
    .onConflictDoNothing()
    .returning(cityColumns)
  return inserted ?? null
}

const factColumns = {
  fact: cityFacts.fact,
  value: cityFacts.value,
  year: cityFacts.year,
  source: cityFacts.source,
  quality: cityFacts.quality,
  version: cityFacts.version,
  updatedAt: cityFacts.updatedAt,
}

type FactRow = Omit<CityFact, 'fact' | 'quality'> & { fact: string; quality: string }
const toFact = (row: FactRow): CityFact => ({ ...row, fact: row.fact as Fact, quality: row.quality as Quality })

/** Facts of a city, newest first. Needs a context that names the city, or the comparison. */
export async function listFacts(db: Db, cityId: string): Promise<CityFact[]> {
  const rows = await db
    .select(factColumns)
    .from(cityFacts)
    .where(eq(cityFacts.cityId, cityId))
    .orderBy(sql`${cityFacts.year} desc`, asc(cityFacts.fact))
  return rows.map(toFact)
}

/** Facts of several cities at once, by city. */
export async function listFactsOf(db: Db, cityIds: readonly string[]): Promise<Map<string, CityFact[]>> {
  const all = new Map<string, CityFact[]>(cityIds.map((id) => [id, []]))
  if (cityIds.length === 0) return all
  const rows = await db
    .select({ cityId: cityFacts.cityId, ...factColumns })
    .from(cityFacts)
    .where(inArray(cityFacts.cityId, [...cityIds]))
    .orderBy(asc(cityFacts.cityId), sql`${cityFacts.year} desc`, asc(cityFacts.fact))
  for (const { cityId, ...row } of rows) all.get(cityId)!.push(toFact(row))
  return all
}

const keyOf = (cityId: string, fact: Fact, year: number) =>
  and(eq(cityFacts.cityId, cityId), eq(cityFacts.fact, fact), eq(cityFacts.year, year))

export async function findFact(db: Db, cityId: string, fact: Fact, year: number): Promise<CityFact | null> {
  const [row] = await db
    .select(factColumns)
    .from(cityFacts)
    .where(keyOf(cityId, fact, year))
  return row ? toFact(row) : null
}

export interface FactWrite {
  cityId: string
  fact: Fact
  year: number
  value: number
  source: string
  quality: Quality
  personId: string | null
  now: Date
}

/**
 * Writes the next version of a fact if the present one is still `version`; 0 = there is none yet.
 * @returns the fact as written, or null when somebody else was quicker
 */
export async function writeFact(
  db: Db,
  version: number,
  { cityId, fact, year, value, source, quality, personId, now }: FactWrite,
): Promise<CityFact | null> {
  const values = { value, source, quality, version: version + 1, updatedAt: now, updatedBy: personId }
  const [row] =
    version === 0
      ? await db
          .insert(cityFacts)
          .values({ cityId, fact, year, ...values })
          .onConflictDoNothing()
          .returning(factColumns)
      : await db
          .update(cityFacts)
          .set(values)
          .where(and(keyOf(cityId, fact, year), eq(cityFacts.version, version)))
          .returning(factColumns)
  return row ? toFact(row) : null
}

/** @returns whether the fact was there in this version */
export async function deleteFact(db: Db, cityId: string, fact: Fact, year: number, version: number): Promise<boolean> {
  const rows = await db
    .delete(cityFacts)
    .where(and(keyOf(cityId, fact, year), eq(cityFacts.version, version)))
    .returning({ year: cityFacts.year })
  return rows.length > 0
}

export interface FigureFilter {
  kind?: 'result' | 'fact'
  country?: string
  /** Names of cities as published. */
  cities?: readonly string[]
}

export type StoredFigure = ReferenceFigure & { id: number }

/** Published figures in the order of the files they come from. */
export async function listFigures(
  db: Db,
  { kind, country, cities: names }: FigureFilter = {},
  slice: { limit?: number; after?: number } = {},
): Promise<StoredFigure[]> {
  const wanted = and(
    kind && eq(referenceFigures.kind, kind),
    country ? eq(referenceFigures.country, country) : undefined,
    names && inArray(referenceFigures.city, [...names]),
    slice.after === undefined ? undefined : gt(referenceFigures.id, slice.after),
  )
  const query = db.select().from(referenceFigures).where(wanted).orderBy(asc(referenceFigures.id))
  const rows = await (slice.limit === undefined ? query : query.limit(slice.limit))
  return rows.map((row) => ({ ...row, city: row.city === sampleAverage ? null : row.city, kind: row.kind as ReferenceFigure['kind'] }))
}

export async function replaceFigures(db: Db, figures: readonly ReferenceFigure[]): Promise<void> {
  await db.delete(referenceFigures)
  await db.insert(referenceFigures).values(figures.map((figure) => ({ ...figure, city: figure.city ?? sampleAverage })))
}
