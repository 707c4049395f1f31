import { and, asc, count, countDistinct, desc, eq, gt, ilike, inArray, isNull, max, min, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { earlierImports, earlierResults, people, referenceFigures } from '../../db/schema.ts'
import type { EarlierFigure, InstrumentName, Place } from './earlier.ts'
import { sampleAverage } from '../cities/reference.ts'

/** A file that was taken in. */
export interface EarlierImport {
  id: string
  fileName: string
  /** SHA-256. */
  fileHash: string
  /** Figures in it. */
  rowCount: number
  createdAt: Date
  createdBy: string | null
  removedAt: Date | null
}

/** A figure as it is stored, with the file it came in. */
export interface StoredEarlierFigure extends EarlierFigure {
  id: string
  importId: string
}

const importColumns = {
  id: earlierImports.id,
  fileName: earlierImports.fileName,
  fileHash: earlierImports.fileHash,
  rowCount: earlierImports.rowCount,
  createdAt: earlierImports.createdAt,
  createdBy: people.name,
  removedAt: earlierImports.removedAt,
}

const figureColumns = {
  id: earlierResults.id,
  importId: earlierResults.importId,
  row: earlierResults.row,
  city: earlierResults.city,
  country: earlierResults.country,
  year: earlierResults.year,
  instrument: earlierResults.instrument,
  instrumentVersion: earlierResults.instrumentVersion,
  code: earlierResults.code,
  value: earlierResults.value,
  source: earlierResults.source,
  remark: earlierResults.remark,
}

const isLive = isNull(earlierImports.removedAt)

/** All imports, the newest first, those that were taken out again among them. */
export function listImports(db: Db): Promise<EarlierImport[]> {
  return db
    .select(importColumns)
    .from(earlierImports)
    .leftJoin(people, eq(people.id, earlierImports.createdBy))
    .orderBy(desc(earlierImports.createdAt), asc(earlierImports.id))
}

export async function findImport(db: Db, id: string): Promise<EarlierImport | null> {
  const [row] = await db
    .select(importColumns)
    .from(earlierImports)
    .leftJoin(people, eq(people.id, earlierImports.createdBy))
    .where(eq(earlierImports.id, id))
  return row ?? null
}

/** The import of this very file that is still in, if there is one. */
export async function findImportOf(db: Db, fileHash: string): Promise<EarlierImport | null> {
  const [row] = await db
    .select(importColumns)
    .from(earlierImports)
    .leftJoin(people, eq(people.id, earlierImports.createdBy))
    .where(and(eq(earlierImports.fileHash, fileHash), isLive))
  return row ?? null
}

/** @returns the key, or null when the same file is already in */
export async function insertImport(
  db: Db,
  {
    fileName,
    fileHash,
    rowCount,
    personId,
    now,
  }: { fileName: string; fileHash: string; rowCount: number; personId: string | null; now: Date },
): Promise<string | null> {
  const [row] = await db
    .insert(earlierImports)
    .values({ fileName, fileHash, rowCount, createdAt: now, createdBy: personId })
    .onConflictDoNothing()
    .returning({ id: earlierImports.id })
  return row?.id ?? null
}

const rowsAtOnce = 5000

/** Adds figures as JSON: thousands of rows with one value each way, where a list of values would take twelve for every row. */
export async function insertFigures(db: Db, importId: string, figures: readonly EarlierFigure[]): Promise<void> {
  for (let i = 0; i < figures.length; i += rowsAtOnce) {
    const rows = JSON.stringify(figures.slice(i, i + rowsAtOnce))
    await db.execute(sql`
      insert into earlier_results (import_id, "row", city, country, year, instrument, instrument_version, code, value, source, remark)
      select ${importId}::uuid, "row", city, country, year, instrument, "instrumentVersion", code, value, source, remark
      from jsonb_to_recordset(${rows}::jsonb) as figure(
        "row" integer, city text, country text, year integer, instrument text, "instrumentVersion" text, code text, value numeric,
        source text, remark text
      )`)
  }
}

/** @returns whether the import was still in */
export async function markRemoved(db: Db, id: string, personId: string | null, now: Date): Promise<boolean> {
  const rows = await db
    .update(earlierImports)
    .set({ removedAt: now, removedBy: personId })
    .where(and(eq(earlierImports.id, id), isLive))
    .returning({ id: earlierImports.id })
  return rows.length > 0
}

export interface EarlierFilter {
  city?: string
  country?: string
  instrument?: string
  instrumentVersion?: string
}

const wantedFigures = ({ city, country, instrument, instrumentVersion }: EarlierFilter, ...more: (SQL | undefined)[]) =>
  and(
    isLive,
    city ? eq(sql`lower(${earlierResults.city})`, city.toLowerCase()) : undefined,
    country ? eq(earlierResults.country, country.toUpperCase()) : undefined,
    instrument ? eq(earlierResults.instrument, instrument) : undefined,
    instrumentVersion ? eq(earlierResults.instrumentVersion, instrumentVersion) : undefined,
    ...more,
  )

/** Figures that are in, by key, so that a list can go on after the last one. */
export function listFigures(db: Db, filter: EarlierFilter, slice: { limit?: number; after?: string } = {}): Promise<StoredEarlierFigure[]> {
  const query = db
    .select(figureColumns)
    .from(earlierResults)
    .innerJoin(earlierImports, eq(earlierImports.id, earlierResults.importId))
    .where(wantedFigures(filter, slice.after === undefined ? undefined : gt(earlierResults.id, slice.after)))
    .orderBy(asc(earlierResults.id))
  return slice.limit === undefined ? query : query.limit(slice.limit)
}

/** Figures of these cities that are in, with the file each came in; to find what a new file repeats. */
export async function listFiguresOfCities(db: Db, cities: readonly string[]): Promise<(StoredEarlierFigure & { fileName: string })[]> {
  const names = [...new Set(cities.map((city) => city.toLowerCase()))]
  if (names.length === 0) return []
  return db
    .select({ ...figureColumns, fileName: earlierImports.fileName })
    .from(earlierResults)
    .innerJoin(earlierImports, eq(earlierImports.id, earlierResults.importId))
    .where(wantedFigures({}, inArray(sql`lower(${earlierResults.city})`, names)))
}

/** A questionnaire in one version with what is known from it. */
export interface EarlierGroup extends InstrumentName {
  cities: number
  figures: number
  firstYear: number
  lastYear: number
}

/** Questionnaires and versions from which figures are in, the best known first. */
export async function listGroups(db: Db): Promise<EarlierGroup[]> {
  const place = sql`(lower(${earlierResults.city}), ${earlierResults.country})`
  const rows = await db
    .select({
      instrument: earlierResults.instrument,
      instrumentVersion: earlierResults.instrumentVersion,
      cities: countDistinct(place),
      figures: count(),
      firstYear: min(earlierResults.year),
      lastYear: max(earlierResults.year),
    })
    .from(earlierResults)
    .innerJoin(earlierImports, eq(earlierImports.id, earlierResults.importId))
    .where(isLive)
    .groupBy(earlierResults.instrument, earlierResults.instrumentVersion)
    .orderBy(desc(count()), asc(earlierResults.instrument), asc(earlierResults.instrumentVersion))
  return rows.map((row) => ({ ...row, firstYear: row.firstYear!, lastYear: row.lastYear! }))
}

/** One evaluation of a city: its score as a whole, if known, and how many figures there are. */
export interface EarlierEvaluation extends Place {
  country: string
  year: number
  index: number | null
  figures: number
  /** Of the score as a whole, else of any figure. */
  source: string
}

/** Evaluations of one questionnaire and version by city, the newest first, and how many there are in all. */
export async function listEvaluations(
  db: Db,
  group: InstrumentName,
  search: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ evaluations: EarlierEvaluation[]; total: number }> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await db
    .select({
      city: earlierResults.city,
      country: earlierResults.country,
      year: earlierResults.year,
      index: sql<number | null>`max(${earlierResults.value}) filter (where ${earlierResults.code} = 'index')`.mapWith(Number),
      figures: count(),
      source: sql<string>`coalesce(min(${earlierResults.source}) filter (where ${earlierResults.code} = 'index'), min(${earlierResults.source}))`,
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(earlierResults)
    .innerJoin(earlierImports, eq(earlierImports.id, earlierResults.importId))
    .where(wantedFigures(group, search === '' ? undefined : or(ilike(earlierResults.city, pattern))))
    .groupBy(earlierResults.city, earlierResults.country, earlierResults.year)
    .orderBy(asc(earlierResults.city), asc(earlierResults.country), desc(earlierResults.year))
    .limit(limit)
    .offset(offset)
  return { evaluations: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** Every city of which something is published or was imported, in no order. */
export async function listPlaces(db: Db): Promise<Place[]> {
  return db
    .select({ city: referenceFigures.city, country: referenceFigures.country })
    .from(referenceFigures)
    .where(sql`${referenceFigures.city} <> ${sampleAverage}`)
    .union(
      db
        .select({ city: earlierResults.city, country: sql<string | null>`${earlierResults.country}`.as('country') })
        .from(earlierResults)
        .innerJoin(earlierImports, eq(earlierImports.id, earlierResults.importId))
        .where(isLive),
    )
}

/** A score of some city, to be compared with. */
export type ComparableScore = Pick<EarlierFigure, 'city' | 'country' | 'year' | 'instrument' | 'instrumentVersion' | 'code' | 'value'>

/** The newest score of every city for the figures that a city has, of the same questionnaire and version; the city itself among them. */
export function listComparable(db: Db, groups: readonly (InstrumentName & { code: string })[]): Promise<ComparableScore[]> {
  if (groups.length === 0) return Promise.resolve([])
  const { city, country, year, instrument, instrumentVersion, code, value } = earlierResults
  const keys = groups.map((group) => sql`(${group.instrument}, ${group.instrumentVersion}, ${group.code})`)
  const isComparable = sql`(${instrument}, ${instrumentVersion}, ${code}) in (${sql.join(keys, sql`, `)})`
  return db
    .selectDistinctOn([sql`lower(${city})`, country, instrument, instrumentVersion, code], {
      city,
      country,
      year,
      instrument,
      instrumentVersion,
      code,
      value,
    })
    .from(earlierResults)
    .innerJoin(earlierImports, eq(earlierImports.id, earlierResults.importId))
    .where(wantedFigures({}, isComparable))
    .orderBy(sql`lower(${city})`, country, instrument, instrumentVersion, code, desc(year))
}
