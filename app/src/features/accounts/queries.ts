import { and, asc, count, desc, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  cities,
  credentials,
  memberships,
  partnerRights,
  people,
  reviewAssignments,
  sessions,
  signInFailures,
  twoFactors,
  verifications,
} from '../../db/schema.ts'
import type { PartnerRight, Person, Role } from '../../permissions.ts'

/** Rights that a city has granted a technical partner, now. */
const rightsColumn = sql<
  string[]
>`array(select ${partnerRights.right} from ${partnerRights} where ${partnerRights.membershipId} = ${memberships.id} and ${partnerRights.revokedAt} is null order by 1)`

/** Cities whose frozen copies a person has been assigned to as an expert, now. */
const reviewedColumn = sql<
  string[]
>`array(select distinct ${reviewAssignments.cityId} from ${reviewAssignments} where ${reviewAssignments.personId} = ${people.id} and ${reviewAssignments.endedAt} is null)`

/** A person with the roles in force, or null. Needs the sign-in or network context. */
export async function findPerson(db: Db, personId: string): Promise<Person | null> {
  const rows = await db
    .select({ person: people, membership: memberships, rights: rightsColumn, reviewed: reviewedColumn })
    .from(people)
    .leftJoin(memberships, and(eq(memberships.personId, people.id), isNull(memberships.endedAt)))
    .where(eq(people.id, personId))
    .orderBy(asc(memberships.createdAt), asc(memberships.id))
  const first = rows[0]
  if (first === undefined) return null
  const { id, name, email, language, isDemo } = first.person
  return {
    id,
    name,
    email,
    language,
    isDemo,
    reviewedCityIds: first.reviewed,
    memberships: rows.flatMap(({ membership: m, rights }) =>
      m === null ? [] : [{ id: m.id, role: m.role as Role, cityId: m.cityId, rights: rights as PartnerRight[] }],
    ),
  }
}

interface FoundSession {
  sessionId: string
  endsAt: Date
  /** Of the account, or of the organisation's sign-in with which the session began. */
  hasSecondFactor: boolean
  person: Person
  /** Unseen notices. */
  news: number
}

/** A session with its person, roles in force and number of unseen notices, by its token; null when there is none. */
export async function findSession(db: Db, token: string): Promise<FoundSession | null> {
  const { rows } = await db.execute<{ found: (Omit<FoundSession, 'endsAt'> & { endsAt: string }) | null }>(
    sql`select signed_in(${token}) as found`,
  )
  const found = rows[0]!.found
  return found && { ...found, endsAt: new Date(found.endsAt) }
}

export async function findPersonByEmail(
  db: Db,
  email: string,
): Promise<{ id: string; name: string; email: string; language: string; isDemo: boolean } | null> {
  const [row] = await db
    .select({ id: people.id, name: people.name, email: people.email, language: people.language, isDemo: people.isDemo })
    .from(people)
    .where(eq(people.email, email))
  return row ?? null
}

export interface NewPerson {
  name: string
  /** In lower case. */
  email: string
  language: string
  /** scrypt hash, from passwords.hash; null = signs in at their organisation only */
  passwordHash: string | null
  isDemo?: boolean
}

/** Makes an account that can sign in with its password, if it has one. */
export async function insertPerson(db: Db, { passwordHash, ...person }: NewPerson, now: Date): Promise<string> {
  const [made] = await db
    .insert(people)
    .values({ ...person, createdAt: now, updatedAt: now })
    .returning({ id: people.id })
  const id = made!.id
  const password = { accountId: id, providerId: 'credential', userId: id, password: passwordHash, createdAt: now, updatedAt: now }
  if (passwordHash !== null) await db.insert(credentials).values(password)
  return id
}

export async function updatePerson(db: Db, personId: string, changes: { name: string; language: string }, now: Date): Promise<void> {
  await db
    .update(people)
    .set({ ...changes, updatedAt: now })
    .where(eq(people.id, personId))
}

/** begun: set up, but not confirmed by a first code, and so not in force. */
export type TwoFactorState = 'off' | 'begun' | 'on'

export async function getTwoFactorState(db: Db, personId: string): Promise<TwoFactorState> {
  const [row] = await db
    .select({ isOn: people.twoFactorEnabled, setupId: twoFactors.id })
    .from(people)
    .leftJoin(twoFactors, eq(twoFactors.userId, people.id))
    .where(eq(people.id, personId))
  if (row?.isOn) return 'on'
  return row?.setupId ? 'begun' : 'off'
}

