import { and, eq } from 'drizzle-orm'
import { hashOf } from './canonical.ts'
import type { Db } from './db/open.ts'
import { idempotencyKeys } from './db/schema.ts'
import { AppError } from './errors.ts'
import type { Person } from './permissions.ts'

export interface OnceRequest {
  key: string
  /** operationId of the API operation. */
  operation: string
  /** What was asked for; the same key with something else is refused. */
  body: unknown
}

/**
 * Carries out `work` once per key: a repeated request gets the first answer again. The key is stored in the caller's
 * transaction, so it exists exactly when the effect does.
 * @param work returns plain JSON
 * @throws {AppError} IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_MISSING
 */
export async function once<T>(db: Db, person: Person, { key, operation, body }: OnceRequest, work: () => Promise<T>): Promise<T> {
  if (key.length < 8) throw new AppError('IDEMPOTENCY_KEY_MISSING')
  const bodyHash = hashOf({ operation, body: JSON.parse(JSON.stringify(body ?? null)) })
  const mine = and(eq(idempotencyKeys.personId, person.id), eq(idempotencyKeys.key, key))
  const inserted = await db
    .insert(idempotencyKeys)
    .values({ personId: person.id, key, operation, bodyHash })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (inserted.length === 0) {
    const [first] = await db.select().from(idempotencyKeys).where(mine)
    if (first?.bodyHash !== bodyHash) throw new AppError('IDEMPOTENCY_KEY_REUSED')
    return first.response as T
  }
  const response = await work()
  await db
    .update(idempotencyKeys)
    .set({ response: response ?? null })
    .where(mine)
  return response
}
