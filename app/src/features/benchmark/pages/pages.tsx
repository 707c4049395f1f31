import { inContext } from '../../../db/context.ts'
import { AppError } from '../../../errors.ts'
import { page } from '../../../layout.tsx'
import { allowWasm } from '../../../middleware.ts'
import { citiesOf } from '../../../permissions.ts'
import type { Services } from '../../../services.ts'
import { textsUnder } from '../../../text/text.ts'
import { type Pages, requireAccess, type WebContext } from '../../../web.ts'
import { listPart } from '../../cities/pages/paging.tsx'
import { textOf } from '../../instrument/instrument.ts'
import { toCsv } from '../../results/csv.ts'
import { everyResult, isMember, shownTo } from '../shown.ts'
import { findNewestClosedWave } from '../play-queries.ts'
import { openPlay, type PlaySample } from '../play-store.ts'
import { playOrigin, presetWeights, readWeights } from '../weight-play.ts'
import { registerComparePages } from './compare-pages.tsx'
import { registerSavedGroupPages } from './saved-group-pages.tsx'
import { packPlay } from '../play-data.ts'
import {
  findCityByText,
  listedCities,
  pageSize,
  showRanks,
  typedWeights,
  weightField,
  type WeightsProps,
  weightsPath,
  type WeightsState,
} from './weights-state.ts'
import { WeightsPage } from './WeightsPage.tsx'

/**
 * The results to play with. Anyone may while they are all invented; else members of the network.
 * @throws {AppError} SIGN_IN_REQUIRED or NOT_ALLOWED
 */
async function findPlay(c: WebContext, services: Services) {
  const { db, results, instruments, now } = services
  await results.refresh(db)
  const found = await inContext(db, { scope: 'comparison' }, async (tx) => {
    const wave = await findNewestClosedWave(tx, now())
    return wave && { wave, instrument: await instruments.get(tx, wave.instrumentVersionId) }
  })
  const person = c.get('person')
  const shown = isMember(person) ? await shownTo(services, person) : everyResult
  const sample = found && openPlay(results, found.instrument, found.wave, shown)
  if (!found || !sample) return null
  if (!sample.isSynthetic) {
    requireAccess(person, 'signed-in')
    if (person?.memberships.length === 0) throw new AppError('NOT_ALLOWED', { reason: 'role' })
  }
  return { sample, instrument: found.instrument }
}

/** The reader's own city, where it is among those with a rank. */
function ownCity(c: WebContext, { slugs }: PlaySample): string | undefined {
  const person = c.get('person')
  return person === null ? undefined : citiesOf(person).flatMap((id) => slugs.get(id) ?? [])[0]
}

function stateOf(c: WebContext, sample: PlaySample): WeightsState {
  const { data } = sample
  const equal = typedWeights(presetWeights(data, 'areas'))
  const typed = Object.fromEntries(data.areas.map(({ id }) => [id, (c.req.query(weightField(id)) ?? equal[id]!).slice(0, 20)]))
  const asked = findCityByText(data.cities, c.req.query('city') ?? '')?.slug
  return { typed, city: asked ?? ownCity(c, sample) ?? data.cities[0]!.slug, page: listPart(c, pageSize).page }
}

/** Name of the city that was asked for, or else the reader's own, where it is not among those with a rank; null where it is. */
function absentCity(c: WebContext, { results }: Services, sample: PlaySample): string | null {
  const asked = c.req.query('city')
  const own = c.get('person') === null ? [] : citiesOf(c.get('person')!)
  const wanted =
    asked === undefined ? own.map((id) => results.cities.get(id)) : [...results.cities.values()].filter(({ slug }) => slug === asked)
  return wanted.some((city) => city === undefined || sample.slugs.has(city.id)) ? null : (wanted[0]?.name ?? null)
}

/** What was typed as a city where no city is called so; null where one is. */
function unknownCity(c: WebContext, { results }: Services, { data }: PlaySample): string | null {
  const typed = (c.req.query('city') ?? '').trim().slice(0, 100)
  const isKnown = typed === '' || findCityByText([...data.cities, ...results.cities.values()], typed) !== undefined
  return isKnown ? null : typed
}

