import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { credentials } from '../../db/schema.ts'

/** Whose an identity of a provider is, or null. */
export async function findIdentity(db: Db, providerId: string, subject: string): Promise<string | null> {
  const [row] = await db
    .select({ personId: credentials.userId })
    .from(credentials)
    .where(and(eq(credentials.providerId, providerId), eq(credentials.accountId, subject)))
  return row?.personId ?? null
}

/** @returns false when the identity belongs to somebody already */
export async function insertIdentity(
  db: Db,
  { personId, providerId, subject, now }: { personId: string; providerId: string; subject: string; now: Date },
): Promise<boolean> {
  const made = await db
    .insert(credentials)
    .values({ accountId: subject, providerId, userId: personId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: credentials.id })
  return made.length > 0
}

/** @returns whether there was one */
export async function deleteIdentity(db: Db, personId: string, providerId: string): Promise<boolean> {
  const deleted = await db
    .delete(credentials)
    .where(and(eq(credentials.userId, personId), eq(credentials.providerId, providerId)))
    .returning({ id: credentials.id })
  return deleted.length > 0
}

/** The ways in which a person can sign in. @param providerId null: none is set up */
export async function findSignInWays(
  db: Db,
  personId: string,
  providerId: string | null,
): Promise<{ hasPassword: boolean; isConnected: boolean }> {
  const rows = await db
    .select({ providerId: credentials.providerId, password: credentials.password })
    .from(credentials)
    .where(eq(credentials.userId, personId))
  return {
    hasPassword: rows.some((row) => row.providerId === 'credential' && row.password !== null),
    isConnected: rows.some((row) => row.providerId === providerId),
  }
}
