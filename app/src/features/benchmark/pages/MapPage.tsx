import { ChartFigure } from '../../../ui/charts/ChartFigure.tsx'
import { PointMap } from '../../../ui/charts/PointMap.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { comparePath } from '../compare-state.ts'
import { LinePages } from './AllCitiesPage.tsx'
import { CityTable } from './CityTable.tsx'
import type { CompareView } from './compare-view.ts'
import { comparisonFoot, comparisonTitle, levelName } from './compare-words.ts'
import { CompareFilters } from './CompareFilters.tsx'
import { CompareNotes, CompareTabs, fileLinks } from './CompareFrame.tsx'
import { drawMap, mapKeys, mapSubtitle, mapSummary } from './map-view.ts'

/** The cities on a map of Europe, and the same cities as a table. */
export function MapPage({ view }: { view: CompareView }) {
  const { t, state, compared, now } = view
  const map = drawMap(view)
  const level = levelName(t, compared.instrument, state.level)
  return (
    <>
      <PageHeading context={compared.wave.name} title={t('compare.map.title')} lead={comparisonTitle(t, compared)} />
      <CompareTabs t={t} state={state} current="/map" isSignedIn={view.isSignedIn} />
      <CompareNotes t={t} compared={compared} />
      <CompareFilters view={view} page="/map" />
      <ChartFigure
        id="map"
        title={t('compare.map.heading', { level })}
        subtitle={mapSubtitle(t, map)}
        summary={mapSummary(view, map)}
        downloads={{
          label: t('results.chart.downloads'),
          links: fileLinks(t, (ending) => comparePath(`/map${ending}`, state), comparePath('.csv', state)),
        }}
        foot={[...comparisonFoot(t, compared, now), t('compare.map.source')]}
        syntheticText={compared.isSynthetic ? t('compare.synthetic') : undefined}
      >
        <PointMap {...map.drawing} label={t('compare.map.heading', { level })} readingHint={t('compare.map.hint')} keys={mapKeys(t)} />
      </ChartFigure>
      <section class="section" aria-labelledby="map-table">
        <h2 id="map-table">{t('compare.map.table')}</h2>
        <div class={state.level === 'core' ? 'city-lines' : 'city-lines has-level'}>
          <CityTable view={view} page="/map" isPlain />
        </div>
        <LinePages view={view} path="/map" />
      </section>
    </>
  )
}
