import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, invitations, memberships, people } from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'

/** Somebody with a role, or invited to one. */
export interface StandingPerson {
  email: string
  role: Role
  cityId: string | null
  /** Name of the city. */
  city: string | null
  /** null = has not accepted yet. */
  name: string | null
  isInvited: boolean
}

/** Whose standing is asked for: of one city, or of some addresses; null = of everybody. */
interface StandingFilter {
  cityId: string | null
  emails: readonly string[] | null
}

/** Roles in force and invitations that wait, by address: two queries. */
export async function listStanding(db: Db, { cityId, emails }: StandingFilter, now: Date): Promise<StandingPerson[]> {
  if (emails?.length === 0) return []
  const members = await db
    .select({ email: people.email, role: memberships.role, cityId: memberships.cityId, city: cities.name, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .leftJoin(cities, eq(cities.id, memberships.cityId))
    .where(
      and(
        isNull(memberships.endedAt),
        cityId === null ? undefined : eq(memberships.cityId, cityId),
        emails === null ? undefined : inArray(people.email, [...emails]),
      ),
    )
    .orderBy(asc(people.email), asc(memberships.role), asc(cities.name))
  const invited = await db
    .select({ email: invitations.email, role: invitations.role, cityId: invitations.cityId, city: cities.name })
    .from(invitations)
    .leftJoin(cities, eq(cities.id, invitations.cityId))
    .where(
      and(
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        sql`${invitations.expiresAt} > ${now}`,
        cityId === null ? undefined : eq(invitations.cityId, cityId),
        emails === null ? undefined : inArray(invitations.email, [...emails]),
      ),
    )
    .orderBy(asc(invitations.email), asc(invitations.role), asc(cities.name))
  return [
    ...members.map((row) => ({ ...row, role: row.role as Role, isInvited: false })),
    ...invited.map((row) => ({ ...row, role: row.role as Role, name: null, isInvited: true })),
  ]
}

export interface NamedCity {
  id: string
  slug: string
  name: string
}

/** Cities with one of these names or addresses. */
export async function listCitiesNamed(db: Db, names: readonly string[]): Promise<NamedCity[]> {
  if (names.length === 0) return []
  const wanted = names.map((name) => name.toLowerCase())
  return db
    .select({ id: cities.id, slug: cities.slug, name: cities.name })
    .from(cities)
    .where(or(inArray(cities.slug, wanted), inArray(sql`lower(${cities.name})`, wanted)))
    .orderBy(asc(cities.name), asc(cities.id))
}
