import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Services } from './services.ts'
import type { Env, WebContext } from './web.ts'

/** What is remembered of a request: nothing that says who asked, or for what. */
export interface AnsweredRequest {
  requestId: string
  method: string
  /** Pattern of the route, such as /cities/:slug; null where there is none. */
  route: string | null
  status: number
  durationMs: number
}

/** The pattern of the handler that the address leads to; rules that stand before many routes are not it. */
export function routeOf(c: WebContext): string | null {
  return matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path ?? null
}

const quiet = new Set(['/healthz', '/assets/:file'])

/** Tells the log, and whoever counts, of every request that was answered. */
export function observeRequests(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const start = performance.now()
    await next()
    const request: AnsweredRequest = {
      requestId: c.get('requestId'),
      method: c.req.method,
      route: routeOf(c),
      status: c.res.status,
      durationMs: Math.round((performance.now() - start) * 10) / 10,
    }
    services.log(request.route !== null && quiet.has(request.route) ? 'debug' : 'info', { ...request })
    services.onAnswered?.(request)
  }
}
