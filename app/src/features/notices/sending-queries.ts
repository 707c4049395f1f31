import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, digests, memberships, notices, people } from '../../db/schema.ts'
import { type NewNotice, type Notice, reminderKinds } from './notice.ts'
import { addNotices, noticeColumns, toNotice } from './queries.ts'

/** Somebody who is mailed. */
export interface Recipient {
  id: string
  name: string
  email: string
  language: string
  isDemo: boolean
  hour: number | null
  zone: string
}

const recipientColumns = {
  id: people.id,
  name: people.name,
  email: people.email,
  language: people.language,
  isDemo: people.isDemo,
  hour: people.digestHour,
  zone: people.timeZone,
}

/** Not mailed, not taken back, not seen in Tessera meanwhile. */
const isWaiting = and(isNull(notices.sentAt), isNull(notices.withdrawnAt), isNull(notices.seenAt))

/** Somebody who has left a city is told nothing of it; the network coordination is told of all. */
const stillConcerns = sql`(${notices.cityId} is null or exists (select 1 from ${memberships}
  where ${memberships.personId} = ${notices.personId} and ${memberships.endedAt} is null
  and (${memberships.cityId} = ${notices.cityId} or ${memberships.role} = 'network-coordinator')))`

const isUrgentUntil = (until: Date) => and(isWaiting, eq(notices.isUrgent, true), lte(notices.createdAt, until))

const isForDigest = (until: Date) =>
  and(isWaiting, eq(notices.isUrgent, false), or(lte(notices.createdAt, until), inArray(notices.kind, [...reminderKinds])))

/** People for whom something urgent has waited long enough. */
export function listUrgentRecipients(db: Db, until: Date): Promise<Recipient[]> {
  return db
    .selectDistinct(recipientColumns)
    .from(notices)
    .innerJoin(people, eq(people.id, notices.personId))
    .where(and(isUrgentUntil(until), stillConcerns))
    .orderBy(asc(people.id))
}

/** People for whom something waits for their digest. Whether it is their hour, their clock says. */
export function listDigestRecipients(db: Db, until: Date): Promise<Recipient[]> {
  return db
    .selectDistinct(recipientColumns)
    .from(notices)
    .innerJoin(people, eq(people.id, notices.personId))
    .where(and(isForDigest(until), stillConcerns))
    .orderBy(asc(people.id))
}

/** Everybody who may have something to be reminded of: people with a role. */
export function listReminded(db: Db): Promise<Recipient[]> {
  return db
    .selectDistinct(recipientColumns)
    .from(people)
    .innerJoin(memberships, and(eq(memberships.personId, people.id), isNull(memberships.endedAt)))
    .orderBy(asc(people.id))
}

/** One process at a time writes to a person; held until the transaction ends. @returns whether it is ours */
export async function takeTurn(db: Db, personId: string): Promise<boolean> {
  const { rows } = await db.execute<{ ours: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`notices:${personId}`}, 0)) as ours`,
  )
  return rows[0]!.ours
}

/** The same for the reminders of all people. */
export async function takeReminderTurn(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('notices:reminders', 0))`)
}

export async function hasDigest(db: Db, personId: string, day: string): Promise<boolean> {
  const rows = await db
    .select({ day: digests.day })
    .from(digests)
    .where(and(eq(digests.personId, personId), eq(digests.day, day)))
  return rows.length > 0
}

/** Notes the one digest of a day. @throws when there is one already: the last line behind the lock */
export async function insertDigest(db: Db, digest: { personId: string; day: string; sentAt: Date; notices: number }): Promise<void> {
  await db.insert(digests).values(digest)
}

/**
 * Marks what a mail to a person holds as mailed and gives it, oldest first.
 * @param until of urgent notices, or of those of the digest
 */
export async function takeNotices(
  db: Db,
  personId: string,
  { isUrgent, until }: { isUrgent: boolean; until: Date },
  now: Date,
): Promise<Notice[]> {
  const which = isUrgent ? isUrgentUntil(until) : isForDigest(until)
  const rows = await db
    .select(noticeColumns)
    .from(notices)
    .leftJoin(cities, eq(cities.id, notices.cityId))
    .where(and(eq(notices.personId, personId), which, stillConcerns))
    .orderBy(asc(notices.createdAt), asc(notices.id))
    .for('update', { of: notices })
  if (rows.length > 0)
    await db
      .update(notices)
      .set({ sentAt: now })
      .where(
        inArray(
          notices.id,
          rows.map(({ id }) => id),
        ),
      )
  return rows.map(toNotice)
}

/** Forgets what is older than its retention, mailed or not: notices, and which digests were sent. */
export async function deleteOldNotices(db: Db, before: Date): Promise<void> {
  await db.delete(notices).where(lt(notices.createdAt, before))
  await db.delete(digests).where(lt(digests.sentAt, before))
}

/** Adds the reminders that were never given before: the same person, kind, page and subject is the same reminder. */
export async function addReminders(db: Db, reminders: readonly NewNotice[], now: Date): Promise<number> {
  const fresh: NewNotice[] = []
  const given = await listGiven(db, reminders)
  for (const reminder of reminders) {
    const key = keyOf(reminder)
    if (!given.has(key)) fresh.push(reminder)
    given.add(key)
  }
  return (await addNotices(db, fresh, null, now)).length
}

/** Keys in alphabetical order, as a comparison needs them. */
const keyOf = ({ personId, kind, address, subject }: Pick<NewNotice, 'personId' | 'kind' | 'address' | 'subject'>): string =>
  JSON.stringify([personId, kind, address, Object.entries(subject).sort(([a], [b]) => (a < b ? -1 : 1))])

async function listGiven(db: Db, reminders: readonly NewNotice[]): Promise<Set<string>> {
  if (reminders.length === 0) return new Set()
  const rows = await db
    .select({ personId: notices.personId, kind: notices.kind, address: notices.address, subject: notices.subject })
    .from(notices)
    .where(
      and(inArray(notices.kind, [...reminderKinds]), inArray(notices.personId, [...new Set(reminders.map(({ personId }) => personId))])),
    )
  return new Set(rows.map((row) => keyOf(row as NewNotice)))
}
