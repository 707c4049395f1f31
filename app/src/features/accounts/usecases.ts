import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { can, type Person, type Role } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { normaliseEmail } from './account.ts'
import { canChangeInvitation, expiryFrom, invitationState } from './invitation.ts'
import {
  findInvitation,
  findInvitationByHash,
  findStanding,
  insertInvitation,
  type Invitation,
  listOpenInvitations,
  lockInvitation,
  markAccepted,
  markWithdrawn,
  renewInvitation,
} from './invitation-queries.ts'
import { hashToken, newToken } from './invitation-token.ts'
import { canEndRole, canManagePeople, fitsPlace } from './membership.ts'
import {
  type CityName,
  findCityBySlug,
  findMembership,
  insertMembership,
  type ListedPerson,
  listPeople,
  lockHolders,
  markEnded,
} from './membership-queries.ts'
import { findPersonByEmail, insertPerson } from './queries.ts'

function requireManagement(person: Person, cityId: string | null): void {
  const permission = canManagePeople(person, cityId)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

export interface PeoplePage {
  people: ListedPerson[]
  total: number
  invitations: Invitation[]
}

export const peoplePerPage = 50

/** Everybody in the network, page by page, with all open invitations. */
export async function openNetworkPeople(db: Db, person: Person, { search, page }: { search: string; page: number }): Promise<PeoplePage> {
  const permission = can(person, 'network-people.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const { people, total } = await listPeople(db, { search, limit: peoplePerPage, offset: (page - 1) * peoplePerPage })
  return { people, total, invitations: await listOpenInvitations(db, null) }
}

/** A city by its address, for somebody who may see its people. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function getCityForPeople(db: Db, person: Person, slug: string): Promise<CityName> {
  const city = await findCityBySlug(db, slug)
  if (city === null) throw new AppError('CITY_NOT_FOUND')
  const permission = can(person, 'city-people.read', city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return city
}

/** Everybody with a role in a city, with its open invitations. */
export async function openCityPeople(db: Db, person: Person, slug: string): Promise<PeoplePage & { city: CityName }> {
  const city = await getCityForPeople(db, person, slug)
  const { people, total } = await listPeople(db, { cityId: city.id, limit: 200, offset: 0 })
  return { city, people, total, invitations: await listOpenInvitations(db, city.id) }
}

export interface InvitationRequest {
  email: string
  role: Role
  cityId: string | null
}

/** A new or renewed invitation. `token` is the secret of its link: null when the same request came before, because it is shown once. */
export interface SentInvitation {
  id: string
  token: string | null
}

async function requireNewStanding(db: Db, { email, role, cityId }: InvitationRequest, now: Date): Promise<void> {
  const { isMember, isInvited } = await findStanding(db, { email, role, cityId }, now)
  if (isMember) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.has-role' })
  if (isInvited) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'accounts.step.is-invited' })
}

/** Writes an invitation; for use cases that have checked who invites. @param createdBy null: on the command line */
export async function writeInvitation(
  db: Db,
  { request, createdBy, now }: { request: InvitationRequest; createdBy: string | null; now: Date },
): Promise<{ id: string; token: string }> {
  const { email, role, cityId } = { ...request, email: normaliseEmail(request.email) }
  if (!fitsPlace(role, cityId)) throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'city', message: 'accounts.invite.city.fit' }] })
  await requireNewStanding(db, { email, role, cityId }, now)
  const token = newToken()
  const id = await insertInvitation(db, {
    email,
    role,
    cityId,
    tokenHash: hashToken(token),
    createdBy,
    createdAt: now,
    expiresAt: expiryFrom(now),
  })
  await recordEvent(db, { action: 'invitation.sent', personId: createdBy, cityId, subject: `invitation:${id}`, payload: { role }, now })
  return { id, token }
}

/** Invites somebody to a role in a city, or in the network. */
export async function invitePerson(
  db: Db,
  person: Person,
  { request, key, now }: { request: InvitationRequest; key: string; now: Date },
): Promise<SentInvitation> {
  requireManagement(person, request.cityId)
  let token: string | null = null
  const { id } = await once(db, person, { key, operation: 'invitePerson', body: request }, async () => {
    const made = await writeInvitation(db, { request, createdBy: person.id, now })
    token = made.token
    return { id: made.id }
  })
  return { id, token }
}

/** An invitation that the person may change; one of another city is as unknown as none. */
async function getChangeable(db: Db, person: Person, id: string, now: Date): Promise<Invitation> {
  await lockInvitation(db, id)
  const invitation = await findInvitation(db, id)
  if (invitation === null || !canManagePeople(person, invitation.city?.id ?? null).ok) throw new AppError('INVITATION_NOT_FOUND')
  const step = canChangeInvitation(invitation, now)
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `accounts.step.${step.reason}` })
  return invitation
}

