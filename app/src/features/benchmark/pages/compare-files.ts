import { toCsv } from '../../../csv.ts'
import type { Translator } from '../../../text/text.ts'
import type { ChartFileTexts } from '../../../ui/charts/chart-file.tsx'
import { dotRowFile } from '../../../ui/charts/dot-row-file.tsx'
import { letterRowFile } from '../../../ui/charts/letter-row-file.tsx'
import { pointMapFile } from '../../../ui/charts/point-map-file.tsx'
import type { AllCities } from '../all-cities-usecases.ts'
import { lineCells, lineColumns } from '../city-cells.ts'
import type { ComparisonSample } from '../sample.ts'
import { aggregateKeys, aggregateRows, aggregateSummary, aggregateTitle, type AggregateView } from './aggregate-view.ts'
import type { CompareView } from './compare-view.ts'
import { comparisonFoot, comparisonLead, comparisonTitle, levelName, lineReading, points } from './compare-words.ts'
import { drawMap, mapKeys, mapSubtitle, mapSummary } from './map-view.ts'
import { type PickedCities, pickedRows, pickedSummary, pickedTitle } from './picked.ts'

const writeLines = ({ compared, found }: CompareView): string =>
  toCsv(
    lineColumns,
    found.map((line) => lineCells(compared, line)),
  )

/** The table of all cities that was asked for last, by sample: a megabyte for thousands of cities, so only one is kept of each. */
const lastTables = new WeakMap<ComparisonSample, { key: string; csv: string }>()

/** All cities that fit the filter, in the order of the page. */
export function linesCsv(view: CompareView): string {
  const { compared, found, state } = view
  if (found.length < compared.lines.length) return writeLines(view)
  const key = [compared.level, state.sort, state.direction, state.sort === 'country' ? view.t.language : ''].join(' ')
  const last = lastTables.get(compared.sample)
  if (last?.key === key) return last.csv
  const csv = writeLines(view)
  lastTables.set(compared.sample, { key, csv })
  return csv
}

function fileTexts(t: Translator, compared: AllCities, texts: Pick<ChartFileTexts, 'title' | 'subtitle' | 'description'>): ChartFileTexts {
  return {
    ...texts,
    foot: comparisonFoot(t, compared, null),
    syntheticText: compared.isSynthetic ? t('compare.synthetic') : undefined,
    language: t.language,
  }
}

/** The cities of the page as dot rows. */
export function linesSvg(view: CompareView): string {
  const { t, state, compared, shown, ownIds, first, found } = view
  const subtitle = t('compare.file.subtitle', {
    level: levelName(t, compared.instrument, state.level),
    first: found.length === 0 ? 0 : first + 1,
    last: first + shown.length,
    total: found.length,
  })
  const rows = shown.map((line) => {
    const score = compared.levelOf(line)
    const isOwn = ownIds.has(line.id)
    return {
      id: line.slug,
      label: line.name,
      own: isOwn ? score : null,
      city: isOwn ? null : score,
      bandLow: compared.network?.q1 ?? null,
      bandHigh: compared.network?.q3 ?? null,
      networkMedian: compared.network?.median ?? null,
      valueText: score === null ? t('results.noScore') : points(t, score),
      reading: lineReading(t, compared, line),
    }
  })
  const keys = {
    ...(shown.some(({ id }) => ownIds.has(id)) && { own: t('compare.key.own') }),
    city: t('compare.key.city'),
    networkMedian: t('compare.key.median'),
    band: t('compare.key.band'),
  }
  const texts = { title: comparisonTitle(t, compared), subtitle, description: comparisonLead(t, compared) }
  return dotRowFile(fileTexts(t, compared, texts), { rows, keys })
}

const pickedColumns = [
  'level',
  'levelName',
  'letter',
  'city',
  'name',
  'country',
  'wave',
  'score',
  'networkN',
  'networkQ1',
  'networkMedian',
  'networkQ3',
  'scheme',
  'instrument',
  'instrumentVersion',
  'isSynthetic',
] as const

/** Every level of the picked cities: one row for each level and city. */
export function pickedCsv({ view: { compared }, cities, levels }: PickedCities): string {
  const { scheme, instrument } = compared
  const rows = levels.flatMap(({ level, name, scores, network }) =>
    cities.map(({ letter, line }, i) => [
      level,
      name,
      letter,
      line.slug,
      line.name,
      line.country,
      line.wave.slug,
      scores[i]!,
      network?.n ?? 0,
      network?.q1 ?? null,
      network?.median ?? null,
      network?.q3 ?? null,
      scheme,
      instrument.id,
      instrument.version,
      line.isSynthetic,
    ]),
  )
  return toCsv(pickedColumns, rows)
}

/** The picked cities as rows of letters. */
export function pickedSvg(picked: PickedCities): string {
  const { t, compared } = picked.view
  const texts = { title: pickedTitle(t, picked), subtitle: t('compare.picked.subtitle'), description: pickedSummary(t, picked) }
  return letterRowFile(fileTexts(t, compared, texts), pickedRows(t, picked))
}

const aggregateColumns = [
  'by',
  'key',
  'name',
  'level',
  'n',
  'mean',
  'median',
  'q1',
  'q3',
  'isUnderFive',
  'wave',
  'scheme',
  'instrument',
  'instrumentVersion',
  'isSynthetic',
] as const

/** All rows of the aggregates. */
export function aggregatesCsv({ view, kind, all }: AggregateView): string {
  const { compared, state } = view
  const rows = all.map(({ key, name, n, mean, median, q1, q3, isSmall }) => [
    kind,
    key,
    name,
    kind === 'network' ? key : state.level,
    n,
    mean,
    median,
    q1,
    q3,
    isSmall,
    compared.wave.slug,
    compared.scheme,
    compared.instrument.id,
    compared.instrument.version,
    compared.isSynthetic,
  ])
  return toCsv(aggregateColumns, rows)
}

/** The aggregates of the page as dot rows. */
export function aggregatesSvg(aggregates: AggregateView): string {
  const { view, kind } = aggregates
  const { t, compared, state } = view
  const level = kind === 'network' ? t('compare.aggregate.everyLevel') : levelName(t, compared.instrument, state.level)
  const texts = {
    title: aggregateTitle(t, aggregates),
    subtitle: t('compare.aggregate.subtitle', { level }),
    description: aggregateSummary(t, aggregates),
  }
  return dotRowFile(fileTexts(t, compared, texts), { rows: aggregateRows(t, aggregates), keys: aggregateKeys(t, aggregates) })
}

/** The map as a drawing. */
export function mapSvg(view: CompareView): string {
  const { t, state, compared } = view
  const map = drawMap(view)
  const texts = fileTexts(t, compared, {
    title: t('compare.map.heading', { level: levelName(t, compared.instrument, state.level) }),
    subtitle: mapSubtitle(t, map),
    description: mapSummary(view, map),
  })
  return pointMapFile({ ...texts, foot: [...texts.foot, t('compare.map.source')] }, map.drawing, mapKeys(t))
}
