import type { Db } from '../../db/open.ts'
import { listHolders } from '../accounts/membership-queries.ts'
import type { NewNotice } from './notice.ts'
import { addNotices } from './queries.ts'

/** Tells several people the same. @param by whose action it was, who does not hear of it; null = a guest or the system */
export async function tellAll(
  db: Db,
  readers: Iterable<string>,
  notice: Omit<NewNotice, 'personId'>,
  by: string | null,
  now: Date,
): Promise<void> {
  await addNotices(
    db,
    [...new Set(readers)].map((personId) => ({ ...notice, personId })),
    by,
    now,
  )
}

/** Tells the coordinators of a city. */
export async function tellCoordinators(
  db: Db,
  notice: Omit<NewNotice, 'personId' | 'cityId'> & { cityId: string },
  by: string | null,
  now: Date,
): Promise<void> {
  const coordinators = await listHolders(db, 'city-coordinator', notice.cityId)
  await tellAll(
    db,
    coordinators.map(({ id }) => id),
    notice,
    by,
    now,
  )
}
