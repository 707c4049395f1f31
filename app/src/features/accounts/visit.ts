import { getConnInfo } from '@hono/node-server/conninfo'
import type { Config } from '../../config.ts'
import type { WebContext } from '../../web.ts'
import { addressHeader } from './auth.ts'

/** The request as sign-in sees it. */
export interface Visit {
  /** Headers of the request for better-auth: cookies, browser, network address. */
  headers: Headers
  /** Network address of the caller; empty when unknown. */
  address: string
  /** Session that this browser has now. */
  sessionId: string | null
}

const privateAddress = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^(::1$|f[cd])/i

/**
 * The caller's network address. Behind a proxy of our own network, and only where PUBLIC_URL says that there is one, it is
 * the last address that the proxy has written into X-Forwarded-For.
 */
export function callerAddress(peer: string, forwardedFor: string | undefined, config: Pick<Config, 'publicUrl'>): string {
  const forwarded = forwardedFor?.split(',').at(-1)?.trim()
  return config.publicUrl !== null && forwarded && privateAddress.test(peer) ? forwarded : peer
}

function peerOf(c: WebContext): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return '' // called without a network, as tests do
  }
}

export function visitOf(c: WebContext, config: Config): Visit {
  const address = callerAddress(peerOf(c), c.req.header('x-forwarded-for'), config)
  const headers = new Headers(c.req.raw.headers)
  headers.set(addressHeader, address)
  return { headers, address, sessionId: c.get('sessionId') }
}

/** Hands the cookies that better-auth sets on to the browser. */
export function forwardCookies(c: WebContext, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
}
