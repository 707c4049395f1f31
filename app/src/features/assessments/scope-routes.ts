import { createRoute, z } from '@hono/zod-openapi'
import { type Api, body, json, problems } from '../../api.ts'
import type { Services } from '../../services.ts'
import { inTransaction, personOf } from '../../web.ts'
import { versionOf } from './routes.ts'
import { maximumScopeReason, newestStatements } from './scope.ts'
import { openScope, type OpenedScope, stateScope } from './scope-usecases.ts'

const params = z.object({ assessmentId: z.uuid() })
const tags = ['assessments']

const scopeSchema = z
  .object({
    version: z.number().int().openapi({ description: 'for If-Match; rises with every statement, 0 = nothing was said yet' }),
    scopes: z.array(
      z.object({
        scopeId: z.string(),
        questions: z.array(z.string()).openapi({ description: 'not asked while the city is not responsible' }),
        isResponsible: z.boolean().nullable().openapi({ description: 'null = not said; the questions are asked' }),
        reason: z.string().nullable().openapi({ description: 'who is responsible instead' }),
        statedAt: z.string().nullable(),
        author: z.object({ id: z.string(), name: z.string() }).nullable(),
      }),
    ),
  })
  .openapi('ScopeStatements')

const scopeAnswerSchema = z.strictObject({
  scopeId: z.string().max(60),
  isResponsible: z.boolean().nullable(),
  reason: z.string().max(maximumScopeReason, 'scope.form.reasonLong').nullable().default(null),
})

function toJson({ instrument, statements, version }: OpenedScope): z.infer<typeof scopeSchema> {
  const newest = newestStatements(statements)
  return {
    version,
    scopes: (instrument.scopes ?? []).map(({ id, questions }) => {
      const { isResponsible = null, reason = null, statedAt = null, author = null } = newest.get(id) ?? {}
      return { scopeId: id, questions: [...questions], isResponsible, reason, statedAt, author }
    }),
  }
}

const getRoute = createRoute({
  operationId: 'getScope',
  method: 'get',
  path: '/api/v1/assessments/{assessmentId}/scope',
  tags,
  summary: 'What the city is responsible for, and which questions are therefore not asked',
  request: { params },
  responses: { 200: json(scopeSchema, 'Statements'), ...problems },
})
const stateRoute = createRoute({
  operationId: 'stateScope',
  method: 'put',
  path: '/api/v1/assessments/{assessmentId}/scope',
  tags,
  summary: 'Say what the city is responsible for',
  description:
    'If-Match carries the version you have seen; a stale one gives 412 with the present statements. Scopes that are not named stay as they are. Every statement is kept.',
  request: {
    params,
    headers: z.object({ 'if-match': z.string().optional() }),
    ...body(z.strictObject({ scopes: z.array(scopeAnswerSchema).min(1).max(100) })),
  },
  responses: { 200: json(scopeSchema, 'Statements'), ...problems },
})

export function registerScopeRoutes(api: Api, services: Services): void {
  const { instruments } = services
  api.add('assessment.read', getRoute, async (c) => {
    const { assessmentId } = c.req.valid('param')
    const opened = await inTransaction(services, c, (db) => openScope(db, personOf(c), instruments, assessmentId))
    return c.json(toJson(opened), 200, { ETag: `"${opened.version}"` })
  })
  api.add('city.arrange', stateRoute, async (c) => {
    const request = {
      assessmentId: c.req.valid('param').assessmentId,
      version: versionOf(c.req.valid('header')['if-match']),
      answers: c.req.valid('json').scopes,
    }
    const opened = await inTransaction(services, c, (db) => stateScope(db, personOf(c), instruments, request, services.now()))
    return c.json(toJson(opened), 200, { ETag: `"${opened.version}"` })
  })
}
