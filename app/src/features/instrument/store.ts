import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Instrument } from './instrument.ts'
import { addVersion, findVersion } from './queries.ts'

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
    const instrument = await findVersion(db, id)
    if (instrument === null) throw new AppError('INSTRUMENT_NOT_FOUND', { id })
    this.versions.set(id, instrument)
    return instrument
  }

  /** Makes an instrument known to the database under the hash of its content, and the one that new waves freeze. */
  async register(db: Db, instrument: Instrument): Promise<string> {
    this.currentId = await addVersion(db, instrument, hashOf(instrument))
    this.versions.set(this.currentId, instrument)
    return this.currentId
  }
}
