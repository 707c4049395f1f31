import type { MiddlewareHandler } from 'hono'
import { AppError } from './errors.ts'
import { findBearer } from './features/tokens/usecases.ts'
import type { Services } from './services.ts'
import type { Env } from './web.ts'

const scheme = /^Bearer(?: +|$)/i // a token that is empty is one that does not work

/** The secret of `Authorization: Bearer …`; only the API knows tokens, pages do not. */
function bearerOf(path: string, header: string | undefined): string | null {
  return path.startsWith('/api/') && header !== undefined && scheme.test(header) ? header.replace(scheme, '').trim() : null
}

/**
 * Finds the person behind an access token. Whoever sends one is known by it alone: a session cookie beside it counts for
 * nothing. A token that does not work is refused later, after it has been counted.
 */
export function identifyByToken(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const secret = bearerOf(c.req.path, c.req.header('authorization'))
    if (secret !== null) {
      const found = await findBearer(services, secret)
      c.set('token', found?.token ?? 'refused')
      c.set('person', found?.person ?? null)
    }
    await next()
  }
}

/** One answer for unknown, expired and revoked tokens, so that trying tells nothing. */
export const refuseBadToken: MiddlewareHandler<Env> = async (c, next) => {
  if (c.get('token') === 'refused') {
    c.header('WWW-Authenticate', 'Bearer error="invalid_token"')
    throw new AppError('TOKEN_REFUSED')
  }
  await next()
}
