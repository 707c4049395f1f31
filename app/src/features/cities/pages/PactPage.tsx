import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TaskList } from '../../../ui/TaskList.tsx'
import type { City } from '../city.ts'
import { countryName } from '../countries.ts'
import { facts, isFact } from '../fact.ts'
import type { PactCity } from '../pact.ts'
import { pactCities } from '../pact.ts'
import type { StoredFigure } from '../queries.ts'
import { FigureTable } from './FigureTable.tsx'

const sources = ['https://epi-project.com/en/', 'https://epi-project.com/en/what/', 'https://epi-project.com/en/where/']

/** What the European Pact for Integration was, and the six cities of it. */
export function PactPage({ t, figures }: { t: Translator; figures: readonly StoredFigure[] }) {
  const countOf = (name: string) => figures.filter(({ city }) => city === name).length
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/', text: t('cities.crumb.start') },
          { href: '/published', text: t('cities.published.title') },
        ]}
      />
      <PageHeading title={t('cities.pact.title')} lead={t('cities.pact.what.1')} />
      <div class="reading">
        <p>{t('cities.pact.what.2')}</p>
        <p>{t('cities.pact.what.3')}</p>
        <p>{t('cities.pact.what.4')}</p>
        <p class="small">
          {t('cities.pact.sources')}{' '}
          {sources.map((href, i) => (
            <>
              {i > 0 && ', '}
              <a key={href} href={href} rel="noreferrer">
                {href.replace('https://', '').replace(/\/$/, '')}
              </a>
            </>
          ))}
        </p>
      </div>
      <section class="section">
        <h2>{t('cities.pact.cities')}</h2>
        <p>{t('cities.pact.noAnswers')}</p>
        <TaskList
          label={t('cities.pact.cities')}
          tasks={pactCities.map(({ slug, name, country }) => ({
            id: slug,
            title: name,
            href: `/pact/${slug}`,
            hint: countryName(t.language, country),
            status: t('cities.pact.figureCount', { count: countOf(name) }),
          }))}
        />
      </section>
    </>
  )
}

const factOrder = (code: string): number => (isFact(code) ? facts.indexOf(code) : facts.length)

/** One city of the pact with what is published about it. */
export function PactCityPage({
  t,
  pactCity,
  figures,
  city,
}: {
  t: Translator
  pactCity: PactCity
  figures: readonly StoredFigure[]
  city: City | null
}) {
  const results = figures.filter(({ kind }) => kind === 'result')
  const known = figures
    .filter(({ kind }) => kind === 'fact')
    .sort((a, b) => factOrder(a.code) - factOrder(b.code) || (b.year ?? 0) - (a.year ?? 0))
  const { name, country, slug } = pactCity
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/published', text: t('cities.published.title') },
          { href: '/pact', text: t('cities.pact.title') },
        ]}
      />
      <PageHeading title={name} context={countryName(t.language, country)} lead={t(`cities.pact.note.${slug}`)} />
      <section>
        <h2>{t('cities.pact.facts')}</h2>
        <FigureTable
          t={t}
          id="facts"
          caption={t('cities.pact.facts')}
          figures={known}
          isOneCity
          hasSample={false}
          emptyText={t('cities.pact.noFacts')}
        />
      </section>
      <section class="section">
        <h2>{t('cities.pact.results')}</h2>
        <p>{t('cities.pact.resultsNote')}</p>
        <FigureTable
          t={t}
          id="results"
          caption={t('cities.pact.results')}
          figures={results}
          isOneCity
          hasSample
          emptyText={t('cities.pact.noResults')}
        />
        {figures.length > 0 && (
          <p>
            <a href={`/published/${slug}`}>{t('earlier.published.toCity')}</a>
          </p>
        )}
      </section>
      <section class="section">
        <h2>{t('cities.pact.hereTitle')}</h2>
        {city === null ? (
          <p>{t('cities.pact.here', { city: name })}</p>
        ) : (
          <p>
            <a href={`/cities/${city.slug}`}>{t('cities.pact.hereMember', { city: name })}</a>
          </p>
        )}
      </section>
    </>
  )
}
