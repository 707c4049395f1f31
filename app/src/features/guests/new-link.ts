import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { linkTo, trySend } from '../accounts/mails.ts'
import type { NewLink } from '../accounts/new-link.ts'
import { guestMail, type GuestMailFacts, guestPath } from './mails.ts'

/** Sends the mail of a link, if there is an address, and gives the link. Call it after the transaction: only then does the link exist. */
export async function mailGuestLink(
  c: WebContext,
  { config, mailer }: Services,
  facts: Omit<GuestMailFacts, 'email'> & { email: string | null },
  token: string,
): Promise<NewLink> {
  const { email } = facts
  const wasMailed = email !== null && (await trySend(mailer, guestMail(config, c.get('t'), { ...facts, email }, token)))
  return { email: email ?? '', link: linkTo(config, guestPath(token)), wasMailed }
}
