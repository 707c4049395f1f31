import { forgetUpload, getImports, importEarlierResults, previewEarlierResults, removeEarlierImport } from './usecases.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { prefersCsv, toCsv } from '../../csv.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { decodeCursor, toSlice } from '../cities/cursor.ts'
import { inPublic } from '../cities/usecases.ts'
import { columns } from './earlier.ts'
import { listFigures, type StoredEarlierFigure } from './queries.ts'
import { figureSchema, importedSchema, importSchema, previewSchema, removalSchema, toFigure, toImported, toPreview } from './schemas.ts'
import { maximumFile } from '../../waiting-files.ts'

const tags = ['earlier results']

const listRoute = createRoute({
  operationId: 'listEarlierResults',
  method: 'get',
  path: '/api/v1/earlier-results',
  tags,
  summary: 'Figures of earlier evaluations that the network has brought in, each with questionnaire, year and source; never ranked',
  description: 'With Accept: text/csv as a table of everything that fits the filter.',
  request: {
    query: z.object({
      city: z.string().max(120).optional(),
      country: z.string().length(2).optional(),
      instrument: z.string().max(120).optional(),
      instrumentVersion: z.string().max(60).optional(),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
  },
  responses: {
    200: {
      description: 'Earlier results',
      content: {
        'application/json': { schema: z.object({ results: z.array(figureSchema), next: z.string().nullable() }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...problems,
  },
})
const importsRoute = createRoute({
  operationId: 'listEarlierImports',
  method: 'get',
  path: '/api/v1/earlier-results/imports',
  tags,
  summary: 'The files that were taken in, newest first',
  responses: { 200: json(z.object({ imports: z.array(importedSchema) }), 'Imports'), ...problems },
})
const fileContent = { schema: z.string().openapi({ format: 'binary' }) }
const previewRoute = createRoute({
  operationId: 'previewEarlierResults',
  method: 'post',
  path: '/api/v1/earlier-results/files',
  tags,
  summary: 'Look at a file of earlier results; nothing is written',
  description: 'The body is the file itself, CSV or XLSX, up to 10 MB. It is kept for a day, so that it can be taken in by its SHA-256.',
  request: {
    query: z.object({ fileName: z.string().max(200).default('file') }),
    body: {
      required: true,
      content: {
        'text/csv': fileContent,
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': fileContent,
        'application/octet-stream': fileContent,
      },
    },
  },
  responses: { 200: json(previewSchema, 'What the file would bring, and everything that is wrong with it'), ...problems },
})
const importRoute = createRoute({
  operationId: 'importEarlierResults',
  method: 'post',
  path: '/api/v1/earlier-results/imports',
  tags,
  summary: 'Take in a file that was looked at: all of it or nothing',
  request: { headers: idempotencyHeader, ...body(importSchema) },
  responses: {
    201: json(z.object({ id: z.uuid(), fileName: z.string(), figures: z.number().int() }), 'The import'),
    ...problems,
  },
})
const removeRoute = createRoute({
  operationId: 'removeEarlierImport',
  method: 'post',
  path: '/api/v1/earlier-results/imports/{id}/removal',
  tags,
  summary: 'Take the figures of an import out of everything that is shown',
  request: { params: z.object({ id: z.uuid() }), ...body(removalSchema) },
  responses: { 200: json(importedSchema, 'The import'), ...problems },
})

/** All figures as a table that can be taken in again. */
export function figuresCsv(figures: readonly StoredEarlierFigure[]): string {
  const cells = figures.map(({ city, country, year, instrument, instrumentVersion, code, value, source, remark }) => [
    city,
    country,
    year,
    instrument,
    instrumentVersion,
    code,
    value,
    source,
    remark,
  ])
  return toCsv(columns, cells)
}

export function registerEarlierRoutes(api: Api, services: Services): void {
  api.add('public', listRoute, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    if (prefersCsv(c.req.header('accept'))) {
      const all = await inPublic(services, (db) => listFigures(db, filter))
      return c.text(figuresCsv(all), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
    }
    const start = decodeCursor(cursor, ['string'])
    const found = await inPublic(services, (db) =>
      listFigures(db, filter, { limit: limit + 1, after: start === null ? undefined : String(start[0]) }),
    )
    const { rows, next } = toSlice(found, limit, ({ id }) => [id])
    return c.json({ results: rows.map((figure) => toFigure(services.instruments.current, figure)), next }, 200)
  })
  registerImporting(api, services)
}

function registerImporting(api: Api, services: Services): void {
  const { config } = services
  api.add('cities.manage', importsRoute, async (c) => {
    const imports = await inTransaction(services, c, (db) => getImports(db, personOf(c)))
    return c.json({ imports: imports.map(toImported) }, 200)
  })
  api.add(
    'cities.manage',
    previewRoute,
    async (c) => {
      const file = { fileName: c.req.valid('query').fileName, bytes: new Uint8Array(await c.req.arrayBuffer()) }
      const preview = await inTransaction(services, c, (db) => previewEarlierResults(db, personOf(c), config, file, services.now()))
      return c.json(toPreview(c.get('t'), preview), 200)
    },
    { maximumBody: maximumFile },
  )
  api.add('cities.manage', importRoute, async (c) => {
    const input = c.req.valid('json')
    const request = { key: c.req.valid('header')['idempotency-key'], operation: 'importEarlierResults', body: input }
    const done = await inTransaction(services, c, (db) =>
      once(db, personOf(c), request, () => importEarlierResults(db, personOf(c), config, input.file, services.now())),
    )
    await forgetUpload(config, input.file)
    return c.json(done, 201)
  })
  api.add('cities.manage', removeRoute, async (c) => {
    const { id } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    const removed = await inTransaction(services, c, (db) => removeEarlierImport(db, personOf(c), id, reason, services.now()))
    return c.json(toImported(removed), 200)
  })
}
