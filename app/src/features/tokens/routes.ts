import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { newTokenSchema, tokenSchema } from './schemas.ts'
import { type AccessToken, daysFrom, defaultLifetime } from './token.ts'
import { createToken, openTokens, revokeToken } from './usecases.ts'

const tags = ['Account']

const listRoute = createRoute({
  operationId: 'listTokens',
  method: 'get',
  path: '/api/v1/account/tokens',
  tags,
  summary: 'The own access tokens, without their secrets',
  responses: { 200: json(z.object({ tokens: z.array(tokenSchema) }), 'Newest first'), ...problems },
})

const createTokenRoute = createRoute({
  operationId: 'createToken',
  method: 'post',
  path: '/api/v1/account/tokens',
  tags,
  summary: 'Make an access token for a script; its secret is given only now',
  request: { headers: idempotencyHeader, ...body(newTokenSchema) },
  responses: {
    201: json(
      z.object({
        id: z.uuid(),
        token: z.string().nullable().openapi({ description: 'the secret; null when the same request came before' }),
      }),
      'The token',
    ),
    ...problems,
  },
})

const revokeRoute = createRoute({
  operationId: 'revokeToken',
  method: 'delete',
  path: '/api/v1/account/tokens/{id}',
  tags,
  summary: 'Revoke one of the own access tokens, at once',
  request: { params: z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) }) },
  responses: { 204: { description: 'Done' }, ...problems },
})

function shown({ id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }: AccessToken) {
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}

export function registerTokenRoutes(api: Api, services: Services): void {
  api.add('account.manage', listRoute, async (c) => {
    const tokens = await inTransaction(services, c, (db) => openTokens(db, personOf(c)))
    return c.json({ tokens: tokens.map(shown) }, 200)
  })
  api.add('account.manage', createTokenRoute, async (c) => {
    const { name, scopes, expiresAt } = c.req.valid('json')
    const now = services.now()
    const request = { name, scopes, expiresAt: expiresAt === undefined ? daysFrom(now, defaultLifetime) : new Date(expiresAt) }
    const key = c.req.valid('header')['idempotency-key']
    const { id, secret } = await inTransaction(services, c, (db) => createToken(db, personOf(c), { request, key, now }))
    return c.json({ id, token: secret }, 201)
  })
  api.add('account.manage', revokeRoute, async (c) => {
    await inTransaction(services, c, (db) => revokeToken(db, personOf(c), c.req.valid('param').id, services.now()))
    return c.body(null, 204)
  })
}
