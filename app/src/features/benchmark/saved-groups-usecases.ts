import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { distinctSlugs, mostGroups, type SavedGroup } from './saved-groups.ts'
import {
  countGroups,
  deleteGroup,
  findGroup,
  findGroupNamed,
  insertGroup,
  listGroups,
  listKnownSlugs,
  updateGroup,
} from './saved-groups-queries.ts'

/** A person's own groups; nobody else's are ever read, so that signing in is all the permission there is. */
export function listSavedGroups(db: Db, person: Person): Promise<SavedGroup[]> {
  return listGroups(db, person.id)
}

/** @throws {AppError} SAVED_GROUP_NOT_FOUND, for groups of others, too */
export async function getSavedGroup(db: Db, person: Person, id: string): Promise<SavedGroup> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  const group = isId ? await findGroup(db, person.id, id) : null
  if (group === null) throw new AppError('SAVED_GROUP_NOT_FOUND')
  return group
}

export interface SavedGroupInput {
  name: string
  /** Slugs. */
  cities: readonly string[]
}

/** @throws {AppError} INPUT_INVALID with the slugs that no city has */
async function checkCities(db: Db, slugs: readonly string[]): Promise<string[]> {
  const wanted = distinctSlugs(slugs)
  const known = await listKnownSlugs(db, wanted)
  const unknown = wanted.filter((slug) => !known.has(slug))
  if (unknown.length > 0)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'cities', message: 'compare.group.cities.unknown' }], unknown })
  return wanted
}

const record = (db: Db, person: Person, action: string, group: SavedGroup, now: Date) =>
  recordEvent(db, {
    action,
    personId: person.id,
    cityId: null,
    subject: `saved-group:${group.id}`,
    payload: { version: group.version, cities: group.cities.length },
    now,
  })

/** @throws {AppError} SAVED_GROUP_LIMIT, SAVED_GROUP_NAME_TAKEN, INPUT_INVALID */
export async function createSavedGroup(db: Db, person: Person, { name, cities }: SavedGroupInput, now: Date): Promise<SavedGroup> {
  const slugs = await checkCities(db, cities)
  if ((await countGroups(db, person.id)) >= mostGroups) throw new AppError('SAVED_GROUP_LIMIT', { limit: mostGroups })
  const group = await insertGroup(db, person.id, { name, cities: slugs, now })
  if (group === null) throw new AppError('SAVED_GROUP_NAME_TAKEN', { name })
  await record(db, person, 'saved-group.created', group, now)
  return group
}

/**
 * Renames a group or changes its cities. Sending what is stored already changes nothing.
 * @throws {AppError} SAVED_GROUP_NOT_FOUND, SAVED_GROUP_CHANGED with the present group, SAVED_GROUP_NAME_TAKEN, INPUT_INVALID
 */
export async function updateSavedGroup(
  db: Db,
  person: Person,
  { id, version, name, cities }: SavedGroupInput & { id: string; version: number },
  now: Date,
): Promise<SavedGroup> {
  const before = await getSavedGroup(db, person, id)
  const slugs = await checkCities(db, cities)
  if (before.name === name && before.cities.join() === slugs.join()) return before
  const named = await findGroupNamed(db, person.id, name)
  if (named !== null && named !== id) throw new AppError('SAVED_GROUP_NAME_TAKEN', { name })
  const group = await updateGroup(db, person.id, { id, version }, { name, cities: slugs, now })
  if (group === null) throw new AppError('SAVED_GROUP_CHANGED', {}, { current: before })
  await record(db, person, 'saved-group.changed', group, now)
  return group
}

/** @throws {AppError} SAVED_GROUP_NOT_FOUND, SAVED_GROUP_CHANGED with the present group */
export async function deleteSavedGroup(db: Db, person: Person, { id, version }: { id: string; version: number }, now: Date): Promise<void> {
  const group = await getSavedGroup(db, person, id)
  if (!(await deleteGroup(db, person.id, { id, version }))) throw new AppError('SAVED_GROUP_CHANGED', {}, { current: group })
  await record(db, person, 'saved-group.deleted', group, now)
}