/** Gives an invitation a new link and a new date; the old link ends. */
export async function resendInvitation(
  db: Db,
  person: Person,
  { id, key, now }: { id: string; key: string; now: Date },
): Promise<SentInvitation & { invitation: Invitation }> {
  const invitation = await getChangeable(db, person, id, now)
  let token: string | null = null
  await once(db, person, { key, operation: 'resendInvitation', body: { id } }, async () => {
    token = newToken()
    await renewInvitation(db, id, { tokenHash: hashToken(token), expiresAt: expiryFrom(now) })
    await recordEvent(db, {
      action: 'invitation.resent',
      personId: person.id,
      cityId: invitation.city?.id ?? null,
      subject: `invitation:${id}`,
      payload: { role: invitation.role },
      now,
    })
    return { id }
  })
  return { id, token, invitation: { ...invitation, expiresAt: expiryFrom(now) } }
}

/** The link of an invitation stops working. */
export async function withdrawInvitation(db: Db, person: Person, id: string, now: Date): Promise<Invitation> {
  const invitation = await getChangeable(db, person, id, now)
  await markWithdrawn(db, id, now)
  await recordEvent(db, {
    action: 'invitation.withdrawn',
    personId: person.id,
    cityId: invitation.city?.id ?? null,
    subject: `invitation:${id}`,
    payload: { role: invitation.role },
    now,
  })
  return invitation
}

/** Reads an invitation by the secret of its link, without using it up. @throws {AppError} INVITATION_NOT_FOUND, INVITATION_EXPIRED */
export async function getInvitation(db: Db, token: string, now: Date): Promise<Invitation> {
  const invitation = await findInvitationByHash(db, hashToken(token))
  if (invitation === null) throw new AppError('INVITATION_NOT_FOUND')
  if (invitationState(invitation, now) !== 'pending') throw new AppError('INVITATION_EXPIRED')
  return invitation
}

export interface NewAccount {
  name: string
  language: string
  /** null = signs in at their organisation only */
  passwordHash: string | null
}

/** Uses up an invitation: gives its role to the person signed in, or to a new account. @returns whose role it now is */
export async function acceptInvitation(
  db: Db,
  person: Person | null,
  { token, account, now }: { token: string; account: NewAccount | null; now: Date },
): Promise<{ personId: string }> {
  const { id } = await getInvitation(db, token, now)
  await lockInvitation(db, id)
  const invitation = await getInvitation(db, token, now) // perhaps somebody was quicker
  const personId = await acceptedBy(db, person, { invitation, account, now })
  const cityId = invitation.city?.id ?? null
  await insertMembership(db, { personId, role: invitation.role, cityId, createdBy: invitation.inviter?.id ?? null, now })
  await markAccepted(db, id, personId, now)
  await recordEvent(db, {
    action: 'invitation.accepted',
    personId,
    cityId,
    subject: `invitation:${id}`,
    payload: { role: invitation.role, isNewAccount: person === null },
    now,
  })
  return { personId }
}

async function acceptedBy(
  db: Db,
  person: Person | null,
  { invitation, account, now }: { invitation: Invitation; account: NewAccount | null; now: Date },
): Promise<string> {
  if (person !== null) {
    if (person.email !== invitation.email) throw new AppError('INVITATION_WRONG_PERSON')
    return person.id
  }
  if ((await findPersonByEmail(db, invitation.email)) !== null) throw new AppError('PERSON_EXISTS')
  if (account === null) throw new AppError('SIGN_IN_REQUIRED')
  return insertPerson(db, { ...account, email: invitation.email }, now)
}

/** Ends a role. The last coordinator of a city, and of the network, keeps theirs. */
export async function endMembership(db: Db, person: Person, id: string, now: Date): Promise<void> {
  const membership = await findMembership(db, id)
  if (membership === null || !canManagePeople(person, membership.cityId).ok) throw new AppError('MEMBERSHIP_NOT_FOUND')
  const { role, cityId, personId } = membership
  const holders = await lockHolders(db, role, cityId)
  if ((await findMembership(db, id)) === null) throw new AppError('MEMBERSHIP_NOT_FOUND') // ended while we waited
  const step = canEndRole(role, holders)
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `accounts.step.${step.reason}` })
  await markEnded(db, id, now)
  await recordEvent(db, {
    action: 'membership.ended',
    personId: person.id,
    cityId,
    subject: `person:${personId}`,
    payload: { membershipId: id, role },
    now,
  })
}
