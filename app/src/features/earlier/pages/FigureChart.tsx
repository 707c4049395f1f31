import type { Translator } from '../../../text/text.ts'
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import type { ChartKeyTexts } from '../../../ui/charts/ChartKey.tsx'
import { type DotRow, DotRowChart } from '../../../ui/charts/DotRowChart.tsx'
import type { DataTableProps } from '../../../ui/DataTable.tsx'
import { type ChartKind, chartKinds } from '../../results/pages/chart-response.ts'
import type { ComparedFigure } from './city-figures.ts'
import { codeName, scoreText } from './shown.ts'

/** Props of FigureChart. */
export interface FigureChartProps {
  t: Translator
  id: string
  city: string
  compared: readonly ComparedFigure[]
  /** Which questionnaire the figures come from. */
  foot: string
  /** Address of the chart as a file. */
  fileOf: (kind: ChartKind) => string
}

type Drawn = Pick<FigureChartProps, 't' | 'city' | 'compared' | 'foot'>

/** More dots than this cannot be told apart; the middle half then stands for them. */
const mostDots = 200

/** Figures of one city as dot rows beside the other published cities; a sentence where there is nothing to draw. */
export function FigureChart(props: FigureChartProps) {
  const { t, id, city, compared, fileOf } = props
  if (compared.length === 0) return <p>{t('earlier.city.noChart')}</p>
  return (
    <ChartFigure
      id={id}
      level={3}
      title={chartTitle(props)}
      subtitle={t('earlier.city.chart.subtitle')}
      summary={t('earlier.city.chart.summary', { count: compared.length })}
      table={{ open: t('earlier.city.chart.table'), content: tableOf(props) }}
      downloads={{
        label: t('results.chart.downloads'),
        links: chartKinds.map((kind) => ({ href: fileOf(kind), text: t(`results.chart.${kind}`) })),
      }}
      foot={chartFoot(props)}
    >
      <DotRowChart
        label={t('earlier.city.title', { city })}
        rows={compared.map((figure) => rowOf(t, figure))}
        keys={keysOf(props)}
        readingHint={t('earlier.city.chart.hint')}
      />
    </ChartFigure>
  )
}

/** Source of the figures, and that none of them is ranked. */
export const chartFoot = ({ t, foot }: Drawn): string[] => [foot, t('earlier.city.chart.foot')]

/** The finding of the chart, as a sentence. */
export function chartTitle({ t, city, compared }: Drawn): string {
  const whole = compared.find(({ code, band }) => (code === 'index' || code === 'overall') && band !== null)
  if (whole === undefined) return t('earlier.city.chart.title.plain', { city })
  const { median } = whole.band!
  const place = whole.value > median ? 'above' : whole.value < median ? 'below' : 'equal'
  return t(`earlier.city.chart.title.${place}`, { city, value: scoreText(t, whole.value), median: scoreText(t, median) })
}

const yearText = (t: Translator, year: number | null): string => (year === null ? t('earlier.city.noYear') : String(year))

export function rowOf(t: Translator, { code, value, year, n, others, band }: ComparedFigure): DotRow {
  const name = codeName(t, code)
  const median = band === null ? '' : scoreText(t, band.median)
  return {
    id: code,
    label: name,
    valueText: scoreText(t, value),
    reading: t(`earlier.city.chart.reading.${band !== null ? 'band' : others.length > 0 ? 'few' : 'alone'}`, {
      name,
      value: scoreText(t, value),
      year: yearText(t, year),
      n: band === null ? others.length : n,
      median,
    }),
    own: value,
    groupDots: others.length > mostDots ? [] : others,
    bandLow: band?.q1 ?? null,
    bandHigh: band?.q3 ?? null,
    networkMedian: band?.median ?? null,
  }
}

export function keysOf({ t, city, compared }: Drawn): ChartKeyTexts {
  const hasBand = compared.some(({ band }) => band !== null)
  return {
    own: city,
    groupDots: compared.some(({ others }) => others.length > 0 && others.length <= mostDots) ? t('earlier.city.chart.others') : undefined,
    networkMedian: hasBand ? t('earlier.city.chart.median') : undefined,
    band: hasBand ? t('earlier.city.chart.band') : undefined,
  }
}

function tableOf({ t, id, city, compared }: FigureChartProps): DataTableProps {
  const number = (name: string, header: string) => ({ id: name, header, align: 'end' as const })
  return {
    id: `${id}-table`,
    caption: t('earlier.city.title', { city }),
    emptyText: t('earlier.city.none'),
    columns: [
      { id: 'what', header: t('earlier.city.column.what') },
      number('value', t('earlier.city.column.value')),
      number('year', t('earlier.city.column.year')),
      number('n', t('earlier.city.column.n')),
      number('median', t('earlier.city.column.median')),
      number('half', t('earlier.city.column.half')),
    ],
    rows: compared.map(({ code, value, year, n, band }) => ({
      id: code,
      cells: {
        what: codeName(t, code),
        value: scoreText(t, value),
        year: yearText(t, year),
        n: String(n),
        median: band === null ? '–' : scoreText(t, band.median),
        half:
          band === null ? t('earlier.city.tooFew') : t('earlier.city.range', { low: scoreText(t, band.q1), high: scoreText(t, band.q3) }),
      },
    })),
  }
}
