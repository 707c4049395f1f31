import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import type { Wave } from '../../waves/wave.ts'
import type { City } from '../city.ts'
import { countryName } from '../countries.ts'
import type { CityFact } from '../fact.ts'
import { CityWaves } from './CityPage.tsx'
import { GroupText } from './FactsPage.tsx'
import { FactTable } from './FactTable.tsx'

/** Props of CityRecordPage. */
export interface CityRecordPageProps {
  t: Translator
  now: Date
  city: City
  facts: readonly CityFact[]
  waves: readonly Wave[]
  isNew: boolean
}

/** A city as the network coordination keeps it. */
export function CityRecordPage({ t, now, city, facts, waves, isNew }: CityRecordPageProps) {
  const orNone = (value: string | null) => ({ value: value ?? t('cities.record.none'), isEmpty: value === null })
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/network/cities', text: t('cities.network.title') }]} />
      {isNew && (
        <div class="page-notice">
          <Notice kind="success" title={t('cities.record.added', { city: city.name })} isAnnounced>
            <p>{t('cities.record.addedNext')}</p>
          </Notice>
        </div>
      )}
      <PageHeading title={city.name} context={countryName(t.language, city.country)} />
      <SummaryList
        rows={[
          { term: t('cities.new.region'), ...orNone(city.region) },
          { term: t('cities.new.officialCode'), ...orNone(city.officialCode) },
          { term: t('cities.record.publicPage'), value: <a href={`/cities/${city.slug}`}>{`/cities/${city.slug}`}</a> },
          { term: t('cities.record.people'), value: <a href={`/cities/${city.slug}/people`}>{t('cities.record.peopleLink')}</a> },
        ]}
      />
      <section class="section">
        <h2>{t('cities.page.waves')}</h2>
        <CityWaves t={t} now={now} waves={waves} hrefOf={({ slug }) => `/network/waves/${slug}`} />
      </section>
      <section class="section">
        <h2>{t('cities.page.facts')}</h2>
        <FactTable t={t} city={city} facts={facts} isEditable />
        <p>
          <ButtonLink href={`/cities/${city.slug}/facts/new`} kind="secondary">
            {t('cities.facts.add')}
          </ButtonLink>
        </p>
      </section>
      <GroupText t={t} facts={facts} />
    </>
  )
}
