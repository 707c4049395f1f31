import type { Translator } from '../../../text/text.ts'
import type { ChartKeyTexts } from '../../../ui/charts/ChartKey.tsx'
import type { DotRow } from '../../../ui/charts/DotRowChart.tsx'
import { countryName } from '../../cities/countries.ts'
import { type Aggregate, aggregateBy, type AggregateKind, aggregateKinds, summarise } from '../aggregates.ts'
import { pageOfLines } from '../all-cities.ts'
import { levelReader } from '../all-cities-usecases.ts'
import type { CompareView } from './compare-view.ts'
import { levelName, levelOptions, points } from './compare-words.ts'

/** Cities taken together: by country, by region, or the whole network level by level. */
export interface AggregateView {
  view: CompareView
  kind: AggregateKind
  /** All rows with their names. */
  all: readonly Named[]
  /** Those on this page. */
  rows: readonly Named[]
  page: number
  pages: number
  first: number
}

export const parseKind = (text: string | undefined): AggregateKind => aggregateKinds.find((kind) => kind === text) ?? 'country'

function nameOf(t: Translator, kind: AggregateKind, key: string | null): string {
  if (key === null) return t('compare.aggregate.unknown')
  if (kind === 'country') return countryName(t.language, key)
  return t('compare.aggregate.region', { code: key, country: countryName(t.language, key.slice(0, 2)) })
}

type Named = Aggregate & { name: string }

/** All rows of one kind, from the cities that fit the filter; made once for all cities together. */
function aggregatesOf(view: CompareView, kind: AggregateKind): readonly Named[] {
  const { t, compared, found } = view
  if (found.length < compared.lines.length) return makeAggregates(view, kind)
  return compared.sample.once(['aggregates', kind, kind === 'network' ? '' : compared.level, t.language].join(' '), () =>
    makeAggregates(view, kind),
  )
}

function makeAggregates({ t, compared, found }: CompareView, kind: AggregateKind): Named[] {
  if (kind === 'network')
    return levelOptions(t, compared.instrument).map(({ value, label }) => {
      const scoreOf = levelReader(compared.sample, value)
      return { ...summarise(value, found.map(scoreOf)), name: label }
    })
  const collator = new Intl.Collator(t.language)
  const named = (key: string) => nameOf(t, kind, key)
  const keyOf = kind === 'country' ? (line: (typeof found)[number]) => line.country : (line: (typeof found)[number]) => line.region
  const compareKeys = (a: string, b: string) => collator.compare(kind === 'country' ? named(a) : a, kind === 'country' ? named(b) : b)
  return aggregateBy(found, keyOf, compared.levelOf, compareKeys).map((each) => ({ ...each, name: nameOf(t, kind, each.key) }))
}

export function openAggregates(view: CompareView, kind: AggregateKind): AggregateView {
  const all = aggregatesOf(view, kind)
  const { shown, page, pages, first } = pageOfLines(all, view.state.page)
  return { view, kind, all, rows: shown, page, pages, first }
}

export function aggregateTitle(t: Translator, { view, kind }: Pick<AggregateView, 'view' | 'kind'>): string {
  return t(`compare.aggregate.title.${kind}`, { level: levelName(t, view.compared.instrument, view.state.level) })
}

/** The highest and the lowest middle among groups of five cities and more. */
export function aggregateSummary(t: Translator, { kind, all, view }: AggregateView): string {
  const large = all.filter(({ isSmall }) => !isSmall).sort((a, b) => b.median! - a.median!)
  const small = all.filter(({ isSmall, n }) => isSmall && n > 0).length
  const [best] = large
  const worst = large.at(-1)
  return [
    t('compare.aggregate.basis', { n: view.found.length }),
    best && worst && best !== worst
      ? t(`compare.aggregate.summary.${kind === 'network' ? 'network' : 'groups'}`, {
          best: best.name,
          bestMedian: points(t, best.median),
          worst: worst.name,
          worstMedian: points(t, worst.median),
        })
      : '',
    small > 0 && kind !== 'network' ? t('compare.aggregate.small', { count: small }) : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function readingOf(t: Translator, { name, n, mean, median, q1, q3, isSmall }: Named): string {
  if (median === null) return t('compare.aggregate.reading.none', { name })
  const values = { name, n, mean: points(t, mean), median: points(t, median) }
  return isSmall
    ? t('compare.aggregate.reading.small', values)
    : t('compare.aggregate.reading', { ...values, low: points(t, q1), high: points(t, q3) })
}

const mostDots = 60

/** The rows as a chart: the cities, their middle, and the middle half of all cities. */
export function aggregateRows(t: Translator, { view, kind, rows }: AggregateView): DotRow[] {
  const { network } = view.compared
  return rows.map((row) => ({
    id: row.key ?? 'unknown',
    label: row.name,
    groupDots: row.n <= mostDots ? row.scores : [],
    groupMedian: row.median,
    bandLow: kind === 'network' ? row.q1 : (network?.q1 ?? null),
    bandHigh: kind === 'network' ? row.q3 : (network?.q3 ?? null),
    networkMedian: kind === 'network' ? null : (network?.median ?? null),
    valueText: row.median === null ? t('results.noScore') : t('results.column.withN', { value: points(t, row.median), n: row.n }),
    reading: readingOf(t, row),
  }))
}

export function aggregateKeys(t: Translator, { kind, rows }: AggregateView): ChartKeyTexts {
  const hasDots = rows.some(({ n }) => n > 0 && n <= mostDots)
  return {
    ...(hasDots && { groupDots: t('compare.aggregate.key.cities') }),
    groupMedian: t('compare.aggregate.key.median'),
    ...(kind !== 'network' && { networkMedian: t('compare.key.median') }),
    band: t(kind === 'network' ? 'compare.aggregate.key.half' : 'compare.key.band'),
  }
}
