import { localeOf } from '../../../text/fill.ts'
import type { Translator } from '../../../text/text.ts'
import type { LetterRowChartProps } from '../../../ui/charts/LetterRowChart.tsx'
import { countryName } from '../../cities/countries.ts'
import type { CityLine } from '../all-cities.ts'
import { levelReader, networkBand } from '../all-cities-usecases.ts'
import { mostPicks } from '../compare-state.ts'
import type { Quartiles } from '../sorted.ts'
import type { CompareView } from './compare-view.ts'
import { levelOptions, points, rankReading } from './compare-words.ts'

/** A level of the picked cities. */
export interface PickedLevel {
  level: string
  name: string
  /** In the order of the cities. */
  scores: readonly (number | null)[]
  network: Quartiles | null
}

/** Up to five cities with their letters, level by level. */
export interface PickedCities {
  view: CompareView
  cities: readonly { letter: string; line: CityLine; isOwn: boolean }[]
  levels: readonly PickedLevel[]
  /** Names of the cities that were one too many. */
  leftOut: readonly string[]
}

/** The cities of the address that the comparison has, in the order of the address. */
export function pickCities(view: CompareView): PickedCities {
  const { t, compared, state, ownIds } = view
  const bySlug = compared.sample.once('by-slug', () => new Map(compared.lines.map((line) => [line.slug, line])))
  const lines = state.picks.flatMap((slug) => bySlug.get(slug) ?? [])
  const cities = lines.slice(0, mostPicks).map((line, i) => ({ letter: 'ABCDE'[i]!, line, isOwn: ownIds.has(line.id) }))
  const levels = levelOptions(t, compared.instrument).map(({ value: level, label: name }) => {
    const scoreOf = levelReader(compared.sample, level)
    return { level, name, scores: cities.map(({ line }) => scoreOf(line)), network: networkBand(compared.sample, level) }
  })
  return { view, cities, levels, leftOut: lines.slice(mostPicks).map(({ name }) => name) }
}

/** How far the highest and the lowest score lie apart; null with fewer than two. */
export function spreadOf({ scores }: PickedLevel): number | null {
  const known = scores.filter((score) => score !== null)
  return known.length < 2 ? null : Math.max(...known) - Math.min(...known)
}

const namesOf = (t: Translator, { cities }: PickedCities): string =>
  new Intl.ListFormat(localeOf(t.language), { type: 'conjunction' }).format(cities.map(({ line }) => line.name))

export function pickedTitle(t: Translator, picked: PickedCities): string {
  if (picked.cities.length === 0) return t('compare.picked.title.none')
  return t('compare.picked.title', { count: picked.cities.length, cities: namesOf(t, picked) })
}

/** Where the cities lie nearest together and furthest apart, and the rank of each. */
export function pickedSummary(t: Translator, picked: PickedCities): string {
  const areas = picked.levels
    .slice(2)
    .flatMap((level) => {
      const spread = spreadOf(level)
      return spread === null ? [] : [{ name: level.name, spread }]
    })
    .sort((a, b) => b.spread - a.spread)
  const ranks = picked.cities.map(({ line }) => t('compare.picked.rank', { city: line.name, rank: rankReading(t, line) }))
  const [most] = areas
  const least = areas.at(-1)
  return [
    most && least && areas.length > 1
      ? t('compare.picked.spread', {
          most: most.name,
          mostSpread: points(t, most.spread),
          least: least.name,
          leastSpread: points(t, least.spread),
        })
      : '',
    missingText(t, picked),
    ...ranks,
  ]
    .filter(Boolean)
    .join(' ')
}

/** What has no score, such as "Language: Lyktefoss"; empty when everything has one. */
function missingText(t: Translator, { cities, levels }: PickedCities): string {
  const missing = levels.flatMap(({ name, scores }) => {
    const names = cities.filter((_, i) => scores[i] === null).map(({ line }) => line.name)
    return names.length === 0 ? [] : [`${name} (${names.join(', ')})`]
  })
  return missing.length === 0 ? '' : t('compare.picked.missing', { list: missing.join('; ') })
}

function readingOf(t: Translator, { cities }: PickedCities, { name, scores, network }: PickedLevel): string {
  const parts = cities.map(({ line }, i) => t('compare.picked.score', { city: line.name, score: points(t, scores[i]!) }))
  const list = new Intl.ListFormat(localeOf(t.language), { type: 'unit' }).format(parts)
  return t('compare.picked.reading', { level: name, scores: list, median: points(t, network?.median ?? null) })
}

/** The picked cities as rows of letters. */
export function pickedRows(t: Translator, picked: PickedCities): LetterRowChartProps {
  const { cities, levels } = picked
  return {
    label: t('compare.picked.subtitle'),
    letters: cities.map(({ letter, line, isOwn }) => ({
      letter,
      isOwn,
      text: t('compare.picked.key', { city: line.name, country: countryName(t.language, line.country), wave: line.wave.name }),
      href: `/cities/${line.slug}`,
    })),
    bandText: t('compare.key.band'),
    medianText: t('compare.key.median'),
    readingHint: t('compare.hint'),
    rows: levels.map((level) => {
      const spread = spreadOf(level)
      return {
        id: level.level,
        label: level.name,
        marks: cities.flatMap(({ letter, isOwn }, i) => {
          const score = level.scores[i]!
          return score === null ? [] : [{ letter, score, isOwn }]
        }),
        bandLow: level.network?.q1 ?? null,
        bandHigh: level.network?.q3 ?? null,
        networkMedian: level.network?.median ?? null,
        valueText: spread === null ? '' : t('compare.picked.apart', { spread: points(t, spread) }),
        reading: readingOf(t, picked, level),
      }
    }),
  }
}
