import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person, type Verb } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import { getCity } from '../cities/usecases.ts'
import { listCurrentAssignments, namesWho, type WaveAssignment } from './assignment-queries.ts'
import { type CitySettings, canBeMember, type Department, type Workforce } from './department.ts'
import { handOnAll } from './handing-on.ts'
import {
  addMembers,
  endMembers,
  getCitySettings,
  getWorkforce,
  insertDepartments,
  markDepartmentEnded,
  writeCitySettings,
  writeDepartment,
} from './queries.ts'
import type { Who } from './responsible.ts'

/** Who works on the answers of a city, and how it has arranged that. */
export interface Arrangement extends Workforce {
  city: City
  settings: CitySettings
  /** Whether the person may change it. */
  canArrange: boolean
}

/** The city, if the person may do this in it. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function getCityFor(db: Db, person: Person, verb: Verb, slug: string): Promise<City> {
  const city = await getCity(db, slug)
  const permission = can(person, verb, city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return city
}

/** Five queries. Addresses of contacts are for those who arrange the work. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function openDepartments(db: Db, person: Person, slug: string): Promise<Arrangement> {
  const city = await getCityFor(db, person, 'assessment.read', slug)
  const canArrange = can(person, 'city.arrange', city.id).ok
  const workforce = await getWorkforce(db, city.id)
  const contacts = workforce.contacts.map((contact) => (canArrange ? contact : { ...contact, email: null }))
  return { ...workforce, contacts, city, settings: await getCitySettings(db, city.id), canArrange }
}

/**
 * Adds departments.
 * @returns their keys
 * @throws {AppError} NOT_ALLOWED, DEPARTMENT_NAME_TAKEN
 */
export async function addDepartments(
  db: Db,
  person: Person,
  { city: slug, names }: { city: string; names: readonly string[] },
  now: Date,
): Promise<string[]> {
  const city = await getCityFor(db, person, 'city.arrange', slug)
  const { departments } = await getWorkforce(db, city.id)
  const taken = names.find((name) => departments.some((each) => each.name.toLowerCase() === name.toLowerCase()))
  if (taken !== undefined) throw new AppError('DEPARTMENT_NAME_TAKEN', { name: taken })
  const ids = await insertDepartments(db, names, { cityId: city.id, personId: person.id, now })
  if (ids.length < names.length) throw new AppError('DEPARTMENT_NAME_TAKEN', { name: names.join(', ') })
  await record(db, person, city, 'department.added', { subject: `city:${city.slug}`, payload: { names, departments: ids } }, now)
  return ids
}

function record(
  db: Db,
  person: Person,
  city: City,
  action: string,
  { subject, payload }: { subject: string; payload: unknown },
  now: Date,
): Promise<void> {
  return recordEvent(db, { action, personId: person.id, cityId: city.id, subject, payload, now })
}

/** A department in the version that was seen. */
export interface DepartmentKey {
  city: string
  department: string
  version: number
}

/** One department with everybody of the city, for whoever arranges the work. @throws {AppError} NOT_ALLOWED, DEPARTMENT_NOT_FOUND */
export async function openDepartment(
  db: Db,
  person: Person,
  { city: slug, department: id }: Pick<DepartmentKey, 'city' | 'department'>,
): Promise<Workforce & { city: City; department: Department }> {
  const city = await getCityFor(db, person, 'city.arrange', slug)
  const workforce = await getWorkforce(db, city.id)
  const department = workforce.departments.find((each) => each.id === id)
  if (department === undefined) throw new AppError('DEPARTMENT_NOT_FOUND')
  return { ...workforce, city, department }
}

/**
 * Gives a department a name and its members.
 * @param input.members keys of people with a role in the city
 * @throws {AppError} NOT_ALLOWED, DEPARTMENT_NOT_FOUND, DEPARTMENT_CHANGED, DEPARTMENT_NAME_TAKEN, INPUT_INVALID
 */
