import type { MiddlewareHandler } from 'hono'
import { AppError } from './errors.ts'
import { visitOf } from './features/accounts/visit.ts'
import { Buckets, networkOf, type Taken } from './rate-limits.ts'
import type { Services } from './services.ts'
import type { Env, WebContext } from './web.ts'

/** Computations with weights of the reader's own, and files that are drawn for each request. */
const isCostly = ({ method, path, url }: { method: string; path: string; url: string }): boolean =>
  method === 'GET' && (/\.(csv|png|pdf|xlsx|zip)$/.test(path) || (path === '/method/weights' && /[?&]w-/.test(url)))

/** Who is counted: a token, a person, or the network address of somebody unknown; null where there is no address. */
function nameOf(c: WebContext, services: Services): { kind: 'person' | 'address'; name: string } | null {
  const token = c.get('token')
  if (token !== null && token !== 'refused') return { kind: 'person', name: `token:${token.id}` }
  const person = c.get('person')
  if (person !== null) return { kind: 'person', name: `person:${person.id}` }
  const { address } = visitOf(c, services.config)
  return address === '' ? null : { kind: 'address', name: `address:${networkOf(address)}` }
}

/** Headers of draft-ietf-httpapi-ratelimit-headers: what is allowed per minute, and what is left. */
function setHeaders(c: WebContext, policy: string, taken: Taken): void {
  c.header('RateLimit-Policy', `"${policy}";q=${taken.limit};w=60`)
  c.header('RateLimit', `"${policy}";r=${taken.remaining};t=${taken.isAllowed ? taken.reset : taken.retryAfter}`)
}

function refuse(c: WebContext, policy: string, taken: Taken): never {
  setHeaders(c, policy, taken)
  c.header('Retry-After', String(taken.retryAfter))
  throw new AppError('RATE_LIMITED', { limit: taken.limit, seconds: taken.retryAfter })
}

/** Keeps one caller from taking everybody's server: so many requests per minute, fewer for what is costly. */
export function limitRate(services: Services): MiddlewareHandler<Env> {
  const limits = services.config.rateLimits
  if (limits === null) return (_, next) => next()
  const buckets = { person: new Buckets(limits.person), address: new Buckets(limits.address), costly: new Buckets(limits.costly) }
  return async (c, next) => {
    const caller = nameOf(c, services)
    if (caller === null) return next()
    const now = services.now().getTime()
    const taken = buckets[caller.kind].take(caller.name, now)
    if (!taken.isAllowed) refuse(c, caller.kind, taken)
    setHeaders(c, caller.kind, taken)
    if (isCostly(c.req)) {
      const costly = buckets.costly.take(caller.name, now)
      if (!costly.isAllowed) refuse(c, 'costly', costly)
      setHeaders(c, 'costly', costly)
    }
    return next()
  }
}
