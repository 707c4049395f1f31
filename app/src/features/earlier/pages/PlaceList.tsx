import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { slugOf } from '../../cities/city.ts'
import { countryName } from '../../cities/countries.ts'
import type { Place, PlacePart } from '../earlier.ts'

/** Props of PlaceList. */
export interface PlaceListProps {
  t: Translator
  part: PlacePart
  /** What the reader looks for. */
  search: string
  slugOfPlace: (place: Place) => string
  /** Other parameters of the page, which stay. */
  kept: Readonly<Record<string, string>>
}

/** Cities with figures as links to their pages, a part at a time, with a search. */
export function PlaceList(props: PlaceListProps) {
  const { t, part, search, slugOfPlace } = props
  return (
    <section class="section" id="cities">
      <h2>{t('earlier.published.byCity')}</h2>
      <p>{t('earlier.published.byCityText')}</p>
      {(part.total > 0 || search !== '') && <PlaceSearch {...props} />}
      <p class="list-count">{t('earlier.published.placesCount', { count: part.total })}</p>
      <ul class="place-list">
        {part.shown.map((place) => (
          <li key={slugOfPlace(place)}>
            <a href={`/published/${slugOfPlace(place)}`}>{nameOf(t, place, slugOfPlace(place))}</a>
          </li>
        ))}
      </ul>
      <PlacePages {...props} />
    </section>
  )
}

function PlaceSearch({ t, search, kept }: PlaceListProps) {
  return (
    <form class="filter-form" role="search" aria-label={t('earlier.published.placeSearch')} method="get" action="/published#cities">
      {Object.entries(kept).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      <TextField name="city" type="search" label={t('earlier.published.placeSearch')} value={search} autoComplete="off" />
      <Button kind="secondary">{t('earlier.published.searchButton')}</Button>
    </form>
  )
}

function PlacePages({ t, part: { page, pages, first, shown, total }, search, kept }: PlaceListProps) {
  if (pages === 1) return null
  const link = (to: number, text: string) => {
    const query = new URLSearchParams({ ...kept, ...(search && { city: search }), cities: String(to) })
    return { href: `/published?${query.toString()}#cities`, text }
  }
  return (
    <Pagination
      label={t('earlier.published.placePages')}
      previous={page > 1 ? link(page - 1, t('cities.paging.previous')) : undefined}
      next={page < pages ? link(page + 1, t('cities.paging.next')) : undefined}
      status={t('cities.paging.status', { first: first + 1, last: first + shown.length, total })}
    />
  )
}

/** With the country where two places share the name. */
const nameOf = (t: Translator, { city, country }: Place, slug: string): string =>
  country === null || slug === slugOf(city) ? city : t('earlier.published.cityOf', { city, country: countryName(t.language, country) })
