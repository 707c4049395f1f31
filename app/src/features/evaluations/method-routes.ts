import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, idempotencyHeader, json, problems } from '../../api.ts'
import { once } from '../../once.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import type { Registration } from './queries.ts'
import { interestsRequestSchema, interestsSchema, methodRequestSchema, registrationSchema } from './schemas.ts'
import { declareInterests, openInterests, openMethod, registerMethod } from './usecases.ts'

// The API of what binds an evaluation before it begins: its method, and the interests of its experts.

const params = z.object({ wave: z.string().min(1).max(80) })

const routes = {
  get: createRoute({
    operationId: 'getMethod',
    method: 'get',
    path: '/api/v1/waves/{wave}/method',
    tags: ['evaluation'],
    summary: 'How a wave is evaluated: the registered method and its addenda, oldest first',
    request: { params },
    responses: { 200: json(z.object({ registrations: z.array(registrationSchema) }), 'Registrations'), ...problems },
  }),
  register: createRoute({
    operationId: 'registerMethod',
    method: 'post',
    path: '/api/v1/waves/{wave}/method',
    tags: ['evaluation'],
    summary: 'Register the method of a wave, or add an addendum with a reason; nothing that is registered changes',
    request: { params, headers: idempotencyHeader, ...body(methodRequestSchema) },
    responses: { 201: json(registrationSchema, 'What was registered'), ...problems },
  }),
  interests: createRoute({
    operationId: 'getInterests',
    method: 'get',
    path: '/api/v1/waves/{wave}/interests',
    tags: ['evaluation'],
    summary: 'What you have declared last for a wave',
    request: { params },
    responses: { 200: json(interestsSchema, 'Interests'), ...problems },
  }),
  declare: createRoute({
    operationId: 'declareInterests',
    method: 'post',
    path: '/api/v1/waves/{wave}/interests',
    tags: ['evaluation'],
    summary: 'Declare your interests for a wave; the newest declaration counts',
    request: { params, headers: idempotencyHeader, ...body(interestsRequestSchema) },
    responses: { 201: json(z.object({ declaredAt: z.string() }), 'Declared'), ...problems },
  }),
}

const toRegistration = ({ version, content, contentHash, registeredAt, reason }: Registration) => ({
  version,
  contentHash,
  registeredAt: registeredAt.toISOString(),
  reason,
  content: { ...content, schemes: [...content.schemes] },
})

export function registerMethodRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('public', routes.get, async (c) => {
    const { wave } = c.req.valid('param')
    const { registrations } = await inTransaction(services, c, (db) => openMethod(db, instruments, wave))
    return c.json({ registrations: registrations.map(toRegistration) }, 200)
  })
  api.add('method.register', routes.register, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    const made = await inTransaction(services, c, (db) =>
      once(db, personOf(c), { key, operation: 'registerMethod', body: request }, async () =>
        toRegistration(await registerMethod(db, personOf(c), instruments, request, services.now())),
      ),
    )
    return c.json(made, 201)
  })
  api.add('interests.declare', routes.interests, async (c) => {
    const { declaration, cities } = await inTransaction(services, c, (db) => openInterests(db, personOf(c), c.req.valid('param').wave))
    const slugs = new Map(cities.map(({ id, slug }) => [id, slug]))
    const ties = (declaration?.ties ?? []).map(({ kind, cityId, note }) => ({ kind, city: slugs.get(cityId) ?? cityId, note }))
    return c.json({ declaredAt: declaration?.declaredAt.toISOString() ?? null, ties }, 200)
  })
  api.add('interests.declare', routes.declare, async (c) => {
    const request = { ...c.req.valid('param'), ...c.req.valid('json') }
    const key = c.req.valid('header')['idempotency-key']
    const made = await inTransaction(services, c, (db) =>
      once(db, personOf(c), { key, operation: 'declareInterests', body: request }, async () => ({
        declaredAt: (await declareInterests(db, personOf(c), request, services.now())).declaredAt.toISOString(),
      })),
    )
    return c.json(made, 201)
  })
}
