import { fractionFrom, roundHalfUp } from '@tessera/engine'
import { formatNumber, type Translator } from '../../../text/text.ts'
import type { Rank } from '../../benchmark/comparison.ts'
import { defaultScheme, type Instrument, textOf } from '../../instrument/instrument.ts'
import type { ElementRef } from '../elements.ts'
import type { ExactText } from '../results.ts'

/** A number for people, a dash for nothing. */
export const numberText = (t: Translator, value: number | null, decimals: number): string => formatNumber(t.language, value, decimals)

/** An exact score for people: one decimal, rounded half up once; a dash for nothing. */
export function exactText(t: Translator, exact: ExactText): string {
  return numberText(t, exact === null ? null : Number(roundHalfUp(fractionFrom(exact), 1)), 1)
}

export const scoreText = (t: Translator, score: number | null): string => numberText(t, score, 1)

/** A difference in points with its sign; a true minus. */
export function differenceText(t: Translator, points: number): string {
  const rounded = Math.round(points * 10) / 10
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '±'
  return `${sign}${numberText(t, Math.abs(rounded), 1)}`
}

/** A share of 0-1 as percent with one decimal. */
export const percentText = (t: Translator, share: number | null): string =>
  share === null ? '–' : t('results.percent', { percent: numberText(t, share * 100, 1) })

/** Whole where it is whole. */
export const pointsText = (t: Translator, points: number): string => numberText(t, points, Number.isInteger(points) ? 0 : 1)

/** "22nd of 142 (tied with 1)" */
export function rankText(t: Translator, { rank, of, tiedWith }: Rank): string {
  const place = t('benchmark.rank', { rank, of })
  return tiedWith === 0 ? place : `${place} ${t('benchmark.rank.tied', { count: tiedWith })}`
}

/** Name of an index, dimension or indicator in the reader's language. */
export function elementName(t: Translator, instrument: Instrument, { kind, id }: ElementRef): string {
  const text = textOf(instrument, t.language)
  if (kind === 'index') return id === 'core' ? t('results.index.core') : t('results.index.extended')
  return (kind === 'dimension' ? text.dimensions : text.indicators)[id]!.name
}

/** Weight scheme, or the geometric check. */
export const methodName = (t: Translator, instrument: Instrument, method: string): string =>
  method === 'geometric' ? t('benchmark.geometric') : textOf(instrument, t.language).weights[method]!.name

/** Whatever is shown under another weighting than the result's says so in its title. */
export function markCheck(
  t: Translator,
  { instrument, scores }: { instrument: Instrument; scores: { scheme: string } },
  title: string,
): string {
  if (scores.scheme === defaultScheme(instrument).id) return title
  return t('benchmark.notResult.heading', { scheme: methodName(t, instrument, scores.scheme), title })
}
