import type { ComponentChildren } from 'preact'
import { AppError } from '../../../errors.ts'
import { fieldOf, type FormErrors, type FormValues, handleForm, noErrors } from '../../../forms.ts'
import { page } from '../../../layout.tsx'
import { once } from '../../../once.ts'
import { can } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import type { EmblemPiece } from '../../../ui/charts/CityEmblem.tsx'
import { inTransaction, type Pages, personOf, type WebContext } from '../../../web.ts'
import { listWavesOfCity } from '../../waves/queries.ts'
import { inParticipation } from '../../waves/usecases.ts'
import type { City } from '../city.ts'
import { type Fact, facts, isFact } from '../fact.ts'
import { countCities, findCity, listCities, listCountries, listFactsOf, listFigures } from '../queries.ts'
import { factFormSchema, newCitySchema, removalSchema } from '../schemas.ts'
import {
  createCity,
  type FactKey,
  getCityRecord,
  getEditableFact,
  getEditableFacts,
  inPublic,
  removeCityFact,
  setCityFact,
} from '../usecases.ts'
import { findPactCity } from '../pact.ts'
import { CityList } from './CityListPage.tsx'
import { CityNewPage } from './CityNewPage.tsx'
import { CityPage } from './CityPage.tsx'
import { CityRecordPage } from './CityRecordPage.tsx'
import { typedValue } from './fact-text.ts'
import { FactFormPage } from './FactFormPage.tsx'
import { FactRemovePage } from './FactRemovePage.tsx'
import { FactsPage } from './FactsPage.tsx'
import { listPart } from './paging.tsx'
import { PactCityPage, PactPage } from './PactPage.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'

/** What later features put into the public page of a city. */
export interface CityPageSlots {
  /** The published result and the scores of the twelve areas; null while there is none. */
  result?: (c: WebContext, city: City) => Promise<{ content: ComponentChildren; emblem: readonly EmblemPiece[] } | null>
  /** The way to figures that others have published about the city; null where there are none. */
  published?: (c: WebContext, city: City) => Promise<ComponentChildren>
}

export function registerCityPages(pages: Pages, services: Services, slots: CityPageSlots = {}): void {
  registerPublicPages(pages, services, slots)
  registerFactPages(pages, services)
  registerNetworkPages(pages, services)
  registerPactPages(pages, services)
}

const pageSize = 50 // cities

async function readCityList(c: WebContext, services: Services, path: string) {
  const filter = { search: (c.req.query('q') ?? '').slice(0, 100), country: (c.req.query('country') ?? '').slice(0, 2).toUpperCase() }
  const part = listPart(c, pageSize)
  return inPublic(services, async (db) => {
    const cities = await listCities(db, filter, part.size, { offset: part.offset })
    return {
      t: c.get('t'),
      path,
      filter,
      part,
      cities,
      total: await countCities(db, filter),
      countries: await listCountries(db),
      facts: await listFactsOf(
        db,
        cities.map(({ id }) => id),
      ),
    }
  })
}

function registerPublicPages(pages: Pages, services: Services, slots: CityPageSlots): void {
  pages.get('/cities', 'public', async (c) => {
    const t = c.get('t')
    const list = await readCityList(c, services, '/cities')
    return page(
      c,
      services,
      { title: t('cities.list.title'), isWide: true },
      <>
        <PageHeading title={t('cities.list.title')} lead={t('cities.list.lead')} />
        <p class="page-action">
          <a href="/compare">{t('compare.link')}</a>
        </p>
        <CityList {...list} whenEmpty={t('cities.list.empty')} />
      </>,
    )
  })
  pages.get('/cities/:slug', 'public', async (c) => {
    const { city, facts: known } = await inPublic(services, (db) => getCityRecord(db, c.req.param('slug')!))
    const waves = await inParticipation(services, (db) => listWavesOfCity(db, city.id))
    const published = (await slots.result?.(c, city)) ?? null
    const elsewhere = (await slots.published?.(c, city)) ?? null
    const canEditFacts = can(c.get('person'), 'facts.edit', city.id).ok
    return page(
      c,
      services,
      { title: city.name },
      <CityPage
        t={c.get('t')}
        now={services.now()}
        city={city}
        facts={known}
        waves={waves}
        canEditFacts={canEditFacts}
        result={published?.content}
        emblem={published?.emblem}
        elsewhere={elsewhere}
      />,
    )
  })
}

