import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { type DigestSettings, isTimeZone, nextDigestAt } from './digest-time.ts'
import type { Notice } from './notice.ts'
import { getDigestSettings, listNotices, listPending, markSeen, updateDigestSettings } from './queries.ts'

function requireOwn(person: Person): void {
  const permission = can(person, 'account.manage')
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
}

/** What a person has been told, newest first. */
export function openNotices(
  db: Db,
  person: Person,
  part: { limit: number; offset: number },
): Promise<{ notices: Notice[]; total: number; unseen: number }> {
  requireOwn(person)
  return listNotices(db, person.id, part)
}

/** Marks own notices as seen; what is seen is not mailed. @returns how many were new */
export function markNoticesSeen(db: Db, person: Person, which: { ids?: readonly string[]; until?: Date }, now: Date): Promise<number> {
  requireOwn(person)
  return markSeen(db, person.id, which, now)
}

export interface OwnDigest {
  settings: DigestSettings
  /** When the next one comes if there is something to tell; null = never. */
  nextAt: Date | null
  /** What it would hold by now, oldest first. */
  pending: Notice[]
}

const mostPending = 100

export async function openDigest(db: Db, person: Person, now: Date): Promise<OwnDigest> {
  requireOwn(person)
  const { lastDay, ...settings } = await getDigestSettings(db, person.id)
  return { settings, nextAt: nextDigestAt(settings, lastDay, now), pending: await listPending(db, person.id, mostPending) }
}

/** @throws {AppError} INPUT_INVALID when there is no such time zone */
export async function saveDigestSettings(db: Db, person: Person, settings: DigestSettings, now: Date): Promise<void> {
  requireOwn(person)
  if (!isTimeZone(settings.zone))
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'zone', message: 'notices.settings.zone.unknown' }] })
  await updateDigestSettings(db, person.id, settings, now)
  const { hour, zone } = settings
  await recordEvent(db, {
    action: 'person.digest-updated',
    personId: person.id,
    cityId: null,
    subject: `person:${person.id}`,
    payload: { hour, zone },
    now,
  })
}
