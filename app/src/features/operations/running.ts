import type { Pool } from 'pg'
import type { App } from '../../app.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { logFailure } from '../../log.ts'
import type { Services } from '../../services.ts'
import { appendAnchor } from '../audit/anchor.ts'
import { getHead } from '../audit/queries.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'

const hour = 3_600_000 // ms

/** Writes down outside of the database how far the chain of events has come. */
async function anchor({ db, config, now }: Services): Promise<void> {
  try {
    const head = await inContext(db, systemContext, getHead)
    if (head.seq > 0) appendAnchor(config.dataDir, { at: now().toISOString(), ...head })
  } catch (error) {
    logFailure('audit anchor', error)
  }
}

/** What runs beside the product for whoever operates it: figures on their own port, an anchor of the audit chain every hour. */
export async function startOperations(services: Services, pool: Pool, { pages, api }: App): Promise<() => Promise<void>> {
  await anchor(services)
  const timer = setInterval(() => void anchor(services), hour)
  timer.unref()
  let close = async () => {}
  if (services.config.metrics !== null) {
    const metrics = createMetrics(pool, [...pages.routes, ...api.routes])
    services.onAnswered = metrics.count
    close = (await serveMetrics(metrics, services.config.metrics)).close
  }
  return async () => {
    clearInterval(timer)
    await close()
    await anchor(services)
  }
}
