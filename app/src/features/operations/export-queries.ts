import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answers, assessments, cities, cityFacts, frozenAssessments, instrumentVersions, results, waves } from '../../db/schema.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { FrozenContent } from '../results/frozen.ts'
import type { ExportFilter } from './export.ts'

const among = (column: typeof cities.slug | typeof waves.slug, slugs: readonly string[]) =>
  slugs.length === 0 ? undefined : inArray(column, [...slugs])

export function listExportCities(db: Db, { cities: slugs }: ExportFilter) {
  return db.select().from(cities).where(among(cities.slug, slugs)).orderBy(asc(cities.slug))
}

export function listExportWaves(db: Db, { waves: slugs }: ExportFilter) {
  return db
    .select({ wave: waves, instrument: instrumentVersions.instrument, version: instrumentVersions.version })
    .from(waves)
    .leftJoin(instrumentVersions, eq(instrumentVersions.id, waves.instrumentVersionId))
    .where(among(waves.slug, slugs))
    .orderBy(asc(waves.opensAt), asc(waves.slug))
}

export function listExportFacts(db: Db, { cities: slugs }: ExportFilter) {
  return db
    .select({ fact: cityFacts, city: cities.slug, isSynthetic: cities.isSynthetic })
    .from(cityFacts)
    .innerJoin(cities, eq(cities.id, cityFacts.cityId))
    .where(among(cities.slug, slugs))
    .orderBy(asc(cities.slug), asc(cityFacts.fact), asc(cityFacts.year))
}

export interface ExportAssessment {
  id: string
  city: string
  wave: string
  invitedAt: Date
  submittedAt: Date | null
  isSynthetic: boolean
}

export function listExportAssessments(db: Db, filter: ExportFilter): Promise<ExportAssessment[]> {
  return db
    .select({
      id: assessments.id,
      city: cities.slug,
      wave: waves.slug,
      invitedAt: assessments.invitedAt,
      submittedAt: assessments.submittedAt,
      isSynthetic: sql<boolean>`${cities.isSynthetic} or ${waves.isSynthetic}`,
    })
    .from(assessments)
    .innerJoin(cities, eq(cities.id, assessments.cityId))
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .where(and(among(cities.slug, filter.cities), among(waves.slug, filter.waves)))
    .orderBy(asc(waves.opensAt), asc(waves.slug), asc(cities.slug))
}

/** The working copies of some assessments. */
export function listAnswersOf(db: Db, ids: readonly string[]) {
  return db
    .select()
    .from(answers)
    .where(inArray(answers.assessmentId, [...ids]))
    .orderBy(asc(answers.assessmentId), asc(answers.questionId))
}

export interface ExportFrozen {
  id: string
  assessmentId: string
  content: FrozenContent
  contentHash: string
  frozenAt: Date
}

/** What was handed in last, of some assessments. */
export async function listFrozenOf(db: Db, ids: readonly string[]): Promise<ExportFrozen[]> {
  const rows = await db
    .selectDistinctOn([frozenAssessments.assessmentId])
    .from(frozenAssessments)
    .where(inArray(frozenAssessments.assessmentId, [...ids]))
    .orderBy(asc(frozenAssessments.assessmentId), desc(frozenAssessments.frozenAt), desc(frozenAssessments.id))
  return rows as unknown as ExportFrozen[]
}

export function listResultsOf(db: Db, frozenIds: readonly string[]) {
  return db
    .select()
    .from(results)
    .where(inArray(results.frozenId, [...frozenIds]))
    .orderBy(asc(results.frozenId), asc(results.scheme))
}

/** The questionnaires that the waves froze. */
export async function listExportInstruments(db: Db, { waves: slugs }: ExportFilter): Promise<Instrument[]> {
  const frozen = db
    .select({ id: waves.instrumentVersionId })
    .from(waves)
    .where(and(isNotNull(waves.instrumentVersionId), among(waves.slug, slugs)))
  const rows = await db
    .select({ content: instrumentVersions.content })
    .from(instrumentVersions)
    .where(inArray(instrumentVersions.id, frozen))
    .orderBy(asc(instrumentVersions.instrument), asc(instrumentVersions.version))
  return rows.map(({ content }) => content as Instrument)
}
