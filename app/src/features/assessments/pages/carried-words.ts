import { formatDate, type Translator } from '../../../text/text.ts'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import type { AnswerFields, StoredAnswer } from '../answer.ts'
import type { Carried, EarlierEvidence, Misfit } from '../carried.ts'
import type { CarriedSheet } from '../carried-usecases.ts'
import { authorText } from './parts.tsx'

/** An answer without its texts, in words; options that the questionnaire does not have are named by their key. */
export function choiceText(
  t: Translator,
  instrument: Instrument,
  questionId: string,
  { options, missing }: Pick<AnswerFields, 'options' | 'missing'>,
): string {
  if (missing !== null) return t(`assessments.state.${missing}`)
  if (options === null) return t('assessments.state.open')
  const words = textOf(instrument, t.language).questions[questionId]?.options ?? {}
  return options.map((option) => words[option] ?? option).join('; ')
}

/** "Wave 2024, answered on 12 March 2024 by Ada" */
export function earlierTitle(t: Translator, wave: string, { updatedAt, author }: StoredAnswer): string {
  if (updatedAt === null) return t('carried.then', { wave })
  const date = formatDate(t.language, new Date(updatedAt))
  const name = authorText(t, author)
  return name === null ? t('carried.thenDate', { wave, date }) : t('carried.thenBy', { wave, date, name })
}

const dayText = (t: Translator, day: string): string => formatDate(t.language, new Date(`${day}T12:00:00Z`))

/** What an earlier answer cites, and what of it will not come along; null = nothing. */
export function evidenceText(t: Translator, { count, expired, nextExpiry }: EarlierEvidence): string | null {
  if (count === 0) return null
  return [
    t('carried.evidence', { count }),
    expired > 0 && t('carried.evidence.expired', { count: expired }),
    nextExpiry !== null && t('carried.evidence.until', { date: dayText(t, nextExpiry) }),
  ]
    .filter(Boolean)
    .join(' ')
}

/** Why an earlier answer cannot be confirmed as it was. */
export function misfitText(t: Translator, earlierInstrument: Instrument, questionId: string, { rule, lost }: Misfit): string {
  if (lost.length > 0) {
    const words = textOf(earlierInstrument, t.language).questions[questionId]?.options ?? {}
    return t('carried.misfit.lost', {
      count: lost.length,
      options: lost.map((option) => t('carried.quoted', { text: words[option] ?? option })).join(', '),
    })
  }
  return t('carried.misfit.rule', { rule: t(`assessments.rule.${rule}`) })
}

/** How an answer relates to that of the earlier wave, in one sentence; null when there was none. */
export function carriedNote(
  t: Translator,
  { from, earlierInstrument }: CarriedSheet,
  { question, earlier, state }: Carried,
): string | null {
  if (earlier === null) return null
  const wave = from.wave.name
  if (state === 'confirmed') return t('carried.note.confirmed', { wave })
  const answer = [choiceText(t, earlierInstrument, question.id, earlier), earlier.reason, earlier.explanation].filter(Boolean).join('. ')
  return t(state === 'changed' ? 'carried.note.changed' : 'carried.note.open', { wave, answer })
}
