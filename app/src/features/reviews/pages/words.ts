import { formatDate, type Translator } from '../../../text/text.ts'
import { exclusionText } from '../../assessments/pages/parts.tsx'
import { findHiddenReason, questionMap } from '../../assessments/answer.ts'
import { type Instrument, questionNumbers, questionsOf, textOf } from '../../instrument/instrument.ts'
import type { DeskQuestion } from '../desk.ts'
import type { OpenedDesk } from '../desk-usecases.ts'
import type { OpenedReview } from '../opening.ts'
import type { Assignment, JudgementFields, Review } from '../review.ts'

/** City and wave, above the title of every page of a review. */
export const reviewContext = ({ city, wave }: Pick<Review, 'city' | 'wave'>): string => `${city.name} · ${wave.name}`

/** What the expert decides: a second opinion on every question is no sample. */
export function partText(t: Translator, opened: { review: Review; assignment: Assignment; instrument: Instrument }): string {
  const { review, assignment, instrument } = opened
  const isAll = review.sample.length >= questionsOf(instrument).length
  return t(assignment.part === 'second' && !isAll ? 'reviews.part.second' : 'reviews.part.first')
}

/** A day (YYYY-MM-DD) in words. */
export const dueText = (t: Translator, day: string): string => formatDate(t.language, new Date(`${day}T12:00:00`))

/** Why a question needs no decision, in words; null = it needs one. */
export function noDecisionText(t: Translator, opened: OpenedReview, { id, status, state }: DeskQuestion): string | null {
  const { instrument, answers } = opened
  if (state === 'excluded') return exclusionText(t, instrument, status.exclusion!)
  if (state !== 'hidden') return null
  const hidden = findHiddenReason(status.question, questionMap(instrument), (question) => answers.get(question))
  return t('reviews.question.hiddenText', { number: questionNumbers(instrument).get(hidden?.parentId ?? id) ?? 0 })
}

/** What was decided, in one line: "Changed to 2 of 4 points". */
export function decisionText(t: Translator, { status }: Pick<DeskQuestion, 'status'>, { decision, points }: JudgementFields): string {
  if (decision !== 'changed') return t(`reviews.decision.${decision}`)
  return t('reviews.decision.changedTo', { points, max: status.question.max })
}

/** Number and wording of a question. */
export function titleOf(t: Translator, { instrument }: Pick<OpenedReview, 'instrument'>, id: string): string {
  return `${questionNumbers(instrument).get(id)}. ${textOf(instrument, t.language).questions[id]!.question}`
}

/** Seconds in words that a person would use. */
export function durationText(t: Translator, seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('reviews.time.minutes', { minutes })
  return t('reviews.time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}

/** Time spent on the whole part, as far as it was saved. */
export const spentOn = ({ questions }: Pick<OpenedDesk, 'questions'>): number =>
  questions.reduce((sum, { judgement }) => sum + (judgement?.seconds ?? 0), 0)

/** Time spent on this question and on the part. */
export const timeText = (t: Translator, opened: Pick<OpenedDesk, 'questions'> & { question: DeskQuestion }): string =>
  t('reviews.time.spent', {
    question: durationText(t, opened.question.judgement?.seconds ?? 0),
    all: durationText(t, spentOn(opened)),
  })
