import { describe, expect, it, vi } from 'vitest'
import { addAccount, addCity, signedInBrowser } from '../test/accounts.ts'
import { testDatabase } from '../test/database.ts'
import { ask } from '../test/signed-in.ts'
import { createLog, describeError } from './log.ts'

const { rolledBack } = testDatabase()

/** Lines that a log writes. */
function listening(level: 'error' | 'info' | 'debug' = 'debug') {
  const lines: string[] = []
  return { lines, log: createLog(level, (line) => lines.push(line)) }
}

describe('the log', () => {
  it('writes one line of JSON with time and level, and leaves out what is less important than wanted', () => {
    const { lines, log } = listening('info')
    log('info', { route: '/', status: 200 })
    log('debug', { route: '/healthz' })
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toEqual({ time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), level: 'info', route: '/', status: 200 })
  })

  it('says of an error its name, its codes and its places, and nothing that somebody typed', () => {
    const cause = Object.assign(new Error('Key (email)=(CANARY@example.org) already exists\n    at CANARY home'), {
      code: '23505',
      constraint: 'people_email_unique',
      table: 'people',
    })
    const { error, stack } = describeError(new Error('Failed query: insert … params: CANARY', { cause }))
    expect(error).toBe('Error <- Error 23505 people people_email_unique')
    expect(stack).toContain('log.test.ts')
    expect(error + stack).not.toContain('CANARY')
  })

  it('keeps the message of a mistake of the program itself', () => {
    expect(describeError(new TypeError('x is not a function')).error).toBe('TypeError x is not a function')
  })
})

describe('the log of requests', () => {
  it('names the pattern of the route, method, status and time', async () => {
    await rolledBack(async (prepared) => {
      const { lines, log } = listening()
      prepared.services.log = log
      await addCity(prepared, 'a-city')
      await ask(prepared, '/cities/a-city')
      await ask(prepared, '/api/v1/cities/a-city')
      await ask(prepared, '/no/such/page')
      const seen = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
        ['GET', '/cities/:slug', 200],
        ['GET', '/api/v1/cities/:city', 200],
        ['GET', null, 404],
      ])
      for (const line of seen) {
        expect(Object.keys(line)).toEqual(['time', 'level', 'requestId', 'method', 'route', 'status', 'durationMs'])
        expect(line.durationMs).toBeTypeOf('number')
      }
    })
  })

  it('never holds what stands in a path, a query, a header, a form, a cookie or an e-mail address', async () => {
    const written: string[] = []
    const spies = (['stdout', 'stderr'] as const).map((name) =>
      vi.spyOn(process[name], 'write').mockImplementation((chunk) => (written.push(String(chunk)), true)),
    )
    const consoles = (['log', 'error', 'warn', 'info', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...words: unknown[]) => void written.push(words.map(String).join(' '))),
    )
    try {
      await rolledBack(async (prepared) => {
        prepared.services.log = createLog('debug')
        await addAccount(prepared, { email: 'canary.person@example.org', role: 'network-coordinator' })
        const browser = await signedInBrowser(prepared, 'canary.person@example.org')
        const headers = {
          'user-agent': 'CANARY',
          'x-forwarded-for': '203.0.113.77',
          referer: 'https://example.org/CANARY',
          'accept-language': 'CANARY',
        }
        await ask(prepared, '/cities/CANARY?search=CANARY', { headers })
        await ask(prepared, '/cities?search=CANARY&lang=CANARY', { headers })
        await ask(prepared, '/sign-in', { method: 'POST', form: { email: 'canary.other@example.org', password: 'CANARY' }, headers })
        await ask(prepared, '/api/v1/session', { method: 'POST', json: { email: 'CANARY', password: 'CANARY' }, headers })
        await browser.ask('/network/cities/new', { form: { name: 'CANARY', country: 'CANARY' } })
        await browser.ask('/network/people/invite', { form: { email: 'canary.third@example.org', role: 'CANARY' } })
        // a mistake nobody foresaw, with values in its message
        prepared.services.isSynthetic = () => Promise.reject(new Error('Failed query params: CANARY'))
        expect((await ask(prepared, '/api/v1/cities?search=CANARY', { headers })).status).toBe(500)
      })
    } finally {
      for (const spy of [...spies, ...consoles]) spy.mockRestore()
    }
    const text = written.join('')
    expect(text).toContain('"level":"error"')
    expect(text).toContain('/sign-in')
    expect(text).not.toMatch(/canary|203\.0\.113|example\.org/i)
  })
})

describe('the question whether all is well', () => {
  it('is answered with 200 while the database answers', async () => {
    await rolledBack(async (prepared) => {
      const response = await ask(prepared, '/healthz')
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({ status: 'ok', database: 'ok' })
    })
  })
})
