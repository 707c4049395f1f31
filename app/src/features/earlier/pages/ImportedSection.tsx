import { formatNumber, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { countryName } from '../../cities/countries.ts'
import { ListPages, type ListPart } from '../../cities/pages/paging.tsx'
import { SourceText } from '../../cities/pages/SourceText.tsx'
import { type InstrumentName, kinshipOf, type Place } from '../earlier.ts'
import type { EarlierEvaluation, EarlierGroup } from '../queries.ts'
import { scoreText } from './shown.ts'

/** What one questionnaire and version has brought. */
export interface ChosenGroup extends InstrumentName {
  evaluations: readonly EarlierEvaluation[]
  total: number
  part: ListPart
  search: string
}

/** Props of ImportedSection. */
export interface ImportedProps {
  t: Translator
  /** Our own questionnaire. */
  own: { id: string; version: string }
  groups: readonly EarlierGroup[]
  /** The group whose evaluations are listed; null while nothing was imported. */
  chosen: ChosenGroup | null
  slugOfPlace: (place: Place) => string
}

const groupQuery = ({ instrument, instrumentVersion }: InstrumentName) => ({ instrument, version: instrumentVersion })
const groupHref = (group: InstrumentName): string => `/published?${new URLSearchParams(groupQuery(group)).toString()}#imported`

/** Earlier results that the network has brought in, by questionnaire and version; nothing where there are none. */
export function ImportedSection(props: ImportedProps) {
  const { t, chosen } = props
  if (chosen === null) return null
  return (
    <section class="section" id="imported">
      <h2>{t('earlier.published.imported')}</h2>
      <p class="prose">{t('earlier.published.importedText')}</p>
      <GroupTable {...props} />
      <h3 class="after-chart">{t('earlier.published.group', { instrument: chosen.instrument, version: chosen.instrumentVersion })}</h3>
      <SearchForm t={t} chosen={chosen} />
      <p class="list-count">{t('earlier.published.groupCount', { count: chosen.total })}</p>
      <EvaluationTable {...props} chosen={chosen} />
      <ListPages
        t={t}
        part={chosen.part}
        total={chosen.total}
        path="/published"
        query={{ ...groupQuery(chosen), ...(chosen.search && { q: chosen.search }) }}
      />
    </section>
  )
}

function GroupTable({ t, own, groups }: ImportedProps) {
  const years = ({ firstYear, lastYear }: EarlierGroup) =>
    firstYear === lastYear ? String(firstYear) : t('earlier.published.years', { first: String(firstYear), last: String(lastYear) })
  return (
    <DataTable
      id="groups"
      caption={t('earlier.published.groups')}
      emptyText=""
      narrow="stack"
      columns={[
        { id: 'instrument', header: t('earlier.published.column.instrument') },
        { id: 'version', header: t('earlier.published.column.version') },
        { id: 'cities', header: t('earlier.published.column.cities'), align: 'end', isNarrow: true },
        { id: 'figures', header: t('earlier.published.column.figures'), align: 'end', isNarrow: true },
        { id: 'years', header: t('earlier.published.column.years') },
        { id: 'kinship', header: t('earlier.published.column.kinship') },
      ]}
      rows={groups.map((group) => ({
        id: `${group.instrument}/${group.instrumentVersion}`,
        href: groupHref(group),
        cells: {
          instrument: group.instrument,
          version: group.instrumentVersion,
          cities: formatNumber(t.language, group.cities),
          figures: formatNumber(t.language, group.figures),
          years: years(group),
          kinship: t(`earlier.published.kinship.${kinshipOf(group, own)}`),
        },
      }))}
    />
  )
}

function SearchForm({ t, chosen }: { t: Translator; chosen: ChosenGroup }) {
  return (
    <form class="filter-form" role="search" method="get" action="/published#imported">
      <input type="hidden" name="instrument" value={chosen.instrument} />
      <input type="hidden" name="version" value={chosen.instrumentVersion} />
      <TextField name="q" type="search" label={t('earlier.published.search')} value={chosen.search} autoComplete="off" />
      <Button kind="secondary">{t('earlier.published.searchButton')}</Button>
    </form>
  )
}

function EvaluationTable({ t, chosen, slugOfPlace }: ImportedProps & { chosen: ChosenGroup }) {
  return (
    <DataTable
      id="evaluations"
      caption={t('earlier.published.group', { instrument: chosen.instrument, version: chosen.instrumentVersion })}
      isCaptionHidden
      emptyText={t('earlier.published.groupCount', { count: 0 })}
      narrow="stack"
      columns={[
        { id: 'city', header: t('cities.published.column.city') },
        { id: 'year', header: t('cities.published.column.year'), align: 'end', isNarrow: true },
        { id: 'index', header: t('earlier.published.column.index'), align: 'end', isNarrow: true },
        { id: 'figures', header: t('earlier.published.column.figures'), align: 'end', isNarrow: true },
        { id: 'source', header: t('cities.published.column.source') },
      ]}
      rows={chosen.evaluations.map(({ city, country, year, index, figures, source }) => ({
        id: `${city}/${country}/${year}`,
        href: `/published/${slugOfPlace({ city, country })}`,
        cells: {
          city: t('earlier.published.cityOf', { city, country: countryName(t.language, country) }),
          year: String(year),
          index: index === null ? t('earlier.published.noIndex') : scoreText(t, index),
          figures: formatNumber(t.language, figures),
          source: (
            <span class="source-text">
              <SourceText source={source} />
            </span>
          ),
        },
      }))}
    />
  )
}
