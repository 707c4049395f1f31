import { toCsv } from '../../../csv.ts'
import { dotRowFile } from '../../../ui/charts/dot-row-file.tsx'
import type { ChartKind } from '../../results/pages/chart-response.ts'
import type { InstrumentName } from '../earlier.ts'
import { chartFoot, chartTitle, type FigureChartProps, keysOf, rowOf } from './FigureChart.tsx'

type Drawn = Pick<FigureChartProps, 't' | 'city' | 'compared' | 'foot'>

/** Address of a city's chart as a file; without a questionnaire that of the figures that come with the product. */
export function figureFile(slug: string, kind: ChartKind, group: InstrumentName | null): string {
  const query = group && new URLSearchParams({ instrument: group.instrument, version: group.instrumentVersion }).toString()
  return `/published/${slug}/chart.${kind}${query === null ? '' : `?${query}`}`
}

/** The chart as an SVG file. */
export function figureSvg(drawn: Drawn): string {
  const { t, compared } = drawn
  const texts = {
    title: chartTitle(drawn),
    subtitle: t('earlier.city.chart.subtitle'),
    description: t('earlier.city.chart.summary', { count: compared.length }),
    foot: chartFoot(drawn),
    language: t.language,
  }
  return dotRowFile(texts, { rows: compared.map((figure) => rowOf(t, figure)), keys: keysOf(drawn) })
}

const columns = ['city', 'instrument', 'instrument_version', 'code', 'value', 'year', 'n', 'q1', 'median', 'q3'] as const

/** All numbers of the chart; the middle half is empty under five cities. */
export function figureCsv({ city, compared }: Drawn, instrument: string, version: string | null): string {
  const rows = compared.map(({ code, value, year, n, band }) => {
    const { q1, median, q3 } = band ?? { q1: null, median: null, q3: null }
    return [city, instrument, version, code, value, year, n, q1, median, q3]
  })
  return toCsv(columns, rows)
}