/** Everything that the page draws from, with the ranks under the weights that were asked for. */
async function islandOf(c: WebContext, { sample, instrument }: NonNullable<Awaited<ReturnType<typeof findPlay>>>): Promise<WeightsProps> {
  const { language } = c.get('t')
  const { data } = sample
  const state = stateOf(c, sample)
  const { weights, problems } = readWeights(data, state.typed)
  const dimensions = textOf(instrument, language).dimensions
  const computed = problems.length > 0 ? null : await sample.compute(weights)
  return {
    language,
    texts: textsUnder(language, 'weights.live.'),
    areas: data.areas,
    cities: listedCities(data),
    cityName: data.cities.find(({ slug }) => slug === state.city)!.name,
    names: Object.fromEntries(data.areas.map(({ id }) => [id, dimensions[id]!.name])),
    state,
    problems,
    shown: computed && showRanks(computed.ranks, data, state),
    failedRuns: computed?.failedRuns ?? 0,
  }
}

async function weightsPage(c: WebContext, services: Services): Promise<Response> {
  const t = c.get('t')
  const title = t('weights.page.title')
  const found = await findPlay(c, services)
  if (found === null) return page(c, services, { title, isWide: true }, <WeightsPage t={t} play={null} />)
  const { sample } = found
  const island = await islandOf(c, found)
  const headers = { 'Content-Security-Policy': allowWasm }
  return page(
    c,
    services,
    {
      title,
      isWide: true,
      scripts: ['client/weights.tsx'],
      islands: { 'weights-props': island },
      headers,
      status: island.problems.length > 0 ? 422 : 200,
    },
    <WeightsPage t={t} play={{ sample, island, absent: absentCity(c, services, sample), unknown: unknownCity(c, services, sample) }} />,
  )
}

const columns = [
  'city',
  'name',
  'country',
  'rank',
  'score',
  'rank_q5',
  'rank_q25',
  'rank_median',
  'rank_q75',
  'rank_q95',
  'weights',
  'seed',
  'runs',
  'engine',
  'wave',
  'isSynthetic',
] as const

/** All ranks under the weights of the address, with everything they can be computed again from. */
async function weightsFile(c: WebContext, services: Services): Promise<Response> {
  const found = await findPlay(c, services)
  if (found === null) throw new AppError('NOT_FOUND')
  const { sample } = found
  const { weights, problems } = readWeights(sample.data, stateOf(c, sample).typed)
  if (problems.length > 0)
    throw new AppError(
      'INPUT_INVALID',
      {},
      {
        fields: problems.map((problem) => ({
          path: problem.kind === 'weight' ? weightField(problem.area) : 'w',
          message: problem.kind === 'weight' ? 'weights.page.invalid' : 'weights.live.zero',
        })),
      },
    )
  const cities = new Map(sample.data.cities.map((city) => [city.slug, city]))
  const used = Object.entries(weights)
    .map(([area, weight]) => `${area}=${weight}`)
    .join(' ')
  const { ranks } = await sample.compute(weights)
  const rows = ranks.map(({ slug, rank, score, q5, q25, median, q75, q95 }) => [
    slug,
    cities.get(slug)!.name,
    cities.get(slug)!.country,
    rank,
    score,
    q5,
    q25,
    median,
    q75,
    q95,
    used,
    playOrigin.seed,
    playOrigin.runs,
    playOrigin.engine,
    sample.wave.slug,
    sample.isSynthetic,
  ])
  return c.body(toCsv(columns, rows), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="weights-${sample.wave.slug}${sample.isSynthetic ? '-synthetic' : ''}.csv"`,
  })
}

/** The scores of the areas, for the script of the page. */
async function weightsData(c: WebContext, services: Services): Promise<Response> {
  const found = await findPlay(c, services)
  if (found === null) throw new AppError('NOT_FOUND')
  return c.json(packPlay(found.sample.data), 200)
}

/** The play with the weights, which changes nothing, so that its form is an address; the comparison of all cities; saved groups. */
export function registerBenchmarkPages(pages: Pages, services: Services): void {
  pages.get(weightsPath, 'public', (c) => weightsPage(c, services))
  pages.get(`${weightsPath}.json`, 'public', (c) => weightsData(c, services))
  pages.get(`${weightsPath}.csv`, 'public', (c) => weightsFile(c, services))
  registerComparePages(pages, services)
  registerSavedGroupPages(pages, services)
}
