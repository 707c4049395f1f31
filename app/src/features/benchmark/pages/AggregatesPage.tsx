import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import { DotRowChart } from '../../../ui/charts/DotRowChart.tsx'
import { DataTable, type DataTableProps } from '../../../ui/DataTable.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { aggregateKinds } from '../aggregates.ts'
import { comparePath } from '../compare-state.ts'
import { aggregateKeys, aggregateRows, aggregateSummary, aggregateTitle, type AggregateView } from './aggregate-view.ts'
import { comparisonFoot, levelName, points } from './compare-words.ts'
import { CompareFilters } from './CompareFilters.tsx'
import { CompareNotes, CompareTabs, fileLinks } from './CompareFrame.tsx'

function tableOf({ view, kind, rows }: AggregateView): DataTableProps {
  const { t } = view
  const number = (id: string, header: string) => ({ id, header, align: 'end' as const, isNarrow: true })
  return {
    id: 'aggregates-table',
    caption: t(`compare.aggregate.caption.${kind}`),
    narrow: 'stack',
    emptyText: t('compare.nothing'),
    columns: [
      { id: 'name', header: t(`compare.aggregate.column.${kind}`) },
      number('n', t('compare.aggregate.column.n')),
      number('mean', t('compare.aggregate.column.mean')),
      number('median', t('compare.aggregate.column.median')),
      number('q1', t('compare.aggregate.column.q1')),
      number('q3', t('compare.aggregate.column.q3')),
      { id: 'note', header: t('compare.aggregate.column.note') },
    ],
    rows: rows.map(({ key, name, n, mean, median, q1, q3, isSmall }) => ({
      id: key ?? 'unknown',
      cells: {
        name,
        n: String(n),
        mean: points(t, mean),
        median: points(t, median),
        q1: points(t, q1),
        q3: points(t, q3),
        note: isSmall ? <span class="small">{t(n === 0 ? 'compare.aggregate.note.none' : 'compare.aggregate.note.small')}</span> : '',
      },
    })),
  }
}

function Kinds({ view: { t, state }, kind }: AggregateView) {
  const links = aggregateKinds.map((each) => ({
    href: comparePath('/aggregates', { ...state, page: 1 }, { by: each }),
    text: t(`compare.aggregate.by.${each}`),
    isCurrent: each === kind,
  }))
  return <NavTabs label={t('compare.aggregate.by')} links={links} />
}

function Pages({ view: { t, state }, kind, all, rows, page, pages, first }: AggregateView) {
  if (pages === 1) return null
  const link = (to: number, text: string) => ({ href: comparePath('/aggregates', { ...state, page: to }, { by: kind }), text })
  return (
    <Pagination
      label={t('cities.paging.label')}
      previous={page > 1 ? link(page - 1, t('cities.paging.previous')) : undefined}
      next={page < pages ? link(page + 1, t('cities.paging.next')) : undefined}
      status={t('cities.paging.status', { first: first + 1, last: first + rows.length, total: all.length })}
    />
  )
}

/** Cities taken together by country, region and network: the table first, the chart below it. */
export function AggregatesPage({ aggregates }: { aggregates: AggregateView }) {
  const { view, kind } = aggregates
  const { t, state, compared, now } = view
  const level = levelName(t, compared.instrument, state.level)
  return (
    <>
      <PageHeading context={compared.wave.name} title={aggregateTitle(t, aggregates)} lead={aggregateSummary(t, aggregates)} />
      <CompareTabs t={t} state={state} current="/aggregates" isSignedIn={view.isSignedIn} />
      <CompareNotes t={t} compared={compared} />
      <CompareFilters view={view} page="/aggregates" more={{ by: kind }} />
      <div class="stack">
        <Kinds {...aggregates} />
        <DataTable {...tableOf(aggregates)} />
        <Pages {...aggregates} />
      </div>
      <div class="section">
        <ChartFigure
          id="aggregates"
          title={t(`compare.aggregate.chart.${kind}`)}
          subtitle={t('compare.aggregate.subtitle', { level: kind === 'network' ? t('compare.aggregate.everyLevel') : level })}
          summary={t(kind === 'network' ? 'compare.aggregate.how.network' : 'compare.aggregate.how')}
          downloads={{
            label: t('results.chart.downloads'),
            links: fileLinks(t, (ending) => comparePath(`/aggregates${ending}`, state, { by: kind })),
          }}
          foot={comparisonFoot(t, compared, now)}
          syntheticText={compared.isSynthetic ? t('compare.synthetic') : undefined}
        >
          <DotRowChart
            label={t(`compare.aggregate.chart.${kind}`)}
            rows={aggregateRows(t, aggregates)}
            keys={aggregateKeys(t, aggregates)}
            readingHint={t('compare.hint')}
          />
        </ChartFigure>
      </div>
    </>
  )
}
