import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { answers, guestLinks, people } from '../../db/schema.ts'
import type { GuestLink } from './guest.ts'

const columns = {
  id: guestLinks.id,
  assessmentId: guestLinks.assessmentId,
  cityId: guestLinks.cityId,
  questionIds: guestLinks.questionIds,
  name: guestLinks.name,
  email: guestLinks.email,
  note: guestLinks.note,
  createdAt: guestLinks.createdAt,
  createdBy: { id: people.id, name: people.name },
  expiresAt: guestLinks.expiresAt,
  withdrawnAt: guestLinks.withdrawnAt,
  firstOpenedAt: guestLinks.firstOpenedAt,
  finishedAt: guestLinks.finishedAt,
}

export interface NewGuestLink {
  assessmentId: string
  cityId: string
  questionIds: string[]
  tokenHash: string
  name: string
  email: string | null
  note: string | null
  departmentId: string | null
  expiresAt: Date
  createdBy: string
  createdAt: Date
}

export async function insertGuestLink(db: Db, link: NewGuestLink): Promise<string> {
  const [row] = await db.insert(guestLinks).values(link).returning({ id: guestLinks.id })
  return row!.id
}

/** The link behind a token, whatever its state. Needs the sign-in context. */
export async function findGuestByToken(db: Db, tokenHash: string): Promise<GuestLink | null> {
  const [row] = await db
    .select(columns)
    .from(guestLinks)
    .leftJoin(people, eq(people.id, guestLinks.createdBy))
    .where(eq(guestLinks.tokenHash, tokenHash))
  return row ?? null
}

export async function findGuestLink(db: Db, assessmentId: string, id: string): Promise<GuestLink | null> {
  const [row] = await db
    .select(columns)
    .from(guestLinks)
    .leftJoin(people, eq(people.id, guestLinks.createdBy))
    .where(and(eq(guestLinks.id, id), eq(guestLinks.assessmentId, assessmentId)))
    .for('update', { of: guestLinks })
  return row ?? null
}

export interface ListedGuestLink extends GuestLink {
  /** Questions of the link that have an answer now, whoever gave it. */
  answered: number
}

/** Links of an assessment, newest first, with how far each is: one query. */
export async function listGuestLinks(db: Db, assessmentId: string): Promise<ListedGuestLink[]> {
  const answered = sql<number>`(select count(*)::int from ${answers} where ${answers.assessmentId} = ${guestLinks.assessmentId}
    and ${answers.questionId} = any (${guestLinks.questionIds}) and (${answers.options} is not null or ${answers.missing} is not null))`
  return db
    .select({ ...columns, answered })
    .from(guestLinks)
    .leftJoin(people, eq(people.id, guestLinks.createdBy))
    .where(eq(guestLinks.assessmentId, assessmentId))
    .orderBy(desc(guestLinks.createdAt), desc(guestLinks.id))
}

export async function countOpenLinks(db: Db, assessmentId: string, now: Date): Promise<{ open: number; finished: number }> {
  const { rows } = await db.execute<{ open: number; finished: number }>(sql`select
    count(*) filter (where ${guestLinks.finishedAt} is null)::int as open, count(*) filter (where ${guestLinks.finishedAt} is not null)::int as finished
    from ${guestLinks} where ${guestLinks.assessmentId} = ${assessmentId} and ${guestLinks.withdrawnAt} is null and ${guestLinks.expiresAt} > ${now}`)
  return rows[0]!
}

export async function markWithdrawn(db: Db, id: string, personId: string, now: Date): Promise<void> {
  await db.update(guestLinks).set({ withdrawnAt: now, withdrawnBy: personId }).where(eq(guestLinks.id, id))
}

/** A new secret for the same guest: the old link no longer opens. */
export async function renewToken(db: Db, id: string, tokenHash: string, expiresAt: Date): Promise<void> {
  await db.update(guestLinks).set({ tokenHash, expiresAt, finishedAt: null }).where(eq(guestLinks.id, id))
}

export async function markOpened(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(guestLinks)
    .set({ lastOpenedAt: now, firstOpenedAt: sql`coalesce(${guestLinks.firstOpenedAt}, ${now})` })
    .where(eq(guestLinks.id, id))
}

/** @returns whether it was not finished before */
export async function markFinished(db: Db, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(guestLinks)
    .set({ finishedAt: now })
    .where(and(eq(guestLinks.id, id), sql`finished_at is null`))
    .returning({ id: guestLinks.id })
  return rows.length === 1
}
