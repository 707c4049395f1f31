import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { FigureTable } from '../../cities/pages/FigureTable.tsx'
import type { StoredFigure } from '../../cities/queries.ts'
import { type Place, slugFinder } from '../earlier.ts'
import { type ImportedProps, ImportedSection } from './ImportedSection.tsx'
import { PlaceList, type PlaceListProps } from './PlaceList.tsx'

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
  /** Every city with figures. */
  places: readonly Place[]
  /** The part of them that is listed. */
  listed: Omit<PlaceListProps, 't' | 'slugOfPlace'>
  imported: Omit<ImportedProps, 't' | 'slugOfPlace'>
  /** The page that compares the cities of a wave exists. */
  hasComparison: boolean
}

/** All published figures of real cities, beside our own results and never inside them. */
export function PublishedPage({ t, figures, places, listed, imported, hasComparison }: PublishedPageProps) {
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
      <PlaceList t={t} slugOfPlace={slugOfPlace} {...listed} />
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
