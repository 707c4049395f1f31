import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { slugOf } from '../../cities/city.ts'
import { countryName } from '../../cities/countries.ts'
import { FigureTable } from '../../cities/pages/FigureTable.tsx'
import type { StoredFigure } from '../../cities/queries.ts'
import { type Place, slugFinder } from '../earlier.ts'
import { type ImportedProps, ImportedSection } from './ImportedSection.tsx'

const byCity = (language: string) => {
  const collator = new Intl.Collator(language)
  return (a: StoredFigure, b: StoredFigure) =>
    Number(a.city === null) - Number(b.city === null) ||
    collator.compare(a.city ?? '', b.city ?? '') ||
    (a.year ?? 0) - (b.year ?? 0) ||
    a.id - b.id
}

/** Props of PublishedPage. */
export interface PublishedPageProps {
  t: Translator
  figures: readonly StoredFigure[]
  places: readonly Place[]
  imported: Omit<ImportedProps, 't' | 'slugOfPlace'>
  /** The page that compares the cities of a wave exists. */
  hasComparison: boolean
}

/** All published figures of real cities, beside our own results and never inside them. */
export function PublishedPage({ t, figures, places, imported, hasComparison }: PublishedPageProps) {
  const ordered = [...figures].sort(byCity(t.language))
  const results = ordered.filter(({ kind }) => kind === 'result')
  const facts = ordered.filter(({ kind }) => kind === 'fact')
  const slugOfPlace = slugFinder(places)
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/', text: t('cities.crumb.start') }]} />
      <PageHeading title={t('cities.published.title')} lead={t('cities.published.lead')} />
      <section class="reading">
        <h2>{t('cities.published.whyTitle')}</h2>
        <p>{t('cities.published.why')}</p>
        <p>{t('cities.published.terms')}</p>
        <Ways t={t} hasComparison={hasComparison} />
      </section>
      <section class="section">
        <h2>{t('earlier.published.byCity')}</h2>
        <p>{t('earlier.published.byCityText')}</p>
        <PlaceList t={t} places={places} slugOfPlace={slugOfPlace} />
      </section>
      <ImportedSection t={t} slugOfPlace={slugOfPlace} {...imported} />
      <Figures t={t} kind="results" figures={results} />
      <Figures t={t} kind="facts" figures={facts} />
    </>
  )
}

/** What comes with the product: results, or facts. */
function Figures({ t, kind, figures }: Pick<PublishedPageProps, 't' | 'figures'> & { kind: 'results' | 'facts' }) {
  const title = t(`cities.published.${kind}`, { count: figures.length })
  return (
    <section class="section">
      <h2>{title}</h2>
      {kind === 'results' && <p>{t('cities.published.resultsNote')}</p>}
      <FigureTable
        t={t}
        id={kind}
        caption={title}
        figures={figures}
        hasSample={kind === 'results'}
        emptyText={t('cities.published.empty')}
      />
    </section>
  )
}

function Ways({ t, hasComparison }: Pick<PublishedPageProps, 't' | 'hasComparison'>) {
  return (
    <ul class="plain-list">
      <li>
        <a href="/pact">{t('cities.published.pact')}</a>
      </li>
      {hasComparison && (
        <li>
          <a href="/compare">{t('earlier.published.compare')}</a>
        </li>
      )}
      <li>
        <a href="/published.csv" download>
          {t('earlier.published.csv')}
        </a>
      </li>
    </ul>
  )
}

const listedPlaces = 200 // more are found by the list of their questionnaire

/** Every city with figures, as a link to its page. */
function PlaceList({ t, places, slugOfPlace }: Pick<PublishedPageProps, 't' | 'places'> & Pick<ImportedProps, 'slugOfPlace'>) {
  const collator = new Intl.Collator(t.language)
  const ordered = [...places].sort((a, b) => collator.compare(a.city, b.city)).slice(0, listedPlaces)
  return (
    <ul class="place-list">
      {ordered.map((place) => (
        <li key={slugOfPlace(place)}>
          <a href={`/published/${slugOfPlace(place)}`}>{nameOf(t, place, slugOfPlace(place))}</a>
        </li>
      ))}
    </ul>
  )
}

/** With the country where two places share the name. */
const nameOf = (t: Translator, { city, country }: Place, slug: string): string =>
  country === null || slug === slugOf(city) ? city : t('earlier.published.cityOf', { city, country: countryName(t.language, country) })