function factKey(c: WebContext): FactKey {
  const { slug, fact, year } = c.req.param() as { slug: string; fact: string; year: string }
  if (!isFact(fact) || !/^\d{4}$/.test(year)) throw new AppError('FACT_NOT_FOUND')
  return { city: slug, fact, year: Number(year) }
}

function registerFactPages(pages: Pages, services: Services): void {
  pages.get('/cities/:slug/facts', 'facts.edit', async (c) => {
    const t = c.get('t')
    const { city, facts: known } = await inTransaction(services, c, (db) => getEditableFacts(db, personOf(c), c.req.param('slug')!))
    const done = (['saved', 'removed'] as const).find((what) => c.req.query('done') === what)
    return page(
      c,
      services,
      { title: t('cities.facts.title', { city: city.name }), isWide: true },
      <FactsPage t={t} city={city} facts={known} done={done} />,
    )
  })
  pages.get('/cities/:slug/facts/new', 'facts.edit', (c) =>
    showFactForm(c, services, c.req.param('slug')!, { fact: '', year: '', value: '', version: '0' }, noErrors),
  )
  pages.get('/cities/:slug/facts/:fact/:year', 'facts.edit', async (c) => {
    const key = factKey(c)
    const { fact } = await inTransaction(services, c, (db) => getEditableFact(db, personOf(c), key))
    const values = {
      fact: key.fact,
      year: String(key.year),
      value: typedValue(c.get('t'), fact.value),
      source: fact.source,
      quality: fact.quality,
      version: String(fact.version),
    }
    return showFactForm(c, services, key.city, values, noErrors)
  })
  pages.post('/cities/:slug/facts', 'facts.edit', 'setCityFact', (c) => {
    const slug = c.req.param('slug')!
    return handleForm(c, {
      schema: factFormSchema(services.now()),
      run: async (input) => {
        await inTransaction(services, c, (db) => setCityFact(db, personOf(c), { ...input, city: slug }, services.now()))
        return `/cities/${slug}/facts?done=saved`
      },
      again: (values, errors) => showFactForm(c, services, slug, values, errors),
    })
  })
  registerFactRemoval(pages, services)
}

/** The form, new or again; when it was refused because of somebody else's change, with the stored value beside the typed one. */
async function showFactForm(c: WebContext, services: Services, slug: string, values: FormValues, errors: FormErrors): Promise<Response> {
  const t = c.get('t')
  const { city, facts: known } = await inTransaction(services, c, (db) => getEditableFacts(db, personOf(c), slug))
  const typed = {
    fact: facts.find((fact): fact is Fact => fact === fieldOf(values, 'fact')),
    year: Number(fieldOf(values, 'year')),
    version: Number(fieldOf(values, 'version')),
  }
  const stored = known.find(({ fact, year }) => fact === typed.fact && year === typed.year) ?? null
  const clash = errors.summary !== null && (stored?.version ?? 0) !== typed.version ? stored : undefined
  const isChange = typed.version > 0 || clash !== undefined
  const editing = typed.fact !== undefined && isChange ? { fact: typed.fact, year: typed.year } : null
  const title =
    editing === null
      ? t('cities.fact.new.title', { city: city.name })
      : t('cities.fact.change.title', { fact: t(`cities.fact.name.${editing.fact}`), year: String(editing.year) })
  const status = errors === noErrors ? 200 : 422
  return page(
    c,
    services,
    { title, status },
    <FactFormPage t={t} city={city} values={values} errors={errors} editing={editing} clash={clash} />,
  )
}

