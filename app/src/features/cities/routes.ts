import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import type { City } from './city.ts'
import { decodeCursor, toSlice } from './cursor.ts'
import { checkFactValue, checkYear, type CityFact, facts, firstYear, groupFacts, qualities } from './fact.ts'
import { listCities, listFactsOf, listFigures } from './queries.ts'
import { newCitySchema } from './schemas.ts'
import { createCity, getCityRecord, inPublic, removeCityFact, setCityFact } from './usecases.ts'
import { ifMatchHeader, versionOf } from './version.ts'

const tags = ['cities']

const factSchema = z
  .object({
    fact: z.enum(facts),
    value: z.number().openapi({ description: 'persons, percent 0-100 or euro' }),
    year: z.number().int(),
    source: z.string(),
    quality: z.enum(qualities),
    version: z.number().int(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('CityFact')

const citySchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    country: z.string().openapi({ description: 'ISO 3166-1 alpha-2' }),
    region: z.string().nullable().openapi({ description: 'NUTS code' }),
    officialCode: z.string().nullable(),
    isSynthetic: z.boolean().openapi({ description: 'invented for the demonstration' }),
  })
  .openapi('City')

const cityWithFactsSchema = citySchema
  .extend({
    facts: z.array(factSchema).openapi({ description: 'newest first' }),
    groupFacts: z
      .object({
        population: z.object({ value: z.number(), year: z.number() }).nullable(),
        shareForeign: z.object({ value: z.number(), year: z.number(), basis: z.enum(['foreign-born', 'foreign-national']) }).nullable(),
      })
      .openapi({ description: 'the facts that decide to which clusters the city belongs' }),
  })
  .openapi('CityWithFacts')

const toFact = ({ updatedAt, ...fact }: CityFact) => ({ ...fact, updatedAt: updatedAt.toISOString() })
const toCity = ({ id: _id, ...city }: City) => city
const toCityWithFacts = (city: City, all: CityFact[]) => ({ ...toCity(city), facts: all.map(toFact), groupFacts: groupFacts(all) })

const fieldInvalid = (path: string, message: string) => new AppError('INPUT_INVALID', {}, { fields: [{ path, message }] })

const slug = z.string().min(1).max(80)
const factKey = z.object({ city: slug, fact: z.enum(facts), year: z.coerce.number().int().min(firstYear).max(2100) })
const limit = z.coerce.number().int().min(1).max(200).default(50)

const listRoute = createRoute({
  operationId: 'listCities',
  method: 'get',
  path: '/api/v1/cities',
  tags,
  summary: 'The cities of the network by name, with their facts',
  request: {
    query: z.object({
      q: z.string().max(100).optional().openapi({ description: 'part of the name' }),
      country: z.string().length(2).optional(),
      cursor: z.string().max(400).optional(),
      limit,
    }),
  },
  responses: {
    200: json(
      z.object({
        cities: z.array(cityWithFactsSchema),
        next: z.string().nullable().openapi({ description: 'cursor of the next cities; null = no more' }),
      }),
      'Cities',
    ),
    ...problems,
  },
})
const getRoute = createRoute({
  operationId: 'getCity',
  method: 'get',
  path: '/api/v1/cities/{city}',
  tags,
  summary: 'One city with its facts',
  request: { params: z.object({ city: slug }) },
  responses: { 200: json(cityWithFactsSchema, 'City'), ...problems },
})
const createCityRoute = createRoute({
  operationId: 'createCity',
  method: 'post',
  path: '/api/v1/cities',
  tags,
  summary: 'Add a city to the network',
  request: { headers: idempotencyHeader, ...body(newCitySchema) },
  responses: { 201: json(citySchema, 'The city'), ...problems },
})
const factBody = z
  .object({
    value: z.number(),
    source: z.string().trim().min(3, 'cities.fact.source.missing').max(500, 'cities.fact.source.tooLong'),
    quality: z.enum(qualities),
  })
  .openapi('CityFactInput')
const setFactRoute = createRoute({
  operationId: 'setCityFact',
  method: 'put',
  path: '/api/v1/cities/{city}/facts/{fact}/{year}',
  tags,
  summary: 'Add or change a fact of a city',
  description:
    'If-Match carries the version you have seen, "0" for a fact that does not exist yet; a stale one gives 412 with the present fact.',
  request: { params: factKey, headers: ifMatchHeader, ...body(factBody) },
  responses: { 200: json(factSchema, 'The fact as stored'), ...problems },
})
const removeFactRoute = createRoute({
  operationId: 'removeCityFact',
  method: 'delete',
  path: '/api/v1/cities/{city}/facts/{fact}/{year}',
  tags,
  summary: 'Remove a fact of a city',
  request: { params: factKey, headers: ifMatchHeader },
  responses: { 204: { description: 'Removed' }, ...problems },
})

const figureSchema = z
  .object({
    city: z.string().nullable().openapi({ description: 'name as published; null = average over the cities of the source' }),
    country: z.string().nullable(),
    year: z.number().nullable(),
    kind: z.enum(['result', 'fact']),
    code: z.string(),
    value: z
      .number()
      .nullable()
      .openapi({ description: 'score 0-100, persons, percent or euro; null = only a rank or remark is published' }),
    remark: z.string().nullable(),
    sampleSize: z.number().nullable(),
    source: z.string(),
  })
  .openapi('PublishedFigure')
const figuresRoute = createRoute({
  operationId: 'listPublishedFigures',
  method: 'get',
  path: '/api/v1/published-figures',
  tags: ['published figures'],
  summary: 'Figures that real cities and others have published, each with its source; never part of our ranking',
  request: {
    query: z.object({
      kind: z.enum(['result', 'fact']).optional(),
      country: z.string().length(2).optional(),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
  },
  responses: { 200: json(z.object({ figures: z.array(figureSchema), next: z.string().nullable() }), 'Published figures'), ...problems },
})

export function registerCityRoutes(api: Api, services: Services): void {
  registerReading(api, services)
  registerEditing(api, services)
}

function registerReading(api: Api, services: Services): void {
  api.add('public', listRoute, async (c) => {
    const { q, country, cursor, limit: rows } = c.req.valid('query')
    const start = decodeCursor(cursor, ['string', 'string'])
    const after = start === null ? undefined : { name: String(start[0]), id: String(start[1]) }
    const answer = await inPublic(services, async (db) => {
      const { rows: cities, next } = toSlice(await listCities(db, { search: q, country }, rows + 1, { after }), rows, ({ name, id }) => [
        name,
        id,
      ])
      const all = await listFactsOf(
        db,
        cities.map(({ id }) => id),
      )
      return { cities: cities.map((city) => toCityWithFacts(city, all.get(city.id)!)), next }
    })
    return c.json(answer, 200)
  })
  api.add('public', getRoute, async (c) => {
    const { city, facts: all } = await inPublic(services, (db) => getCityRecord(db, c.req.valid('param').city))
    return c.json(toCityWithFacts(city, all), 200)
  })
  api.add('public', figuresRoute, async (c) => {
    const { kind, country, cursor, limit: rows } = c.req.valid('query')
    const start = decodeCursor(cursor, ['number'])
    const found = await inPublic(services, (db) =>
      listFigures(db, { kind, country }, { limit: rows + 1, after: start === null ? undefined : Number(start[0]) }),
    )
    const { rows: figures, next } = toSlice(found, rows, ({ id }) => [id])
    return c.json({ figures: figures.map(({ id: _id, ...figure }) => figure), next }, 200)
  })
}

function registerEditing(api: Api, services: Services): void {
  api.add('cities.manage', createCityRoute, async (c) => {
    const input = c.req.valid('json')
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'createCity', body: input }
    const city = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, async () => toCity(await createCity(db, personOf(c), input, services.now()))),
    )
    return c.json(city, 201)
  })
  api.add('facts.edit', setFactRoute, async (c) => {
    const key = c.req.valid('param')
    const { value, ...rest } = c.req.valid('json')
    const checkedValue = checkFactValue(key.fact, value)
    if (!checkedValue.ok) throw fieldInvalid('value', checkedValue.problem)
    const checkedYear = checkYear(key.year, services.now())
    if (!checkedYear.ok) throw fieldInvalid('year', checkedYear.problem)
    const input = { ...key, ...rest, value: checkedValue.value, version: versionOf(c.req.valid('header')['if-match']) }
    const fact = await inTransaction(services, c, (db) => setCityFact(db, personOf(c), input, services.now()))
    return c.json(toFact(fact), 200, { ETag: `"${fact.version}"` })
  })
  api.add('facts.edit', removeFactRoute, async (c) => {
    const key = { ...c.req.valid('param'), version: versionOf(c.req.valid('header')['if-match']) }
    await inTransaction(services, c, (db) => removeCityFact(db, personOf(c), key, services.now()))
    return c.body(null, 204)
  })
}
