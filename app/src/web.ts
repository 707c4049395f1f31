import type { Context as HonoContext, Handler, MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { inContext, type Context } from './db/context.ts'
import type { Db } from './db/open.ts'
import { AppError } from './errors.ts'
import { can, citiesOf, hasNetworkRole, leadsEvaluation, type Person, type Verb } from './permissions.ts'
import { type NeededScope, type Scope, scopeOf } from './scopes.ts'
import type { Services } from './services.ts'
import type { Language } from './text/catalogue.ts'
import type { Translator } from './text/text.ts'

/** An access token that works. */
export interface BearerToken {
  id: string
  scopes: readonly Scope[]
}

/** What every request carries. */
export interface Env {
  Variables: {
    person: Person | null
    /** The access token of this request; refused = one was sent that does not work. */
    token: BearerToken | 'refused' | null
    sessionId: string | null
    sessionEndsAt: Date | null
    /** Notices that the person had not seen as the request began. */
    news: number
    language: Language
    t: Translator
    requestId: string
  }
}

export type WebContext = HonoContext<Env>

/** Who may ask for a route: anyone, anyone signed in, or whoever may do this (in some city: the use case checks which). */
export type Access = 'public' | 'signed-in' | Verb

export interface RouteEntry {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  access: Access
  /** Form actions name the API operation that does the same; a test holds the two lists together. */
  operation?: string
  /** Largest body in bytes, where a file is sent; else 1 MB. Infinity = the handler counts while it reads. */
  maximumBody?: number
}

/** What somebody can do who has yet to set up the second factor that a role needs. */
const setUpPaths = ['/account/two-factor', '/account/two-factor/confirm'].flatMap((path) => [path, `/api/v1${path}`])

/** @throws {AppError} SIGN_IN_REQUIRED, SECOND_FACTOR_REQUIRED or NOT_ALLOWED */
export function requireAccess(person: Person | null, access: Access, path = ''): void {
  if (access === 'public') return
  if (person === null) throw new AppError('SIGN_IN_REQUIRED')
  if (person.lacksSecondFactor && !setUpPaths.includes(path)) throw new AppError('SECOND_FACTOR_REQUIRED')
  if (access === 'signed-in') return
  const permission = can(person, access)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** A token does only what its scopes name. @throws {AppError} TOKEN_NEEDS_SESSION, TOKEN_SCOPE_MISSING */
export function requireScope(c: WebContext, needed: NeededScope): void {
  const token = c.get('token')
  if (token === null || token === 'refused') return // no token, or one that has been refused already
  if (needed === 'session') throw new AppError('TOKEN_NEEDS_SESSION')
  if (token.scopes.includes(needed)) return
  c.header('WWW-Authenticate', `Bearer error="insufficient_scope", scope="${needed}"`)
  throw new AppError('TOKEN_SCOPE_MISSING', { scope: needed })
}

const guard =
  (access: Access, route: RouteEntry): MiddlewareHandler<Env> =>
  async (c, next) => {
    requireAccess(c.get('person'), access, route.path)
    requireScope(c, scopeOf(route))
    await next()
  }

/** The pages: each route is entered with who may see it, so that none can forget to ask. */
export class Pages {
  readonly app = new Hono<Env>()
  readonly routes: RouteEntry[] = []

  get(path: string, access: Access, handler: Handler<Env>): void {
    const route: RouteEntry = { method: 'get', path, access }
    this.routes.push(route)
    this.app.get(path, guard(access, route), handler)
  }

  /** A form action. `operation` is the operationId of the API operation that does the same. */
  post(path: string, access: Access, operation: string, handler: Handler<Env>, limits: Pick<RouteEntry, 'maximumBody'> = {}): void {
    const route: RouteEntry = { method: 'post', path, access, operation, ...limits }
    this.routes.push(route)
    this.app.post(path, guard(access, route), handler)
  }
}

/** What the transaction of a person may see. */
export function contextOf(person: Person | null): Context {
  if (person === null) return { scope: 'city', cityIds: [] }
  const reviewed = leadsEvaluation(person) ? 'all' : person.reviewedCityIds
  return { scope: hasNetworkRole(person) ? 'network' : 'city', cityIds: citiesOf(person), reviewed, judge: person.id }
}

/** One request, one transaction, in the person's context. */
export function inTransaction<T>(services: Services, c: WebContext, work: (db: Db) => Promise<T>): Promise<T> {
  return inContext(services.db, contextOf(c.get('person')), work)
}

/** The person; for handlers behind an access other than public. */
export function personOf(c: WebContext): Person {
  const person = c.get('person')
  if (person === null) throw new AppError('SIGN_IN_REQUIRED')
  return person
}
