import { Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { observeRequests } from './answered-requests.ts'
import { Api } from './api.ts'
import { serveAssets } from './assets.ts'
import { limitBody } from './body-limit.ts'
import { registerFeatures } from './features.ts'
import { AppError } from './errors.ts'
import { answerHealth } from './health.ts'
import { identifyByToken, refuseBadToken } from './bearer.ts'
import { begin, chooseLanguage, identify, sameOriginOnly, securityHeaders } from './middleware.ts'
import { clientFolder } from './paths.ts'
import { answerError } from './problems.tsx'
import { limitRate } from './rate-limiting.ts'
import type { Services } from './services.ts'
import { type Env, Pages } from './web.ts'

export interface App {
  fetch: Hono<Env>['fetch']
  request: Hono<Env>['request']
  pages: Pages
  api: Api
}

/** Marks every answer of the API while the installation holds invented data. */
const markSynthetic =
  (services: Services): MiddlewareHandler<Env> =>
  async (c, next) => {
    await next()
    if (await services.isSynthetic()) c.res.headers.set('Tessera-Data', 'synthetic')
  }

/** The whole product as one web handler; tests call `request()` without a network. */
export function createApp(services: Services): App {
  const app = new Hono<Env>()
  const pages = new Pages()
  const api = new Api()
  registerFeatures(pages, api, services)

  app.onError((error, c) => answerError(c, services, error))
  app.notFound((c) => answerError(c, services, new AppError('NOT_FOUND')))
  app.use(begin, observeRequests(services), securityHeaders(services))
  app.get('/healthz', answerHealth(services.db))
  app.get('/assets/:file', serveAssets(clientFolder))
  app.use(compress())
  app.use(limitBody([...pages.routes, ...api.routes]))
  app.use(identifyByToken(services), identify(services), chooseLanguage(services))
  app.use(limitRate(services), refuseBadToken, sameOriginOnly(services))
  app.use('/api/*', markSynthetic(services))
  app.route('/', pages.app)
  app.route('/', api.app)
  return { fetch: app.fetch, request: app.request, pages, api }
}
