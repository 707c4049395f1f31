import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/db/embedded.ts'
import { grantToApp } from '../src/db/grants.ts'
import { migrationsFolder } from '../src/paths.ts'

export interface TestServer {
  /** Connections to the server as its superuser, the owner and the application; the database is chosen by each test file. */
  admin: pg.PoolConfig
  owner: pg.PoolConfig
  app: pg.PoolConfig
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}

/**
 * The files of a test run end with it, so the server need not wait until they would outlive a power cut. And a test is one transaction
 * of thousands of savepoints, each of which keeps a lock until the end: a server's requests are transactions of their own.
 */
const settings = ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off', 'max_locks_per_transaction = 1024']

async function adapt(admin: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  for (const setting of settings) await client.query(`alter system set ${setting}`)
  await client.end()
}

/** TEST_POSTGRES_PROGRAMS: folder of another PostgreSQL's programs, to run the same tests on it. */
async function connect(folder: string): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const start = () => startEmbedded(folder, process.env.TEST_POSTGRES_PROGRAMS)
  const before = await start()
  await adapt(before.connection('postgres', 'postgres'))
  await before.stop()
  const database = await start()
  const server = {
    admin: database.connection('postgres', 'postgres'),
    owner: database.connection('tessera_owner'),
    app: database.connection('tessera_app'),
  }
  return { server, stop: database.stop }
}

async function prepareTemplate({ admin, owner, app }: TestServer): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  await client.query(`create database tessera_test_template owner ${owner.user}`)
  await client.end()
  const pool = new pg.Pool({ ...owner, database: 'tessera_test_template', max: 1 })
  const db = drizzle(pool)
  await migrate(db, { migrationsFolder, migrationsSchema: 'public', migrationsTable: 'schema_migrations' })
  await grantToApp(db, app.user!)
  await pool.end()
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'))
  chmodSync(folder, 0o755)
  const { server, stop } = await connect(folder)
  await prepareTemplate(server)
  project.provide('testServer', server)
  return async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
