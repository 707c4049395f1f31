import { formatNumber, type Translator } from '../../../text/text.ts'
import { type Instrument, textOf } from '../../instrument/instrument.ts'
import type { JudgementFields, Review } from '../../reviews/review.ts'
import type { AreaAgreement, DoubleScored } from '../agreement.ts'

export const agreementPath = (waveSlug: string): string => `/evaluations/${waveSlug}/agreement`
export const disagreementsPath = (reviewId: string): string => `/evaluations/reviews/${reviewId}/disagreements`
export const disagreementPath = (reviewId: string, questionId: string): string => `${disagreementsPath(reviewId)}/${questionId}`
export const conclusionPath = (reviewId: string): string => `/evaluations/reviews/${reviewId}/conclusion`

/** The way back: board of the wave, its agreement. */
export const crumbsOf = (t: Translator, wave: Review['wave']) => [
  { href: `/evaluations/${wave.slug}`, text: wave.name },
  { href: agreementPath(wave.slug), text: t('agreement.wave.title') },
]

/** Points as people write them: at most two decimals. */
export const pointsOf = (t: Translator, points: number): string => formatNumber(t.language, points, Number.isInteger(points) ? 0 : 2)

/** What was decided, in one line. */
export function decidedText(t: Translator, { decision, points }: Pick<JudgementFields, 'decision' | 'points'>, max: number): string {
  return decision === 'changed' && points !== null
    ? t('agreement.side.changedTo', { points: pointsOf(t, points), max: pointsOf(t, max) })
    : t(`reviews.decision.${decision}`)
}

/** What a decision makes of the answer: "2 of 4 points". */
export function outcomeText(t: Translator, { outcome }: DoubleScored['first'], max: number): string {
  if (outcome.kind === 'points') return t('agreement.side.points', { points: pointsOf(t, outcome.points ?? 0), max: pointsOf(t, max) })
  return t(outcome.kind === 'open' ? 'agreement.side.open' : 'agreement.side.dropsOut')
}

/** Name of an area, or "All areas". */
export function areaName(t: Translator, instrument: Instrument, { dimension }: Pick<AreaAgreement, 'dimension'>): string {
  return dimension === null ? t('agreement.area.all') : textOf(instrument, t.language).dimensions[dimension]!.name
}

/** "0.82" */
export const alphaText = (t: Translator, alpha: number | null): string => formatNumber(t.language, alpha, 2)

/** A limit as it was registered: "0.80", "0.667". */
export const limitText = (t: Translator, limit: number): string =>
  formatNumber(t.language, limit, Math.round(limit * 1000) % 10 === 0 ? 2 : 3)

/** What the figure of an area means. */
export function verdictText(t: Translator, { verdict, obstacle, units, unsettled }: AreaAgreement, minimumUnits: number): string {
  if (verdict !== 'not-assessable') return t(`agreement.verdict.${verdict}`, { unsettled })
  return obstacle === 'no-variance' ? t('agreement.verdict.noVariance') : t('agreement.verdict.fewUnits', { units, minimum: minimumUnits })
}
