import type { Services } from '../../services.ts'
import { personOf, type WebContext } from '../../web.ts'
import { expiryFrom } from '../accounts/invitation.ts'
import { mailInvitation, type NewLink } from '../accounts/new-link.ts'
import type { MadeInvitation } from './people.ts'

/** Sends the mails of invitations that have just been made, one after the other, and gives their links. */
export async function sendInvitations(c: WebContext, services: Services, made: readonly MadeInvitation[]): Promise<NewLink[]> {
  const expiresAt = expiryFrom(services.now())
  const links: NewLink[] = []
  for (const { request, city, token } of made) {
    if (token === null) continue
    const { email, role } = request
    links.push(await mailInvitation(c, services, { email, role, city, inviter: personOf(c), expiresAt }, token))
  }
  return links
}
