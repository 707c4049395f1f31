import type { ComponentChildren } from 'preact'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { type EmblemPiece, CityEmblem } from '../../../ui/charts/CityEmblem.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import type { Wave } from '../../waves/wave.ts'
import { waveStatusText } from '../../waves/wave-text.ts'
import type { City } from '../city.ts'
import { countryName } from '../countries.ts'
import type { CityFact } from '../fact.ts'
import { FactTable } from './FactTable.tsx'

/** Props of CityPage. */
export interface CityPageProps {
  t: Translator
  now: Date
  city: City
  facts: readonly CityFact[]
  waves: readonly Wave[]
  canEditFacts: boolean
  /** The published result of the city; absent while there is none. */
  result?: ComponentChildren
  /** Scores of the twelve areas for the emblem; absent while there are none. */
  emblem?: readonly EmblemPiece[]
  /** The way to figures that others have published about the city; absent where there are none. */
  elsewhere?: ComponentChildren
}

const emptyEmblem: readonly EmblemPiece[] = Array.from({ length: 12 }, () => ({ score: null, hue: 1 }))

/** A city as everybody may see it. */
export function CityPage({ t, now, city, facts, waves, canEditFacts, result, emblem = emptyEmblem, elsewhere = null }: CityPageProps) {
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/', text: t('cities.crumb.start') },
          { href: '/cities', text: t('cities.list.title') },
        ]}
      />
      <div class="city-head">
        <CityEmblem label="" pieces={emblem} size={96} />
        <PageHeading title={city.name} context={placeText(t, city)} />
      </div>
      {city.isSynthetic && <p>{t('cities.page.synthetic')}</p>}
      <section class="section">
        <h2>{t('cities.page.result')}</h2>
        {result ?? <p>{t('cities.page.noResult')}</p>}
        {elsewhere}
      </section>
      <section class="section">
        <h2>{t('cities.page.waves')}</h2>
        <CityWaves t={t} now={now} waves={waves} />
      </section>
      <section class="section">
        <h2>{t('cities.page.facts')}</h2>
        <p>{t('cities.page.factsNote')}</p>
        {canEditFacts && (
          <p>
            <a href={`/cities/${city.slug}/facts`}>{t('cities.page.editFacts')}</a>
          </p>
        )}
        <FactTable t={t} city={city} facts={facts} />
      </section>
    </>
  )
}

/** Country and, where there is one, the code of the region. */
export function placeText(t: Translator, { country, region }: City): string {
  return region === null ? countryName(t.language, country) : t('cities.page.place', { country: countryName(t.language, country), region })
}

/** The waves of a city, each in a sentence. */
export function CityWaves({
  t,
  now,
  waves,
  hrefOf,
}: {
  t: Translator
  now: Date
  waves: readonly Wave[]
  hrefOf?: (wave: Wave) => string
}) {
  if (waves.length === 0) return <p>{t('cities.page.noWaves')}</p>
  return (
    <ul class="plain-list">
      {waves.map((wave) => (
        <li key={wave.id}>
          {hrefOf === undefined ? wave.name : <a href={hrefOf(wave)}>{wave.name}</a>}
          <span class="small">{waveStatusText(t, wave, now)}</span>
        </li>
      ))}
    </ul>
  )
}
