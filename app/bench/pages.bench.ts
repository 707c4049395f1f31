import { fork } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { prepareScoring, scoreSheet } from '@tessera/engine'
import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import pg from 'pg'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { demoAccounts } from '../src/features/demo/accounts.ts'
import type { DemoNetwork } from '../src/features/demo/network.ts'
import { toEngineAnswers } from '../src/features/assessments/answer.ts'
import { defaultScheme, questionsOf } from '../src/features/instrument/instrument.ts'
import { openServices } from '../src/open-services.ts'
import type { Services } from '../src/services.ts'
import { type LoadOrder, type LoadReport, runLoad } from './load.ts'
import { fillNetwork } from './network.ts'

// Measures saving an answer, the area page, the result page and the comparison of all cities with a small and a large network:
// requests per second, latencies, the server's own processor time for a request (without the database), number of queries, size uncompressed, and the ratio to a bare route of the same server with
// the same number of queries.

const seconds = Number(process.env.BENCH_SECONDS ?? 5)
const connections = Number(process.env.BENCH_CONNECTIONS ?? 8)
const sizes = (process.env.BENCH_CITIES ?? '142,5000').split(',').map(Number)

let queries = 0
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  queries++
  return query.apply(this, args)
} as typeof pg.Client.prototype.query

/** Begin, so many plain queries, commit; nothing else. */
function bareRoute({ db }: Services): Hono {
  const app = new Hono()
  app.get('/bare/:queries', async (c) => {
    await db.transaction(async (tx) => {
      for (let i = 2; i < Number(c.req.param('queries')); i++) await tx.execute(sql`select 1`)
    })
    return c.text('done')
  })
  return app
}

async function listen(services: Services): Promise<{ base: string; close: () => void }> {
  const app = bareRoute(services)
  app.all('*', (c) => createdApp.fetch(c.req.raw))
  const createdApp = createApp(services)
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address: AddressInfo) =>
      resolve({ base: `http://127.0.0.1:${address.port}`, close: () => server.close() }),
    )
  })
}

function inClient(order: LoadOrder): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const client = fork(process.argv[1]!, ['client'])
    client.on('message', (report) => resolve(report as LoadReport))
    client.on('error', reject)
    client.send(order)
  })
}

