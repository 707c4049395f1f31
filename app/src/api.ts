import { OpenAPIHono, type RouteConfig, type RouteHandler, z } from '@hono/zod-openapi'
import { AppError } from './errors.ts'
import { type NeededScope, scopeOf } from './scopes.ts'
import { type Access, type Env, requireAccess, requireScope, type RouteEntry } from './web.ts'

/** An error as the API gives it (RFC 9457), in the reader's language. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string().openapi({ description: 'what happened and which rule' }),
    now: z.string().openapi({ description: 'what to do now' }),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

/** The answers to expect when something is refused; for the responses of every operation. */
export const problems = {
  default: { description: 'Problem', content: { 'application/problem+json': { schema: problemSchema } } },
} as const

/** JSON answer of an operation. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({ description, content: { 'application/json': { schema } } })

/** JSON body of an operation. */
export const body = <S extends z.ZodType>(schema: S) => ({ body: { required: true, content: { 'application/json': { schema } } } })

/** Header of every operation that creates something. */
export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(8).max(200).openapi({ description: 'A key of your choice; the same key never creates twice.' }),
})

/** How a caller can show who they are; described in the document of the API. */
const securitySchemes = {
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'tessera-session',
    description: 'Session of a browser, from signIn; with https the name begins with __Host-.',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'tessera_…',
    description: 'Access token of a person, from the page /account/tokens. The scope it needs stands at each operation.',
  },
} as const

/** Who may call an operation, as OpenAPI says it: with a session, with a token of that scope, without either. */
function securityOf(access: Access, needed: NeededScope): Record<string, string[]>[] {
  const nobody = access === 'public' ? [{}] : []
  return [...nobody, { cookie: [] }, ...(needed === 'session' ? [] : [{ bearer: [needed] }])]
}

/** A request for the head alone asks for what GET gives. */
const methodOf = (method: string): string => (method === 'HEAD' ? 'get' : method.toLowerCase())

/** The REST API: each operation is entered with who may call it and is described by the schemas that validate it. */
export class Api {
  readonly routes: (RouteEntry & { operation: string })[] = []
  readonly app = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw inputInvalid(result.error)
    },
  })

  constructor() {
    for (const [name, scheme] of Object.entries(securitySchemes))
      this.app.openAPIRegistry.registerComponent('securitySchemes', name, scheme)
  }

  /** What the operation needs of an access token follows from `scopes.ts`; whoever forgets it there gets the strictest scope. */
  add<R extends RouteConfig & { operationId: string }>(
    access: Access,
    route: R,
    handler: RouteHandler<R, Env>,
    limits: Pick<RouteEntry, 'maximumBody'> = {},
  ): void {
    const entry = { method: route.method as RouteEntry['method'], path: route.path, access, operation: route.operationId, ...limits }
    const needed = scopeOf(entry)
    this.routes.push(entry)
    this.app.use(route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c, next) => {
      if (methodOf(c.req.method) === route.method) {
        requireAccess(c.get('person'), access, route.path)
        requireScope(c, needed)
      }
      await next()
    })
    Object.assign(route, { security: securityOf(access, needed) })
    this.app.openapi(route, handler)
  }
}

/** A request whose fields break their rules; each is named. */
export function inputInvalid(error: z.ZodError): AppError {
  const fields = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  return new AppError('INPUT_INVALID', {}, { fields })
}
