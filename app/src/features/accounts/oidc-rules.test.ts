import { describe, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
import { identityOf, isForClient } from './oidc.ts'

const env = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'us', OIDC_CLIENT_SECRET: 'secret', OIDC_NAME: 'City of Test' }

describe('rules of signing in with the organisation', () => {
  it('know a person by issuer and subject, and read the address only when it counts', () => {
    expect(identityOf({ sub: 'x', email: ' A@B.example ', email_verified: true, amr: ['pwd'] })).toEqual({
      subject: 'x',
      email: 'a@b.example',
      name: null,
      isMultiFactor: false,
    })
    expect(identityOf({ sub: 'x', email: 'a@b.example', email_verified: false })).toMatchObject({ email: null })
    expect(identityOf({ sub: 'x', email: 'a@b.example', amr: ['mfa'] })).toMatchObject({ email: 'a@b.example', isMultiFactor: true })
    expect(identityOf({ sub: 'x', amr: 'mfa' })).toMatchObject({ isMultiFactor: false })
  })

  it('accept several audiences only with us as the authorised party', () => {
    expect(isForClient({ aud: 'us' }, 'us')).toBe(true)
    expect(isForClient({ aud: ['us'] }, 'us')).toBe(true)
    expect(isForClient({ aud: ['us', 'them'] }, 'us')).toBe(false)
    expect(isForClient({ aud: ['us', 'them'], azp: 'us' }, 'us')).toBe(true)
    expect(isForClient({ aud: 'us', azp: 'them' }, 'us')).toBe(false)
  })

  it('start only with all three settings and https', () => {
    expect(readConfig({}).oidc).toBeNull()
    expect(readConfig(env).oidc).toMatchObject({ name: 'City of Test' })
    expect(readConfig({ ...env, OIDC_ISSUER: 'https://login.example.org/', OIDC_NAME: '' }).oidc).toMatchObject({
      issuer: 'https://login.example.org',
      name: 'login.example.org',
    })
    for (const wrong of [{ OIDC_CLIENT_SECRET: '' }, { OIDC_ISSUER: 'http://login.example.org' }, { OIDC_ISSUER: 'login' }])
      expect(() => readConfig({ ...env, ...wrong })).toThrow('SETTING_INVALID')
  })
})
