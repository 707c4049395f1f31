import type { ComponentChildren } from 'preact'
import { toCsv } from '../../../csv.ts'
import type { Db } from '../../../db/open.ts'
import { AppError } from '../../../errors.ts'
import { page } from '../../../layout.tsx'
import type { Services } from '../../../services.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { Pages, WebContext } from '../../../web.ts'
import { type City, slugOf } from '../../cities/city.ts'
import { countryName } from '../../cities/countries.ts'
import { listPart } from '../../cities/pages/paging.tsx'
import { findCity, listFigures as listReference } from '../../cities/queries.ts'
import { inPublic } from '../../cities/usecases.ts'
import { textOf } from '../../instrument/instrument.ts'
import { chartKinds, type ChartKind, chartResponse } from '../../results/pages/chart-response.ts'
import { findPlaces, partOfPlaces, type Place, slugFinder } from '../earlier.ts'
import { type EarlierGroup, listComparable, listEvaluations, listFigures, listGroups, listPlaces } from '../queries.ts'
import { compareReference, groupFigures } from './city-figures.ts'
import { figureCsv, figureSvg } from './figure-files.ts'
import type { ChosenGroup } from './ImportedSection.tsx'
import { PublishedCityPage } from './PublishedCityPage.tsx'
import { PublishedPage, type PublishedPageProps } from './PublishedPage.tsx'

const pageSize = 50 // evaluations
const placesAtOnce = 200

export function registerPublishedPages(pages: Pages, services: Services): void {
  pages.get('/published', 'public', (c) => showAll(c, services, pages))
  pages.get('/published.csv', 'public', (c) => downloadAll(c, services))
  pages.get('/published/:city', 'public', (c) => showCity(c, services))
  for (const kind of chartKinds) pages.get(`/published/:city/chart.${kind}`, 'public', (c) => downloadChart(c, services, kind))
}

/** The group that the address asks for, or the largest. */
async function readChosen(c: WebContext, db: Db, groups: readonly EarlierGroup[]): Promise<ChosenGroup | null> {
  const asked = groups.find(
    ({ instrument, instrumentVersion }) => instrument === c.req.query('instrument') && instrumentVersion === c.req.query('version'),
  )
  const group = asked ?? groups[0]
  if (group === undefined) return null
  const part = listPart(c, pageSize)
  const search = (c.req.query('q') ?? '').trim().slice(0, 100)
  const { instrument, instrumentVersion } = group
  const { evaluations, total } = await listEvaluations(db, group, search, { limit: part.size, offset: part.offset })
  return { instrument, instrumentVersion, evaluations, total, part, search }
}

/** The part of the list of cities that the address asks for. */
function readListed(c: WebContext, places: readonly Place[]): PublishedPageProps['listed'] {
  const search = (c.req.query('city') ?? '').trim().slice(0, 100)
  const asked = Number(c.req.query('cities'))
  const page = Number.isSafeInteger(asked) && asked >= 1 ? asked : 1
  const kept = ['instrument', 'version', 'q', 'page'].flatMap((name) => {
    const value = c.req.query(name)
    return value ? [[name, value.slice(0, 200)]] : []
  })
  const part = partOfPlaces(c.get('t').language, places, { search, page, size: placesAtOnce })
  return { part, search, kept: Object.fromEntries(kept) as Record<string, string> }
}

async function showAll(c: WebContext, services: Services, pages: Pages): Promise<Response> {
  const t = c.get('t')
  const content = await inPublic(services, async (db) => {
    const groups = await listGroups(db)
    return {
      figures: await listReference(db),
      places: await listPlaces(db),
      imported: { own: services.instruments.current, groups, chosen: await readChosen(c, db, groups) },
    }
  })
  const hasComparison = pages.routes.some(({ path }) => path === '/compare')
  return page(
    c,
    services,
    { title: t('cities.published.title'), isWide: true },
    <PublishedPage t={t} {...content} listed={readListed(c, content.places)} hasComparison={hasComparison} />,
  )
}

const csvColumns = [
  'city',
  'country',
  'year',
  'instrument',
  'instrument_version',
  'kind',
  'code',
  'value',
  'sample_size',
  'source',
  'remark',
]
const referenceInstrument = 'Intercultural Cities Index'

