import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, invitations, memberships, people } from '../../db/schema.ts'
import type { Role } from '../../permissions.ts'

export interface Invitation {
  id: string
  email: string
  role: Role
  city: { id: string; slug: string; name: string } | null
  /** null: the operators of the installation, on the command line. */
  inviter: { id: string; name: string } | null
  createdAt: Date
  expiresAt: Date
  acceptedAt: Date | null
  withdrawnAt: Date | null
}

const columns = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  acceptedAt: invitations.acceptedAt,
  withdrawnAt: invitations.withdrawnAt,
  city: { id: cities.id, slug: cities.slug, name: cities.name },
  inviter: { id: people.id, name: people.name },
}

const invitationsWithNames = (db: Db) =>
  db
    .select(columns)
    .from(invitations)
    .leftJoin(cities, eq(cities.id, invitations.cityId))
    .leftJoin(people, eq(people.id, invitations.createdBy))

export async function findInvitationByHash(db: Db, tokenHash: string): Promise<Invitation | null> {
  const [row] = await invitationsWithNames(db).where(eq(invitations.tokenHash, tokenHash))
  return (row as Invitation | undefined) ?? null
}

export async function findInvitation(db: Db, id: string): Promise<Invitation | null> {
  const [row] = await invitationsWithNames(db).where(eq(invitations.id, id))
  return (row as Invitation | undefined) ?? null
}

/** Holds an invitation until the transaction ends, so that it is accepted or changed by one at a time. */
export async function lockInvitation(db: Db, id: string): Promise<void> {
  await db.select({ id: invitations.id }).from(invitations).where(eq(invitations.id, id)).for('update')
}

/** Invitations neither accepted nor withdrawn, expired ones among them, newest first. @param cityId null: of the whole network */
export async function listOpenInvitations(db: Db, cityId: string | null): Promise<Invitation[]> {
  const rows = await invitationsWithNames(db)
    .where(
      and(isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt), cityId === null ? undefined : eq(invitations.cityId, cityId)),
    )
    .orderBy(desc(invitations.createdAt), asc(invitations.id))
    .limit(200)
  return rows as Invitation[]
}

export interface NewInvitation {
  email: string
  role: Role
  cityId: string | null
  tokenHash: string
  /** null: on the command line. */
  createdBy: string | null
  createdAt: Date
  expiresAt: Date
}

export async function insertInvitation(db: Db, invitation: NewInvitation): Promise<string> {
  const [made] = await db.insert(invitations).values(invitation).returning({ id: invitations.id })
  return made!.id
}

/** Gives an invitation a new link; the old one no longer works. */
export async function renewInvitation(db: Db, id: string, { tokenHash, expiresAt }: { tokenHash: string; expiresAt: Date }): Promise<void> {
  await db.update(invitations).set({ tokenHash, expiresAt }).where(eq(invitations.id, id))
}

export async function markWithdrawn(db: Db, id: string, now: Date): Promise<void> {
  await db.update(invitations).set({ withdrawnAt: now }).where(eq(invitations.id, id))
}

export async function markAccepted(db: Db, id: string, personId: string, now: Date): Promise<void> {
  await db.update(invitations).set({ acceptedAt: now, acceptedBy: personId }).where(eq(invitations.id, id))
}

interface Place {
  email: string
  role: Role
  cityId: string | null
}

const samePlace = (column: typeof invitations.cityId | typeof memberships.cityId, cityId: string | null) =>
  cityId === null ? isNull(column) : eq(column, cityId)

/** Whether the address holds the role already, or has a pending invitation to it. */
export async function findStanding(db: Db, { email, role, cityId }: Place, now: Date): Promise<{ isMember: boolean; isInvited: boolean }> {
  const [member] = await db
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(people.email, email), eq(memberships.role, role), samePlace(memberships.cityId, cityId), isNull(memberships.endedAt)))
  const [invited] = await db
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.email, email),
        eq(invitations.role, role),
        samePlace(invitations.cityId, cityId),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        sql`${invitations.expiresAt} > ${now}`,
      ),
    )
  return { isMember: member !== undefined, isInvited: invited !== undefined }
}
