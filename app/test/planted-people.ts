import { createHmac, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { inContext, systemContext } from '../src/db/context.ts'
import { invitations, people, sessions, verifications } from '../src/db/schema.ts'
import { hashToken, newToken } from '../src/features/accounts/invitation-token.ts'
import { findPerson } from '../src/features/accounts/queries.ts'
import { isCityRole, type Person, type Role } from '../src/permissions.ts'
import { addAccount } from './accounts.ts'
import type { Prepared } from './database.ts'
import { personMarker } from './markers.ts'
import { type PlantedNetwork } from './planted-network.ts'

// Who calls the routes of the planted network, and who could come to it.

export const viewers = [
  'stranger',
  'coordinator',
  'contributor',
  'approver',
  'partner',
  'reviewer',
  'lead',
  'network',
  'coordinatorB',
  'reviewerB',
] as const
/**
 * Who calls a route: the four roles of city A, the expert who is assigned to its review, the lead of the evaluation, the network
 * coordination, the coordinator of city B, the expert of its review, nobody.
 */
export type Viewer = (typeof viewers)[number]

const roleOf: Record<Exclude<Viewer, 'stranger'>, Role> = {
  coordinator: 'city-coordinator',
  contributor: 'contributor',
  approver: 'approver',
  partner: 'technical-partner',
  reviewer: 'reviewer',
  lead: 'evaluation-coordinator',
  reviewerB: 'reviewer',
  network: 'network-coordinator',
  coordinatorB: 'city-coordinator',
}

export interface SignedIn {
  person: Person
  sessionId: string
  cookie: string
}

const day = 24 * 3600 * 1000 // ms

async function signedIn(prepared: Prepared, id: string, mark: string): Promise<SignedIn> {
  const { services } = prepared
  const token = randomUUID()
  const [session] = await services.db
    .insert(sessions)
    .values({ token, userId: id, userAgent: `Browser ${mark}`, expiresAt: new Date(Date.now() + 3_600_000) })
    .returning({ id: sessions.id })
  const signature = createHmac('sha256', services.secrets.signIn).update(token).digest('base64')
  const person = await inContext(services.db, systemContext, (db) => findPerson(db, id))
  return { person: person!, sessionId: session!.id, cookie: `tessera-session=${encodeURIComponent(`${token}.${signature}`)}` }
}

export async function plantPeople(prepared: Prepared, cityA: string, cityB: string): Promise<PlantedNetwork['people']> {
  const entries = []
  for (const [viewer, role] of Object.entries(roleOf)) {
    const isOfNetwork = !isCityRole(role)
    const isOfA = !isOfNetwork && viewer !== 'coordinatorB'
    const cityId = isOfNetwork ? null : isOfA ? cityA : cityB
    const id = await addAccount(prepared, {
      email: `${viewer.toLowerCase()}${isOfA ? `.${personMarker.toLowerCase()}` : ''}@example.org`,
      role,
      cityId,
    })
    await prepared.services.db
      .update(people)
      .set({ name: isOfA ? `${viewer} ${personMarker}` : viewer })
      .where(eq(people.id, id))
    entries.push([viewer, await signedIn(prepared, id, isOfA ? personMarker : '')])
  }
  return Object.fromEntries(entries) as PlantedNetwork['people']
}

export async function plantInvitations(
  { services }: Prepared,
  cityA: string,
): Promise<Pick<PlantedNetwork, 'invitationA' | 'networkInvitation'>> {
  const token = newToken()
  const expiresAt = new Date(Date.now() + day)
  const made = await inContext(services.db, systemContext, (db) =>
    db
      .insert(invitations)
      .values([
        {
          tokenHash: hashToken(token),
          email: `invited.${personMarker.toLowerCase()}@example.org`,
          role: 'contributor',
          cityId: cityA,
          expiresAt,
        },
        { tokenHash: hashToken(newToken()), email: 'expert@example.org', role: 'reviewer', cityId: null, expiresAt },
      ])
      .returning({ id: invitations.id }),
  )
  return { invitationA: { id: made[0]!.id, token }, networkInvitation: made[1]!.id }
}

export async function plantSignIn(prepared: Prepared): Promise<Pick<PlantedNetwork, 'demoPerson' | 'guest' | 'resetToken'>> {
  const guest = await addAccount(prepared, { email: 'guest@example.org' })
  const demoPerson = await addAccount(prepared, { email: 'demo@example.org', isDemo: true, role: 'reviewer' })
  const resetToken = randomUUID()
  await prepared.services.db
    .insert(verifications)
    .values({ identifier: `reset-password:${resetToken}`, value: guest, expiresAt: new Date(Date.now() + day) })
  return { demoPerson, guest, resetToken }
}
