import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { people, snapshots } from '../../db/schema.ts'
import type { Snapshot } from './snapshot.ts'

const columns = {
  id: snapshots.id,
  name: snapshots.name,
  at: snapshots.takenOf,
  createdAt: snapshots.createdAt,
  author: people.name,
}

/** Snapshots of an assessment in the order of their moments; those taken off the list are left out. */
export async function listSnapshots(db: Db, assessmentId: string): Promise<Snapshot[]> {
  return db
    .select(columns)
    .from(snapshots)
    .leftJoin(people, eq(people.id, snapshots.createdBy))
    .where(and(eq(snapshots.assessmentId, assessmentId), isNull(snapshots.removedAt)))
    .orderBy(asc(snapshots.takenOf), asc(snapshots.createdAt), asc(snapshots.id))
}

export async function insertSnapshot(
  db: Db,
  {
    assessmentId,
    cityId,
    name,
    at,
    personId,
    now,
  }: { assessmentId: string; cityId: string; name: string; at: Date; personId: string; now: Date },
): Promise<string> {
  const [row] = await db
    .insert(snapshots)
    .values({ assessmentId, cityId, name, takenOf: at, createdAt: now, createdBy: personId })
    .returning({ id: snapshots.id })
  return row!.id
}

/** Takes a snapshot off the list. @returns whether it stood there */
export async function removeFromList(db: Db, assessmentId: string, id: string, now: Date): Promise<boolean> {
  const removed = await db
    .update(snapshots)
    .set({ removedAt: now })
    .where(and(eq(snapshots.id, id), eq(snapshots.assessmentId, assessmentId), isNull(snapshots.removedAt)))
    .returning({ id: snapshots.id })
  return removed.length > 0
}
