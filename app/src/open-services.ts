import { sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { assetFinder } from './assets.ts'
import type { Config } from './config.ts'
import { inContext, systemContext } from './db/context.ts'
import { openDatabase } from './db/open.ts'
import { createAuth } from './features/accounts/auth.ts'
import { resetPasswordMail } from './features/accounts/mails.ts'
import { OidcProvider } from './features/accounts/oidc-provider.ts'
import { ResultStore } from './features/benchmark/store.ts'
import { UploadDesk } from './features/evidence/upload-desk.ts'
import { loadInstrument } from './features/instrument/load.ts'
import { InstrumentStore } from './features/instrument/store.ts'
import { LiveHub } from './live.ts'
import { createLog } from './log.ts'
import { createMailer } from './mailer.ts'
import { clientFolder, instrumentFolder, migrationsFolder } from './paths.ts'
import { readSecrets } from './secrets.ts'
import type { Services } from './services.ts'

/**
 * Remembers for a few seconds whether there are synthetic cities: the answer changes once in an installation's life. While
 * the database is away the last answer stands, so that the page that says so can be drawn.
 */
function syntheticCheck(db: Services['db']): () => Promise<boolean> {
  let known: { value: boolean; until: number } | null = null
  return async () => {
    if (known === null || known.until < Date.now()) {
      const answer = await db
        .execute<{ found: boolean }>(sql`select exists (select 1 from cities where is_synthetic) as found`)
        .catch(() => null)
      if (answer !== null) known = { value: answer.rows[0]!.found, until: Date.now() + 5_000 }
    }
    return known?.value ?? false
  }
}

/** Opens everything the server and the command line work with. */
export async function openServices(config: Config): Promise<{ services: Services; pool: Pool; close: () => Promise<void> }> {
  const secrets = readSecrets(config.dataDir)
  const instrument = loadInstrument(instrumentFolder)
  const database = await openDatabase(config, migrationsFolder)
  const { db } = database
  const mailer = createMailer(config)
  const instruments = new InstrumentStore()
  const live = new LiveHub(database.appConnection)
  const services: Services = {
    config,
    secrets,
    db,
    mailer,
    instruments,
    auth: createAuth(db, config, secrets, { resetPassword: (person, token) => mailer.send(resetPasswordMail(config, person, token)) }),
    oidc: config.oidc === null ? null : new OidcProvider(config.oidc, () => new Date()),
    results: new ResultStore(),
    uploads: new UploadDesk(),
    live,
    log: createLog(config.logLevel),
    now: () => new Date(),
    isSynthetic: syntheticCheck(db),
    asset: assetFinder(clientFolder),
    ownerConnection: database.ownerConnection,
  }
  await inContext(db, systemContext, (tx) => instruments.register(tx, instrument))
  const close = async () => {
    await live.close()
    await database.close()
  }
  return { services, pool: database.pool, close }
}