/** Everything that is published here as one table, each figure with its questionnaire and source. */
async function downloadAll(c: WebContext, services: Services): Promise<Response> {
  const { reference, imported } = await inPublic(services, async (db) => ({
    reference: await listReference(db),
    imported: await listFigures(db, {}),
  }))
  const rows = [
    ...reference.map(({ city, country, year, kind, code, value, sampleSize, source, remark }) => {
      const instrument = kind === 'result' ? referenceInstrument : null
      return [city, country, year, instrument, null, kind, code, value, sampleSize, source, remark]
    }),
    ...imported.map(({ city, country, year, instrument, instrumentVersion, code, value, source, remark }) => {
      return [city, country, year, instrument, instrumentVersion, 'result', code, value, null, source, remark]
    }),
  ]
  const headers = { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="published-figures.csv"' }
  return c.body(toCsv(csvColumns, rows), 200, headers)
}

async function readCity(services: Services, place: Place) {
  return inPublic(services, async (db) => {
    const reference = await listReference(db)
    const own = await listFigures(db, { city: place.city, country: place.country ?? undefined })
    const member = await findCity(db, slugOf(place.city))
    return {
      reference,
      own,
      all: await listComparable(db, own),
      member: member !== null && isCalled(member, place) ? member : null,
    }
  })
}

const isCalled = ({ name, country }: Pick<City, 'name' | 'country'>, place: Place): boolean =>
  name.toLowerCase() === place.city.toLowerCase() && country === place.country

async function showCity(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const places = await inPublic(services, listPlaces)
  const [place, ...others] = findPlaces(places, c.req.param('city')!)
  if (place === undefined) throw new AppError('CITY_NOT_FOUND')
  if (others.length > 0) return page(c, services, { title: place.city }, <Several t={t} places={[place, ...others]} all={places} />)
  const { reference, own, all, member } = await readCity(services, place)
  const current = services.instruments.current
  return page(
    c,
    services,
    { title: t('earlier.city.title', { city: place.city }), isWide: true, scripts: ['client/charts.ts'] },
    <PublishedCityPage
      t={t}
      place={place}
      slug={slugFinder(places)(place)}
      own={{ id: current.id, version: current.version, title: textOf(current, t.language).instrument.title }}
      figures={reference.filter(({ city, country }) => city === place.city && country === place.country)}
      compared={compareReference(place, reference)}
      groups={groupFigures(place, own, all)}
      member={member}
    />,
  )
}

/** The chart of one questionnaire and version, or of what comes with the product, as numbers, drawing or picture. */
async function downloadChart(c: WebContext, services: Services, kind: ChartKind): Promise<Response> {
  const t = c.get('t')
  const [place, ...others] = findPlaces(await inPublic(services, listPlaces), c.req.param('city')!)
  if (place === undefined || others.length > 0) throw new AppError('CITY_NOT_FOUND')
  const { reference, own, all } = await readCity(services, place)
  const instrument = c.req.query('instrument')
  const version = c.req.query('version') ?? ''
  const group = groupFigures(place, own, all).find((each) => each.instrument === instrument && each.instrumentVersion === version)
  const compared = instrument === undefined ? compareReference(place, reference) : (group?.compared ?? [])
  if (compared.length === 0) throw new AppError('NOT_FOUND')
  const foot = t(instrument === undefined ? 'earlier.city.chart.footReference' : 'earlier.city.chart.footImported', { instrument, version })
  const drawn = { t, city: place.city, compared, foot }
  return chartResponse(c, kind, {
    name: `published-${slugOf(place.city)}`,
    csv: () => figureCsv(drawn, instrument ?? referenceInstrument, instrument === undefined ? null : version),
    svg: () => figureSvg(drawn),
  })
}

/** Two cities of one name: which of them? */
function Several({ t, places, all }: { t: Translator; places: readonly Place[]; all: readonly Place[] }) {
  const slugOfPlace = slugFinder(all)
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/published', text: t('cities.published.title') }]} />
      <PageHeading title={t('earlier.city.several', { city: places[0]!.city })} lead={t('earlier.city.severalLead')} />
      <ul class="plain-list">
        {places.map((place) => (
          <li key={slugOfPlace(place)}>
            <a href={`/published/${slugOfPlace(place)}`}>
              {place.country === null
                ? place.city
                : t('earlier.published.cityOf', { city: place.city, country: countryName(t.language, place.country) })}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** For the page of a city of the network: the way to what was published about it; null where nothing was. */
export async function publishedLink(
  services: Services,
  t: Translator,
  { name, country }: Pick<City, 'name' | 'country'>,
): Promise<ComponentChildren> {
  const count = await inPublic(services, async (db) => {
    const reference = await listReference(db, { cities: [name] })
    return reference.length + (await listFigures(db, { city: name, country })).length
  })
  if (count === 0) return null
  return (
    <>
      <p>
        <a href={`/published/${slugOf(name)}-${country.toLowerCase()}`}>{t('earlier.city.link', { city: name, count })}</a>
      </p>
      <p>{t('earlier.city.linkText')}</p>
    </>
  )
}
