import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type App, createApp } from '../src/app.ts'
import { type Config, readConfig } from '../src/config.ts'
import { inContext, systemContext } from '../src/db/context.ts'
import { createAuth } from '../src/features/accounts/auth.ts'
import { resetPasswordMail } from '../src/features/accounts/mails.ts'
import { OidcProvider } from '../src/features/accounts/oidc-provider.ts'
import { ResultStore } from '../src/features/benchmark/store.ts'
import { UploadDesk } from '../src/features/evidence/upload-desk.ts'
import type { Instrument } from '../src/features/instrument/instrument.ts'
import { loadInstrument } from '../src/features/instrument/load.ts'
import { InstrumentStore } from '../src/features/instrument/store.ts'
import { createLog } from '../src/log.ts'
import { LiveHub } from '../src/live.ts'
import { createMailer } from '../src/mailer.ts'
import { instrumentFolder } from '../src/paths.ts'
import type { Services } from '../src/services.ts'

export interface Prepared {
  /** Services around the test's transaction; `services.db` sees what the application's role may see. */
  services: Services
  app: App
}

/**
 * One database for the test file, a copy of the migrated template. `rolledBack` runs a test in a transaction of the
 * application's role and undoes everything.
 */
export function testDatabase(env: Record<string, string> = {}) {
  const name = `tessera_test_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  const server = inject('testServer')
  const dataDir = mkdtempSync(join(tmpdir(), 'tessera-data-'))
  const config = readConfig({ DATA_DIR: dataDir, RATE_LIMIT: '0', ...env })
  let pool: pg.Pool
  let ownerPool: pg.Pool

  beforeAll(async () => {
    await asAdmin(server.admin, `create database ${name} template tessera_test_template owner ${server.owner.user}`)
    pool = new pg.Pool({ ...server.app, database: name, max: 4, pipeline: true })
    ownerPool = new pg.Pool({ ...server.owner, database: name, max: 2 })
    for (const each of [pool, ownerPool]) {
      // a connection that is still closing when the database is dropped
      each.on('error', () => {})
      each.on('connect', (client) => client.on('error', () => {}))
    }
  })
  afterAll(async () => {
    await pool.end()
    await ownerPool.end()
    await asAdmin(server.admin, `drop database ${name} with (force)`)
    rmSync(dataDir, { recursive: true, force: true })
  })

  const rollback = new Error('rolled back')
  async function rolledBack(work: (prepared: Prepared) => Promise<void>, now: () => Date = () => new Date()): Promise<void> {
    await drizzle(pool)
      .transaction(async (tx) => {
        const live = new LiveHub({ ...server.app, database: name })
        const services = await servicesAround(tx as unknown as NodePgDatabase, { config, now, live })
        await work({ services, app: createApp(services) })
        throw rollback
      })
      .catch((error: unknown) => {
        if (error !== rollback) throw error
      })
  }
  /** Runs `work` for good: what it writes stays until the file ends. */
  async function kept(work: (prepared: Prepared) => Promise<void>, now: () => Date = () => new Date()): Promise<void> {
    const services = await servicesAround(drizzle(pool), { config, now, live: new LiveHub({ ...server.app, database: name }) })
    await work({ services, app: createApp(services) })
  }
  return { rolledBack, kept, config, dataDir, owner: () => drizzle(ownerPool), pool: () => pool }
}

async function asAdmin(connection: pg.PoolConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(`select pg_advisory_lock(7212002)`) // a template may be copied by one session at a time
  await client.query(statement)
  await client.end()
}

let shipped: Instrument | undefined

/** The shipped instrument, read once as a server reads it once: that takes a quarter of a second. */
const shippedInstrument = (): Instrument => (shipped ??= loadInstrument(instrumentFolder))

interface Around {
  config: Config
  now: () => Date
  live: LiveHub
}

async function servicesAround(db: NodePgDatabase, { config, now, live }: Around): Promise<Services> {
  const secrets = { signIn: 'a secret of tests, long enough to be one' }
  const mailer = createMailer(config)
  const instruments = new InstrumentStore()
  const services: Services = {
    config,
    secrets,
    db,
    mailer,
    instruments,
    now,
    log: createLog('error'),
    auth: createAuth(db, config, secrets, { resetPassword: (person, token) => mailer.send(resetPasswordMail(config, person, token)) }),
    oidc: config.oidc === null ? null : new OidcProvider(config.oidc, now),
    results: new ResultStore(),
    uploads: new UploadDesk(),
    live,
    ownerConnection: null,
    isSynthetic: async () => false,
    asset: (source) => `/assets/${source}`,
  }
  await inContext(db, systemContext, (tx) => instruments.register(tx, shippedInstrument()))
  return services
}
