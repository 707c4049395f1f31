import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { citySettings, contacts, departmentMembers, departments, memberships, people } from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'
import type { CitySettings, Colleague, Contact, Department, Workforce } from './department.ts'

/** Departments in use, by name, with the people who work in them and still hold a role in the city. */
async function listDepartments(db: Db, cityId: string): Promise<Department[]> {
  return db
    .select({
      id: departments.id,
      name: departments.name,
      version: departments.version,
      memberIds: sql<string[]>`coalesce(array_agg(${people.id} order by lower(${people.name}), ${people.id}) filter (where exists (
        select 1 from ${memberships} where ${memberships.personId} = ${people.id} and ${memberships.cityId} = ${departments.cityId} and ${memberships.endedAt} is null)), '{}')`,
    })
    .from(departments)
    .leftJoin(departmentMembers, and(eq(departmentMembers.departmentId, departments.id), isNull(departmentMembers.endedAt)))
    .leftJoin(people, eq(people.id, departmentMembers.personId))
    .where(and(eq(departments.cityId, cityId), isNull(departments.endedAt)))
    .groupBy(departments.id)
    .orderBy(asc(sql`lower(${departments.name})`), asc(departments.id))
}

/** Contacts in use, by name. */
async function listContacts(db: Db, cityId: string): Promise<Contact[]> {
  const { id, name, email, post, departmentId, version } = contacts
  return db
    .select({ id, name, email, post, departmentId, version })
    .from(contacts)
    .where(and(eq(contacts.cityId, cityId), isNull(contacts.endedAt)))
    .orderBy(asc(sql`lower(${contacts.name})`), asc(contacts.id))
}

/** A contact in use; null = the city has none with this key. */
export async function findContact(db: Db, cityId: string, contactId: string): Promise<Contact | null> {
  return (await listContacts(db, cityId)).find(({ id }) => id === contactId) ?? null
}

/** Everybody with a role in the city, by name. */
async function listColleagues(db: Db, cityId: string): Promise<Colleague[]> {
  const rows = await db
    .select({ id: people.id, name: people.name, roles: sql<Role[]>`array_agg(${memberships.role} order by ${memberships.role})` })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.cityId, cityId), isNull(memberships.endedAt)))
    .groupBy(people.id)
    .orderBy(asc(sql`lower(${people.name})`), asc(people.id))
  return rows
}

/** Everything that questions of a city can be assigned to: three queries. */
export async function getWorkforce(db: Db, cityId: string): Promise<Workforce> {
  return {
    departments: await listDepartments(db, cityId),
    contacts: await listContacts(db, cityId),
    colleagues: await listColleagues(db, cityId),
  }
}

export async function getCitySettings(db: Db, cityId: string): Promise<CitySettings> {
  const [row] = await db
    .select({ contributorsSeeAll: citySettings.contributorsSeeAll, version: citySettings.version })
    .from(citySettings)
    .where(eq(citySettings.cityId, cityId))
  return row ?? { contributorsSeeAll: false, version: 0 }
}

/** @returns false when somebody else was quicker */
export async function writeCitySettings(
  db: Db,
  { cityId, contributorsSeeAll, version, personId, now }: CitySettings & { cityId: string; personId: string; now: Date },
): Promise<boolean> {
  const values = { contributorsSeeAll, version: version + 1, updatedAt: now, updatedBy: personId }
  const written =
    version === 0
      ? await db
          .insert(citySettings)
          .values({ cityId, ...values })
          .onConflictDoNothing()
          .returning({ version: citySettings.version })
      : await db
          .update(citySettings)
          .set(values)
          .where(and(eq(citySettings.cityId, cityId), eq(citySettings.version, version)))
          .returning({ version: citySettings.version })
  return written.length > 0
}

interface Origin {
  cityId: string
  personId: string
  now: Date
}

/** @returns keys of the departments; fewer than names where a name is taken */
export async function insertDepartments(db: Db, names: readonly string[], { cityId, personId, now }: Origin): Promise<string[]> {
  const rows = await db
    .insert(departments)
    .values(names.map((name) => ({ cityId, name, createdAt: now, createdBy: personId })))
    .onConflictDoNothing()
    .returning({ id: departments.id })
  return rows.map(({ id }) => id)
}

