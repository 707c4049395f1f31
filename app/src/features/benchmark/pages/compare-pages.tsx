import type { VNode } from 'preact'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Pages, WebContext } from '../../../web.ts'
import { chartKinds, chartResponse } from '../../results/pages/chart-response.ts'
import { linesBelowMap, linesPerPage } from '../all-cities.ts'
import { isExpert, isMember } from '../shown.ts'
import { aggregateTitle, openAggregates, parseKind } from './aggregate-view.ts'
import { AggregatesPage } from './AggregatesPage.tsx'
import { AllCitiesPage } from './AllCitiesPage.tsx'
import { aggregatesCsv, aggregatesSvg, linesCsv, linesSvg, mapSvg, pickedCsv, pickedSvg } from './compare-files.ts'
import { type CompareView, openView, requireView } from './compare-view.ts'
import { comparisonTitle } from './compare-words.ts'
import { NothingToCompare } from './CompareFrame.tsx'
import { MapPage } from './MapPage.tsx'
import { pickCities, pickedTitle } from './picked.ts'
import { PickedCitiesPage } from './PickedCitiesPage.tsx'

const scripts = ['client/charts.ts']

/** A page of the comparison, or the words that there is nothing to compare yet. */
async function show(
  c: WebContext,
  services: Services,
  draw: (view: CompareView) => { title: string; content: VNode },
  size = linesPerPage,
): Promise<Response> {
  const t = c.get('t')
  const view = await openView(c, services, size)
  if (view === null) {
    const person = c.get('person')
    return page(
      c,
      services,
      { title: t('compare.empty.heading') },
      <NothingToCompare t={t} isMember={isMember(person)} isExpert={isExpert(person)} />,
    )
  }
  const { title, content } = draw(view)
  return page(c, services, { title, scripts, isWide: true }, content)
}

interface Files {
  name: string
  /** The numbers; null where another page has them. */
  csv: ((view: CompareView, c: WebContext) => string) | null
  svg: (view: CompareView, c: WebContext) => string
  /** Cities on a page. */
  size?: number
}

/** The numbers, the drawing and the picture of a page, at its address with another ending. */
function addFiles(pages: Pages, services: Services, path: string, { name, csv, svg, size }: Files): void {
  for (const kind of chartKinds) {
    if (kind === 'csv' && csv === null) continue
    pages.get(`${path}.${kind}`, 'public', async (c) => {
      const view = await requireView(c, services, size)
      const { wave, isSynthetic } = view.compared
      return chartResponse(c, kind, {
        name: `${name}-${wave.slug}${isSynthetic ? '-synthetic' : ''}`,
        csv: () => csv?.(view, c) ?? '',
        svg: () => svg(view, c),
      })
    })
  }
}

const aggregatesOf = (view: CompareView, c: WebContext) => openAggregates(view, parseKind(c.req.query('by')))

/** All cities of a wave: table, map, aggregates, and up to five of them area by area. Reading changes nothing, so all is an address. */
export function registerComparePages(pages: Pages, services: Services): void {
  pages.get('/compare', 'public', (c) =>
    show(c, services, (view) => ({ title: comparisonTitle(view.t, view.compared), content: <AllCitiesPage view={view} /> })),
  )
  pages.get('/compare/cities', 'public', (c) =>
    show(c, services, (view) => {
      const picked = pickCities(view)
      return { title: pickedTitle(view.t, picked), content: <PickedCitiesPage picked={picked} /> }
    }),
  )
  pages.get('/compare/aggregates', 'public', (c) =>
    show(c, services, (view) => {
      const aggregates = aggregatesOf(view, c)
      return { title: aggregateTitle(view.t, aggregates), content: <AggregatesPage aggregates={aggregates} /> }
    }),
  )
  pages.get('/compare/map', 'public', (c) =>
    show(c, services, (view) => ({ title: view.t('compare.map.title'), content: <MapPage view={view} /> }), linesBelowMap),
  )
  addFiles(pages, services, '/compare', { name: 'cities', csv: linesCsv, svg: linesSvg })
  addFiles(pages, services, '/compare/cities', {
    name: 'picked-cities',
    csv: (view) => pickedCsv(pickCities(view)),
    svg: (view) => pickedSvg(pickCities(view)),
  })
  addFiles(pages, services, '/compare/aggregates', {
    name: 'aggregates',
    csv: (view, c) => aggregatesCsv(aggregatesOf(view, c)),
    svg: (view, c) => aggregatesSvg(aggregatesOf(view, c)),
  })
  addFiles(pages, services, '/compare/map', { name: 'map', csv: null, svg: mapSvg, size: linesBelowMap })
}