/** The encrypted secret of a second factor whose set-up has begun but is not confirmed. */
export async function findPendingSecret(db: Db, personId: string): Promise<string | null> {
  const [row] = await db
    .select({ secret: twoFactors.secret })
    .from(twoFactors)
    .where(and(eq(twoFactors.userId, personId), eq(twoFactors.verified, false)))
  return row?.secret ?? null
}

export interface Session {
  id: string
  userAgent: string | null
  address: string | null
  createdAt: Date
  updatedAt: Date
  expiresAt: Date
}

/** Sessions of a person that have not ended, last used first. */
export function listSessions(db: Db, personId: string, now: Date): Promise<Session[]> {
  return db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      address: sessions.ipAddress,
      createdAt: sessions.createdAt,
      updatedAt: sessions.updatedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, personId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.updatedAt), asc(sessions.id))
}

/** @returns whether there was such a session of this person */
export async function deleteSession(db: Db, personId: string, sessionId: string): Promise<boolean> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, personId)))
    .returning({ id: sessions.id })
  return ended.length > 0
}

/** Notes that the organisation's sign-in, with which a session began, has asked for a second factor. */
export async function markMultiFactor(db: Db, sessionId: string): Promise<void> {
  await db.update(sessions).set({ isMultiFactor: true }).where(eq(sessions.id, sessionId))
}

/** @returns how many sessions ended */
export async function deleteOtherSessions(db: Db, personId: string, keptSessionId: string): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), ne(sessions.id, keptSessionId)))
    .returning({ id: sessions.id })
  return ended.length
}

/** Makes everybody else who counts under this name wait until the transaction ends. */
const takeTurn = (db: Db, name: string) => db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)

export interface Attempt {
  accountHash: string
  addressHash: string
  now: Date
}

/** Failed sign-ins since a point in time; older ones are forgotten. Holds the account's turn until the transaction ends. */
export async function countFailures(
  db: Db,
  { accountHash, addressHash }: Attempt,
  since: Date,
): Promise<{ ofAccount: number; ofAddress: number }> {
  await takeTurn(db, accountHash)
  await db.delete(signInFailures).where(lt(signInFailures.failedAt, since))
  const [ofAccount] = await db.select({ n: count() }).from(signInFailures).where(eq(signInFailures.accountHash, accountHash))
  const [ofAddress] = await db.select({ n: count() }).from(signInFailures).where(eq(signInFailures.addressHash, addressHash))
  return { ofAccount: ofAccount!.n, ofAddress: ofAddress!.n }
}

export async function insertFailure(db: Db, { accountHash, addressHash, now }: Attempt): Promise<void> {
  await db.insert(signInFailures).values({ accountHash, addressHash, failedAt: now })
}

export async function deleteFailures(db: Db, accountHash: string): Promise<void> {
  await db.delete(signInFailures).where(eq(signInFailures.accountHash, accountHash))
}

/** Notes that a one-time code was used. @returns false when it had been used before */
export async function claimCode(db: Db, identifier: string, now: Date, until: Date): Promise<boolean> {
  await takeTurn(db, identifier)
  const [used] = await db
    .select({ id: verifications.id })
    .from(verifications)
    .where(and(eq(verifications.identifier, identifier), gt(verifications.expiresAt, now)))
  if (used) return false
  await db.insert(verifications).values({ identifier, value: 'used', expiresAt: until, createdAt: now, updatedAt: now })
  return true
}

export interface DemoAccount {
  id: string
  name: string
  email: string
  roles: { role: Role; city: string | null }[]
}

/** Accounts of the demonstration with their roles; people without a role are left out. */
export async function listDemoAccounts(db: Db): Promise<DemoAccount[]> {
  const rows = await db
    .select({ id: people.id, name: people.name, email: people.email, role: memberships.role, city: cities.name })
    .from(people)
    .innerJoin(memberships, and(eq(memberships.personId, people.id), isNull(memberships.endedAt)))
    .leftJoin(cities, eq(cities.id, memberships.cityId))
    .where(eq(people.isDemo, true))
    .orderBy(asc(people.createdAt), asc(people.id), asc(memberships.createdAt))
    .limit(40)
  const accounts = new Map<string, DemoAccount>()
  for (const { id, name, email, role, city } of rows) {
    const account = accounts.get(id) ?? { id, name, email, roles: [] }
    account.roles.push({ role: role as Role, city })
    accounts.set(id, account)
  }
  return [...accounts.values()]
}