function registerFactRemoval(pages: Pages, services: Services): void {
  const show = async (c: WebContext, errors: FormErrors) => {
    const { city, fact } = await inTransaction(services, c, (db) => getEditableFact(db, personOf(c), factKey(c)))
    return page(
      c,
      services,
      { title: c.get('t')('cities.remove.title'), status: errors === noErrors ? 200 : 422 },
      <FactRemovePage t={c.get('t')} city={city} fact={fact} errors={errors} />,
    )
  }
  pages.get('/cities/:slug/facts/:fact/:year/remove', 'facts.edit', (c) => show(c, noErrors))
  pages.post('/cities/:slug/facts/:fact/:year/remove', 'facts.edit', 'removeCityFact', (c) => {
    const key = factKey(c)
    return handleForm(c, {
      schema: removalSchema,
      run: async ({ version }) => {
        await inTransaction(services, c, (db) => removeCityFact(db, personOf(c), { ...key, version }, services.now()))
        return `/cities/${key.city}/facts?done=removed`
      },
      again: (_values, errors) => show(c, errors),
    })
  })
}

function registerNetworkPages(pages: Pages, services: Services): void {
  pages.get('/network/cities', 'cities.manage', async (c) => {
    const t = c.get('t')
    const list = await readCityList(c, services, '/network/cities')
    return page(
      c,
      services,
      { title: t('cities.network.title'), isWide: true },
      <>
        <Breadcrumbs label={t('cities.crumbs')} links={[{ href: '/home', text: t('cities.crumb.home') }]} />
        <PageHeading title={t('cities.network.title')} lead={t('cities.network.lead')} />
        <p class="page-action">
          <ButtonLink href="/network/cities/new">{t('cities.network.add')}</ButtonLink>{' '}
          <ButtonLink href="/network/earlier" kind="secondary">
            {t('earlier.network.link')}
          </ButtonLink>
        </p>
        <CityList {...list} whenEmpty={t('cities.network.empty')} />
      </>,
    )
  })
  const showNew = (c: WebContext, values: FormValues, errors: FormErrors) =>
    page(
      c,
      services,
      { title: c.get('t')('cities.new.title'), status: errors === noErrors ? 200 : 422 },
      <CityNewPage t={c.get('t')} values={values} errors={errors} />,
    )
  pages.get('/network/cities/new', 'cities.manage', (c) => showNew(c, {}, noErrors))
  pages.post('/network/cities/new', 'cities.manage', 'createCity', (c) =>
    handleForm(c, {
      schema: newCitySchema,
      run: async (input, key) => {
        const create = async (db: Parameters<typeof createCity>[0]) => (await createCity(db, personOf(c), input, services.now())).slug
        const slug = await inTransaction(services, c, (db) =>
          once(db, personOf(c), { key, operation: 'createCity', body: input }, () => create(db)),
        )
        return `/network/cities/${slug}?done=added`
      },
      again: (values, errors) => showNew(c, values, errors),
    }),
  )
  pages.get('/network/cities/:slug', 'cities.manage', async (c) => {
    const record = await inTransaction(services, c, async (db) => {
      const { city, facts: known } = await getEditableFacts(db, personOf(c), c.req.param('slug')!)
      return { city, facts: known, waves: await listWavesOfCity(db, city.id) }
    })
    return page(
      c,
      services,
      { title: record.city.name, isWide: true },
      <CityRecordPage t={c.get('t')} now={services.now()} {...record} isNew={c.req.query('done') === 'added'} />,
    )
  })
}

function registerPactPages(pages: Pages, services: Services): void {
  pages.get('/pact', 'public', async (c) => {
    const figures = await inPublic(services, (db) => listFigures(db))
    return page(c, services, { title: c.get('t')('cities.pact.title') }, <PactPage t={c.get('t')} figures={figures} />)
  })
  pages.get('/pact/:city', 'public', async (c) => {
    const pactCity = findPactCity(c.req.param('city')!)
    if (pactCity === null) throw new AppError('CITY_NOT_FOUND')
    const { figures, city } = await inPublic(services, async (db) => ({
      figures: await listFigures(db, { cities: [pactCity.name] }),
      city: await findCity(db, pactCity.slug),
    }))
    return page(
      c,
      services,
      { title: pactCity.name, isWide: true },
      <PactCityPage t={c.get('t')} pactCity={pactCity} figures={figures} city={city} />,
    )
  })
}
