import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, problems } from '../../api.ts'
import { prefersCsv, toCsv } from '../../csv.ts'
import type { Services } from '../../services.ts'
import { inTransaction } from '../../web.ts'
import { toSlice, decodeCursor } from '../cities/cursor.ts'
import { type CityLine, filterLines } from './all-cities.ts'
import { type AllCities, openAllCities } from './all-cities-usecases.ts'
import { lineCells, lineColumns } from './city-cells.ts'
import { listSavedGroups } from './saved-groups-usecases.ts'

const nullableNumber = z.number().nullable()

const comparedCitySchema = z
  .object({
    city: z.object({ slug: z.string(), name: z.string(), country: z.string(), region: z.string().nullable() }),
    wave: z.object({ slug: z.string(), name: z.string() }),
    isSynthetic: z.boolean(),
    population: nullableNumber,
    size: z.string().nullable().openapi({ description: 'group of the declared scheme of sizes' }),
    diversity: z.string().nullable(),
    core: nullableNumber.openapi({ description: '0-100; null = provisional, or nothing applies' }),
    coverage: nullableNumber,
    isProvisional: z.boolean(),
    rank: z
      .object({ rank: z.number().int(), of: z.number().int(), low: z.number().int(), high: z.number().int() })
      .nullable()
      .openapi({ description: 'rank in the core index; low and high = best and worst rank under every weighting and by geometric mean' }),
    verified: z
      .object({
        core: nullableNumber.openapi({ description: '0-100, of the reviewed questions' }),
        share: z.number().openapi({ description: '0-1, share of the weight that was reviewed' }),
      })
      .nullable()
      .openapi({ description: 'core index after expert review; null = no review of this result is published' }),
    score: nullableNumber.openapi({ description: 'score of the level that was asked for' }),
  })
  .openapi('ComparedCity')

const comparisonListSchema = z.object({
  wave: z.object({ slug: z.string(), name: z.string() }).nullable().openapi({ description: 'null = there is no result that you may see' }),
  sample: z.enum(['all', 'wave']),
  instrument: z.object({ id: z.string(), version: z.string() }).nullable(),
  scheme: z.string().nullable(),
  level: z.string(),
  network: z.object({ n: z.number().int(), q1: z.number(), median: z.number(), q3: z.number() }).nullable(),
  otherVersions: z.number().int().openapi({ description: 'cities with results of other versions only; they are not ranked with these' }),
  cities: z.array(comparedCitySchema),
  next: z.string().nullable(),
})

const querySchema = z.object({
  wave: z.string().max(100).optional().openapi({ description: 'slug; without it the newest with results' }),
  sample: z.enum(['all', 'wave']).default('all'),
  level: z.string().max(100).default('core').openapi({ description: 'core, extended, dimension:… or indicator:…' }),
  q: z.string().max(100).default('').openapi({ description: 'part of the name' }),
  country: z.string().max(2).default(''),
  size: z.string().max(60).default(''),
  diversity: z.string().max(60).default(''),
  group: z.uuid().optional().openapi({ description: 'one of your own saved groups' }),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

const listRoute = createRoute({
  operationId: 'listComparison',
  method: 'get',
  path: '/api/v1/comparison',
  tags: ['comparison'],
  summary: 'All cities of a wave beside each other',
  description:
    'Members of the network see every city; everybody else the invented ones, in closed waves. Only results of one version of the questionnaire stand together. In the order of the addresses of the cities. With Accept: text/csv as a table.',
  request: { query: querySchema },
  responses: {
    200: {
      description: 'Cities with their figures',
      content: { ...json(comparisonListSchema, '').content, 'text/csv': { schema: z.string() } },
    },
    ...problems,
  },
})

function toJson({ levelOf }: AllCities, line: CityLine) {
  const { slug, name, country, region, wave, isSynthetic, population, size, diversity, core, coverage, isProvisional, rank, verified } =
    line
  return {
    city: { slug, name, country, region },
    wave,
    isSynthetic,
    population,
    size,
    diversity,
    core,
    coverage,
    isProvisional,
    rank,
    verified: verified && { core: verified.score, share: verified.share },
    score: levelOf(line),
  }
}

const bySlug = (a: CityLine, b: CityLine): number => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0)

function listOf({ wave, mode, instrument, scheme, level, network, otherVersions }: AllCities) {
  return {
    wave: { slug: wave.slug, name: wave.name },
    sample: mode,
    instrument: { id: instrument.id, version: instrument.version },
    scheme,
    level,
    network,
    otherVersions,
  }
}

export function registerAllCitiesRoutes(api: Api, services: Services): void {
  api.add('public', listRoute, async (c) => {
    const { wave = null, sample, level, q, country, size, diversity, group, cursor, limit } = c.req.valid('query')
    const person = c.get('person')
    const compared = await openAllCities(services, person, { wave, mode: sample, level })
    if (compared === null) {
      const nothing = { wave: null, instrument: null, scheme: null, network: null, otherVersions: 0, cities: [], next: null }
      return c.json({ ...nothing, sample, level }, 200)
    }
    const groups = person === null || group === undefined ? [] : await inTransaction(services, c, (db) => listSavedGroups(db, person))
    const members = group === undefined ? null : new Set(groups.find(({ id }) => id === group)?.cities)
    const after = String(decodeCursor(cursor, ['string'])?.[0] ?? '')
    const lines = compared.sample.once('lines-by-slug', () => [...compared.lines].sort(bySlug))
    const found = filterLines(lines, { search: q, country: country.toUpperCase(), size, diversity, members }).filter(
      ({ slug }) => slug > after,
    )
    const { rows, next } = toSlice(found, limit, ({ slug }) => [slug])
    if (!prefersCsv(c.req.header('accept')))
      return c.json({ ...listOf(compared), cities: rows.map((line) => toJson(compared, line)), next }, 200)
    const url = new URL(c.req.url)
    if (next !== null) url.searchParams.set('cursor', next)
    const csv = toCsv(
      lineColumns,
      rows.map((line) => lineCells(compared, line)),
    )
    return c.text(csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      ...(next !== null && { Link: `<${url.pathname}${url.search}>; rel="next"` }),
    })
  })
}
