import type { PoolConfig } from 'pg'
import type { Config } from '../config.ts'
import { startEmbedded } from './embedded.ts'
import { isHeldByAnother } from './lock.ts'

/** The database as it is: nothing is migrated, nothing is written. */
export interface MaintenanceAccess {
  /** Signs in as the application: reads and writes rows. */
  app: PoolConfig
  /** Signs in as the owner; null where the operator gave no DATABASE_MIGRATION_URL. */
  owner: PoolConfig | null
  /** Stops the embedded database again, unless a server works with it. */
  close: () => Promise<void>
}

const name = { application_name: 'tessera-operator', connectionTimeoutMillis: 10_000 }

/** Reaches the database for backup, restore and doctor, beside a running server or without one. */
export async function openForMaintenance(config: Config): Promise<MaintenanceAccess> {
  if (config.databaseUrl !== null) {
    const { databaseUrl, databaseMigrationUrl } = config
    const owner = databaseMigrationUrl === null ? null : { ...name, connectionString: databaseMigrationUrl }
    return { app: { ...name, connectionString: databaseUrl }, owner, close: async () => {} }
  }
  const embedded = await startEmbedded(config.dataDir)
  return {
    app: { ...embedded.connection('tessera_app'), ...name },
    owner: { ...embedded.connection('tessera_owner'), ...name },
    close: async () => void (isHeldByAnother(config.dataDir) || (await embedded.stop())),
  }
}
