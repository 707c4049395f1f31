import type { Translator } from '../../../text/text.ts'
import type { ChartFileTexts } from '../../../ui/charts/chart-file.tsx'
import { dotRowFile } from '../../../ui/charts/dot-row-file.tsx'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import { textOf } from '../../instrument/instrument.ts'
import { toCsv } from '../csv.ts'
import { elementText } from '../elements.ts'
import { chartKeys, type ChartLevel, extremes, leadOf, listLevelRows, shownCluster, toDotRows } from './level-rows.ts'
import { standardView } from './view.ts'
import { differenceText, markCheck, methodName } from './words.ts'

/** The finding of a chart, as a sentence. */
export function chartTitle(t: Translator, compared: ComparedResult, level: ChartLevel): string {
  const { best, worst } = extremes(listLevelRows(t, compared, level))
  if (best !== null && worst !== null) return t('results.chart.title.both', { best: best.name, worst: worst.name })
  if (best !== null) return t('results.chart.title.best', { best: best.name })
  if (worst !== null) return t('results.chart.title.worst', { worst: worst.name })
  return t(`results.chart.title.${level}`)
}

/** The chart in words. */
export function chartSummary(t: Translator, compared: ComparedResult, level: ChartLevel): string {
  const { above, below, best, worst } = extremes(listLevelRows(t, compared, level))
  if (above + below === 0) return t('results.chart.summary.none')
  return [
    t(`results.chart.summary.counts.${level}`, {
      above,
      below,
      all: listLevelRows(t, compared, level).length,
      city: compared.assessment.city.name,
    }),
    best && t('results.chart.summary.best', { name: best.name, lead: differenceText(t, leadOf(best)!) }),
    worst && t('results.chart.summary.worst', { name: worst.name, lead: differenceText(t, leadOf(worst)!) }),
  ]
    .filter(Boolean)
    .join(' ')
}

/** Source, wave, number of cities, instrument, weighting; what every figure rests on. */
export function chartFoot(t: Translator, { assessment, instrument, comparison, scores, copy }: ComparedResult): string[] {
  return [
    t('results.foot.source', { city: assessment.city.name, wave: assessment.wave.name }),
    t(`results.foot.copy.${copy}`),
    t('results.foot.cities', { n: comparison.cities }),
    t('results.foot.instrument', { title: textOf(instrument, t.language).instrument.title, version: instrument.version }),
    t('results.foot.scheme', { scheme: methodName(t, instrument, scores.scheme) }),
  ]
}

/** The chart as an SVG file. */
export function chartSvg(t: Translator, compared: ComparedResult, level: ChartLevel): string {
  const rows = listLevelRows(t, compared, level)
  const texts: ChartFileTexts = {
    title: markCheck(t, compared, chartTitle(t, compared, level)),
    subtitle: t(`results.chart.subtitle.${level}`),
    description: chartSummary(t, compared, level),
    foot: chartFoot(t, compared),
    syntheticText: compared.assessment.city.isSynthetic ? t('results.synthetic') : undefined,
    language: t.language,
  }
  return dotRowFile(texts, { rows: toDotRows(t, compared, rows, standardView), keys: chartKeys(t, compared, rows) })
}

const columns = [
  'element',
  'name',
  'score',
  'upper',
  'coverage',
  'isProvisional',
  'previousWave',
  'previous',
  'networkN',
  'networkQ1',
  'networkMedian',
  'networkQ3',
  'cluster',
  'clusterGroup',
  'clusterN',
  'clusterMedian',
  'scheme',
  'instrument',
  'instrumentVersion',
  'wave',
  'city',
  'copy',
  'isSynthetic',
] as const

/** All numbers of the chart as CSV; scores unrounded. */
export function chartCsv(t: Translator, compared: ComparedResult, level: ChartLevel): string {
  const {
    assessment: { city, wave },
    instrument,
    comparison: { previous },
    scores,
    copy,
  } = compared
  const cluster = shownCluster(compared)
  const rows = listLevelRows(t, compared, level).map((row) => [
    elementText(row.ref),
    row.name,
    row.level.score,
    row.level.upper,
    row.level.coverage,
    row.level.isProvisional,
    previous?.wave.slug ?? null,
    row.previous,
    row.network?.n ?? 0,
    row.network?.q1 ?? null,
    row.network?.median ?? null,
    row.network?.q3 ?? null,
    cluster?.id ?? null,
    cluster?.own?.group ?? null,
    row.cluster?.n ?? null,
    row.cluster?.median ?? null,
    scores.scheme,
    instrument.id,
    instrument.version,
    wave.slug,
    city.slug,
    copy,
    city.isSynthetic,
  ])
  return toCsv(columns, rows)
}