export async function updateDepartment(
  db: Db,
  person: Person,
  input: DepartmentKey & { name: string; members: readonly string[] },
  now: Date,
): Promise<Department> {
  const { city, department, colleagues } = await openDepartment(db, person, input)
  const { name, version } = input
  const fitting = new Set(colleagues.filter(canBeMember).map(({ id }) => id))
  if (input.members.some((id) => !fitting.has(id)))
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'members', message: 'departments.member.unknown' }] })
  const seen = { id: department.id, cityId: city.id, version }
  const written = await writeDepartment(db, seen, name)
  if (written === 'changed') throw new AppError('DEPARTMENT_CHANGED', {}, { current: department })
  if (written === 'taken') throw new AppError('DEPARTMENT_NAME_TAKEN', { name })
  const members = [...new Set(input.members)]
  const left = department.memberIds.filter((id) => !members.includes(id))
  const joined = members.filter((id) => !department.memberIds.includes(id))
  await endMembers(db, department.id, left, now)
  await addMembers(db, department.id, joined, { cityId: city.id, personId: person.id, now })
  const payload = { name, before: department.name, joined, left, version: version + 1 }
  await record(db, person, city, 'department.updated', { subject: `department:${department.id}`, payload }, now)
  return { id: department.id, name, version: version + 1, memberIds: members }
}

/** What a department or a contact still has to answer: in waves that take answers. */
export async function listOwed(db: Db, city: City, who: Who, now: Date): Promise<WaveAssignment[]> {
  return (await listCurrentAssignments(db, city.id, now)).filter((each) => namesWho(each, who))
}

/**
 * Ends a department; its people keep their roles. What it still has to answer is handed on.
 * @param input.to who takes over; null = nobody, possible only when it has nothing to answer
 * @throws {AppError} NOT_ALLOWED, DEPARTMENT_NOT_FOUND, DEPARTMENT_CHANGED, DEPARTMENT_IN_USE with the assignments
 */
export async function endDepartment(db: Db, person: Person, input: DepartmentKey & { to: Who | null }, now: Date): Promise<void> {
  const { city, department, ...workforce } = await openDepartment(db, person, input)
  const gone: Who = { kind: 'department', id: department.id }
  const owed = await listOwed(db, city, gone, now)
  if (owed.length > 0 && input.to === null)
    throw new AppError(
      'DEPARTMENT_IN_USE',
      { department: department.name, count: owed.length },
      { assignments: owed.map(({ id, assessmentId, dimensionId, questionId }) => ({ id, assessmentId, dimensionId, questionId })) },
    )
  if (input.to !== null) await handOnAll(db, owed, { person, city, gone, to: input.to, workforce }, now)
  const contactsTo = input.to?.kind === 'department' ? input.to.id : null
  if (!(await markDepartmentEnded(db, { id: department.id, cityId: city.id, version: input.version }, contactsTo, now)))
    throw new AppError('DEPARTMENT_CHANGED', {}, { current: department })
  const payload = { name: department.name, to: input.to, handedOn: owed.map(({ id }) => id) }
  await record(db, person, city, 'department.ended', { subject: `department:${department.id}`, payload }, now)
}

/**
 * Says whether contributors read the whole questionnaire.
 * @throws {AppError} NOT_ALLOWED, CITY_SETTINGS_CHANGED
 */
export async function updateCitySettings(
  db: Db,
  person: Person,
  { city: slug, contributorsSeeAll, version }: { city: string; contributorsSeeAll: boolean; version: number },
  now: Date,
): Promise<CitySettings> {
  const city = await getCityFor(db, person, 'city.arrange', slug)
  const written = await writeCitySettings(db, { cityId: city.id, contributorsSeeAll, version, personId: person.id, now })
  if (!written) throw new AppError('CITY_SETTINGS_CHANGED')
  const payload = { contributorsSeeAll, version: version + 1 }
  await record(db, person, city, 'city-settings.updated', { subject: `city:${city.slug}`, payload }, now)
  return { contributorsSeeAll, version: version + 1 }
}
