import type { Translator } from '../../text/text.ts'
import { isFlagged, type DeskQuestion } from './desk.ts'
import type { OpenedDesk } from './desk-usecases.ts'
import type { JudgementFields } from './review.ts'

// What an expert takes along to the city: the questions flagged for the meeting.

export interface AgendaItem {
  question: DeskQuestion
  judgement: JudgementFields
}

/** The flagged questions, in the order of the questionnaire. */
export const agendaItems = ({ questions }: Pick<OpenedDesk, 'questions'>): AgendaItem[] =>
  questions.flatMap((question) => (isFlagged(question) && question.judgement !== null ? [{ question, judgement: question.judgement }] : []))

export interface AgendaWords {
  title: (questionId: string) => string
  answer: (question: DeskQuestion) => string
  decision: (item: AgendaItem) => string
}

/** The agenda as text for mails and minutes. @param withNotes whether what is meant for experts alone is included */
export function agendaText(t: Translator, heading: string, items: readonly AgendaItem[], words: AgendaWords, withNotes: boolean): string {
  const parts = items.map((item, i) => {
    const { question, judgement } = item
    const { reasonCode, reportText, note } = judgement
    return [
      `${i + 1}. ${words.title(question.id)}`,
      `   ${t('reviews.agenda.answer')}: ${words.answer(question)}`,
      `   ${t('reviews.agenda.decision')}: ${words.decision(item)}`,
      ...(reasonCode === null ? [] : [`   ${t('reviews.agenda.reason')}: ${t(`reviews.reason.${reasonCode}`)}`]),
      `   ${t('reviews.agenda.clarify')}: ${reportText ?? t('reviews.agenda.open')}`,
      ...(withNotes && note !== null ? [`   ${t('reviews.form.note')}: ${note}`] : []),
      `   ${t('reviews.agenda.result')}:`,
    ].join('\n')
  })
  return `${[heading, ...(parts.length === 0 ? [t('reviews.agenda.empty')] : parts)].join('\n\n')}\n`
}
