import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, memberships, people } from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'

export interface Membership {
  id: string
  role: Role
  cityId: string | null
  personId: string
}

export async function findMembership(db: Db, id: string): Promise<Membership | null> {
  const [row] = await db
    .select({ id: memberships.id, role: memberships.role, cityId: memberships.cityId, personId: memberships.personId })
    .from(memberships)
    .where(and(eq(memberships.id, id), isNull(memberships.endedAt)))
  return (row as Membership | undefined) ?? null
}

/** How many hold the role in this place; holds their rows, so that two do not end each other's at the same time. */
export async function lockHolders(db: Db, role: Role, cityId: string | null): Promise<number> {
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.role, role),
        cityId === null ? isNull(memberships.cityId) : eq(memberships.cityId, cityId),
        isNull(memberships.endedAt),
      ),
    )
    .orderBy(asc(memberships.id))
    .for('update')
  return rows.length
}

/** Somebody who holds a role. */
export interface Holder {
  id: string
  name: string
}

/** Who holds a role in a city, or in the network (null), now, by name. */
export async function listHolders(db: Db, role: Role, cityId: string | null): Promise<Holder[]> {
  return db
    .select({ id: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        cityId === null ? isNull(memberships.cityId) : eq(memberships.cityId, cityId),
        eq(memberships.role, role),
        isNull(memberships.endedAt),
      ),
    )
    .orderBy(asc(people.name), asc(people.id))
}

export async function insertMembership(
  db: Db,
  { createdBy, now, ...membership }: { personId: string; role: Role; cityId: string | null; createdBy: string | null; now: Date },
): Promise<void> {
  await db
    .insert(memberships)
    .values({ ...membership, createdBy, createdAt: now })
    .onConflictDoNothing()
}

export async function markEnded(db: Db, id: string, now: Date): Promise<void> {
  await db.update(memberships).set({ endedAt: now }).where(eq(memberships.id, id))
}

export interface ListedRole {
  id: string
  role: Role
  city: { slug: string; name: string } | null
  /** ISO 8601. */
  since: string
  /** People who hold the same role in the same place. */
  holders: number
}

export interface ListedPerson {
  id: string
  name: string
  email: string
  hasTwoFactor: boolean
  roles: ListedRole[]
}

// Roles of one person as JSON; with the number of holders, because the last coordinator cannot leave.
const rolesColumn = sql<ListedRole[]>`coalesce(json_agg(json_build_object(
  'id', ${memberships.id}, 'role', ${memberships.role}, 'since', ${memberships.createdAt},
  'city', case when ${cities.id} is null then null else json_build_object('slug', ${cities.slug}, 'name', ${cities.name}) end,
  'holders', (select count(*) from memberships same where same.role = ${memberships.role} and same.city_id is not distinct from ${memberships.cityId} and same.ended_at is null)
) order by ${memberships.createdAt}, ${memberships.id}) filter (where ${memberships.id} is not null), '[]')`

export interface PeopleFilter {
  /** Part of a name, an address or a city's name. */
  search?: string
  /** Only people with a role in this city, and only their roles there. */
  cityId?: string
  limit: number
  offset: number
}

/** People with their roles in force, by name, and how many there are in all. */
export async function listPeople(
  db: Db,
  { search, cityId, limit, offset }: PeopleFilter,
): Promise<{ people: ListedPerson[]; total: number }> {
  const pattern = `%${(search ?? '').replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const isFound = search
    ? or(
        sql`${people.name} ilike ${pattern}`,
        sql`${people.email} ilike ${pattern}`,
        sql`exists (select 1 from memberships m join cities c on c.id = m.city_id where m.person_id = ${people.id} and m.ended_at is null and c.name ilike ${pattern})`,
      )
    : undefined
  const rows = await db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      hasTwoFactor: people.twoFactorEnabled,
      roles: rolesColumn,
      total: sql<string>`count(*) over ()`,
    })
    .from(people)
    .leftJoin(memberships, and(eq(memberships.personId, people.id), isNull(memberships.endedAt)))
    .leftJoin(cities, eq(cities.id, memberships.cityId))
    .where(and(isFound, cityId === undefined ? undefined : eq(memberships.cityId, cityId)))
    .groupBy(people.id)
    .orderBy(asc(sql`lower(${people.name})`), asc(people.id))
    .limit(limit)
    .offset(offset)
  return {
    people: rows.map(({ id, name, email, hasTwoFactor, roles }) => ({ id, name, email, hasTwoFactor, roles })),
    total: Number(rows[0]?.total ?? 0),
  }
}

export interface CityName {
  id: string
  slug: string
  name: string
}

export async function findCityBySlug(db: Db, slug: string): Promise<CityName | null> {
  const [row] = await db.select({ id: cities.id, slug: cities.slug, name: cities.name }).from(cities).where(eq(cities.slug, slug))
  return row ?? null
}

/** Cities that could be meant by what was typed: an exact name or address alone, otherwise those that contain it (at most six). */
export async function findCitiesNamed(db: Db, typed: string): Promise<CityName[]> {
  const pattern = `%${typed.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const found = await db
    .select({ id: cities.id, slug: cities.slug, name: cities.name })
    .from(cities)
    .where(or(sql`${cities.name} ilike ${pattern}`, eq(cities.slug, typed.toLowerCase())))
    .orderBy(desc(sql`lower(${cities.name}) = lower(${typed})`), asc(cities.name), asc(cities.id))
    .limit(6)
  const exact = found.filter((city) => city.name.toLowerCase() === typed.toLowerCase() || city.slug === typed.toLowerCase())
  return exact.length === 1 ? exact : found
}

export async function listCitiesById(db: Db, ids: readonly string[]): Promise<CityName[]> {
  if (ids.length === 0) return []
  return db
    .select({ id: cities.id, slug: cities.slug, name: cities.name })
    .from(cities)
    .where(inArray(cities.id, [...ids]))
    .orderBy(asc(cities.name), asc(cities.id))
}
