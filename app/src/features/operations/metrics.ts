import type { Pool } from 'pg'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { AnsweredRequest } from '../../answered-requests.ts'
import type { RouteEntry } from '../../web.ts'

// Figures for a monitoring system, in the format of Prometheus. They name routes and numbers, never people or cities.

export interface Metrics {
  count(request: AnsweredRequest): void
  registry: Registry
}

/** Routes as the router calls them: the API writes {id} where the router has :id. */
const patternOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** How a request to save an answer ended: 412 = somebody else was quicker. */
export function saveOutcome(status: number): 'saved' | 'changed' | 'refused' | 'failed' {
  if (status < 400) return 'saved'
  if (status === 412) return 'changed'
  return status < 500 ? 'refused' : 'failed'
}

function watchPool(registry: Registry, pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>): void {
  const gauge = new Gauge({
    name: 'tessera_database_connections',
    help: 'Connections of this process to the database: in use, idle, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      gauge.set({ state: 'used' }, pool.totalCount - pool.idleCount)
      gauge.set({ state: 'idle' }, pool.idleCount)
      gauge.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}

/** @param routes every route of the product; those that save answers are counted by their outcome as well */
export function createMetrics(pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>, routes: readonly RouteEntry[]): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  watchPool(registry, pool)
  const labels = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'tessera_http_requests_total',
    help: 'Answered requests by route pattern and class of status',
    labelNames: labels,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'tessera_http_request_duration_seconds',
    help: 'Time until the answer begins',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10],
    registers: [registry],
  })
  const saves = new Counter({
    name: 'tessera_answer_saves_total',
    help: 'Requests to save an answer by outcome: saved, changed (somebody else was quicker), refused, failed',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const saving = new Set(
    routes.filter(({ operation }) => operation === 'saveAnswer').map(({ method, path }) => `${method.toUpperCase()} ${patternOf(path)}`),
  )
  const count = ({ method, route, status, durationMs }: AnsweredRequest) => {
    const known = route ?? 'none'
    requests.inc({ method, route: known, status: `${Math.floor(status / 100)}xx` })
    durations.observe({ method, route: known }, durationMs / 1_000)
    if (saving.has(`${method} ${known}`)) saves.inc({ outcome: saveOutcome(status) })
  }
  return { count, registry }
}
