import { sql } from 'drizzle-orm'
import type { RouteEntry } from '../src/web.ts'
import type { Prepared } from './database.ts'
import { plantNetwork, type PlantedNetwork, type Viewer, viewers } from './planted-network.ts'
import { routeTable } from './route-table.ts'
import { type Expectation, parametersOf } from './route-tables/expectation.ts'

/** Whether a route changes anything. */
export const changes = (route: RouteEntry) => route.method !== 'get'
/** A route as the table names it. */
export const nameOf = ({ method, path }: RouteEntry) => `${method.toUpperCase()} ${path}`
export const routesOf = ({ app }: Prepared): RouteEntry[] => [...app.pages.routes, ...app.api.routes]

/** One route, as one viewer calls it. */
export interface Call {
  route: RouteEntry
  expectation: Expectation
  viewer: Viewer
  planted: PlantedNetwork
}

/** The address of a call, with the parameters of the table. */
export function addressOf({ route, expectation, viewer, planted }: Call): string {
  const values = { ...parametersOf(planted), ...expectation.params?.(planted, viewer) }
  const path = route.path.replaceAll(/:(\w+)|\{(\w+)\}/g, (_, a?: string, b?: string) => {
    const value = values[(a ?? b)!]
    if (value === undefined) throw new Error(`${nameOf(route)}: no value for ${a ?? b}`)
    return value
  })
  return expectation.query ? `${path}?${expectation.query(planted)}` : path
}

export interface Answered {
  status: number
  location: string
  headers: Headers
  text: string
  /** Status line, headers and body. */
  all: string
}

/** Undoes what a request did, so that the next one finds the same network. */
export async function undone<T>({ services: { db } }: Prepared, work: () => Promise<T>): Promise<T> {
  await db.execute(sql`savepoint request`)
  try {
    return await work()
  } finally {
    await db.execute(sql`rollback to savepoint request`)
  }
}

function requestOf({ route, expectation, viewer, planted }: Call): { body: string | undefined; headers: Record<string, string> } {
  const form = expectation.form && new URLSearchParams(expectation.form(planted)).toString()
  const json = expectation.json && JSON.stringify(expectation.json(planted))
  const type = form !== undefined ? 'application/x-www-form-urlencoded' : json !== undefined ? 'application/json' : undefined
  const headers = {
    'accept-language': 'en',
    ...(type && { 'content-type': type }),
    ...(viewer !== 'stranger' && { cookie: planted.people[viewer].cookie }),
    ...(typeof expectation.headers === 'function' ? expectation.headers(planted) : expectation.headers),
  }
  return { body: route.method === 'get' ? undefined : (form ?? json ?? expectation.text?.(planted)), headers }
}

/** Sends the request of the table and undoes what it did. */
export function send(
  prepared: Prepared,
  call: Call,
  { headers: extra = {}, query = '' }: { headers?: Record<string, string>; query?: string } = {},
): Promise<Answered> {
  return undone(prepared, async () => {
    const { body, headers } = requestOf(call)
    const address = addressOf(call)
    const response = await prepared.app.request(`${address}${query === '' ? '' : `${address.includes('?') ? '&' : '?'}${query}`}`, {
      method: call.route.method.toUpperCase(),
      body,
      headers: { ...headers, ...extra },
    })
    const text = await response.text()
    const all = [response.statusText, ...[...response.headers].map((pair) => pair.join(': ')), text].join('\n')
    return { status: response.status, location: response.headers.get('location') ?? '', headers: response.headers, text, all }
  })
}

/** Calls routes as everybody, one after the other. Routes without an expectation are left out: a test of its own finds them. */
export async function forEachCall(
  prepared: Prepared,
  routes: readonly RouteEntry[],
  work: (call: Call, answer: Answered) => void,
  { headers = {}, as = viewers }: { headers?: Record<string, string>; as?: readonly Viewer[] } = {},
): Promise<void> {
  const planted = await plantNetwork(prepared)
  for (const route of routes)
    for (const viewer of as) {
      const expectation = routeTable[nameOf(route)]
      if (expectation === undefined) continue
      const call = { route, expectation, viewer, planted }
      work(call, await send(prepared, call, { headers }))
    }
}
