import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { ifMatchHeader, versionOf } from '../cities/version.ts'
import type { SavedGroup } from './saved-groups.ts'
import { savedGroupInputSchema, savedGroupSchema } from './saved-groups-schemas.ts'
import { createSavedGroup, deleteSavedGroup, listSavedGroups, updateSavedGroup } from './saved-groups-usecases.ts'

const tags = ['comparison']
const path = '/api/v1/saved-groups'
const params = z.object({ groupId: z.uuid() })

const listRoute = createRoute({
  operationId: 'listSavedGroups',
  method: 'get',
  path,
  tags,
  summary: 'Your own groups of cities to compare with',
  responses: { 200: json(z.object({ groups: z.array(savedGroupSchema) }), 'Groups by name'), ...problems },
})

const createGroupRoute = createRoute({
  operationId: 'createSavedGroup',
  method: 'post',
  path,
  tags,
  summary: 'Save a group of cities',
  request: { headers: idempotencyHeader, ...body(savedGroupInputSchema) },
  responses: { 201: json(savedGroupSchema, 'The group'), ...problems },
})

const updateRoute = createRoute({
  operationId: 'updateSavedGroup',
  method: 'put',
  path: `${path}/{groupId}`,
  tags,
  summary: 'Rename a group, or change its cities',
  request: { params, headers: ifMatchHeader, ...body(savedGroupInputSchema) },
  responses: { 200: json(savedGroupSchema, 'The group'), ...problems },
})

const deleteRoute = createRoute({
  operationId: 'deleteSavedGroup',
  method: 'delete',
  path: `${path}/{groupId}`,
  tags,
  summary: 'Delete a group',
  request: { params, headers: ifMatchHeader },
  responses: { 204: { description: 'Deleted' }, ...problems },
})

const toJson = (group: SavedGroup) => ({ ...group, cities: [...group.cities], updatedAt: group.updatedAt.toISOString() })

export function registerSavedGroupRoutes(api: Api, services: Services): void {
  api.add('signed-in', listRoute, async (c) => {
    const groups = await inTransaction(services, c, (db) => listSavedGroups(db, personOf(c)))
    return c.json({ groups: groups.map(toJson) }, 200)
  })
  api.add('signed-in', createGroupRoute, async (c) => {
    const input = c.req.valid('json')
    const key = c.req.valid('header')['idempotency-key']
    const group = await inTransaction(services, c, (db) =>
      once(db, personOf(c), { key, operation: 'createSavedGroup', body: input }, async () =>
        toJson(await createSavedGroup(db, personOf(c), input, services.now())),
      ),
    )
    return c.json(group, 201, { ETag: `"${group.version}"` })
  })
  api.add('signed-in', updateRoute, async (c) => {
    const change = { id: c.req.valid('param').groupId, version: versionOf(c.req.valid('header')['if-match']), ...c.req.valid('json') }
    const group = await inTransaction(services, c, (db) => updateSavedGroup(db, personOf(c), change, services.now()))
    return c.json(toJson(group), 200, { ETag: `"${group.version}"` })
  })
  api.add('signed-in', deleteRoute, async (c) => {
    const seen = { id: c.req.valid('param').groupId, version: versionOf(c.req.valid('header')['if-match']) }
    await inTransaction(services, c, (db) => deleteSavedGroup(db, personOf(c), seen, services.now()))
    return c.body(null, 204)
  })
}
