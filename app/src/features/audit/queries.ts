import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { auditEvents, auditHead, auditPayloads } from '../../db/schema.ts'
import { hashOf } from '../../canonical.ts'
import { chainHash, decisiveActions, type Head, type StoredEvent } from './audit.ts'

export interface NewEvent {
  /** Noun and verb, such as answer.saved. */
  action: string
  personId: string | null
  cityId: string | null
  /** Kind and key of what it was done to, such as answer:<assessment>/<question>. */
  subject: string
  payload: unknown
  now: Date
}

/** Adds one event to the chain, in the caller's transaction. Call it last: it holds the chain's head until commit. */
export async function recordEvent(db: Db, { action, personId, cityId, subject, payload, now }: NewEvent): Promise<void> {
  const [head] = await db.select().from(auditHead).for('update')
  const event = { seq: head!.seq + 1, at: now.toISOString(), action, personId, cityId, subject, payloadHash: hashOf(payload) }
  const hash = chainHash(head!.hash, event)
  await db.insert(auditEvents).values({ ...event, at: now, previousHash: head!.hash, hash })
  await Promise.all([
    db.insert(auditPayloads).values({ seq: event.seq, cityId, payload }),
    db.update(auditHead).set({ seq: event.seq, hash }).where(eq(auditHead.one, true)),
  ])
}

/** When this was last done to this subject in a city; null = never. */
export async function findLastTime(db: Db, cityId: string, action: string, subject: string): Promise<Date | null> {
  const [last] = await db
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .where(and(eq(auditEvents.cityId, cityId), eq(auditEvents.action, action), eq(auditEvents.subject, subject)))
    .orderBy(desc(auditEvents.seq))
    .limit(1)
  return last?.at ?? null
}

/** Number and hash of the newest event that did this to a subject of a city, for whoever keeps them; null = there is none. */
export async function findEvent(db: Db, cityId: string, action: string, subject: string, at: Date): Promise<Head | null> {
  const [found] = await db
    .select({ seq: auditEvents.seq, hash: auditEvents.hash })
    .from(auditEvents)
    .where(and(eq(auditEvents.cityId, cityId), eq(auditEvents.action, action), eq(auditEvents.subject, subject), eq(auditEvents.at, at)))
    .orderBy(desc(auditEvents.seq))
    .limit(1)
  return found ?? null
}

/** Whether something decisive has happened after an event. */
export async function isDecisiveAfter(db: Db, seq: number): Promise<boolean> {
  const decisive = and(gt(auditEvents.seq, seq), inArray(auditEvents.action, decisiveActions))
  return (await db.select({ seq: auditEvents.seq }).from(auditEvents).where(decisive).limit(1)).length > 0
}

export async function getHead(db: Db): Promise<Head> {
  const [head] = await db.select({ seq: auditHead.seq, hash: auditHead.hash }).from(auditHead)
  return head!
}

/** All events with their details, in order. */
export async function listEvents(db: Db): Promise<StoredEvent[]> {
  const rows = await db
    .select({ event: auditEvents, payload: auditPayloads.payload, hasPayload: sql<boolean>`${auditPayloads.seq} is not null` })
    .from(auditEvents)
    .leftJoin(auditPayloads, eq(auditPayloads.seq, auditEvents.seq))
    .orderBy(asc(auditEvents.seq))
  return rows.map(({ event, payload, hasPayload }) => ({ ...event, at: event.at.toISOString(), ...(hasPayload && { payload }) }))
}
