import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import { registerCitationRoutes } from './citation-routes.ts'
import { evidenceKinds } from './evidence.ts'
import { librarySorts, libraryStates } from './queries.ts'
import { evidencePatchSchema, evidenceSchema, linkSchema, toEvidenceJson } from './schemas.ts'
import { registerUploadRoutes } from './upload-routes.ts'
import { addLink, changeEvidence, getEvidence, readLibrary, removeEvidence, restoreEvidence } from './usecases.ts'

const tags = ['evidence']
const city = z.object({ slug: z.string().max(80) })
const entry = z.object({ slug: z.string().max(80), evidenceId: z.uuid() })
const base = '/api/v1/cities/{slug}/evidence'
const one = { 200: json(evidenceSchema, 'Entry'), ...problems }
const nothing = { 204: { description: 'Done' }, ...problems }

const listRoute = createRoute({
  operationId: 'listEvidence',
  method: 'get',
  path: base,
  tags,
  summary: 'The evidence of a city that you may open',
  description: 'Confidential entries are for coordinators, approvers and whoever added them; technical partners read what is not private.',
  request: {
    params: city,
    query: z.object({
      q: z.string().max(200).default(''),
      kind: z.enum(evidenceKinds).optional(),
      state: z.enum(libraryStates).optional(),
      sort: z.enum(librarySorts).default('newest'),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(z.object({ evidence: z.array(evidenceSchema), total: z.number().int(), isSynthetic: z.boolean() }), 'Entries'),
    ...problems,
  },
})
const getRoute = createRoute({
  operationId: 'getEvidence',
  method: 'get',
  path: `${base}/{evidenceId}`,
  tags,
  summary: 'One entry',
  request: { params: entry },
  responses: one,
})
const addRoute = createRoute({
  operationId: 'addEvidenceLink',
  method: 'post',
  path: base,
  tags,
  summary: 'Add a link',
  description: 'The address is kept and shown; the server never opens it. Files come in by beginUpload.',
  request: { params: city, headers: idempotencyHeader, ...body(linkSchema) },
  responses: { 201: json(evidenceSchema, 'The entry'), ...problems },
})
const changeRoute = createRoute({
  operationId: 'changeEvidence',
  method: 'patch',
  path: `${base}/{evidenceId}`,
  tags,
  summary: 'Change what is said about an entry',
  description: 'Absent fields keep their value, null clears them.',
  request: { params: entry, headers: ifMatchHeader, ...body(evidencePatchSchema) },
  responses: one,
})
const removeRoute = createRoute({
  operationId: 'removeEvidence',
  method: 'delete',
  path: `${base}/{evidenceId}`,
  tags,
  summary: 'Take an entry out of the library',
  description: 'Refused while answers cite it, unless confirmed. Its file stays, so that it can come back.',
  request: { params: entry, headers: ifMatchHeader, query: z.object({ confirmed: z.enum(['true', 'false']).default('false') }) },
  responses: nothing,
})
const restoreRoute = createRoute({
  operationId: 'restoreEvidence',
  method: 'post',
  path: `${base}/{evidenceId}/restore`,
  tags,
  summary: 'Put an entry back',
  request: { params: entry, headers: ifMatchHeader },
  responses: nothing,
})

const ofLink = {
  kind: 'website',
  datedOn: null,
  validFrom: null,
  validUntil: null,
  isConfidential: false,
  releaseLevel: 'private',
  language: null,
  note: null,
} as const

export function registerEvidenceRoutes(api: Api, services: Services): void {
  registerLibraryRoutes(api, services)
  registerChangeRoutes(api, services)
  registerUploadRoutes(api, services)
  registerCitationRoutes(api, services)
}

function registerLibraryRoutes(api: Api, services: Services): void {
  api.add('evidence.read', listRoute, async (c) => {
    const { q, kind = null, state = null, sort, offset, limit } = c.req.valid('query')
    const { slug } = c.req.valid('param')
    const now = services.now()
    const part = await inTransaction(services, c, (db) =>
      readLibrary(db, personOf(c), slug, { search: q, kind, state, sort }, { offset, limit }, now),
    )
    const evidence = part.entries.map((each) => toEvidenceJson(slug, each, now))
    return c.json({ evidence, total: part.total, isSynthetic: part.city.isSynthetic }, 200)
  })
  api.add('evidence.read', getRoute, async (c) => {
    const { slug, evidenceId } = c.req.valid('param')
    const { evidence } = await inTransaction(services, c, (db) => getEvidence(db, personOf(c), slug, evidenceId))
    return c.json(toEvidenceJson(slug, evidence, services.now()), 200, { ETag: `"${evidence.version}"` })
  })
  api.add('evidence.edit', addRoute, async (c) => {
    const { slug } = c.req.valid('param')
    const input = c.req.valid('json')
    const key = c.req.valid('header')['idempotency-key']
    const now = services.now()
    const added = await inTransaction(services, c, (db) =>
      once(db, personOf(c), { key, operation: 'addEvidenceLink', body: { slug, ...input } }, async () =>
        toEvidenceJson(slug, await addLink(db, personOf(c), slug, { ...ofLink, ...input }, now), now),
      ),
    )
    return c.json(added, 201)
  })
}

function registerChangeRoutes(api: Api, services: Services): void {
  api.add('evidence.edit', changeRoute, async (c) => {
    const { slug, evidenceId: id } = c.req.valid('param')
    const version = versionOf(c.req.valid('header')['if-match'])
    const now = services.now()
    const changed = await inTransaction(services, c, (db) =>
      changeEvidence(db, personOf(c), { slug, id, version }, c.req.valid('json'), now),
    )
    return c.json(toEvidenceJson(slug, changed, now), 200, { ETag: `"${changed.version}"` })
  })
  api.add('evidence.edit', removeRoute, async (c) => {
    const { slug, evidenceId: id } = c.req.valid('param')
    const version = versionOf(c.req.valid('header')['if-match'])
    const isConfirmed = c.req.valid('query').confirmed === 'true'
    await inTransaction(services, c, (db) => removeEvidence(db, personOf(c), { slug, id, version }, isConfirmed, services.now()))
    return c.body(null, 204)
  })
  api.add('evidence.edit', restoreRoute, async (c) => {
    const { slug, evidenceId: id } = c.req.valid('param')
    const version = versionOf(c.req.valid('header')['if-match'])
    await inTransaction(services, c, (db) => restoreEvidence(db, personOf(c), { slug, id, version }, services.now()))
    return c.body(null, 204)
  })
}
