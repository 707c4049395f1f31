import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { City } from '../../cities/city.ts'
import { countryName } from '../../cities/countries.ts'
import { FigureTable } from '../../cities/pages/FigureTable.tsx'
import { SourceText } from '../../cities/pages/SourceText.tsx'
import { pactCities } from '../../cities/pact.ts'
import type { StoredFigure } from '../../cities/queries.ts'
import { kinshipOf, type Place } from '../earlier.ts'
import type { ComparedFigure, FigureGroup } from './city-figures.ts'
import { figureFile } from './figure-files.ts'
import { FigureChart } from './FigureChart.tsx'
import { codeName, scoreText } from './shown.ts'

/** Props of PublishedCityPage. */
export interface PublishedCityPageProps {
  t: Translator
  place: Place
  /** Name of the place in addresses. */
  slug: string
  /** Our own questionnaire, with its title in the reader's language. */
  own: { id: string; version: string; title: string }
  /** What comes with the product. */
  figures: readonly StoredFigure[]
  compared: readonly ComparedFigure[]
  /** What the network has brought in. */
  groups: readonly FigureGroup[]
  /** The city of the network of this name; null when it is none. */
  member: City | null
}

/** All published figures of one city, each with its source, beside the other cities, and why none of them has a rank. */
export function PublishedCityPage(props: PublishedCityPageProps) {
  const { t, place, figures, groups } = props
  const { city, country } = place
  const results = figures.filter(({ kind }) => kind === 'result')
  const facts = figures.filter(({ kind }) => kind === 'fact')
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/', text: t('cities.crumb.start') },
          { href: '/published', text: t('cities.published.title') },
        ]}
      />
      <PageHeading
        title={t('earlier.city.title', { city })}
        context={country === null ? undefined : countryName(t.language, country)}
        lead={t('earlier.city.lead', { city })}
      />
      <Why {...props} hasResults={results.length > 0} />
      <Results {...props} figures={results} />
      {groups.map((group, i) => (
        <ImportedGroup key={`${group.instrument}/${group.instrumentVersion}`} {...props} id={`imported-${i + 1}`} group={group} />
      ))}
      <Facts t={t} figures={facts} />
      <Ways {...props} />
    </>
  )
}

/** Results of the Intercultural Cities Index as a chart and as a table. */
function Results({ t, place: { city }, slug, figures, compared }: PublishedCityPageProps) {
  if (figures.length === 0) return null
  return (
    <section class="section">
      <h2>{t('earlier.city.results')}</h2>
      <FigureChart
        t={t}
        id="reference-chart"
        city={city}
        compared={compared}
        foot={t('earlier.city.chart.footReference')}
        fileOf={(kind) => figureFile(slug, kind, null)}
      />
      <h3 class="after-chart">{t('earlier.city.all')}</h3>
      <FigureTable
        t={t}
        id="results"
        caption={t('earlier.city.results')}
        figures={figures}
        isOneCity
        hasSample
        emptyText={t('earlier.city.none')}
      />
    </section>
  )
}

function Facts({ t, figures }: Pick<PublishedCityPageProps, 't' | 'figures'>) {
  if (figures.length === 0) return null
  return (
    <section class="section">
      <h2>{t('earlier.city.facts')}</h2>
      <FigureTable
        t={t}
        id="facts"
        caption={t('earlier.city.facts')}
        figures={figures}
        isOneCity
        hasSample={false}
        emptyText={t('earlier.city.none')}
      />
    </section>
  )
}

/** Why nothing here is ranked with our own results: which questionnaire and version on either side. */
function Why({ t, place, own, compared, groups, hasResults }: PublishedCityPageProps & { hasResults: boolean }) {
  const { city } = place
  const ours = { own: own.title, version: own.version }
  const whole = compared.find(({ code }) => code === 'overall') ?? compared[0]
  return (
    <Notice kind="information" title={t('earlier.city.whyTitle', { city })}>
      {hasResults && (
        <p>
          {whole === undefined
            ? t('earlier.city.why.referencePlain', ours)
            : t('earlier.city.why.reference', { ...ours, value: scoreText(t, whole.value) })}
        </p>
      )}
      {groups.map((group) => (
        <p key={`${group.instrument}/${group.instrumentVersion}`}>
          {t(`earlier.city.why.${kinshipOf(group, own)}`, { ...ours, instrument: group.instrument, theirs: group.instrumentVersion })}
        </p>
      ))}
      {!hasResults && groups.length === 0 && <p>{t('earlier.city.why.facts', { city })}</p>}
      <p>
        <a href="/method">{t('earlier.city.why.method')}</a>
      </p>
    </Notice>
  )
}

function ImportedGroup({ t, place: { city }, slug, id, group }: PublishedCityPageProps & { id: string; group: FigureGroup }) {
  const { instrument, instrumentVersion: version, figures, compared } = group
  const title = t('earlier.city.imported', { instrument, version })
  return (
    <section class="section">
      <h2>{title}</h2>
      <FigureChart
        t={t}
        id={`${id}-chart`}
        city={city}
        compared={compared}
        foot={t('earlier.city.chart.footImported', { instrument, version })}
        fileOf={(kind) => figureFile(slug, kind, group)}
      />
      <h3 class="after-chart">{t('earlier.city.all')}</h3>
      <DataTable
        id={id}
        caption={title}
        isCaptionHidden
        narrow="stack"
        emptyText={t('earlier.city.none')}
        columns={[
          { id: 'what', header: t('earlier.city.column.what') },
          { id: 'value', header: t('earlier.city.column.value'), align: 'end', isNarrow: true },
          { id: 'year', header: t('earlier.city.column.year'), align: 'end', isNarrow: true },
          { id: 'remark', header: t('earlier.city.column.remark') },
          { id: 'source', header: t('earlier.city.column.source') },
        ]}
        rows={figures.map((figure) => ({
          id: figure.id,
          cells: {
            what: codeName(t, figure.code),
            value: t('cities.published.points', { value: scoreText(t, figure.value) }),
            year: String(figure.year),
            remark: figure.remark ?? '–',
            source: (
              <span class="source-text">
                <SourceText source={figure.source} />
              </span>
            ),
          },
        }))}
      />
    </section>
  )
}

function Ways({ t, place: { city, country }, member }: PublishedCityPageProps) {
  const pact = pactCities.find(({ name, country: code }) => name === city && code === country)
  if (member === null && pact === undefined) return null
  return (
    <ul class="plain-list section">
      {member !== null && (
        <li>
          <a href={`/cities/${member.slug}`}>{t('earlier.city.member', { city })}</a>
        </li>
      )}
      {pact !== undefined && (
        <li>
          <a href={`/pact/${pact.slug}`}>{t('earlier.city.pact', { city })}</a>
        </li>
      )}
    </ul>
  )
}
