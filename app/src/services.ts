import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { PoolConfig } from 'pg'
import type { AnsweredRequest } from './answered-requests.ts'
import type { Config } from './config.ts'
import type { Auth } from './features/accounts/auth.ts'
import type { OidcProvider } from './features/accounts/oidc-provider.ts'
import type { UploadDesk } from './features/evidence/upload-desk.ts'
import type { InstrumentStore } from './features/instrument/store.ts'
import type { ResultStore } from './features/benchmark/store.ts'
import type { LiveHub } from './live.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mailer.ts'
import type { Secrets } from './secrets.ts'

/** What the server is made of; handed to routes and pages, never imported as a global. */
export interface Services {
  config: Config
  secrets: Secrets
  db: NodePgDatabase
  auth: Auth
  /** Sign-in with the organisation's own accounts; null where none is set up. */
  oidc: OidcProvider | null
  mailer: Mailer
  /** Instrument versions by id; they never change, so they stay in memory. */
  instruments: InstrumentStore
  /** Results of all cities, column by column; only new ones are fetched. */
  results: ResultStore
  /** What others do at this moment, for open pages. */
  live: LiveHub
  /** Uploads that arrive in this process, and documents that it reads. */
  uploads: UploadDesk
  /** Connection of the database's owner; null where the operator gave none. Only to remove the demonstration. */
  ownerConnection: PoolConfig | null
  log: Log
  /** Told of every answered request, to count it. */
  onAnswered?: (request: AnsweredRequest) => void
  now: () => Date
  /** Whether this installation holds synthetic data; every page then says so. */
  isSynthetic: () => Promise<boolean>
  /** Address of built scripts and styles by their source name. */
  asset: (source: string) => string
}
