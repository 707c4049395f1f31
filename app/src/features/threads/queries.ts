import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  assessments,
  departmentMembers,
  guestLinks,
  memberships,
  messages,
  partnerRights,
  people,
  threads,
  waves,
} from '../../db/schema.ts'
import type { Author, Role } from '../../permissions.ts'
import type { Colleague } from './readers.ts'
import type { Message, Thread } from './thread.ts'

export interface ThreadFilter {
  questionIds?: readonly string[]
  isOpen?: boolean
}

/** Conversations of a city with their messages, oldest first: two queries. */
export async function listThreads(db: Db, cityId: string, { questionIds, isOpen = false }: ThreadFilter = {}): Promise<Thread[]> {
  if (questionIds?.length === 0) return []
  const rows = await db
    .select({
      id: threads.id,
      questionId: threads.questionId,
      assessmentId: threads.assessmentId,
      wave: { name: waves.name },
      isShared: threads.isShared,
      version: threads.version,
      createdAt: threads.createdAt,
      closedAt: threads.closedAt,
      closedBy: people.name,
    })
    .from(threads)
    .innerJoin(assessments, eq(assessments.id, threads.assessmentId))
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .leftJoin(people, eq(people.id, threads.closedBy))
    .where(
      and(
        eq(threads.cityId, cityId),
        questionIds && inArray(threads.questionId, [...questionIds]),
        isOpen ? isNull(threads.closedAt) : undefined,
      ),
    )
    .orderBy(asc(threads.createdAt), asc(threads.id))
  const said = await listMessages(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...row, messages: said.get(row.id) ?? [] }))
}

/** Messages by conversation, oldest first. */
async function listMessages(db: Db, threadIds: readonly string[]): Promise<Map<string, Message[]>> {
  if (threadIds.length === 0) return new Map()
  const rows = await db
    .select({
      threadId: messages.threadId,
      id: messages.id,
      text: messages.text,
      language: messages.language,
      mentions: messages.mentions,
      personId: messages.personId,
      personName: people.name,
      guestId: messages.guestId,
      guestName: guestLinks.name,
      createdAt: messages.createdAt,
      withdrawnAt: messages.withdrawnAt,
    })
    .from(messages)
    .leftJoin(people, eq(people.id, messages.personId))
    .leftJoin(guestLinks, eq(guestLinks.id, messages.guestId))
    .where(inArray(messages.threadId, [...threadIds]))
    .orderBy(asc(messages.createdAt), asc(messages.id))
  const byThread = new Map<string, Message[]>(threadIds.map((id) => [id, []]))
  for (const { threadId, personId, personName, guestId, guestName, ...row } of rows) {
    const writer =
      guestId !== null
        ? { id: guestId, name: guestName ?? '', isGuest: true }
        : personId === null
          ? null
          : { id: personId, name: personName ?? '', isGuest: false }
    byThread.get(threadId)!.push({ ...row, writer })
  }
  return byThread
}

/** Everybody with a role in the city, by name, with what decides what they read: one query. */
export async function listCityColleagues(db: Db, cityId: string): Promise<Colleague[]> {
  return db
    .select({
      id: people.id,
      name: people.name,
      roles: sql<Role[]>`array_agg(distinct ${memberships.role})`,
      departmentIds: sql<string[]>`array(select ${departmentMembers.departmentId}::text from ${departmentMembers}
        where ${departmentMembers.personId} = ${people.id} and ${departmentMembers.cityId} = ${cityId} and ${departmentMembers.endedAt} is null)`,
      hasReadRight: sql<boolean>`bool_or(exists (select 1 from ${partnerRights}
        where ${partnerRights.membershipId} = ${memberships.id} and ${partnerRights.right} = 'read' and ${partnerRights.revokedAt} is null))`,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.cityId, cityId), isNull(memberships.endedAt)))
    .groupBy(people.id)
    .orderBy(asc(sql`lower(${people.name})`), asc(people.id))
}

export interface NewThread {
  cityId: string
  questionId: string
  assessmentId: string
  isShared: boolean
  author: Author
  now: Date
}

export async function insertThread(db: Db, { author, now, ...thread }: NewThread): Promise<string> {
  const [row] = await db
    .insert(threads)
    .values({ ...thread, createdAt: now, createdBy: author.personId, guestId: author.guestId })
    .returning({ id: threads.id })
  return row!.id
}

export interface NewMessage {
  threadId: string
  cityId: string
  text: string
  language: string | null
  mentions: readonly string[]
  author: Author
  now: Date
}

/** Adds a message; the conversation rises to its next version, so that nobody closes what they have not read. */
export async function insertMessage(db: Db, { author, now, mentions, ...message }: NewMessage): Promise<string> {
  const [row] = await db
    .insert(messages)
    .values({ ...message, mentions: [...mentions], createdAt: now, personId: author.personId, guestId: author.guestId })
    .returning({ id: messages.id })
  await raiseVersion(db, message.threadId)
  return row!.id
}

async function raiseVersion(db: Db, threadId: string): Promise<void> {
  await db
    .update(threads)
    .set({ version: sql`${threads.version} + 1` })
    .where(eq(threads.id, threadId))
}

export type ThreadChange = { isShared: boolean } | { closedAt: Date | null; closedBy: string | null }

/** Changes a conversation if it is still in this version. @returns false when somebody else was quicker */
export async function writeThread(db: Db, id: string, version: number, change: ThreadChange): Promise<boolean> {
  const written = await db
    .update(threads)
    .set({ ...change, version: version + 1 })
    .where(and(eq(threads.id, id), eq(threads.version, version)))
    .returning({ id: threads.id })
  return written.length > 0
}

/** Holds a conversation until the transaction ends, so that nobody writes into it while it is closed. */
export async function lockThread(db: Db, id: string): Promise<void> {
  await db.select({ id: threads.id }).from(threads).where(eq(threads.id, id)).for('update')
}

export async function markWithdrawn(db: Db, messageId: string, threadId: string, now: Date): Promise<void> {
  await db.update(messages).set({ withdrawnAt: now }).where(eq(messages.id, messageId))
  await raiseVersion(db, threadId)
}
