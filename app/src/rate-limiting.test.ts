import { describe, expect, it } from 'vitest'
import { addPerson, signIn } from '../test/signed-in.ts'
import { type Prepared, testDatabase } from '../test/database.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'

const { rolledBack } = testDatabase({ RATE_LIMIT: '5', RATE_LIMIT_ADDRESS: '3', RATE_LIMIT_COSTLY: '2', PUBLIC_URL: 'http://localhost' })

/** Node's server hands the socket over; here it says where a request comes from. */
const from = ({ app }: Prepared, address: string, path: string, init: RequestInit = {}) =>
  Promise.resolve(
    app.fetch(new Request(`http://localhost${path}`, { headers: { 'accept-language': 'en' }, ...init }), {
      incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } },
    }),
  )

describe('rate limits', () => {
  it('count people, and answer too many with the time to wait', () => {
    let now = new Date('2026-03-01T12:00:00Z')
    return rolledBack(
      async (prepared) => {
        const { ask } = await signIn(prepared, await addPerson(prepared, 'reviewer'))
        const first = await ask('/api/v1/session')
        expect([first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual(['"person";q=5;w=60', '"person";r=4;t=12'])
        for (let i = 0; i < 4; i++) expect((await ask('/api/v1/session')).status).toBe(200)
        const refused = await ask('/api/v1/session')
        expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('ratelimit')]).toEqual([
          429,
          '12',
          '"person";r=0;t=12',
        ])
        expect(refused.headers.get('content-type')).toContain('application/problem+json')
        expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', now: 'Wait 12 seconds and try again. Nothing is lost.' })
        const page = await ask('/account')
        expect([page.status, page.headers.get('retry-after')]).toEqual([429, '12'])
        expect(await page.text()).toContain('Too many requests')

        const other = await signIn(prepared, await addPerson(prepared, 'reviewer'))
        expect((await other.ask('/api/v1/session')).status).toBe(200)
        now = new Date(now.getTime() + 12_000)
        expect((await ask('/api/v1/session')).status).toBe(200)
      },
      () => now,
    )
  })

  it('count strangers by network address, but neither files of the pages nor the sign of life', () =>
    rolledBack(async (prepared) => {
      const statuses = async (address: string, path = '/icon.svg', times = 4) => {
        const found = []
        for (let i = 0; i < times; i++) found.push((await from(prepared, address, path)).status)
        return found
      }
      expect(await statuses('203.0.113.1')).toEqual([200, 200, 200, 429])
      expect(await statuses('203.0.113.2')).toEqual([200, 200, 200, 429])
      expect(await statuses('203.0.113.3', '/healthz', 9)).toEqual(Array(9).fill(200))
      expect(await statuses('203.0.113.4', '/assets/nothing.css', 9)).toEqual(Array(9).fill(404))
      expect(await statuses('2001:db8::1', '/icon.svg', 3)).toEqual([200, 200, 200])
      expect(await statuses('2001:db8::2', '/icon.svg', 1)).toEqual([429])
    }))

  it('do not believe an address that a stranger writes themselves', () =>
    rolledBack(async (prepared) => {
      const statuses = []
      for (let i = 0; i < 4; i++)
        statuses.push((await from(prepared, '203.0.113.9', '/icon.svg', { headers: { 'x-forwarded-for': `10.9.9.${i}` } })).status)
      expect(statuses).toEqual([200, 200, 200, 429])
    }))

  it('count tokens that do not work as strangers, so that guessing comes to a stop', () =>
    rolledBack(async (prepared) => {
      const statuses = []
      for (let i = 0; i < 4; i++)
        statuses.push(
          (await from(prepared, '203.0.113.10', '/api/v1/cities', { headers: { authorization: `Bearer tessera_${i}` } })).status,
        )
      expect(statuses).toEqual([401, 401, 401, 429])
    }))

  it('are narrower for files and computations', () =>
    rolledBack(async (prepared) => {
      const { ask } = await signIn(prepared, await addPerson(prepared, 'reviewer'))
      const statuses = []
      for (let i = 0; i < 3; i++) statuses.push((await ask('/method/weights.csv')).status)
      expect(statuses).toEqual([404, 404, 429])
      const refused = await ask('/method/weights.csv')
      expect(refused.headers.get('ratelimit-policy')).toBe('"costly";q=2;w=60')
    }))

  it('can be switched off', () =>
    rolledBack(async (prepared) => {
      const app = createApp({ ...prepared.services, config: { ...prepared.services.config, rateLimits: null } })
      for (let i = 0; i < 9; i++) {
        const response = await from({ ...prepared, app }, '203.0.113.11', '/icon.svg')
        expect([response.status, response.headers.get('ratelimit')]).toEqual([200, null])
      }
    }))

  it('are generous unless they are set, and whole numbers', () => {
    expect(readConfig({}).rateLimits).toEqual({ person: 600, address: 300, costly: 30 })
    expect(readConfig({ RATE_LIMIT: '0' }).rateLimits).toBeNull()
    for (const wrong of [{ RATE_LIMIT: 'many' }, { RATE_LIMIT_COSTLY: '0' }, { RATE_LIMIT_ADDRESS: '1.5' }])
      expect(() => readConfig(wrong)).toThrow('SETTING_INVALID')
  })
})
