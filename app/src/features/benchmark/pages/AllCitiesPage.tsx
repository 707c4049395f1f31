import { Button } from '../../../ui/Button.tsx'
import { ChartKey } from '../../../ui/charts/ChartKey.tsx'
import { ChartReading } from '../../../ui/charts/ChartReading.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { comparePath, mostPicks, stateParameters } from '../compare-state.ts'
import { CityTable } from './CityTable.tsx'
import type { CompareView } from './compare-view.ts'
import { comparisonLead, comparisonTitle } from './compare-words.ts'
import { CompareFilters } from './CompareFilters.tsx'
import { CompareFoot, CompareNotes, CompareTabs, fileLinks } from './CompareFrame.tsx'

/** Links to the part of the list before and after this one. */
export function LinePages({ view, path }: { view: CompareView; path: string }) {
  const { t, state, page, pages, first, shown, found } = view
  if (pages === 1) return null
  const link = (to: number, text: string) => ({ href: comparePath(path, { ...state, page: to }), text })
  return (
    <Pagination
      label={t('cities.paging.label')}
      previous={page > 1 ? link(page - 1, t('cities.paging.previous')) : undefined}
      next={page < pages ? link(page + 1, t('cities.paging.next')) : undefined}
      status={t('cities.paging.status', { first: first + 1, last: first + shown.length, total: found.length })}
    />
  )
}

/** What can be done with the cities that are ticked. */
function PickBar({ view }: { view: CompareView }) {
  const { t, state, compared, shown, isSignedIn } = view
  const onPage = new Set(shown.map(({ slug }) => slug))
  const picks = new Set(state.picks)
  const elsewhere = picks.size === 0 ? [] : compared.lines.filter(({ slug }) => picks.has(slug) && !onPage.has(slug))
  return (
    <div class="pick-bar">
      <p>
        {t('compare.pick.hint', { most: mostPicks })}
        {elsewhere.length > 0 && ` ${t('compare.pick.elsewhere', { cities: elsewhere.map(({ name }) => name).join(', ') })}`}
      </p>
      {elsewhere.map(({ slug }) => (
        <input type="hidden" name="pick" value={slug} key={slug} />
      ))}
      <div class="pick-actions">
        <Button>{t('compare.pick.compare')}</Button>
        <Button kind="secondary" formAction="/compare">
          {t('compare.pick.keep')}
        </Button>
        {isSignedIn && (
          <Button kind="quiet" formAction="/compare/groups/new">
            {t('compare.pick.save')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** All cities of a wave: a table with a dot for each, to search, sort, narrow down and pick from. */
export function AllCitiesPage({ view }: { view: CompareView }) {
  const { t, state, compared, ownIds } = view
  const hasOwn = view.shown.some(({ id }) => ownIds.has(id))
  const hidden = Object.entries(stateParameters(state)).filter(([name]) => name !== 'pick')
  const keys = {
    ...(hasOwn && { own: t('compare.key.own') }),
    city: t('compare.key.city'),
    networkMedian: t('compare.key.median'),
    band: t('compare.key.band'),
  }
  return (
    <>
      <PageHeading context={compared.wave.name} title={comparisonTitle(t, compared)} lead={comparisonLead(t, compared)} />
      <CompareTabs t={t} state={state} current="" isSignedIn={view.isSignedIn} />
      <CompareNotes t={t} compared={compared} />
      <CompareFilters view={view} page="" />
      <form method="get" action="/compare/cities">
        {hidden.map(([name, value]) => (
          <input type="hidden" name={name} value={value} key={name} />
        ))}
        <div class={state.level === 'core' ? 'chart city-lines' : 'chart city-lines has-level'}>
          <ChartKey texts={keys} />
          <figure class="chart-plot" data-chart aria-label={t('compare.caption')} data-hint={t('compare.hint')}>
            <CityTable view={view} page="" />
            <ChartReading />
          </figure>
        </div>
        <LinePages view={view} path="" />
        {view.shown.length > 0 && <PickBar view={view} />}
      </form>
      <CompareFoot {...view} files={fileLinks(t, (ending) => comparePath(ending, state))}>
        <p class="small prose">{t('compare.rank.explained')}</p>
        {compared.hasVerified && <p class="small prose">{t('compare.verified.explained')}</p>}
      </CompareFoot>
    </>
  )
}
