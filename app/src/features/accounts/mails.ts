import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../../config.ts'
import { logFailure } from '../../log.ts'
import type { Mail, Mailer } from '../../mailer.ts'
import type { Role } from '../../permissions.ts'
import { isLanguage } from '../../text/catalogue.ts'
import { formatDate, type Translator, translator } from '../../text/text.ts'

/** Address of a page for a mail. */
export const linkTo = (config: Config, path: string): string => `${config.publicUrl ?? `http://localhost:${config.port}`}${path}`

export const invitationPath = (token: string): string => `/invitations/${token}`

export function resetPasswordMail(config: Config, person: { email: string; name: string; language?: string | null }, token: string): Mail {
  const t = translator(isLanguage(person.language) ? person.language : 'en')
  const link = linkTo(config, `/reset-password?token=${encodeURIComponent(token)}`)
  return { to: person.email, subject: t('mails.reset.subject'), text: t('mails.reset.text', { name: person.name, link }) }
}

/** A role with its city in words. */
export function roleText(t: Translator, role: Role, city: { name: string } | null): string {
  const name = t(`accounts.role.${role}`)
  return city === null ? name : t('accounts.roleIn', { role: name, city: city.name })
}

export interface InvitationFacts {
  email: string
  role: Role
  city: { name: string } | null
  inviter: { name: string } | null
  expiresAt: Date
}

/** In the language of whoever invites, and in English too, because the other's language is not known yet. */
export function invitationMail(config: Config, t: Translator, invitation: InvitationFacts, token: string): Mail {
  const { email, role, city, inviter, expiresAt } = invitation
  const translators = t.language === 'en' ? [t] : [t, translator('en')]
  const texts = translators.map((own) =>
    own('mails.invitation.text', {
      inviter: inviter?.name ?? own('accounts.invitation.operators'),
      role: roleText(own, role, city),
      link: linkTo(config, invitationPath(token)),
      until: formatDate(own.language, expiresAt),
    }),
  )
  return { to: email, subject: t('mails.invitation.subject'), text: texts.join('\n\n–––\n\n') }
}

const patienceMs = 10_000

/** @returns whether the mail server took the mail; a refusal or a long silence stops nobody, the link is shown as well */
export async function trySend(mailer: Mailer, mail: Mail): Promise<boolean> {
  const sent = mailer.send(mail).then(
    () => true,
    (error: Error) => {
      logFailure('invitation mail', error)
      return false
    },
  )
  return Promise.race([sent, delay(patienceMs, false, { ref: false })])
}
