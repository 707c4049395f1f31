import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { ask, codeOf, makeToken, tokenHolder } from '../../../test/token-holders.ts'
import { operationScopes } from '../../scopes.ts'

const { rolledBack } = testDatabase()

describe('scopes', () => {
  it('let a token do only what they name; whatever changes and is not named needs "manage"', () =>
    rolledBack(async (prepared) => {
      const { secret } = await tokenHolder(prepared, ['read'])
      expect((await ask(prepared, secret, '/api/v1/people')).status).toBe(200)
      const refused = await ask(prepared, secret, '/api/v1/cities', { method: 'POST', json: { slug: 'x', name: 'X', country: 'DE' } })
      expect(refused.status).toBe(403)
      expect(refused.headers.get('content-type')).toContain('application/problem+json')
      expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="manage"')
      expect(await refused.json()).toMatchObject({ code: 'TOKEN_SCOPE_MISSING', detail: 'This step needs a token with the scope manage.' })
    }))

  it('hold at every operation of the API, and for the head alone as for GET', { timeout: 60_000 }, () =>
    rolledBack(async (prepared) => {
      const holder = await tokenHolder(prepared, ['evidence'])
      const { token: reading } = await makeToken(holder, ['read'])
      const wrong: string[] = []
      for (const { method, path, operation } of prepared.app.api.routes) {
        const address = path.replaceAll(/\{\w+\}/g, randomUUID())
        const call = (secret: string, verb: string) =>
          ask(prepared, secret, address, { method: verb.toUpperCase(), json: verb === 'get' || verb === 'HEAD' ? undefined : {} })
        const needsOther = operationScopes[operation] !== 'evidence'
        if (needsOther && (await call(holder.secret, method)).status !== 403) wrong.push(`${operation} with evidence`)
        if (method === 'get' && needsOther && (await call(holder.secret, 'HEAD')).status !== 403)
          wrong.push(`${operation} HEAD with evidence`)
        if (method !== 'get' && operationScopes[operation] !== 'read' && (await call(reading, method)).status !== 403)
          wrong.push(`${operation} with read`)
      }
      expect(wrong).toEqual([])
    }),
  )

  it('name only operations that exist', () =>
    rolledBack(async ({ app }) => {
      const known = new Set(app.api.routes.map(({ operation }) => operation))
      expect(Object.keys(operationScopes).filter((name) => !known.has(name))).toEqual([])
    }))

  it('stand in the description of the API, at each operation', () =>
    rolledBack(async ({ app }) => {
      const document = (await (await app.request('/api/v1/openapi.json')).json()) as {
        components: { securitySchemes: Record<string, { type: string }> }
        paths: Record<string, Record<string, { operationId: string; security: Record<string, string[]>[] }>>
      }
      expect(document.components.securitySchemes).toMatchObject({
        cookie: { type: 'apiKey', in: 'cookie' },
        bearer: { type: 'http', scheme: 'bearer' },
      })
      const security = (path: string, method: string) => document.paths[path]![method]!.security
      expect(security('/api/v1/assessments/{assessmentId}/answers/{questionId}', 'put')).toEqual([{ cookie: [] }, { bearer: ['answers'] }])
      expect(security('/api/v1/cities', 'get')).toEqual([{}, { cookie: [] }, { bearer: ['read'] }])
      expect(security('/api/v1/account/password', 'post')).toEqual([{ cookie: [] }])
      const page = await (await app.request('/api', { headers: { 'accept-language': 'en' } })).text()
      expect(page).toContain('/account/tokens')
    }))
})

describe('what belongs to the person', () => {
  const own: readonly (readonly [string, string, string, unknown])[] = [
    ['list tokens', 'GET', '/api/v1/account/tokens', undefined],
    ['make tokens', 'POST', '/api/v1/account/tokens', { name: 'Another', scopes: ['manage'] }],
    ['revoke tokens', 'DELETE', `/api/v1/account/tokens/${randomUUID()}`, undefined],
    [
      'change the password',
      'POST',
      '/api/v1/account/password',
      { currentPassword: 'a long test password', newPassword: 'another long password' },
    ],
    ['begin a second step', 'POST', '/api/v1/account/two-factor', { password: 'a long test password' }],
    ['confirm a second step', 'POST', '/api/v1/account/two-factor/confirm', { code: '123456' }],
    ['end the second step', 'POST', '/api/v1/account/two-factor/stop', { password: 'a long test password' }],
    ['end a session', 'DELETE', `/api/v1/account/sessions/${randomUUID()}`, undefined],
    ['end other sessions', 'POST', '/api/v1/account/sessions/end-others', undefined],
    ['sign in', 'POST', '/api/v1/session', { email: 'a@example.org', password: 'a long test password' }],
    ['sign out', 'DELETE', '/api/v1/session', undefined],
    ['see the sessions', 'GET', '/api/v1/account', undefined],
    ['change name and language', 'PUT', '/api/v1/account', { name: 'X', language: 'de' }],
    ['ask for a new password', 'POST', '/api/v1/password-resets', { email: 'a@example.org' }],
    ['accept an invitation', 'POST', '/api/v1/invitations/unknown/accept', {}],
    ['connect another sign-in', 'POST', '/api/v1/account/organisation', {}],
    ['disconnect another sign-in', 'DELETE', '/api/v1/account/organisation', undefined],
  ]

  it.each(own)('a token with every scope cannot %s', (_, method, path, json) =>
    rolledBack(async (prepared) => {
      const { secret } = await tokenHolder(prepared)
      const response = await ask(prepared, secret, path, { method, json, headers: { 'idempotency-key': randomUUID() } })
      expect([response.status, await codeOf(response)]).toEqual([403, 'TOKEN_NEEDS_SESSION'])
    }),
  )
})
