import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { StoredFigure } from '../queries.ts'
import { FigureTable } from './FigureTable.tsx'

const byCity = (language: string) => {
  const collator = new Intl.Collator(language)
  return (a: StoredFigure, b: StoredFigure) =>
    Number(a.city === null) - Number(b.city === null) ||
    collator.compare(a.city ?? '', b.city ?? '') ||
    (a.year ?? 0) - (b.year ?? 0) ||
    a.id - b.id
}

/** All published figures of real cities, beside our own results and never inside them. */
export function PublishedPage({ t, figures }: { t: Translator; figures: readonly StoredFigure[] }) {
  const ordered = [...figures].sort(byCity(t.language))
  const results = ordered.filter(({ kind }) => kind === 'result')
  const facts = ordered.filter(({ kind }) => kind === 'fact')
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/', text: t('cities.crumb.start') }]} />
      <PageHeading title={t('cities.published.title')} lead={t('cities.published.lead')} />
      <section class="reading">
        <h2>{t('cities.published.whyTitle')}</h2>
        <p>{t('cities.published.why')}</p>
        <p>{t('cities.published.terms')}</p>
        <p>
          <a href="/pact">{t('cities.published.pact')}</a>
        </p>
      </section>
      <section class="section">
        <h2>{t('cities.published.results', { count: results.length })}</h2>
        <p>{t('cities.published.resultsNote')}</p>
        <FigureTable
          t={t}
          id="results"
          caption={t('cities.published.results', { count: results.length })}
          figures={results}
          hasSample
          emptyText={t('cities.published.empty')}
        />
      </section>
      <section class="section">
        <h2>{t('cities.published.facts', { count: facts.length })}</h2>
        <FigureTable
          t={t}
          id="facts"
          caption={t('cities.published.facts', { count: facts.length })}
          figures={facts}
          hasSample={false}
          emptyText={t('cities.published.empty')}
        />
      </section>
    </>
  )
}
