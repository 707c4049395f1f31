import { hashOf } from '../../canonical.ts'
import type { Instrument } from './instrument.ts'

const known = new WeakMap<Instrument, string>()

/** SHA-256 over the whole content: two instruments with the same hash ask and score the same. */
export function contentHash(instrument: Instrument): string {
  let hash = known.get(instrument)
  if (hash === undefined) {
    hash = hashOf(instrument)
    known.set(instrument, hash)
  }
  return hash
}
