import { randomUUID } from 'node:crypto'
import { and, asc, count, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, digests, notices, people } from '../../db/schema.ts'
import type { DigestSettings } from './digest-time.ts'
import { type NewNotice, type Notice, type NoticeKind, type NoticeSubject, urgentKinds } from './notice.ts'

/**
 * Tells people what concerns them, in the transaction of what happened; nobody hears of what they did themselves. It is mailed
 * later: in the daily digest, or within minutes where it cannot wait.
 * @param createdBy whose action it was; null = a guest or the system
 * @returns keys of the notices, so that an action that is taken back can withdraw them
 */
export async function addNotices(db: Db, created: readonly NewNotice[], createdBy: string | null, now: Date): Promise<string[]> {
  const others = created.filter(({ personId }) => personId !== createdBy)
  if (others.length === 0) return []
  // keys are made here: an expert tells a city's people without being able to read what they are told
  const rows = others.map((notice) => ({ id: randomUUID(), ...notice, createdBy, createdAt: now, isUrgent: urgentKinds.has(notice.kind) }))
  await db.insert(notices).values(rows)
  return rows.map(({ id }) => id)
}

/** Takes back what nobody has been mailed yet, for an action that was undone. @param addresses of the notices, in full */
export async function withdrawNotices(db: Db, addresses: readonly string[], now: Date): Promise<void> {
  if (addresses.length === 0) return
  await db
    .update(notices)
    .set({ withdrawnAt: now })
    .where(and(inArray(notices.address, [...addresses]), isNull(notices.sentAt), isNull(notices.withdrawnAt)))
}

export const noticeColumns = {
  id: notices.id,
  kind: notices.kind,
  subject: notices.subject,
  address: notices.address,
  city: { id: cities.id, name: cities.name },
  createdAt: notices.createdAt,
  seenAt: notices.seenAt,
}

interface NoticeRow extends Omit<Notice, 'kind' | 'subject'> {
  kind: string
  subject: unknown
}

export const toNotice = (row: NoticeRow): Notice => ({ ...row, kind: row.kind as NoticeKind, subject: row.subject as NoticeSubject })

const ofPerson = (personId: string) => and(eq(notices.personId, personId), isNull(notices.withdrawnAt))
const unseenOf = (personId: string) => and(ofPerson(personId), isNull(notices.seenAt))

/** What a person has been told, newest first, and how much of it they have not seen. */
export async function listNotices(
  db: Db,
  personId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ notices: Notice[]; total: number; unseen: number }> {
  const rows = await db
    .select(noticeColumns)
    .from(notices)
    .leftJoin(cities, eq(cities.id, notices.cityId))
    .where(ofPerson(personId))
    .orderBy(desc(notices.createdAt), desc(notices.id))
    .limit(limit)
    .offset(offset)
  const [counts] = await db
    .select({ total: count(), unseen: sql<number>`count(*) filter (where ${notices.seenAt} is null)::int` })
    .from(notices)
    .where(ofPerson(personId))
  return { notices: rows.map(toNotice), ...counts! }
}

/** What the next digest would hold: not seen, not mailed, not urgent; oldest first. */
export async function listPending(db: Db, personId: string, limit: number): Promise<Notice[]> {
  const rows = await db
    .select(noticeColumns)
    .from(notices)
    .leftJoin(cities, eq(cities.id, notices.cityId))
    .where(and(unseenOf(personId), isNull(notices.sentAt), eq(notices.isUrgent, false)))
    .orderBy(asc(notices.createdAt), asc(notices.id))
    .limit(limit)
  return rows.map(toNotice)
}

/** Marks notices as seen: those named, or all until a moment. @returns how many were new */
export async function markSeen(
  db: Db,
  personId: string,
  { ids, until }: { ids?: readonly string[]; until?: Date },
  now: Date,
): Promise<number> {
  const marked = await db
    .update(notices)
    .set({ seenAt: now })
    .where(
      and(
        unseenOf(personId),
        ids === undefined ? undefined : inArray(notices.id, [...ids]),
        until === undefined ? undefined : lte(notices.createdAt, until),
      ),
    )
    .returning({ id: notices.id })
  return marked.length
}

/**
 * Marks as seen what led the person to the page they are opening, and counts the rest; one statement.
 * @param path of the page, without question mark and number sign
 */
export async function visitPage(db: Db, personId: string, path: string | null, now: Date): Promise<number> {
  const { rows } = await db.execute<{ unseen: number }>(sql`
    with own as (select id, ${path}::text is not null and regexp_replace(address, '[?#].*$', '') = ${path} as is_here from notices
      where person_id = ${personId} and seen_at is null and withdrawn_at is null),
    seen as (update notices set seen_at = ${now.toISOString()} where id in (select id from own where is_here) returning 1)
    select (select count(*) from own where not is_here)::int as unseen`)
  return rows[0]!.unseen
}

/** When a person wants their digest, and the day of the last one. */
export async function getDigestSettings(db: Db, personId: string): Promise<DigestSettings & { lastDay: string | null }> {
  const [row] = await db
    .select({
      hour: people.digestHour,
      zone: people.timeZone,
      lastDay: sql<string | null>`(select max(${digests.day})::text from ${digests} where ${digests.personId} = ${people.id})`,
    })
    .from(people)
    .where(eq(people.id, personId))
  return row!
}

export async function updateDigestSettings(db: Db, personId: string, { hour, zone }: DigestSettings, now: Date): Promise<void> {
  await db.update(people).set({ digestHour: hour, timeZone: zone, updatedAt: now }).where(eq(people.id, personId))
}
