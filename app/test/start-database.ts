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

/** TEST_DATABASE_ADMIN_URL: a superuser's connection to another PostgreSQL, to run the same tests there. */
async function connect(folder: string): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_ADMIN_URL
  if (url === undefined) {
    const embedded = await startEmbedded(folder)
    return { server: { admin: embedded.connection('postgres', 'postgres'), owner: embedded.connection('tessera_owner'), app: embedded.connection('tessera_app') }, stop: embedded.stop }
  }
  const parsed = new URL(url)
  const base = { host: parsed.searchParams.get('host') ?? parsed.hostname, port: Number(parsed.port || 5432) }
  const admin = { ...base, user: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password), database: 'postgres' }
  const client = new pg.Client(admin)
  await client.connect()
  for (const role of ['tessera_owner', 'tessera_app']) {
    await client.query(`drop role if exists ${role}_test`)
    await client.query(`create role ${role}_test login password 'test'`)
  }
  await client.end()
  const as = (role: string) => ({ ...base, user: `${role}_test`, password: 'test', database: 'postgres' })
  return { server: { admin, owner: as('tessera_owner'), app: as('tessera_app') }, stop: () => dropDatabases(admin) }
}

async function dropDatabases(admin: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'tessera\\_test\\_%'`)
  for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`)
  for (const role of ['tessera_app_test', 'tessera_owner_test']) await client.query(`drop role ${role}`)
  await client.end()
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
