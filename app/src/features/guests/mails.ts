import type { Config } from '../../config.ts'
import type { Mail } from '../../mailer.ts'
import { formatDate, type Translator, translator } from '../../text/text.ts'
import { linkTo } from '../accounts/mails.ts'

export const guestPath = (token: string): string => `/guest/${token}`

export interface GuestMailFacts {
  email: string
  name: string
  city: string
  inviter: string
  questions: number
  note: string | null
  expiresAt: Date
}

/** In the language of whoever asks, and in English too, because the guest's language is not known. */
export function guestMail(config: Config, t: Translator, facts: GuestMailFacts, token: string): Mail {
  const translators = t.language === 'en' ? [t] : [t, translator('en')]
  const texts = translators.map((own) =>
    own('guests.mail.text', {
      ...facts,
      note: facts.note === null ? '' : `\n\n${facts.note}`,
      link: linkTo(config, guestPath(token)),
      until: formatDate(own.language, facts.expiresAt),
    }),
  )
  return { to: facts.email, subject: t('guests.mail.subject', { city: facts.city }), text: texts.join('\n\n–––\n\n') }
}
