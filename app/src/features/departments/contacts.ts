import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import type { Contact, Workforce } from './department.ts'
import { handOnAll } from './handing-on.ts'
import { type ContactFields, getWorkforce, insertContact, markContactEnded, writeContact } from './queries.ts'
import type { Who } from './responsible.ts'
import { getCityFor, listOwed } from './usecases.ts'

/** A contact in the version that was seen. */
export interface ContactKey {
  city: string
  contact: string
  version: number
}

function requireDepartment(departmentId: string | null, { departments }: Workforce): void {
  if (departmentId === null || departments.some(({ id }) => id === departmentId)) return
  throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'departmentId', message: 'departments.contact.department.unknown' }] })
}

function record(db: Db, person: Person, city: City, action: string, contact: { id: string; payload: unknown }, now: Date): Promise<void> {
  const { id, payload } = contact
  return recordEvent(db, { action, personId: person.id, cityId: city.id, subject: `contact:${id}`, payload, now })
}

/** Adds somebody who is responsible for answers and has no account. @throws {AppError} NOT_ALLOWED, INPUT_INVALID */
export async function addContact(db: Db, person: Person, input: ContactFields & { city: string }, now: Date): Promise<string> {
  const city = await getCityFor(db, person, 'city.arrange', input.city)
  requireDepartment(input.departmentId, await getWorkforce(db, city.id))
  const { name, email, post, departmentId } = input
  const fields = { name, email, post, departmentId }
  const id = await insertContact(db, fields, { cityId: city.id, personId: person.id, now })
  await record(db, person, city, 'contact.added', { id, payload: fields }, now)
  return id
}

/** One contact with everybody of the city, for whoever arranges the work. @throws {AppError} NOT_ALLOWED, CONTACT_NOT_FOUND */
export async function openContact(
  db: Db,
  person: Person,
  { city: slug, contact: id }: Pick<ContactKey, 'city' | 'contact'>,
): Promise<Workforce & { city: City; contact: Contact }> {
  const city = await getCityFor(db, person, 'city.arrange', slug)
  const workforce = await getWorkforce(db, city.id)
  const contact = workforce.contacts.find((each) => each.id === id)
  if (contact === undefined) throw new AppError('CONTACT_NOT_FOUND')
  return { ...workforce, city, contact }
}

/** @throws {AppError} NOT_ALLOWED, CONTACT_NOT_FOUND, CONTACT_CHANGED, INPUT_INVALID */
export async function updateContact(db: Db, person: Person, input: ContactKey & ContactFields, now: Date): Promise<Contact> {
  const { city, contact, ...workforce } = await openContact(db, person, input)
  requireDepartment(input.departmentId, workforce)
  const { name, email, post, departmentId, version } = input
  const fields = { name, email, post, departmentId }
  if (!(await writeContact(db, { id: contact.id, cityId: city.id, version }, fields)))
    throw new AppError('CONTACT_CHANGED', {}, { current: contact })
  await record(db, person, city, 'contact.updated', { id: contact.id, payload: { ...fields, version: version + 1 } }, now)
  return { id: contact.id, ...fields, version: version + 1 }
}

/**
 * Ends the entry of somebody without an account; what they still have to answer is handed on.
 * @param input.to who takes over; null = nobody, possible only when they have nothing to answer
 * @throws {AppError} NOT_ALLOWED, CONTACT_NOT_FOUND, CONTACT_CHANGED, CONTACT_IN_USE with the assignments
 */
export async function endContact(db: Db, person: Person, input: ContactKey & { to: Who | null }, now: Date): Promise<void> {
  const { city, contact, ...workforce } = await openContact(db, person, input)
  const gone: Who = { kind: 'contact', id: contact.id }
  const owed = await listOwed(db, city, gone, now)
  if (owed.length > 0 && input.to === null)
    throw new AppError(
      'CONTACT_IN_USE',
      { contact: contact.name, count: owed.length },
      { assignments: owed.map(({ id, assessmentId, dimensionId, questionId }) => ({ id, assessmentId, dimensionId, questionId })) },
    )
  if (input.to !== null) await handOnAll(db, owed, { person, city, gone, to: input.to, workforce }, now)
  if (!(await markContactEnded(db, { id: contact.id, cityId: city.id, version: input.version }, now)))
    throw new AppError('CONTACT_CHANGED', {}, { current: contact })
  await record(db, person, city, 'contact.ended', { id: contact.id, payload: { to: input.to, handedOn: owed.map(({ id }) => id) } }, now)
}
