import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { startEmbedded } from './embedded.ts'
import { grantToApp } from './grants.ts'
import { isHeldByAnother } from './lock.ts'

/** The database, or a transaction in it: what every query takes as its first parameter. */
export type Db = Pick<
  NodePgDatabase,
  'select' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction' | 'with' | 'selectDistinct' | 'selectDistinctOn' | '$count'
>

export interface OpenDatabase {
  db: NodePgDatabase
  pool: pg.Pool
  /** Connection of the application; for the one that listens to notifications. */
  appConnection: pg.ClientConfig
  /** Connection of the owner; for migrations and for removing the demonstration only. */
  ownerConnection: pg.PoolConfig | null
  close(): Promise<void>
}

const poolSize = 16

/** Brings the schema up to date as its owner, one starter at a time, and grants the app role what it needs. */
async function migrateAsOwner(connection: pg.PoolConfig, appRole: string, migrationsFolder: string): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 1 })
  try {
    const owner = drizzle(pool)
    await owner.execute('select pg_advisory_lock(7212001)')
    await migrate(owner, { migrationsFolder, migrationsSchema: 'public', migrationsTable: 'schema_migrations' })
    await grantToApp(owner, appRole)
  } finally {
    await pool.end()
  }
}

interface Role {
  name: string
  isPrivileged: boolean
  canCreate: boolean
}

async function readRole(connection: pg.PoolConfig): Promise<Role> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string; privileged: boolean; create: boolean }>(
      `select rolname as name, rolsuper or rolbypassrls as privileged, has_schema_privilege('public', 'create') as create from pg_roles where rolname = current_user`,
    )
    return { name: rows[0]!.name, isPrivileged: rows[0]!.privileged, canCreate: rows[0]!.create }
  } catch (error) {
    throw new AppError('DATABASE_UNAVAILABLE', { reason: (error as Error).message })
  } finally {
    await client.end().catch(() => {})
  }
}

/** A server of the operator's: DATABASE_URL is the application's role, DATABASE_MIGRATION_URL the owner's. */
async function openServer(config: Config, migrationsFolder: string) {
  const app: pg.PoolConfig = { connectionString: config.databaseUrl! }
  const role = await readRole(app)
  if (role.isPrivileged || (role.canCreate && !config.databaseMigrationUrl))
    throw new AppError('DATABASE_SETTINGS', {
      reason: `DATABASE_URL signs in as "${role.name}", which ${role.isPrivileged ? 'is a superuser or bypasses row-level security' : 'may create tables'}; it must be a plain role, and DATABASE_MIGRATION_URL the owner's`,
    })
  const owner = config.databaseMigrationUrl ? { connectionString: config.databaseMigrationUrl } : null
  if (owner) await migrateAsOwner(owner, role.name, migrationsFolder)
  return { app, owner, stop: async () => {} }
}

async function openEmbedded(config: Config, migrationsFolder: string) {
  const embedded = await startEmbedded(config.dataDir)
  const owner = embedded.connection('tessera_owner')
  await migrateAsOwner(owner, 'tessera_app', migrationsFolder)
  return {
    app: embedded.connection('tessera_app'),
    owner,
    stop: async () => void (isHeldByAnother(config.dataDir) || (await embedded.stop())),
  }
}

/** Starts or reaches the database, migrates it and opens the application's pool. */
export async function openDatabase(config: Config, migrationsFolder: string): Promise<OpenDatabase> {
  const { app, owner, stop } = config.databaseUrl
    ? await openServer(config, migrationsFolder)
    : await openEmbedded(config, migrationsFolder)
  const pool = new pg.Pool({
    ...app,
    max: poolSize,
    pipeline: true, // statements of one transaction need not wait for each other's answers
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    application_name: 'tessera',
  })
  pool.on('error', () => {}) // an idle connection broke; the next query opens a new one
  pool.on('connect', (client) => client.on('error', () => {})) // one in use broke; its query fails and says so
  return {
    db: drizzle(pool),
    pool,
    appConnection: app,
    ownerConnection: owner,
    close: async () => {
      await pool.end()
      await stop()
    },
  }
}
