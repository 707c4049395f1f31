import { formatDateTime, type Translator } from '../../../text/text.ts'
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import { DotRowChart } from '../../../ui/charts/DotRowChart.tsx'
import type { DataTableProps } from '../../../ui/DataTable.tsx'
import type { ComparedResult } from '../../benchmark/usecases.ts'
import { elementText } from '../elements.ts'
import { chartFoot, chartSummary, chartTitle } from './downloads.ts'
import { chartKeys, type ChartLevel, groupName, leadOf, type LevelRow, listLevelRows, shownCluster, toDotRows } from './level-rows.ts'
import { resultPath, type ResultView } from './view.ts'
import { differenceText, exactText, percentText, scoreText } from './words.ts'

interface Props {
  t: Translator
  compared: ComparedResult
  view: ResultView
  level: ChartLevel
  now: Date
}

function tableOf({ t, compared, view, level }: Props, rows: readonly LevelRow[]): DataTableProps {
  const { previous } = compared.comparison
  const cluster = shownCluster(compared)
  const number = (id: string, header: string) => ({ id, header, align: 'end' as const })
  return {
    id: `${level}-table`,
    caption: t(`results.chart.subtitle.${level}`),
    emptyText: t('results.noScore'),
    isWide: true,
    columns: [
      { id: 'name', header: t(`results.column.${level}`) },
      number('score', t('results.column.score')),
      number('upper', t('results.column.upper')),
      number('coverage', t('results.column.coverage')),
      ...(previous ? [number('previous', previous.wave.name)] : []),
      number('median', t('results.column.networkMedian')),
      number('half', t('results.column.half')),
      number('lead', t('results.column.lead')),
      ...(cluster ? [number('cluster', t('results.column.cluster', { group: groupName(t, compared, cluster) }))] : []),
    ],
    rows: rows.map((row) => ({
      id: elementText(row.ref),
      href: resultPath(compared.assessment.id, view, `/${elementText(row.ref)}`),
      cells: {
        name: row.name,
        score: exactText(t, row.level.exact.score),
        upper: exactText(t, row.level.exact.upper),
        coverage: percentText(t, row.level.coverage),
        previous: scoreText(t, row.previous),
        median: row.network ? t('results.column.withN', { value: scoreText(t, row.network.median), n: row.network.n }) : '–',
        half: row.network ? t('results.column.range', { low: scoreText(t, row.network.q1), high: scoreText(t, row.network.q3) }) : '–',
        lead: leadOf(row) === null ? '–' : differenceText(t, leadOf(row)!),
        cluster:
          !row.cluster || row.cluster.median === null
            ? '–'
            : t('results.column.withN', { value: scoreText(t, row.cluster.median), n: row.cluster.n }),
      },
    })),
  }
}

/** Areas or indicators as dot rows, with words, numbers, files and source. */
export function LevelChart(props: Props) {
  const { t, compared, view, level, now } = props
  const rows = listLevelRows(t, compared, level)
  if (rows.length === 0) return null
  const file = (ending: string) => {
    const path = resultPath(compared.assessment.id, view, `/chart.${ending}`)
    return level === 'areas' ? path : `${path}${path.includes('?') ? '&' : '?'}level=${level}`
  }
  return (
    <div class="section">
      <ChartFigure
        id={`chart-${level}`}
        title={chartTitle(t, compared, level)}
        subtitle={t(`results.chart.subtitle.${level}`)}
        summary={chartSummary(t, compared, level)}
        table={{ open: t('results.chart.table'), content: tableOf(props, rows) }}
        downloads={{
          label: t('results.chart.downloads'),
          links: [
            { href: file('svg'), text: t('results.chart.svg') },
            { href: file('png'), text: t('results.chart.png') },
            { href: file('csv'), text: t('results.chart.csv') },
          ],
        }}
        foot={[...chartFoot(t, compared), t('results.foot.time', { time: formatDateTime(t.language, now) })]}
        syntheticText={compared.assessment.city.isSynthetic ? t('results.synthetic') : undefined}
      >
        <DotRowChart
          label={t(`results.chart.subtitle.${level}`)}
          rows={toDotRows(t, compared, rows, view)}
          keys={chartKeys(t, compared, rows)}
          readingHint={t('results.chart.hint')}
        />
      </ChartFigure>
    </div>
  )
}
