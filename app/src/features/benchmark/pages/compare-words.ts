import { formatDateTime, formatNumber, type Translator } from '../../../text/text.ts'
import { countryName } from '../../cities/countries.ts'
import { type ClusterScheme, type Instrument, textOf } from '../../instrument/instrument.ts'
import { dimensionElement, parseElement } from '../../results/elements.ts'
import { elementName, methodName } from '../../results/pages/words.ts'
import type { CityLine } from '../all-cities.ts'
import type { AllCities } from '../all-cities-usecases.ts'
import { finestScheme } from '../city-lines.ts'

export const points = (t: Translator, score: number | null): string => formatNumber(t.language, score, 1)

export const percent = (t: Translator, share: number | null): string =>
  share === null ? '–' : t('compare.percent', { percent: formatNumber(t.language, share * 100) })

/** Name of a level in the reader's language. */
export const levelName = (t: Translator, instrument: Instrument, level: string): string =>
  elementName(t, instrument, parseElement(instrument, level)!)

/** The levels that can be chosen: two indices and the areas. */
export function levelOptions(t: Translator, instrument: Instrument): { value: string; label: string }[] {
  const codes = ['core', 'extended', ...instrument.dimensions.map(({ id }) => dimensionElement(id))]
  return codes.map((value) => ({ value, label: levelName(t, instrument, value) }))
}

/** What the comparison finds, as a sentence. */
export function comparisonTitle(t: Translator, { instrument, level, network }: AllCities): string {
  const name = levelName(t, instrument, level)
  if (network === null) return t('compare.title.none', { level: name })
  if (network.n < 5) return t('compare.title.few', { level: name, n: network.n })
  return t('compare.title', { level: name, n: network.n, low: points(t, network.q1), high: points(t, network.q3) })
}

/** The same in a second sentence: the middle city, and who has no rank. */
export function comparisonLead(t: Translator, { lines, network }: AllCities): string {
  const provisional = lines.filter(({ isProvisional }) => isProvisional).length
  return [
    network && t('compare.lead.median', { median: points(t, network.median), n: network.n }),
    provisional > 0 && t('compare.lead.provisional', { count: provisional }),
  ]
    .filter(Boolean)
    .join(' ')
}

/** What every figure of the comparison rests on. */
export function comparisonFoot(t: Translator, { wave, mode, lines, instrument, scheme }: AllCities, now: Date | null): string[] {
  return [
    t(`compare.foot.${mode}`, { wave: wave.name }),
    t('results.foot.cities', { n: lines.length }),
    t('results.foot.instrument', { title: textOf(instrument, t.language).instrument.title, version: instrument.version }),
    t('results.foot.scheme', { scheme: methodName(t, instrument, scheme) }),
    ...(now === null ? [] : [t('results.foot.time', { time: formatDateTime(t.language, now) })]),
  ]
}

/**
 * A group of a scheme in few signs: "100,000 to 200,000", "under 10 %".
 * @param unit persons by which numbers of inhabitants are divided; 1000 where the heading says so
 */
export function bandText(t: Translator, scheme: ClusterScheme | null, group: string | null, unit = 1): string {
  const band = scheme?.groups.find(({ id }) => id === group)
  if (!scheme || !band) return t('compare.band.unknown')
  const value = (number: number) =>
    scheme.fact === 'population'
      ? formatNumber(t.language, number / unit)
      : t('compare.percent', { percent: formatNumber(t.language, number) })
  if (band.below === undefined) return t('compare.band.from', { from: value(band.from ?? 0) })
  if (!band.from) return t('compare.band.below', { below: value(band.below) })
  return t('compare.band.between', { from: value(band.from), below: value(band.below) })
}

/** Groups of a fact as options to filter by. */
export function bandOptions(t: Translator, instrument: Instrument, fact: ClusterScheme['fact']): { value: string; label: string }[] {
  const scheme = finestScheme(instrument, fact)
  return [
    { value: '', label: t('compare.filter.any') },
    ...(scheme?.groups ?? []).map(({ id }) => ({ value: id, label: bandText(t, scheme, id) })),
  ]
}

/** "12th of 138" with the range under other methods; why there is none otherwise. */
export function rankReading(t: Translator, { rank, isProvisional }: CityLine): string {
  if (rank === null) return t(isProvisional ? 'compare.rank.provisional' : 'benchmark.rank.none')
  return t('compare.rank.reading', { rank: rank.rank, of: rank.of, low: rank.low, high: rank.high })
}

/** A city in words, at the level that is shown; its rank stands in the table. */
export function lineReading(t: Translator, { instrument, level, levelOf }: AllCities, line: CityLine): string {
  const score = levelOf(line)
  const values = { city: line.name, country: countryName(t.language, line.country), level: levelName(t, instrument, level) }
  return score === null ? t('compare.reading.none', values) : t('compare.reading', { ...values, score: points(t, score) })
}

/** Codes of countries in the order of their names. */
export function countryOrder(language: string, codes: readonly string[]): string[] {
  const collator = new Intl.Collator(language)
  return [...codes].sort((a, b) => collator.compare(countryName(language, a), countryName(language, b)))
}
