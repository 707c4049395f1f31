import { desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { instrumentVersions } from '../../db/schema.ts'
import { hashOf } from '../../canonical.ts'
import { AppError } from '../../errors.ts'
import type { Instrument } from './instrument.ts'

/** Instrument versions of the database, kept in memory: they never change. */
export class InstrumentStore {
  private readonly versions = new Map<string, Instrument>()
  /** Id of the version that new waves freeze. */
  currentId = ''

  get current(): Instrument {
    return this.versions.get(this.currentId)!
  }

  /** @throws {AppError} INSTRUMENT_NOT_FOUND */
  async get(db: Db, id: string): Promise<Instrument> {
    const known = this.versions.get(id)
    if (known) return known
    const [row] = await db.select().from(instrumentVersions).where(eq(instrumentVersions.id, id))
    if (!row) throw new AppError('INSTRUMENT_NOT_FOUND', { id })
    const instrument = row.content as Instrument
    this.versions.set(id, instrument)
    return instrument
  }

  /** Makes an instrument known to the database under the hash of its content, and the one that new waves freeze. */
  async register(db: Db, instrument: Instrument): Promise<string> {
    const contentHash = hashOf(instrument)
    await db.insert(instrumentVersions).values({ instrument: instrument.id, version: instrument.version, contentHash, content: instrument }).onConflictDoNothing()
    const [row] = await db.select({ id: instrumentVersions.id }).from(instrumentVersions).where(eq(instrumentVersions.contentHash, contentHash)).orderBy(desc(instrumentVersions.createdAt))
    this.versions.set(row!.id, instrument)
    this.currentId = row!.id
    return row!.id
  }
}
