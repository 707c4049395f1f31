import { describe, expect, it } from 'vitest'
import { scopeOf } from '../../scopes.ts'
import { daysFrom, endOfDay, hourOf, isLifetimeAllowed, tokenState } from './token.ts'
import { hashSecret, newSecret } from './token-secret.ts'

const now = new Date('2026-03-10T14:35:12Z')

describe('an access token', () => {
  it('is active until it expires or is revoked', () => {
    const later = daysFrom(now, 1)
    expect(tokenState({ expiresAt: later, revokedAt: null }, now)).toBe('active')
    expect(tokenState({ expiresAt: now, revokedAt: null }, now)).toBe('expired')
    expect(tokenState({ expiresAt: later, revokedAt: now }, now)).toBe('revoked')
  })

  it('ends within a year, and not before now', () => {
    expect(isLifetimeAllowed(daysFrom(now, 365), now)).toBe(true)
    expect(isLifetimeAllowed(daysFrom(now, 367), now)).toBe(false)
    expect(isLifetimeAllowed(now, now)).toBe(false)
    expect(isLifetimeAllowed(daysFrom(now, -1), now)).toBe(false)
  })

  it('ends with the last second of the day that was named', () => {
    expect(endOfDay('2026-02-28')?.getHours()).toBe(23)
    for (const nonsense of ['', '2026-02-30', '28.02.2026', 'soon', '2026-13-01']) expect(endOfDay(nonsense), nonsense).toBeNull()
  })

  it('remembers its last use to the hour only', () => {
    expect(hourOf(now).toISOString()).toBe('2026-03-10T14:00:00.000Z')
  })

  it('has a secret of 32 random bytes behind a prefix, of which only a hash is kept', () => {
    const secret = newSecret()
    expect(secret).toMatch(/^tessera_[\w-]{43}$/)
    expect(newSecret()).not.toBe(secret)
    expect(hashSecret(secret)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('what an operation needs of a token', () => {
  const path = '/api/v1/things/{id}'

  it('is the scope for reading when it reads, and for managing when nobody has said anything else', () => {
    expect(scopeOf({ method: 'get', path, operation: 'getThing' })).toBe('read')
    for (const method of ['post', 'put', 'patch', 'delete'] as const)
      expect(scopeOf({ method, path, operation: 'newThing' })).toBe('manage')
    expect(scopeOf({ method: 'post', path })).toBe('manage')
    expect(scopeOf({ method: 'put', path, operation: 'saveAnswer' })).toBe('answers')
  })

  it('is the person themselves for everything about the account, whatever it is called', () => {
    for (const own of ['/api/v1/account', '/api/v1/account/anything/new', '/api/v1/session', '/api/v1/invitations/{token}/accept'])
      for (const method of ['get', 'post', 'put', 'delete'] as const)
        expect(scopeOf({ method, path: own, operation: 'x' }), own).toBe('session')
    expect(scopeOf({ method: 'post', path: '/api/v1/accounts-of-others', operation: 'x' })).toBe('manage')
    expect(scopeOf({ method: 'get', path: '/api/v1/session', operation: 'getSession' })).toBe('read')
  })
})
