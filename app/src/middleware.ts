import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isHttps } from './config.ts'
import { AppError } from './errors.ts'
import { findSignedIn } from './features/accounts/identify.ts'
import { forwardCookies } from './features/accounts/visit.ts'
import type { Services } from './services.ts'
import { isLanguage, type Language } from './text/catalogue.ts'
import { translator } from './text/text.ts'
import type { Env, WebContext } from './web.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "manifest-src 'self'",
].join('; ')

/** The policy of a page that computes with the engine's WebAssembly kernel. */
export const allowWasm = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")

/** Security headers of every answer; pages of signed-in people are never stored by a cache. */
export function securityHeaders({ config }: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', policy)
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'same-origin')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    if (isHttps(config)) headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  }
}

/**
 * A form or script of another site may not act for the person: state changes need our own origin. An access token is sent by
 * nobody but its holder, so that requests with one need none.
 */
export function sameOriginOnly({ config }: Services): MiddlewareHandler<Env> {
  const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
  return async (c, next) => {
    if (!safe.has(c.req.method) && c.get('token') === null) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const own = config.publicUrl ?? `http://${c.req.header('host')}`
      const isOwn = origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : origin === new URL(own).origin
      if (!isOwn) throw new AppError('CSRF_REFUSED')
    }
    await next()
  }
}

function preferred(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase())
  return wanted.find(isLanguage) ?? 'en'
}

/** ?lang=de, then the language this browser remembers, the person's own, the browser's. */
function setLanguage(c: WebContext): void {
  const wanted = [c.req.query('lang'), getCookie(c, 'tessera-language'), c.get('person')?.language]
  const language = wanted.find(isLanguage) ?? preferred(c.req.header('accept-language'))
  c.set('language', language)
  c.set('t', translator(language))
}

/** What every request has from its first moment, so that also an early error is answered in the reader's language. */
export const begin: MiddlewareHandler<Env> = async (c, next) => {
  c.set('requestId', randomUUID())
  c.set('person', null)
  c.set('token', null)
  c.set('sessionId', null)
  c.set('sessionEndsAt', null)
  c.set('news', 0)
  setLanguage(c)
  await next()
}

/** Remembers what ?lang=de chooses, and takes the language of the person who is now known. */
export function chooseLanguage({ config }: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const asked = c.req.query('lang')
    if (isLanguage(asked) && asked !== getCookie(c, 'tessera-language'))
      setCookie(c, 'tessera-language', asked, {
        path: '/',
        maxAge: 365 * 24 * 3600,
        sameSite: 'Lax',
        httpOnly: true,
        secure: isHttps(config),
      })
    setLanguage(c)
    await next()
  }
}

/** Finds the person behind the session cookie. An ended session is ended at once: nothing is cached. */
export function identify(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.get('token') === null && c.req.header('cookie')?.includes('tessera-session')) {
      const signedIn = await findSignedIn(services, c.req.raw.headers)
      if (signedIn !== null) {
        c.set('sessionId', signedIn.sessionId)
        c.set('sessionEndsAt', signedIn.endsAt)
        c.set('person', signedIn.person)
        c.set('news', signedIn.news)
        forwardCookies(c, signedIn.headers)
      }
    }
    await next()
  }
}
