import { asc, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answers, cities } from '../../db/schema.ts'
import type { StoredAnswer } from './answer.ts'

export interface HomeCity {
  id: string
  slug: string
  name: string
}

export async function listHomeCities(db: Db, cityIds: readonly string[]): Promise<HomeCity[]> {
  if (cityIds.length === 0) return []
  return db
    .select({ id: cities.id, slug: cities.slug, name: cities.name })
    .from(cities)
    .where(inArray(cities.id, [...cityIds]))
    .orderBy(asc(cities.name), asc(cities.id))
}

/** What progress needs of the answers of several assessments, in one query: assessment -> question -> answer. */
export async function getAnswersOf(db: Db, assessmentIds: readonly string[]): Promise<Map<string, Map<string, StoredAnswer>>> {
  const byAssessment = new Map<string, Map<string, StoredAnswer>>(assessmentIds.map((id) => [id, new Map()]))
  if (assessmentIds.length === 0) return byAssessment
  const rows = await db
    .select({
      assessmentId: answers.assessmentId,
      questionId: answers.questionId,
      options: answers.options,
      missing: answers.missing,
      reason: answers.reason,
      version: answers.version,
    })
    .from(answers)
    .where(inArray(answers.assessmentId, [...assessmentIds]))
    .orderBy(asc(answers.assessmentId), asc(answers.questionId))
  for (const { assessmentId, missing, ...row } of rows)
    byAssessment.get(assessmentId)!.set(row.questionId, {
      ...row,
      missing: missing as StoredAnswer['missing'],
      explanation: null,
      updatedAt: null,
      author: null,
      language: null,
    })
  return byAssessment
}

export interface NetworkCounts {
  waves: number
  openWaves: number
  cities: number
  citiesWithCoordinator: number
  people: number
  openInvitations: number
}

/** How large the network is, in one query. Needs the network context. */
export async function countNetwork(db: Db, now: Date): Promise<NetworkCounts> {
  const { rows } = await db.execute<Record<keyof NetworkCounts, number>>(sql`select
    (select count(*)::int from waves) as waves,
    (select count(*)::int from waves where frozen_at is not null and opens_at <= ${now} and closes_at > ${now} and (closed_at is null or closed_at > ${now})) as "openWaves",
    (select count(*)::int from cities) as cities,
    (select count(distinct city_id)::int from memberships where role = 'city-coordinator' and ended_at is null) as "citiesWithCoordinator",
    (select count(*)::int from people) as people,
    (select count(*)::int from invitations where accepted_at is null and withdrawn_at is null and expires_at > ${now}) as "openInvitations"`)
  return rows[0]!
}
