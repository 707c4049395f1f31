import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { City } from '../city.ts'
import { type CityFact, groupFacts } from '../fact.ts'
import { factText } from './fact-text.ts'
import { FactTable } from './FactTable.tsx'

/** Props of FactsPage. */
export interface FactsPageProps {
  t: Translator
  city: City
  facts: readonly CityFact[]
  /** What was just done. */
  done?: 'saved' | 'removed'
}

/** The facts of a city with everything needed to keep them up to date. */
export function FactsPage({ t, city, facts, done }: FactsPageProps) {
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/cities', text: t('cities.list.title') },
          { href: `/cities/${city.slug}`, text: city.name },
        ]}
      />
      {done && (
        <div class="page-notice">
          <Notice kind="success" title={t(`cities.facts.${done}`)} isAnnounced />
        </div>
      )}
      <PageHeading title={t('cities.facts.title', { city: city.name })} lead={t('cities.facts.lead')} />
      <FactTable t={t} city={city} facts={facts} isEditable />
      <p class="section">
        <ButtonLink href={`/cities/${city.slug}/facts/new`}>{t('cities.facts.add')}</ButtonLink>{' '}
        <ButtonLink href={`/cities/${city.slug}/facts/spreadsheet`} kind="secondary">
          {t('spreadsheets.facts.link')}
        </ButtonLink>
      </p>
      <GroupText t={t} facts={facts} />
    </>
  )
}

/** Which figures decide the groups of comparable cities. */
export function GroupText({ t, facts }: { t: Translator; facts: readonly CityFact[] }) {
  const { population, shareForeign } = groupFacts(facts)
  return (
    <section class="section">
      <h2>{t('cities.groups.title')}</h2>
      <p>
        {population === null
          ? t('cities.groups.noPopulation')
          : t('cities.groups.population', { value: factText(t, 'population', population.value), year: String(population.year) })}
      </p>
      <p>
        {shareForeign === null
          ? t('cities.groups.noShare')
          : t(`cities.groups.share.${shareForeign.basis}`, {
              value: factText(t, 'share-foreign-born', shareForeign.value),
              year: String(shareForeign.year),
            })}
      </p>
    </section>
  )
}
