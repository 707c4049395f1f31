import type { Pool } from 'pg'
import type { App } from '../../app.ts'
import { inContext, systemContext } from '../../db/context.ts'
import { logFailure } from '../../log.ts'
import type { Services } from '../../services.ts'
import { appendAnchor } from '../audit/anchor.ts'
import { getHead, isDecisiveAfter } from '../audit/queries.ts'
import { createMetrics } from './metrics.ts'
import { serveMetrics } from './metrics-server.ts'

const hour = 3_600_000 // ms
const minute = 60_000 // ms

/** Writes down outside of the database how far the chain of events has come: at once, every hour, and a minute after decisive events. */
export class AnchorKeeper {
  private written = { seq: 0, at: 0 }
  private readonly services: Pick<Services, 'db' | 'config' | 'now'>

  constructor(services: Pick<Services, 'db' | 'config' | 'now'>) {
    this.services = services
  }

  async write(): Promise<void> {
    const { db, config, now } = this.services
    const head = await inContext(db, systemContext, getHead)
    if (head.seq > 0) appendAnchor(config.dataDir, { at: now().toISOString(), ...head })
    this.written = { seq: head.seq, at: now().getTime() }
  }

  async writeIfDue(): Promise<void> {
    const { db, now } = this.services
    const isOld = now().getTime() - this.written.at >= hour
    if (isOld || (await inContext(db, systemContext, (tx) => isDecisiveAfter(tx, this.written.seq)))) await this.write()
  }
}

const logged = (work: Promise<void>): Promise<void> => work.catch((error: Error) => logFailure('audit anchor', error))

/** What runs beside the product for whoever operates it: figures on their own port, the head of the audit chain in a file. */
export async function startOperations(services: Services, pool: Pool, { pages, api }: App): Promise<() => Promise<void>> {
  const keeper = new AnchorKeeper(services)
  await logged(keeper.write())
  const timer = setInterval(() => void logged(keeper.writeIfDue()), minute)
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
    await logged(keeper.write())
  }
}
