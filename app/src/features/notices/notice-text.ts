import { isTextKey, type TextKey } from '../../text/catalogue.ts'
import { formatDate, type Translator } from '../../text/text.ts'
import type { Notice, NoticeSubject, SubjectNames } from './notice.ts'

const longestQuote = 140 // characters

/** Cuts at a word, so that a line of a mail stays one. */
export function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length - 1)
  const end = cut.lastIndexOf(' ')
  return `${(end > length / 2 ? cut.slice(0, end) : cut).replace(/[\s,;:.–-]+$/u, '')}…`
}

function questionText(t: Translator, id: string, names: SubjectNames): string {
  const name = names.question(id)
  return name === null ? t('notices.what.earlierQuestion', { id }) : t('notices.what.question', { ...name })
}

/** What a notice is about, in words: a question, an area, a figure, a document, or some questions. */
function whatText(t: Translator, { question, area, figure, document, count }: NoticeSubject, names: SubjectNames): string {
  if (question !== undefined) return questionText(t, question, names)
  if (area !== undefined) return t('notices.what.area', { area: names.area(area) ?? area })
  if (figure !== undefined) {
    const key = `cities.fact.name.${figure}`
    return t('notices.what.figure', { figure: isTextKey(key) ? t(key) : figure })
  }
  if (document !== undefined) return t('notices.what.document', { document: shorten(document, 80) })
  return count === undefined ? t('notices.what.something') : t('notices.what.questions', { count })
}

const dayText = (t: Translator, day: string | undefined): string =>
  day === undefined || Number.isNaN(Date.parse(`${day}T12:00:00`)) ? '–' : formatDate(t.language, new Date(`${day}T12:00:00`))

/** A notice that has two wordings chooses by what was decided, or by whether there is a day. */
function variantOf({ kind, subject }: Pick<Notice, 'kind' | 'subject'>): string {
  if (kind === 'suggestion-decided' || kind === 'figure-decided') return `.${subject.decision === 'accepted' ? 'accepted' : 'declined'}`
  if (kind === 'question-assigned' && subject.dueOn !== undefined) return '.due'
  return ''
}

/** One plain sentence for what happened. */
export function noticeSentence(t: Translator, notice: Pick<Notice, 'kind' | 'subject' | 'city'>, names: SubjectNames): string {
  const { kind, subject, city } = notice
  return t(`notices.kind.${kind}${variantOf(notice)}` as TextKey, {
    who: subject.who ?? t('notices.who.somebody'),
    to: subject.to ?? t('notices.who.somebody'),
    what: whatText(t, subject, names),
    count: subject.count ?? 0,
    city: city?.name ?? '–',
    wave: subject.wave ?? '–',
    step: subject.step ?? '–',
    due: dayText(t, subject.dueOn),
  })
}

/** What somebody wrote with it, shortened; null when nothing. */
export const noticeQuote = ({ subject }: Pick<Notice, 'subject'>): string | null =>
  subject.note ? shorten(subject.note, longestQuote) : null