/** A department in the version that was seen. */
interface Seen {
  id: string
  cityId: string
  version: number
}

const departmentSeen = ({ id, cityId, version }: Seen) =>
  and(eq(departments.id, id), eq(departments.cityId, cityId), eq(departments.version, version), isNull(departments.endedAt))

/** @returns changed = somebody else was quicker; taken = another department has the name */
export async function writeDepartment(db: Db, seen: Seen, name: string): Promise<'written' | 'changed' | 'taken'> {
  const [other] = await db
    .select({ id: departments.id })
    .from(departments)
    .where(
      and(
        eq(departments.cityId, seen.cityId),
        sql`lower(${departments.name}) = lower(${name})`,
        isNull(departments.endedAt),
        sql`${departments.id} <> ${seen.id}`,
      ),
    )
  if (other) return 'taken'
  const written = await db
    .update(departments)
    .set({ name, version: seen.version + 1 })
    .where(departmentSeen(seen))
    .returning({ id: departments.id })
  return written.length > 0 ? 'written' : 'changed'
}

/** Ends a department and the work of its members in it; its contacts go to another one or to none. @returns false when somebody else was quicker */
export async function markDepartmentEnded(db: Db, seen: Seen, contactsTo: string | null, now: Date): Promise<boolean> {
  const ended = await db
    .update(departments)
    .set({ endedAt: now, version: seen.version + 1 })
    .where(departmentSeen(seen))
    .returning({ id: departments.id })
  if (ended.length === 0) return false
  await endMembers(db, seen.id, null, now)
  await db
    .update(contacts)
    .set({ departmentId: contactsTo, version: sql`${contacts.version} + 1` })
    .where(and(eq(contacts.departmentId, seen.id), isNull(contacts.endedAt)))
  return true
}

/** @param personIds whose work in the department ends; null = everybody's */
export async function endMembers(db: Db, departmentId: string, personIds: readonly string[] | null, now: Date): Promise<void> {
  if (personIds?.length === 0) return
  await db
    .update(departmentMembers)
    .set({ endedAt: now })
    .where(
      and(
        eq(departmentMembers.departmentId, departmentId),
        isNull(departmentMembers.endedAt),
        personIds === null ? undefined : inArray(departmentMembers.personId, [...personIds]),
      ),
    )
}

export async function addMembers(
  db: Db,
  departmentId: string,
  personIds: readonly string[],
  { cityId, personId, now }: Origin,
): Promise<void> {
  if (personIds.length === 0) return
  await db
    .insert(departmentMembers)
    .values(personIds.map((id) => ({ departmentId, cityId, personId: id, createdAt: now, createdBy: personId })))
    .onConflictDoNothing()
}

export type ContactFields = Omit<Contact, 'id' | 'version'>

export async function insertContact(db: Db, fields: ContactFields, { cityId, personId, now }: Origin): Promise<string> {
  const [row] = await db
    .insert(contacts)
    .values({ ...fields, cityId, createdAt: now, createdBy: personId })
    .returning({ id: contacts.id })
  return row!.id
}

const contactSeen = ({ id, cityId, version }: Seen) =>
  and(eq(contacts.id, id), eq(contacts.cityId, cityId), eq(contacts.version, version), isNull(contacts.endedAt))

/** @returns false when somebody else was quicker */
export async function writeContact(db: Db, seen: Seen, fields: ContactFields): Promise<boolean> {
  const written = await db
    .update(contacts)
    .set({ ...fields, version: seen.version + 1 })
    .where(contactSeen(seen))
    .returning({ id: contacts.id })
  return written.length > 0
}

/** @returns false when somebody else was quicker */
export async function markContactEnded(db: Db, seen: Seen, now: Date): Promise<boolean> {
  const ended = await db
    .update(contacts)
    .set({ endedAt: now, version: seen.version + 1 })
    .where(contactSeen(seen))
    .returning({ id: contacts.id })
  return ended.length > 0
}

/** IANA name of the time zone in which a person works. */
export async function getTimeZone(db: Db, personId: string): Promise<string> {
  const [row] = await db.select({ timeZone: people.timeZone }).from(people).where(eq(people.id, personId))
  return row?.timeZone ?? 'UTC'
}
