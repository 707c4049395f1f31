import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { memberships, people } from '../../db/schema.ts'
import type { Person, Role } from '../../permissions.ts'

/** A person with the roles in force, or null. Needs the sign-in or network context. */
export async function findPerson(db: Db, personId: string): Promise<Person | null> {
  const rows = await db.select({ person: people, membership: memberships }).from(people)
    .leftJoin(memberships, and(eq(memberships.personId, people.id), isNull(memberships.endedAt)))
    .where(eq(people.id, personId)).orderBy(asc(memberships.createdAt), asc(memberships.id))
  const first = rows[0]
  if (first === undefined) return null
  const { id, name, email, language, isDemo } = first.person
  return {
    id, name, email, language, isDemo,
    memberships: rows.flatMap(({ membership: m }) => (m === null ? [] : [{ id: m.id, role: m.role as Role, cityId: m.cityId }])),
  }
}