async function signIn(base: string): Promise<string> {
  const { email, password } = demoAccounts[0]!
  const response = await fetch(`${base}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: base, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password }).toString(),
  })
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  if (!cookie.includes('session')) throw new Error(`Signing in failed: ${response.status}`)
  return cookie
}

/** Cities that have a result in an earlier wave. */
const pickFive = ({ assessments }: DemoNetwork): string[] => [...new Set(assessments.map(({ city }) => city.slug))].slice(0, 5)

/** Queries of one request, transaction commands included. */
async function countQueries(base: string, order: LoadOrder, body?: string): Promise<{ queries: number; bytes: number }> {
  const put = order.puts?.[0]
  const before = queries
  const response = await fetch(new URL(put?.path ?? order.url, base), {
    method: order.method,
    headers: { ...order.headers, ...(put && { 'if-match': `"${put.version}"`, 'content-type': 'application/json' }) },
    body,
  })
  const { byteLength } = await response.arrayBuffer()
  if (!response.ok) throw new Error(`${order.url}: ${response.status}`)
  return { queries: queries - before, bytes: byteLength }
}

/** Saving what is stored already writes nothing, so both answers are tried. */
async function mostQueries(base: string, order: LoadOrder, assessmentId: string): Promise<{ queries: number; bytes: number }> {
  let most = { queries: 0, bytes: 0 }
  for (const body of order.puts?.[0]?.bodies ?? [undefined]) {
    const counted = await countQueries(base, await refreshVersions(base, order, assessmentId), body)
    if (counted.queries > most.queries) most = counted
  }
  return most
}

/** One question for each connection, with two answers to change between. */
function puts({ assessments }: DemoNetwork, assessmentId: string, services: Services): LoadOrder['puts'] {
  const known = new Map(assessments.find(({ id }) => id === assessmentId)!.versions.map(({ questionId, version }) => [questionId, version]))
  return questionsOf(services.instruments.current)
    .filter(({ type }) => type === 'single')
    .slice(0, connections)
    .map(({ id, options }) => ({
      path: `/api/v1/assessments/${assessmentId}/answers/${id}`,
      version: known.get(id) ?? 0,
      bodies: [JSON.stringify({ options: [options[0]!.id] }), JSON.stringify({ options: [options[1]!.id] })],
    }))
}

/** The present versions, after a first request may have changed one. */
async function refreshVersions(base: string, order: LoadOrder, assessmentId: string): Promise<LoadOrder> {
  if (order.puts === undefined) return order
  const { answers } = (await (await fetch(`${base}/api/v1/assessments/${assessmentId}/answers`, { headers: order.headers })).json()) as {
    answers: { questionId: string; version: number }[]
  }
  return {
    ...order,
    puts: order.puts.map((put) => ({
      ...put,
      version: answers.find(({ questionId }) => put.path.endsWith(`/${questionId}`))?.version ?? 0,
    })),
  }
}

async function measureNetwork(size: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tessera-bench-'))
  chmodSync(dataDir, 0o755) // else the database of root would lie elsewhere and stay behind
  const { services, close } = await openServices(
    readConfig({ DATA_DIR: dataDir, RATE_LIMIT: '0', LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' }),
  )
  try {
    const filled = performance.now()
    const network = await fillNetwork(services, size)
    console.log(`\n${size} cities, filled in ${((performance.now() - filled) / 1000).toFixed(1)} s`)
    const server = await listen(services)
    const { base } = server
    const cookie = await signIn(base)
    const own = network.assessments.find(({ city, wave }) => city.stage === 'half-answered' && wave === network.waves[2])!
    const order = (path: string): LoadOrder => ({
      url: `${base}${path}`,
      method: 'GET',
      headers: { cookie, 'accept-language': 'en' },
      connections,
      seconds,
    })
    const orders: [string, LoadOrder][] = [
      ['save one answer', { ...order('/'), method: 'PUT', puts: puts(network, own.id, services) }],
      ['area page', order(`/assessments/${own.id}/areas/commitment`)],
      ['result page', order(`/assessments/${own.id}/results`)],
      ['all cities', order('/compare')],
      ['all, searched', order('/compare?q=ba&country=DE')],
      ['all, by an area', order('/compare?level=dimension:language&sort=level&page=2')],
      ['five cities', order(`/compare/cities?pick=${pickFive(network).join(',')}`)],
      ['by country', order('/compare/aggregates')],
      ['by region', order('/compare/aggregates?by=region')],
      ['whole network', order('/compare/aggregates?by=network')],
      ['map', order('/compare/map')],
      ['all as CSV', order('/compare.csv')],
      ['map as PNG', order('/compare/map.png')],
    ]
    for (const [name, wanted] of orders) await measureRoute(base, name, wanted, own.id)
    server.close()
  } finally {
    await close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measureRoute(base: string, name: string, order: LoadOrder, assessmentId: string): Promise<void> {
  await inClient({ ...(await refreshVersions(base, order, assessmentId)), seconds: 1 }) // warm
  const { queries: count, bytes } = await mostQueries(base, order, assessmentId)
  const refreshed = await refreshVersions(base, order, assessmentId)
  const before = process.cpuUsage()
  const report = await inClient(refreshed)
  const { user, system } = process.cpuUsage(before)
  const bareOrder: LoadOrder = { url: `${base}/bare/${count}`, method: 'GET', headers: {}, connections, seconds }
  await inClient({ ...bareOrder, seconds: 1 })
  const bare = await inClient(bareOrder)
  const columns = [
    name.padEnd(16),
    `${report.requestsPerSecond.toFixed(0)}/s`.padStart(8),
    `p50 ${report.p50Ms.toFixed(1)} ms`.padStart(13),
    `p95 ${report.p95Ms.toFixed(1)} ms`.padStart(13),
    `cpu ${((user + system) / 1000 / report.requests).toFixed(1)} ms`.padStart(12),
    `${count} queries`.padStart(11),
    `${(bytes / 1000).toFixed(1)} kB`.padStart(9),
    `bare ${bare.requestsPerSecond.toFixed(0)}/s`.padStart(12),
    `ratio ${(bare.requestsPerSecond / report.requestsPerSecond).toFixed(2)}`.padStart(11),
  ]
  console.log(`${columns.join('  ')}${report.failures > 0 ? `  ${report.failures} FAILED` : ''}`)
}

/** Scores of 142 sheets with 86 questions each, exactly. */
async function measureScoring(): Promise<void> {
  const { loadInstrument } = await import('../src/features/instrument/load.ts')
  const { instrumentFolder } = await import('../src/paths.ts')
  const { inventNetwork } = await import('../src/features/demo/network.ts')
  const instrument = loadInstrument(instrumentFolder)
  const sheets = inventNetwork(1, instrument, new Date())
    .assessments.filter(({ submittedAt }) => submittedAt !== null)
    .slice(0, 142)
    .map(({ versions }) => toEngineAnswers(versions, new Map()))
  const plan = prepareScoring(instrument, defaultScheme(instrument))
  for (let round = 1; round <= 3; round++) {
    const started = performance.now()
    for (const sheet of sheets) scoreSheet(plan, sheet)
    console.log(
      `scoring ${sheets.length} x ${questionsOf(instrument).length}, round ${round}: ${(performance.now() - started).toFixed(0)} ms`,
    )
  }
}

if (process.argv[2] === 'client') {
  process.once('message', async (order: LoadOrder) => {
    process.send!(await runLoad(order))
    process.disconnect()
  })
} else {
  console.log(`${availableParallelism()} processors, Node ${process.version}, ${connections} connections, ${seconds} s each`)
  await measureScoring()
  for (const size of sizes) await measureNetwork(size)
  process.exit(0)
}
