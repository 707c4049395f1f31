import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { isHttps } from '../../config.ts'
import type { Services } from '../../services.ts'
import type { WebContext } from '../../web.ts'
import { type InvitationFacts, invitationMail, invitationPath, linkTo, trySend } from './mails.ts'

/** Link of an invitation that has just been made. */
export interface NewLink {
  email: string
  link: string
  wasMailed: boolean
}

/** Sends the mail of an invitation and gives its link. Call it after the transaction: only then does the invitation exist. */
export async function mailInvitation(
  c: WebContext,
  { config, mailer }: Services,
  invitation: InvitationFacts,
  token: string,
): Promise<NewLink> {
  const wasMailed = await trySend(mailer, invitationMail(config, c.get('t'), invitation, token))
  return { email: invitation.email, link: linkTo(config, invitationPath(token)), wasMailed }
}

const name = 'tessera-new-link'
const attributes = (services: Services, path: string) => ({
  path,
  httpOnly: true,
  sameSite: 'Strict' as const,
  secure: isHttps(services.config),
})

// The link is shown on the page after the form: it travels there in a cookie of this page that lives until it is read.

export function keepNewLink(c: WebContext, services: Services, path: string, newLink: NewLink): void {
  setCookie(c, name, JSON.stringify(newLink), { ...attributes(services, path), maxAge: 120 })
}

/** Reads the link and forgets it. */
export function takeNewLink(c: WebContext, services: Services, path: string): NewLink | null {
  const kept = getCookie(c, name)
  if (kept === undefined) return null
  deleteCookie(c, name, attributes(services, path))
  try {
    return JSON.parse(kept) as NewLink
  } catch {
    return null
  }
}
