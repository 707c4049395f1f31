import { inContext } from '../../db/context.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import type { Invitation } from './invitation-queries.ts'
import { findPersonByEmail } from './queries.ts'
import { passwords } from './scrypt-queue.ts'
import { startSession } from './sign-in.ts'
import { acceptInvitation, getInvitation } from './usecases.ts'
import type { Visit } from './visit.ts'

// Invitations are accepted in the sign-in context: the one who accepts has no role in that city yet.

/** What the page of an invitation shows. */
export function openInvitation(services: Services, token: string): Promise<{ invitation: Invitation; hasAccount: boolean }> {
  return inContext(services.db, { scope: 'sign-in' }, async (tx) => {
    const invitation = await getInvitation(tx, token, services.now())
    return { invitation, hasAccount: (await findPersonByEmail(tx, invitation.email)) !== null }
  })
}

/** Accepts as the person who is signed in. */
export async function acceptAsPerson(services: Services, person: Person, token: string): Promise<void> {
  await inContext(services.db, { scope: 'sign-in' }, (tx) => acceptInvitation(tx, person, { token, account: null, now: services.now() }))
}

export interface Applicant {
  name: string
  password: string
  language: string
}

/** Accepts with a new account and signs in to it. @returns headers with the session's cookie */
export async function acceptWithNewAccount(
  services: Services,
  visit: Visit,
  { token, applicant }: { token: string; applicant: Applicant },
): Promise<Headers> {
  const { hasAccount } = await openInvitation(services, token) // before the costly hash
  if (hasAccount) throw new AppError('PERSON_EXISTS')
  const passwordHash = await passwords.hash(applicant.password)
  const { name, language } = applicant
  const { personId } = await inContext(services.db, { scope: 'sign-in' }, (tx) =>
    acceptInvitation(tx, null, { token, account: { name, language, passwordHash }, now: services.now() }),
  )
  return (await startSession(services, visit, personId, 'invitation')).headers
}
