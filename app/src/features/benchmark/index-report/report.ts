import type { Framework, IndexAudit, UncertaintyResult } from '@tessera/engine'
import type { Translator } from '../../../text/text.ts'

/** First-order and total index of one assumption, each with the bounds of its interval. */
export interface SensitivityRow {
  readonly assumption: string
  readonly s1: number
  readonly s1Low: number
  readonly s1High: number
  readonly st: number
  readonly stLow: number
  readonly stHigh: number
}

/** A part that may fail without taking the report with it; the reason is printed in its place. */
export type Part<T> = { readonly value: T; readonly failure: null } | { readonly value: null; readonly failure: string }

/** Everything that the page prints. */
export interface IndexReport {
  readonly t: Translator
  /** Names of the two files, as given. */
  readonly files: { readonly framework: string; readonly data: string }
  readonly framework: Framework
  /** Element code -> name for people; only where one is given. */
  readonly elementNames: ReadonlyMap<string, string>
  /** n names for people; null where none is given. */
  readonly unitNames: readonly (string | null)[]
  readonly audit: IndexAudit
  readonly uncertainty: Part<UncertaintyResult>
  readonly sensitivity: Part<{ readonly rows: readonly SensitivityRow[]; readonly base: number }>
  readonly seed: number
}

/** Rows that a chart shows at most; tables show all. */
export const mostRows = 150

/** Name of an element, or its code where it has none. */
export function nameElement({ elementNames }: Pick<IndexReport, 'elementNames'>, code: string): string {
  return elementNames.get(code) ?? code
}

/** Name of a unit, or its code; with the point in time where the data have several. */
export function nameUnit({ unitNames, audit }: Pick<IndexReport, 'unitNames' | 'audit'>, position: number): string {
  const { units, times } = audit.result
  const name = unitNames[position] ?? units[position] ?? ''
  const time = new Set(times ?? []).size > 1 ? times?.[position] : null
  return time === null || time === undefined ? name : `${name} (${time})`
}

/** The index itself. */
export function rootOf(framework: Framework): string {
  return framework.elements.find(({ parent }) => parent === null)?.code ?? ''
}

/** Scores of one element, one per unit. */
export function scoresOf({ audit }: Pick<IndexReport, 'audit'>, code: string): readonly (number | null)[] {
  return audit.result.scores[audit.result.elements.indexOf(code)] ?? []
}

/** Positions of the units with a rank, best first; equal ranks in the order of the data. */
export function rankedUnits({ audit }: Pick<IndexReport, 'audit'>): number[] {
  const { ranks } = audit.result
  const ranked = ranks.flatMap((rank, unit) => (rank === null ? [] : [unit]))
  return ranked.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b)
}

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format is slow and a report has tens of thousands of numbers: each is made once. */
function formatBy(t: Translator, options: Intl.NumberFormatOptions, value: number | null): string {
  if (value === null) return '–'
  const key = t.language + JSON.stringify(options)
  const known = formats.get(key)
  const format = known ?? new Intl.NumberFormat(t.language, options)
  if (known === undefined) formats.set(key, format)
  return format.format(value)
}

/** A number with so many digits after the separator; a dash for nothing. */
export function formatDecimals(t: Translator, value: number | null, decimals = 0): string {
  return formatBy(t, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }, value)
}

/** A raw value with four significant digits. */
export function formatRaw(t: Translator, value: number | null): string {
  return formatBy(t, { maximumSignificantDigits: 4 }, value)
}

/** A share (0-1) as percent. */
export function formatShare(t: Translator, share: number | null): string {
  return formatBy(t, { style: 'percent', maximumFractionDigits: 1 }, share)
}

/** A coefficient with two decimals and a true minus sign; never minus nothing. */
export function formatCoefficient(t: Translator, value: number | null): string {
  return formatDecimals(t, value === null ? null : Math.round(value * 100) / 100 + 0, 2).replace('-', '−')
}

/** A p-value: never a bare zero. */
export function formatProbability(t: Translator, value: number): string {
  return value < 0.001 ? `< ${formatDecimals(t, 0.001, 3)}` : formatDecimals(t, value, 3)
}

/** Names in a sentence, the last one joined by "and". */
export function listNames(t: Translator, names: readonly string[]): string {
  return new Intl.ListFormat(t.language, { type: 'conjunction' }).format(names)
}

/** Says that a chart shows only the first rows; empty when it shows all. */
export function noteCut(t: Translator, all: number): string {
  return all <= mostRows ? '' : t('index-report.chart.cut', { shown: mostRows, all })
}
