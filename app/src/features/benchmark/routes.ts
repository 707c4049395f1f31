import { createRoute, z } from '@hono/zod-openapi'
import { type Api, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { decodeCursor, encodeCursor } from '../cities/cursor.ts'
import { prefersCsv, toCsv } from '../results/csv.ts'
import { originOf } from '../results/schemas.ts'
import { registerAllCitiesRoutes } from './all-cities-routes.ts'
import { registerSavedGroupRoutes } from './saved-groups-routes.ts'
import { comparisonSchema, listedResultSchema } from './schemas.ts'
import { type ComparedResult, getComparison, type ListedResult, listResults } from './usecases.ts'

const tags = ['results']

const comparisonRoute = createRoute({
  operationId: 'getComparison',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/comparison',
  tags,
  summary: 'An assessment beside all cities, its clusters and its own earlier wave',
  description:
    'Without copy: what was handed in last, or the answers as they stand as long as nothing was; the rank is then the one it would have.',
  request: {
    params: z.object({ assessmentId: z.uuid() }),
    query: z.object({
      scheme: z.string().max(60).optional(),
      copy: z.enum(['current', 'handed-in']).optional(),
      sample: z.enum(['all', 'wave']).default('all'),
      cluster: z.string().max(60).optional(),
    }),
  },
  responses: { 200: json(comparisonSchema, 'Comparison'), ...problems },
})

const csvColumns = [
  'city',
  'name',
  'country',
  'wave',
  'scheme',
  'core',
  'coreCoverage',
  'coreIsProvisional',
  'extended',
  'extendedCoverage',
  'extendedIsProvisional',
  'isSynthetic',
] as const

const resultsRoute = createRoute({
  operationId: 'listResults',
  method: 'get',
  path: '/api/v1/results',
  tags,
  summary: 'The newest result of every city in every wave',
  description: 'For members of the network. With Accept: text/csv as a table.',
  request: {
    query: z.object({
      scheme: z.string().max(60).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
  },
  responses: {
    200: {
      description: 'Results',
      content: {
        'application/json': { schema: z.object({ scheme: z.string(), results: z.array(listedResultSchema), next: z.string().nullable() }) },
        'text/csv': { schema: z.string() },
      },
    },
    ...problems,
  },
})

function csvRow(scheme: string, { city, wave, core, extended, isSynthetic }: ListedResult) {
  return [
    city.slug,
    city.name,
    city.country,
    wave.slug,
    scheme,
    core.score,
    core.coverage,
    core.isProvisional,
    extended.score,
    extended.coverage,
    extended.isProvisional,
    isSynthetic,
  ]
}

function toJson({ assessment, instrument, copy, scores, comparison }: ComparedResult) {
  const { mode, previous, clusters, ...rest } = comparison
  return {
    ...originOf(assessment, instrument),
    scheme: scores.scheme,
    copy,
    sample: mode,
    indices: scores.indices,
    ...rest,
    clusters: clusters.map(({ own, ...cluster }) => ({ ...cluster, own: own && { ...own, joined: [...own.joined] } })),
    previous: previous && { wave: previous.wave, scores: Object.fromEntries(previous.scores) },
  }
}

export function registerBenchmarkRoutes(api: Api, services: Services): void {
  registerAllCitiesRoutes(api, services)
  registerSavedGroupRoutes(api, services)
  api.add('result.read', comparisonRoute, async (c) => {
    const { scheme = null, copy = null, sample, cluster = null } = c.req.valid('query')
    const request = { assessmentId: c.req.valid('param').assessmentId, scheme, copy, mode: sample, cluster }
    return c.json(toJson(await getComparison(services, (work) => inTransaction(services, c, work), personOf(c), request)), 200)
  })
  api.add('signed-in', resultsRoute, async (c) => {
    const { scheme = null, cursor, limit } = c.req.valid('query')
    const after = Number(decodeCursor(cursor, ['number'])?.[0] ?? 0)
    const listed = await listResults(services, personOf(c), { scheme, after, limit: limit + 1 })
    const rows = listed.rows.slice(0, limit)
    const next = listed.rows.length > limit ? encodeCursor([rows.at(-1)!.seq]) : null
    if (prefersCsv(c.req.header('accept'))) {
      const headers: Record<string, string> = {
        'Content-Type': 'text/csv; charset=utf-8',
        ...(next && { Link: `</api/v1/results?scheme=${listed.scheme}&cursor=${next}&limit=${limit}>; rel="next"` }),
      }
      return c.text(
        toCsv(
          csvColumns,
          rows.map((row) => csvRow(listed.scheme, row)),
        ),
        200,
        headers,
      )
    }
    return c.json({ scheme: listed.scheme, results: rows.map(({ seq: _seq, ...row }) => row), next }, 200)
  })
}
