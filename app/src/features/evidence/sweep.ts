import { inContext, systemContext } from '../../db/context.ts'
import type { Services } from '../../services.ts'
import { deleteStaleUploads, findKnownFiles } from './file-queries.ts'
import { sweepFolders } from './storage.ts'

const hour = 3600 * 1000 // milliseconds

/** Removes files that nobody needs any more: broken uploads after a day, stored files without a row after an hour. */
export async function sweepFiles({
  db,
  config,
  now,
}: Pick<Services, 'db' | 'config' | 'now'>): Promise<{ incoming: string[]; orphans: number }> {
  const at = now()
  const swept = await sweepFolders(config.dataDir, at, (names) => inContext(db, systemContext, (tx) => findKnownFiles(tx, names)))
  await inContext(db, systemContext, (tx) => deleteStaleUploads(tx, swept.incoming, new Date(at.getTime() - 48 * hour)))
  return swept
}

/** Sweeps now and every hour, and reads the documents that a stop left unread. @returns ends it */
export function keepEvidence(services: Pick<Services, 'db' | 'config' | 'now' | 'uploads'>): () => Promise<void> {
  const { reading } = services.uploads
  const tidy = () => {
    sweepFiles(services).catch(() => {}) // the database may be away; there is a next hour
    reading.wake()
  }
  reading.start(services)
  tidy()
  const timer = setInterval(tidy, hour)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await reading.stop()
  }
}
