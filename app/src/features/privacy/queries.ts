import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  accessTokens,
  assignments,
  auditEvents,
  auditPayloads,
  contacts,
  credentials,
  departmentMembers,
  digests,
  documentViews,
  guestLinks,
  idempotencyKeys,
  invitations,
  memberships,
  messages,
  notices,
  people,
  reviewAssignments,
  savedGroups,
  sessions,
  twoFactors,
  verifications,
} from '../../db/schema.ts'
import { erasedEmail, erasedName, keptActions, tracesOf } from './erasure.ts'
import type { RetentionRule } from './retention-queries.ts'

interface Erased {
  id: string
  name: string
  email: string
}

/** Whether a text holds one of the traces, whatever its case. */
const holds = (text: SQL, traces: readonly string[]): SQL =>
  sql`(${sql.join(
    traces.map((trace) => sql`position(${trace} in lower(${text})) > 0`),
    sql` or `,
  )})`

/** A trace as it stands in JSON. */
const inJson = (traces: readonly string[]) => traces.map((trace) => JSON.stringify(trace).slice(1, -1))

/** How the person signs in, and what is kept for them alone. */
async function deleteOwn(db: Db, { id, email }: Erased): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, id))
  await db.delete(credentials).where(eq(credentials.userId, id))
  await db.delete(twoFactors).where(eq(twoFactors.userId, id))
  await db.delete(verifications).where(eq(verifications.value, id))
  await db.delete(accessTokens).where(eq(accessTokens.personId, id))
  await db.delete(idempotencyKeys).where(eq(idempotencyKeys.personId, id))
  await db.delete(savedGroups).where(eq(savedGroups.personId, id))
  await db.delete(notices).where(eq(notices.personId, id))
  await db.delete(digests).where(eq(digests.personId, id))
  await db.delete(documentViews).where(eq(documentViews.personId, id))
  await db.delete(invitations).where(or(eq(invitations.email, email), eq(invitations.acceptedBy, id)))
}

/** Roles and duties end; their rows keep the key of the person. */
async function endDuties(db: Db, { id }: Erased, now: Date): Promise<void> {
  const endedAt = now
  await db
    .update(memberships)
    .set({ endedAt })
    .where(and(eq(memberships.personId, id), isNull(memberships.endedAt)))
  await db
    .update(departmentMembers)
    .set({ endedAt })
    .where(and(eq(departmentMembers.personId, id), isNull(departmentMembers.endedAt)))
  await db
    .update(assignments)
    .set({ endedAt })
    .where(and(eq(assignments.personId, id), isNull(assignments.endedAt)))
  await db
    .update(reviewAssignments)
    .set({ endedAt })
    .where(and(eq(reviewAssignments.personId, id), isNull(reviewAssignments.endedAt), isNull(reviewAssignments.signedAt)))
}

/** The same person where a city knows them without an account. */
async function eraseOutside(db: Db, { email }: Erased, now: Date): Promise<void> {
  await db
    .update(contacts)
    .set({ name: erasedName, email: null, post: null, endedAt: sql`coalesce(${contacts.endedAt}, ${now})` })
    .where(sql`lower(${contacts.email}) = ${email}`)
  await db
    .update(guestLinks)
    .set({ name: erasedName, email: null, note: null, withdrawnAt: sql`coalesce(${guestLinks.withdrawnAt}, ${now})` })
    .where(sql`lower(${guestLinks.email}) = ${email}`)
}

/** Where others named the person: notices about them, mentions, details of events. */
async function eraseTraces(db: Db, person: Erased): Promise<void> {
  const traces = tracesOf(person)
  await db.delete(notices).where(holds(sql`${notices.subject}::text`, inJson(traces)))
  await db.delete(idempotencyKeys).where(holds(sql`coalesce(${idempotencyKeys.response}::text, '')`, inJson(traces)))
  await db
    .update(messages)
    .set({
      mentions: sql`array_remove(${messages.mentions}, ${person.id}::uuid)`,
      text: sql`replace(${messages.text}, ${`@${person.name}`}, ${`@${erasedName}`})`,
    })
    .where(sql`${person.id}::uuid = any (${messages.mentions}) or position(${`@${person.name}`} in ${messages.text}) > 0`)
  const own = db
    .select({ seq: auditEvents.seq })
    .from(auditEvents)
    .where(eq(auditEvents.subject, `person:${person.id}`))
  const kept = db.select({ seq: auditEvents.seq }).from(auditEvents).where(inArray(auditEvents.action, keptActions))
  const payload = sql`${auditPayloads.payload}::text`
  const named = and(holds(payload, inJson(traces)), sql`${auditPayloads.seq} not in ${kept}`)
  await db.delete(auditPayloads).where(or(inArray(auditPayloads.seq, own), named, holds(payload, inJson([person.email]))))
}

/** Why somebody was let work in spite of a conflict: the reason stays, whom it is about does not. */
async function eraseFromExceptions(db: Db, { id, name, email }: Erased): Promise<void> {
  const nameless = (text: typeof reviewAssignments.overrideReason | typeof reviewAssignments.overrideNote) =>
    sql`replace(replace(${text}, ${name}, ${erasedName}), ${email}, ${erasedEmail(id)})`
  await db
    .update(reviewAssignments)
    .set({ overrideReason: nameless(reviewAssignments.overrideReason), overrideNote: nameless(reviewAssignments.overrideNote) })
    .where(and(eq(reviewAssignments.personId, id), isNotNull(reviewAssignments.overriddenBy)))
}

/** Takes everything from the database that tells who the person was. Needs the network's context. */
export async function erasePersonRows(db: Db, person: Erased, now: Date): Promise<void> {
  await deleteOwn(db, person)
  await endDuties(db, person, now)
  await eraseOutside(db, person, now)
  await eraseTraces(db, person)
  await eraseFromExceptions(db, person)
  await db
    .update(people)
    .set({
      name: erasedName,
      email: erasedEmail(person.id),
      emailVerified: false,
      image: null,
      twoFactorEnabled: false,
      digestHour: null,
      language: 'en',
      timeZone: 'Europe/Berlin',
      updatedAt: now,
    })
    .where(eq(people.id, person.id))
}

/** Columns of text in which name or address still stand, because somebody wrote them into a text of the city. */
export async function listRemaining(db: Db, person: Erased): Promise<{ column: string; rows: number }[]> {
  const { rows: columns } = await db.execute<{ table: string; column: string }>(sql`
    select c.relname as "table", a.attname as "column" from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migrations'
    and a.atttypid in ('text'::regtype, 'jsonb'::regtype, 'text[]'::regtype) order by 1, 2`)
  const found: { column: string; rows: number }[] = []
  for (const { table, column } of columns) {
    const text = sql`${sql.identifier(column)}::text`
    const { rows } = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where ${holds(text, [...tracesOf(person), ...inJson(tracesOf(person))])}`,
    )
    if (rows[0]!.n > 0) found.push({ column: `${table}.${column}`, rows: rows[0]!.n })
  }
  return found
}

/** Deletes the rows of a table whose time is over, or what tells of a person in them. @returns how many */
export async function endExpired(db: Db, { table, isOver, without }: RetentionRule, now: Date): Promise<number> {
  const condition = isOver(now)
  const ended = without === undefined ? await db.delete(table).where(condition) : await db.update(table).set(without).where(condition)
  return ended.rowCount ?? 0
}
