import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answers, memberships, partnerRights, people, precheckMarks, suggestions, threads } from '../../db/schema.ts'
import type { PartnerRight } from '../../permissions.ts'
import type { CityPartner, PrecheckMark } from './partner.ts'

/** Technical partners of a city with their rights in force: one query. */
export async function listPartners(db: Db, cityId: string): Promise<CityPartner[]> {
  const rights = sql<{ right: PartnerRight; grantedAt: string; grantedBy: string | null }[]>`coalesce((
    select json_agg(json_build_object('right', r."right", 'grantedAt', r.granted_at, 'grantedBy', g.name) order by r.granted_at, r."right")
    from partner_rights r left join people g on g.id = r.granted_by where r.membership_id = ${memberships.id} and r.revoked_at is null), '[]')`
  const rows = await db
    .select({
      membershipId: memberships.id,
      person: { id: people.id, name: people.name, email: people.email },
      since: memberships.createdAt,
      rights,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.cityId, cityId), eq(memberships.role, 'technical-partner'), isNull(memberships.endedAt)))
    .orderBy(asc(people.name), asc(memberships.id))
  return rows.map((row) => ({ ...row, rights: row.rights.map((each) => ({ ...each, grantedAt: new Date(each.grantedAt) })) }))
}

/** Holds the membership until the end of the transaction, so that rights are set once at a time. */
export async function lockPartner(db: Db, cityId: string, membershipId: string): Promise<{ personId: string } | null> {
  const [row] = await db
    .select({ personId: memberships.personId })
    .from(memberships)
    .where(
      and(
        eq(memberships.id, membershipId),
        eq(memberships.cityId, cityId),
        eq(memberships.role, 'technical-partner'),
        isNull(memberships.endedAt),
      ),
    )
    .for('update')
  return row ?? null
}

export async function grantRight(
  db: Db,
  { now, grantedBy, ...keys }: { membershipId: string; cityId: string; right: PartnerRight; grantedBy: string; now: Date },
): Promise<void> {
  await db
    .insert(partnerRights)
    .values({ ...keys, grantedAt: now, grantedBy })
    .onConflictDoNothing()
}

export async function revokeRight(db: Db, membershipId: string, right: PartnerRight, revokedBy: string, now: Date): Promise<void> {
  await db
    .update(partnerRights)
    .set({ revokedAt: now, revokedBy })
    .where(and(eq(partnerRights.membershipId, membershipId), eq(partnerRights.right, right), isNull(partnerRights.revokedAt)))
}

export interface Activity {
  lastSavedAt: Date | null
  pendingSuggestions: number
  openThreads: number
}

/** When each assessment was last worked on, and what waits in it: one query. */
export async function getActivity(db: Db, assessmentIds: readonly string[]): Promise<Map<string, Activity>> {
  if (assessmentIds.length === 0) return new Map()
  const ids = sql`(${sql.join(
    assessmentIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`
  const { rows } = await db.execute<{ id: string; lastSavedAt: string | null; pending: number; threads: number }>(sql`
    select a.id,
      (select max(${answers.updatedAt}) from ${answers} where ${answers.assessmentId} = a.id) as "lastSavedAt",
      (select count(*)::int from ${suggestions} where ${suggestions.assessmentId} = a.id and ${suggestions.decidedAt} is null and ${suggestions.withdrawnAt} is null) as pending,
      (select count(*)::int from ${threads} where ${threads.cityId} = a.city_id and ${threads.closedAt} is null and ${threads.isShared}) as threads
    from assessments a where a.id in ${ids}`)
  return new Map(
    rows.map(({ id, lastSavedAt, pending, threads: open }) => [
      id,
      { lastSavedAt: lastSavedAt === null ? null : new Date(lastSavedAt), pendingSuggestions: pending, openThreads: open },
    ]),
  )
}

/** Marks of the pre-check by question. */
export async function getMarks(db: Db, assessmentId: string): Promise<Map<string, PrecheckMark>> {
  const rows = await db
    .select({
      questionId: precheckMarks.questionId,
      mark: precheckMarks.mark,
      remark: precheckMarks.remark,
      answerVersion: precheckMarks.answerVersion,
      version: precheckMarks.version,
      markedAt: precheckMarks.markedAt,
      by: { id: people.id, name: people.name },
    })
    .from(precheckMarks)
    .leftJoin(people, eq(people.id, precheckMarks.markedBy))
    .where(eq(precheckMarks.assessmentId, assessmentId))
  return new Map(rows.map((row) => [row.questionId, row as PrecheckMark]))
}

export interface NewMark {
  assessmentId: string
  questionId: string
  cityId: string
  mark: PrecheckMark['mark']
  remark: string | null
  answerVersion: number
  markedBy: string
  markedAt: Date
}

/** Writes the mark if it is still the version seen; 0 = none yet. @returns whether it was written */
export async function writeMark(db: Db, version: number, { assessmentId, questionId, cityId, ...mark }: NewMark): Promise<boolean> {
  const values = { ...mark, version: version + 1 }
  const written =
    version === 0
      ? await db
          .insert(precheckMarks)
          .values({ assessmentId, questionId, cityId, ...values })
          .onConflictDoNothing()
          .returning({ version: precheckMarks.version })
      : await db
          .update(precheckMarks)
          .set(values)
          .where(
            and(eq(precheckMarks.assessmentId, assessmentId), eq(precheckMarks.questionId, questionId), eq(precheckMarks.version, version)),
          )
          .returning({ version: precheckMarks.version })
  return written.length === 1
}
