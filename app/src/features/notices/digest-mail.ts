import { linkTo } from '../accounts/mails.ts'
import type { Config } from '../../config.ts'
import type { Mail } from '../../mailer.ts'
import { isLanguage, type Language } from '../../text/catalogue.ts'
import { type Translator, translator } from '../../text/text.ts'
import type { Head } from '../audit/audit.ts'
import { bindingKinds, type Notice, type SubjectNames } from './notice.ts'
import { noticeQuote, noticeSentence } from './notice-text.ts'
import type { Recipient } from './sending-queries.ts'

/** The language of a person's mails. */
export const languageOf = ({ language }: Pick<Recipient, 'language'>): Language => (isLanguage(language) ? language : 'en')

const mostLines = 40

/** The same sentence several times is one line with the number, and leads to the latest. */
function lineOf(config: Config, t: Translator, same: readonly Notice[], sentence: string): string {
  const latest = same.at(-1)!
  const quotes = new Set(same.flatMap((notice) => noticeQuote(notice) ?? []))
  return [
    `- ${same.length === 1 ? sentence : t('notices.mail.times', { sentence, count: same.length })}`,
    ...[...quotes].map((text) => `  ${t('notices.quote', { text })}`),
    `  ${linkTo(config, latest.address)}`,
  ].join('\n')
}

/** Under the name of each city, in the order in which they first occur. */
function sections(config: Config, t: Translator, notices: readonly Notice[], names: SubjectNames): string[] {
  const byCity = Map.groupBy(notices, ({ city }) => city?.name ?? '')
  return [...byCity].map(([city, its]) => {
    const bySentence = Map.groupBy(its, (notice) => noticeSentence(t, notice, names))
    const lines = [...bySentence].map(([sentence, same]) => lineOf(config, t, same, sentence))
    return [...(city === '' ? [] : [city]), ...lines].join('\n\n')
  })
}

export interface NoticeMail {
  recipient: Recipient
  notices: readonly Notice[]
  kind: 'digest' | 'urgent'
  /** How far the record of changes has come. */
  head: Head
  /** The same for the same mail, so that a repeated one can be recognised. */
  id: string
}

/** What is new for one person, in their language, as plain text: it reads everywhere and says where each line leads. */
export function noticeMail(config: Config, { recipient, notices, kind, head, id }: NoticeMail, names: SubjectNames): Mail {
  const t = translator(languageOf(recipient))
  const shown = notices.slice(0, mostLines)
  const more = notices.length - shown.length
  const settings = { link: linkTo(config, '/account/notices'), hour: recipient.hour ?? 0, zone: recipient.zone }
  const text = [
    t('notices.mail.greeting', { name: recipient.name }),
    t(`notices.mail.${kind}`, { count: notices.length }),
    ...sections(config, t, shown, names),
    ...(more > 0 ? [t('notices.mail.more', { count: more, link: linkTo(config, '/notices') })] : []),
    ...(notices.some((notice) => bindingKinds.has(notice.kind)) && head.seq > 0 ? [t('notices.mail.record', { ...head })] : []),
    t(recipient.hour === null ? 'notices.mail.why.urgentOnly' : `notices.mail.why.${kind}`, settings),
  ].join('\n\n')
  return { id, to: recipient.email, subject: t(`notices.mail.${kind}.subject`, { count: notices.length }), text }
}
