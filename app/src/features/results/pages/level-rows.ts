import type { Translator } from '../../../text/text.ts'
import type { ChartKeyTexts } from '../../../ui/charts/ChartKey.tsx'
import type { DotRow } from '../../../ui/charts/DotRowChart.tsx'
import type { ClusterComparison } from '../../benchmark/comparison.ts'
import type { Quartiles } from '../../benchmark/sorted.ts'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import { textOf } from '../../instrument/instrument.ts'
import { type ElementRef, elementText } from '../elements.ts'
import type { LevelScore } from '../results.ts'
import { resultPath, type ResultView } from './view.ts'
import { elementName, exactText, scoreText } from './words.ts'

/** Which levels a chart shows. */
export type ChartLevel = 'areas' | 'indicators'

/** One level with everything it is compared with. */
export interface LevelRow {
  ref: ElementRef
  name: string
  level: LevelScore
  network: Quartiles | null
  cluster: { n: number; median: number | null; others: number[] } | null
  previous: number | null
}

/** The cluster that is compared level by level; null when the city has none. */
export const shownCluster = ({ comparison }: ComparedResult): ClusterComparison | null =>
  comparison.clusters.find(({ own, levels }) => own !== null && levels.length > 2) ?? null

/** One level beside network, cluster and own earlier wave. */
export function toLevelRow(t: Translator, compared: ComparedResult, ref: ElementRef, level: LevelScore): LevelRow {
  const { comparison, instrument } = compared
  const element = elementText(ref)
  return {
    ref,
    level,
    name: elementName(t, instrument, ref),
    network: comparison.levels.find((each) => each.element === element)?.network ?? null,
    cluster: shownCluster(compared)?.levels.find((each) => each.element === element) ?? null,
    previous: comparison.previous?.scores.get(element) ?? null,
  }
}

/** Areas, or the indicators of those areas that have more than one, in the order of the questionnaire. */
export function listLevelRows(t: Translator, compared: ComparedResult, level: ChartLevel): LevelRow[] {
  const { instrument, scores } = compared
  if (level === 'areas') return scores.dimensions.map((each) => toLevelRow(t, compared, { kind: 'dimension', id: each.id }, each))
  const several = new Set(
    instrument.dimensions.filter(({ indicators }) => indicators.length > 1).flatMap(({ indicators }) => indicators.map(({ id }) => id)),
  )
  return scores.indicators
    .filter(({ id }) => several.has(id))
    .map((each) => toLevelRow(t, compared, { kind: 'indicator', id: each.id }, each))
}

/** Group of the city in words, such as "200,000 to under 500,000 inhabitants"; widened groups are joined. */
export function groupName(t: Translator, { instrument }: ComparedResult, { id, own }: ClusterComparison): string {
  if (own === null) return ''
  const { groups } = textOf(instrument, t.language).clusters[id]!
  if (own.extent === 'all') return t('benchmark.cluster.allCities')
  const scheme = instrument.clusters.find((each) => each.id === id)!
  return scheme.groups
    .filter((group) => group.id === own.group || own.joined.includes(group.id))
    .map((group) => groups[group.id]!)
    .join(t('benchmark.cluster.join'))
}

/** The whole row in words. */
export function readingOf(t: Translator, compared: ComparedResult, { name, level, network, cluster, previous }: LevelRow): string {
  const { comparison } = compared
  const own =
    level.score === null
      ? t('results.reading.none', { name })
      : t(level.isProvisional ? 'results.reading.provisional' : 'results.reading.own', { name, score: exactText(t, level.exact.score) })
  return [
    own,
    level.score !== null && level.upper !== level.score && t('results.reading.upper', { upper: exactText(t, level.exact.upper) }),
    network && t('results.reading.network', { median: scoreText(t, network.median), n: network.n }),
    cluster !== null && cluster.median !== null && t('results.reading.cluster', { median: scoreText(t, cluster.median), n: cluster.n }),
    previous !== null &&
      comparison.previous &&
      t('results.reading.previous', { wave: comparison.previous.wave.name, score: scoreText(t, previous) }),
  ]
    .filter(Boolean)
    .join('; ')
}

/** Rows as the chart draws them. */
export function toDotRows(t: Translator, compared: ComparedResult, rows: readonly LevelRow[], view: ResultView): DotRow[] {
  return rows.map((row) => ({
    id: elementText(row.ref),
    label: row.name,
    href: resultPath(compared.assessment.id, view, `/${elementText(row.ref)}`),
    valueText: row.level.score === null ? t('results.noScore') : exactText(t, row.level.exact.score),
    reading: readingOf(t, compared, row),
    own: row.level.score,
    upper: row.level.upper,
    previous: row.previous,
    provisional: row.level.score !== null && row.level.isProvisional,
    groupMedian: row.cluster?.median ?? null,
    groupDots: row.cluster?.others ?? [],
    bandLow: row.network?.q1 ?? null,
    bandHigh: row.network?.q3 ?? null,
    networkMedian: row.network?.median ?? null,
  }))
}

/** What each sign means here; signs that do not occur have no words. */
export function chartKeys(t: Translator, compared: ComparedResult, rows: readonly LevelRow[]): ChartKeyTexts {
  const { comparison, assessment } = compared
  const cluster = shownCluster(compared)
  const has = (test: (row: LevelRow) => boolean, text: string) => (rows.some(test) ? text : undefined)
  return {
    own: has(({ level }) => level.score !== null, assessment.city.name),
    provisional: has(({ level }) => level.score !== null && level.isProvisional, t('results.key.provisional')),
    upper: has(({ level }) => level.upper !== level.score, t('results.key.upper')),
    previous: comparison.previous ? has(({ previous }) => previous !== null, comparison.previous.wave.name) : undefined,
    groupDots: cluster
      ? has((row) => (row.cluster?.others.length ?? 0) > 0, t('results.key.groupDots', { group: groupName(t, compared, cluster) }))
      : undefined,
    groupMedian: cluster ? has((row) => row.cluster !== null && row.cluster.median !== null, t('results.key.groupMedian')) : undefined,
    networkMedian: has(({ network }) => network !== null, t('results.key.networkMedian', { n: comparison.cities })),
    band: has(({ network }) => network !== null, t('results.key.band')),
  }
}

/** Points above (or, negative, below) the middle city; null without a comparison. */
export const leadOf = ({ level, network }: LevelRow): number | null =>
  level.score === null || level.isProvisional || network === null || network.n < 2 ? null : level.score - network.median

/** The levels furthest above and below the middle city. */
export function extremes(rows: readonly LevelRow[]): { above: number; below: number; best: LevelRow | null; worst: LevelRow | null } {
  const compared = rows.filter((row) => leadOf(row) !== null).sort((a, b) => leadOf(b)! - leadOf(a)!)
  const best = compared[0] ?? null
  const worst = compared.at(-1) ?? null
  return {
    above: compared.filter((row) => leadOf(row)! > 0).length,
    below: compared.filter((row) => leadOf(row)! < 0).length,
    best: best && leadOf(best)! > 0 ? best : null,
    worst: worst && leadOf(worst)! < 0 ? worst : null,
  }
}
