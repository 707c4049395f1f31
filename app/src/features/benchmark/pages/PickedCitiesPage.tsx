import type { Translator } from '../../../text/text.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import { LetterRowChart } from '../../../ui/charts/LetterRowChart.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { comparePath, mostPicks } from '../compare-state.ts'
import type { CompareView } from './compare-view.ts'
import { comparisonFoot, points } from './compare-words.ts'
import { CompareNotes, CompareTabs, fileLinks } from './CompareFrame.tsx'
import { type PickedCities, pickedRows, pickedSummary, pickedTitle } from './picked.ts'

function tableOf(t: Translator, { view, cities, levels }: PickedCities) {
  return {
    id: 'picked-table',
    caption: t('compare.picked.subtitle'),
    emptyText: t('compare.nothing'),
    isWide: true,
    columns: [
      { id: 'level', header: t('compare.picked.column.level') },
      ...cities.map(({ letter, line }) => ({ id: line.slug, header: `${letter} ${line.name}`, align: 'end' as const })),
      { id: 'median', header: t('results.column.networkMedian'), align: 'end' as const },
      { id: 'half', header: t('results.column.half'), align: 'end' as const },
    ],
    rows: levels.map(({ level, name, scores, network }) => ({
      id: level,
      cells: {
        level: name,
        ...Object.fromEntries(cities.map(({ line }, i) => [line.slug, points(view.t, scores[i]!)])),
        median: network === null ? '–' : t('results.column.withN', { value: points(t, network.median), n: network.n }),
        half: network === null ? '–' : t('results.column.range', { low: points(t, network.q1), high: points(t, network.q3) }),
      },
    })),
  }
}

/** Nothing was ticked. */
function NothingPicked({ view }: { view: CompareView }) {
  const { t, state } = view
  return (
    <EmptyState
      title={t('compare.picked.empty.title')}
      action={<ButtonLink href={comparePath('', { ...state, picks: [] })}>{t('compare.picked.choose')}</ButtonLink>}
    >
      {t('compare.picked.empty', { most: mostPicks })}
    </EmptyState>
  )
}

/** Up to five cities, area by area. */
export function PickedCitiesPage({ picked }: { picked: PickedCities }) {
  const { view, cities, leftOut } = picked
  const { t, state, compared, now } = view
  const title = pickedTitle(t, picked)
  return (
    <>
      <PageHeading context={compared.wave.name} title={title} />
      <CompareTabs t={t} state={state} current="" isSignedIn={view.isSignedIn} />
      <CompareNotes t={t} compared={compared} />
      {cities.length === 0 ? (
        <NothingPicked view={view} />
      ) : (
        <>
          {leftOut.length > 0 && (
            <p class="compare-notes">{t('compare.picked.leftOut', { most: mostPicks, cities: leftOut.join(', ') })}</p>
          )}
          <ChartFigure
            id="picked"
            title={t('compare.picked.chart')}
            subtitle={t('compare.picked.subtitle')}
            summary={pickedSummary(t, picked)}
            table={{ open: t('results.chart.table'), content: tableOf(t, picked) }}
            downloads={{ label: t('results.chart.downloads'), links: fileLinks(t, (ending) => comparePath(`/cities${ending}`, state)) }}
            foot={comparisonFoot(t, compared, now)}
            syntheticText={compared.isSynthetic ? t('compare.synthetic') : undefined}
          >
            <LetterRowChart {...pickedRows(t, picked)} />
          </ChartFigure>
          <p class="section">
            <a href={comparePath('', { ...state, page: 1 })}>{t('compare.picked.back')}</a>
          </p>
        </>
      )}
    </>
  )
}
