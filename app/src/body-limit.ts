import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from './errors.ts'
import type { Env, RouteEntry } from './web.ts'

const megabyte = 1024 * 1024 // bytes

/** Parameters of an address as pages (`:id`) and the API (`{id}`) write them. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+|\{\w+\}/g, '[^/]+')}$`)

/** A route without end counts by itself while it reads, and keeps nothing in memory. */
const uncounted: MiddlewareHandler<Env> = (_, next) => next()

const limitOf = (maxSize: number): MiddlewareHandler<Env> =>
  !Number.isFinite(maxSize)
    ? uncounted
    : bodyLimit({
        maxSize,
        onError: () => {
          throw new AppError('PAYLOAD_TOO_LARGE', { limit: `${Math.floor(maxSize / megabyte)} MB` })
        },
      })

/** Refuses bodies over 1 MB, before anything reads them; routes that take files say how much more they take. */
export function limitBody(routes: readonly RouteEntry[]): MiddlewareHandler<Env> {
  const usual = limitOf(megabyte)
  const larger = routes.flatMap(({ method, path, maximumBody }) =>
    maximumBody === undefined ? [] : [{ method: method.toUpperCase(), pattern: patternOf(path), limit: limitOf(maximumBody) }],
  )
  return (c, next) => {
    const own = larger.find(({ method, pattern }) => method === c.req.method && pattern.test(c.req.path))
    return (own?.limit ?? usual)(c, next)
  }
}
