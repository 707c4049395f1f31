import type { ComponentChildren } from 'preact'
import { formatNumber, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../city.ts'
import { countryName, countryOptions } from '../countries.ts'
import { type CityFact, groupFacts } from '../fact.ts'
import { ListPages, type ListPart } from './paging.tsx'

/** Props of CityList. */
export interface CityListProps {
  t: Translator
  /** Address of the page and of the cities below it: /cities or /network/cities. */
  path: string
  filter: { search: string; country: string }
  countries: readonly string[]
  cities: readonly City[]
  facts: ReadonlyMap<string, CityFact[]>
  total: number
  part: ListPart
  /** Shown when the network has no city at all. */
  whenEmpty: ComponentChildren
}

/** Cities by name with search, country and pages. */
export function CityList(props: CityListProps) {
  const { t, path, filter, total, part, cities } = props
  const isFiltered = filter.search !== '' || filter.country !== ''
  if (total === 0 && !isFiltered) return <EmptyState title={t('cities.list.emptyTitle')}>{props.whenEmpty}</EmptyState>
  return (
    <>
      <CityFilterForm {...props} />
      {total === 0 ? (
        <EmptyState title={t('cities.list.nothingTitle')} action={<a href={path}>{t('cities.list.all')}</a>}>
          {t('cities.list.nothing')}
        </EmptyState>
      ) : (
        <>
          <p class="list-count" role="status">
            {t('cities.list.count', { count: total })}
          </p>
          <CityTable t={t} path={path} cities={cities} facts={props.facts} />
          <ListPages
            t={t}
            part={part}
            total={total}
            path={path}
            query={{ ...(filter.search && { q: filter.search }), ...(filter.country && { country: filter.country }) }}
          />
        </>
      )}
    </>
  )
}

function CityFilterForm({ t, path, filter, countries }: CityListProps) {
  const options = [{ value: '', label: t('cities.list.anyCountry') }, ...countryOptions(t.language, countries)]
  return (
    <form class="filter-form" role="search" method="get" action={path}>
      <TextField name="q" type="search" label={t('cities.list.search')} value={filter.search} autoComplete="off" />
      <SelectField name="country" label={t('cities.list.country')} options={options} value={filter.country} width="full" />
      <Button kind="secondary">{t('cities.list.show')}</Button>
    </form>
  )
}

function CityTable({ t, path, cities, facts }: Pick<CityListProps, 't' | 'path' | 'cities' | 'facts'>) {
  const columns = [
    { id: 'city', header: t('cities.list.column.city') },
    { id: 'country', header: t('cities.list.column.country') },
    { id: 'population', header: t('cities.list.column.population'), align: 'end' as const },
    { id: 'foreign', header: t('cities.list.column.foreign'), align: 'end' as const },
  ]
  const rows = cities.map((city) => ({
    id: city.id,
    href: `${path}/${city.slug}`,
    cells: { city: city.name, country: countryName(t.language, city.country), ...groupCells(t, facts.get(city.id) ?? []) },
  }))
  return (
    <DataTable
      id="cities"
      caption={t('cities.list.caption')}
      isCaptionHidden
      columns={columns}
      rows={rows}
      narrow="stack"
      emptyText={t('cities.list.nothing')}
    />
  )
}

function groupCells(t: Translator, facts: readonly CityFact[]) {
  const { population, shareForeign } = groupFacts(facts)
  return {
    population:
      population === null
        ? t('cities.list.unknown')
        : t('cities.list.valueOfYear', { value: formatNumber(t.language, population.value), year: String(population.year) }),
    foreign:
      shareForeign === null
        ? t('cities.list.unknown')
        : t(`cities.list.share.${shareForeign.basis}`, {
            value: t('cities.fact.unit.percent', { value: formatNumber(t.language, shareForeign.value, 1) }),
            year: String(shareForeign.year),
          }),
  }
}
