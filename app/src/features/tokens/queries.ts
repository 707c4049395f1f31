import { and, asc, count, desc, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { accessTokens } from '../../db/schema.ts'
import type { Scope } from '../../scopes.ts'
import type { AccessToken } from './token.ts'

const columns = {
  id: accessTokens.id,
  name: accessTokens.name,
  scopes: accessTokens.scopes,
  createdAt: accessTokens.createdAt,
  expiresAt: accessTokens.expiresAt,
  lastUsedAt: accessTokens.lastUsedAt,
  revokedAt: accessTokens.revokedAt,
}

const typed = ({ scopes, ...row }: Omit<AccessToken, 'scopes'> & { scopes: string[] }): AccessToken => ({
  ...row,
  scopes: scopes as Scope[],
})

/** Tokens of a person, newest first. */
export async function listTokens(db: Db, personId: string): Promise<AccessToken[]> {
  const rows = await db
    .select(columns)
    .from(accessTokens)
    .where(eq(accessTokens.personId, personId))
    .orderBy(desc(accessTokens.createdAt), asc(accessTokens.id))
  return rows.map(typed)
}

export async function countActiveTokens(db: Db, personId: string, now: Date): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(accessTokens)
    .where(and(eq(accessTokens.personId, personId), isNull(accessTokens.revokedAt), gt(accessTokens.expiresAt, now)))
  return row!.n
}

export interface NewToken {
  personId: string
  name: string
  tokenHash: string
  scopes: readonly Scope[]
  createdAt: Date
  expiresAt: Date
}

export async function insertToken(db: Db, { scopes, ...token }: NewToken): Promise<string> {
  const [made] = await db
    .insert(accessTokens)
    .values({ ...token, scopes: [...scopes] })
    .returning({ id: accessTokens.id })
  return made!.id
}

/** The token with its owner, whatever its state. */
export async function findTokenByHash(db: Db, tokenHash: string): Promise<(AccessToken & { personId: string }) | null> {
  const [row] = await db
    .select({ ...columns, personId: accessTokens.personId })
    .from(accessTokens)
    .where(eq(accessTokens.tokenHash, tokenHash))
  return row === undefined ? null : { ...typed(row), personId: row.personId }
}

export async function markUsed(db: Db, id: string, hour: Date): Promise<void> {
  await db.update(accessTokens).set({ lastUsedAt: hour }).where(eq(accessTokens.id, id))
}

/** @returns whether the person had such a token that still worked */
export async function markRevoked(db: Db, { personId, id, now }: { personId: string; id: string; now: Date }): Promise<boolean> {
  const revoked = await db
    .update(accessTokens)
    .set({ revokedAt: now })
    .where(
      and(eq(accessTokens.id, id), eq(accessTokens.personId, personId), isNull(accessTokens.revokedAt), gt(accessTokens.expiresAt, now)),
    )
    .returning({ id: accessTokens.id })
  return revoked.length > 0
}

/** Forgets tokens of a person that ended before. */
export async function deleteEndedTokens(db: Db, personId: string, before: Date): Promise<void> {
  await db
    .delete(accessTokens)
    .where(and(eq(accessTokens.personId, personId), or(lt(accessTokens.revokedAt, before), lt(accessTokens.expiresAt, before))))
}
