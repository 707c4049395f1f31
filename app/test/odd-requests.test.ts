import { describe, expect, it } from 'vitest'
import type { RouteEntry } from '../src/web.ts'
import { testDatabase } from './database.ts'
import { plantNetwork } from './planted-network.ts'
import { addressOf, nameOf, routesOf, undone } from './route-calls.ts'
import { routeTable } from './route-table.ts'

// Every route of the product, asked for what no page of ours asks. A file of its own, so that it runs beside the table of routes.

const { rolledBack } = testDatabase()

describe('requests that no page sends', () => {
  it('never lead to an error of the server, whatever stands in address, form or body', { timeout: 900_000 }, () =>
    rolledBack(async (prepared) => {
      const planted = await plantNetwork(prepared)
      const wrong: string[] = []
      for (const route of routesOf(prepared))
        for (const [i, odd] of oddities.entries()) {
          const expectation = routeTable[nameOf(route)] ?? { who: [] }
          // somebody who gets past the door
          const viewer =
            (['coordinator', 'network', 'partner', 'approver'] as const).find((each) => expectation.who.includes(each)) ?? 'coordinator'
          // by turns an address that is nothing, and a real one with odd fields
          const path =
            i % 2 === 0 ? route.path.replaceAll(/:\w+|\{\w+\}/g, odd) : addressOf({ route, expectation, viewer, planted }).split('?')[0]!
          const response = await undone(prepared, () =>
            Promise.resolve(prepared.app.request(`${path}?${oddQuery(odd)}`, oddRequest(route, odd, planted.people[viewer].cookie))),
          )
          const text = await response.text()
          if (response.status >= 500 || (response.status >= 400 && /\.tsx?:\d+|(?<![</\w"-])select [^<>]+ from|syntax error/i.test(text)))
            wrong.push(`${nameOf(route)} as ${viewer} with ${odd.slice(0, 20)}: ${response.status}`)
        }
      expect(wrong).toEqual([])
    }),
  )
})

const oddities = ['nonsense', '0', '-1', '%00', '%27%3B--', '99999999999999999999', 'x'.repeat(300), '%F0%9F%8F%99', '..%2F..']

const queryNames = [
  'seconds',
  'q',
  'page',
  'cursor',
  'limit',
  'offset',
  'country',
  'city',
  'scheme',
  'copy',
  'cluster',
  'sample',
  'level',
  'next',
  'token',
  'lang',
  'saved',
  'done',
  'count',
]
const oddQuery = (odd: string): string => queryNames.map((name) => `${name}=${odd}`).join('&')

const fieldNames = [
  'version',
  'year',
  'value',
  'city',
  'choice',
  'email',
  'role',
  'personId',
  'code',
  'name',
  'closesOn',
  'closesTime',
  'explanation',
  'returnTo',
  '_key',
  'cities',
  'options',
  'closesAt',
  'password',
  'pasted',
  'keep',
  'action',
  'text',
  'mentions',
  'hour',
  'zone',
  'until',
  'lastWord',
]

function oddRequest({ method, path }: RouteEntry, encoded: string, cookie: string): RequestInit {
  const odd = decodeURIComponent(encoded)
  const isApi = path.startsWith('/api/')
  const fields = Object.fromEntries(fieldNames.map((name) => [name, odd]))
  const body =
    method === 'get' || method === 'delete'
      ? undefined
      : isApi
        ? JSON.stringify(encoded.length % 2 === 0 ? fields : odd)
        : new URLSearchParams(fields).toString()
  return {
    method: method.toUpperCase(),
    body,
    headers: {
      cookie,
      'content-type': isApi ? 'application/json' : 'application/x-www-form-urlencoded',
      'if-match': encoded,
      'idempotency-key': encoded,
    },
  }
}
