import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { type Config, isHttps } from '../../config.ts'
import type { WebContext } from '../../web.ts'
import { flowMs } from './oidc.ts'

/** The browser keeps what it has begun until the provider sends it back: by a link from another site, so SameSite is Lax. */
const nameOf = (config: Config): string => `${isHttps(config) ? '__Host-' : ''}tessera-organisation`

const options = (config: Config) => ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isHttps(config) }) as const

export function keepFlow(c: WebContext, config: Config, sealed: string): void {
  setCookie(c, nameOf(config), sealed, { ...options(config), maxAge: flowMs / 1000 })
}

/** Reads what was begun, once. */
export function takeFlow(c: WebContext, config: Config): string | undefined {
  const sealed = getCookie(c, nameOf(config))
  deleteCookie(c, nameOf(config), options(config))
  return sealed
}

/** Where the provider sends the browser back to; it has to be registered there. */
export const callbackPath = '/sign-in/organisation/callback'

export const callbackAddress = (c: WebContext, config: Config): string => (config.publicUrl ?? new URL(c.req.url).origin) + callbackPath
