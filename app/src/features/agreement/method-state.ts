import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import type { MethodContent } from '../evaluations/method.ts'
import { presentMethodHash } from '../evaluations/method.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { Review } from '../reviews/review.ts'
import { findRegistration } from './queries.ts'

/** Whether the method of today is the one that was registered before the review began. */
export interface MethodState {
  registeredHash: string
  /** Questionnaire, engine and choices as they are now. */
  presentHash: string
  isSame: boolean
}

/** A registration whose content no longer has its own hash is another method as well. */
export async function readMethodState(
  db: Db,
  review: Pick<Review, 'registrationId' | 'wave'>,
  instrument: Instrument,
): Promise<MethodState> {
  const { content, contentHash } = await findRegistration(db, review.registrationId)
  const presentHash = presentMethodHash(instrument, review.wave.slug, content as MethodContent)
  return { registeredHash: contentHash, presentHash, isSame: presentHash === contentHash && hashOf(content) === contentHash }
}
