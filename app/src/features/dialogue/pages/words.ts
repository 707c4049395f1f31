import { formatDate, formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import { noonOf } from '../../departments/due.ts'
import { type Instrument, questionNumbers, textOf } from '../../instrument/instrument.ts'
import type { Outcome } from '../../reviews/effective.ts'
import type { Review } from '../../reviews/review.ts'
import type { SharedDecision } from '../decisions.ts'
import { isOverdue, type ReviewQuery, waitingOf } from '../dialogue.ts'

/** City and wave, above the title. */
export const reviewContext = ({ city, wave }: Review): string => `${city.name} · ${wave.name}`

/** "12. Does the city …?" */
export function questionTitle(t: Translator, instrument: Instrument, questionId: string): string {
  const text = textOf(instrument, t.language).questions[questionId]?.question ?? questionId
  return `${questionNumbers(instrument).get(questionId) ?? '–'}. ${text}`
}

export const dayText = (t: Translator, day: string): string => formatDate(t.language, noonOf(day))
export const momentText = (t: Translator, moment: Date): string => formatDateTime(t.language, moment)
export const todayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** How a query stands, in words. */
export function queryState(t: Translator, query: ReviewQuery, now: Date): string {
  if (query.withdrawnAt !== null) return t('dialogue.state.withdrawn')
  if (query.closedAt !== null) return t('dialogue.state.closed')
  if (waitingOf(query) === 'expert') return t('dialogue.state.onExpert')
  const key = isOverdue(query, todayOf(now)) ? 'dialogue.state.overdue' : 'dialogue.state.onCity'
  return t(key, { due: dayText(t, query.dueOn) })
}

/** Waiting in whole days, rounded up from half a day. */
export const waitedText = (t: Translator, days: number): string => t('dialogue.days', { count: Math.round(days) })

const pointsText = (t: Translator, points: number): string => formatNumber(t.language, points, Number.isInteger(points) ? 0 : 1)

const beforeText = (t: Translator, points: number | null, max: number): string =>
  points === null ? t('dialogue.points.open') : t('dialogue.points.of', { points: pointsText(t, points), max: pointsText(t, max) })

function afterText(t: Translator, { kind, points }: Outcome, max: number): string {
  if (kind === 'drops-out') return t('dialogue.points.dropsOut')
  return beforeText(t, points, max)
}

/** What a decision did to the points: "4 of 4 points became 2 of 4 points", or that they stay. */
export function changeText(t: Translator, { before, after, max }: Pick<SharedDecision, 'before' | 'after' | 'max'>): string {
  const [was, is] = [beforeText(t, before, max), afterText(t, after, max)]
  return was === is ? t('dialogue.points.same', { points: is }) : t('dialogue.points.change', { before: was, after: is })
}
