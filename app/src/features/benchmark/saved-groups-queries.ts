import { and, asc, count, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, savedGroups } from '../../db/schema.ts'
import type { SavedGroup } from './saved-groups.ts'

const columns = {
  id: savedGroups.id,
  name: savedGroups.name,
  cities: savedGroups.cities,
  version: savedGroups.version,
  updatedAt: savedGroups.updatedAt,
}

const ownedBy = (personId: string, id: string) => and(eq(savedGroups.personId, personId), eq(savedGroups.id, id))

/** A person's groups by name. */
export function listGroups(db: Db, personId: string): Promise<SavedGroup[]> {
  return db.select(columns).from(savedGroups).where(eq(savedGroups.personId, personId)).orderBy(asc(savedGroups.name), asc(savedGroups.id))
}

export async function findGroup(db: Db, personId: string, id: string): Promise<SavedGroup | null> {
  const [group] = await db.select(columns).from(savedGroups).where(ownedBy(personId, id))
  return group ?? null
}

export async function countGroups(db: Db, personId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(savedGroups).where(eq(savedGroups.personId, personId))
  return row!.count
}

/** Which of the slugs belong to cities of the network. */
export async function listKnownSlugs(db: Db, slugs: readonly string[]): Promise<Set<string>> {
  if (slugs.length === 0) return new Set()
  const rows = await db
    .select({ slug: cities.slug })
    .from(cities)
    .where(inArray(cities.slug, [...slugs]))
  return new Set(rows.map(({ slug }) => slug))
}

/** Id of the group of this name; null when there is none. */
export async function findGroupNamed(db: Db, personId: string, name: string): Promise<string | null> {
  const [row] = await db
    .select({ id: savedGroups.id })
    .from(savedGroups)
    .where(and(eq(savedGroups.personId, personId), eq(savedGroups.name, name)))
  return row?.id ?? null
}

export interface GroupWrite {
  name: string
  cities: readonly string[]
  now: Date
}

/** @returns the group, or null when the person has one of this name */
export async function insertGroup(db: Db, personId: string, { name, cities: slugs, now }: GroupWrite): Promise<SavedGroup | null> {
  const [group] = await db
    .insert(savedGroups)
    .values({ personId, name, cities: [...slugs], createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning(columns)
  return group ?? null
}

/** @returns the group as written, or null when it is no longer in this version */
export async function updateGroup(
  db: Db,
  personId: string,
  { id, version }: { id: string; version: number },
  { name, cities: slugs, now }: GroupWrite,
): Promise<SavedGroup | null> {
  const [group] = await db
    .update(savedGroups)
    .set({ name, cities: [...slugs], version: version + 1, updatedAt: now })
    .where(and(ownedBy(personId, id), eq(savedGroups.version, version)))
    .returning(columns)
  return group ?? null
}

/** @returns whether the group was there in this version */
export async function deleteGroup(db: Db, personId: string, { id, version }: { id: string; version: number }): Promise<boolean> {
  const rows = await db
    .delete(savedGroups)
    .where(and(ownedBy(personId, id), eq(savedGroups.version, version)))
    .returning({ id: savedGroups.id })
  return rows.length > 0
}
