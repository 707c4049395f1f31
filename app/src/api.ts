import { OpenAPIHono, type RouteConfig, type RouteHandler, z } from '@hono/zod-openapi'
import { AppError } from './errors.ts'
import { type Access, type Env, requireAccess, type RouteEntry } from './web.ts'

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

/** The REST API: each operation is entered with who may call it and is described by the schemas that validate it. */
export class Api {
  readonly routes: (RouteEntry & { operation: string })[] = []
  readonly app = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw inputInvalid(result.error)
    },
  })

  add<R extends RouteConfig & { operationId: string }>(access: Access, route: R, handler: RouteHandler<R, Env>): void {
    this.routes.push({ method: route.method as RouteEntry['method'], path: route.path, access, operation: route.operationId })
    this.app.use(route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c, next) => {
      if (c.req.method.toLowerCase() === route.method) requireAccess(c.get('person'), access)
      await next()
    })
    this.app.openapi(route, handler)
  }
}

/** A request whose fields break their rules; each is named. */
export function inputInvalid(error: z.ZodError): AppError {
  const fields = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  return new AppError('INPUT_INVALID', {}, { fields })
}
