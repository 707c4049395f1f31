import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { type Author, authorOf, can, hasRoleIn, type Person } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { recordEvent } from '../audit/queries.ts'
import type { City } from '../cities/city.ts'
import { findCity } from '../cities/queries.ts'
import { beginUploadAs, recordAdded, type UploadRequest } from './add-files.ts'
import { type Use, listUses } from './citation-queries.ts'
import type { Evidence, EvidenceDetails } from './evidence.ts'
import { getLibraryUse, type LibraryUse, listPages, type PageText } from './file-queries.ts'
import { findEvidence, insertEvidence, type LibraryFilter, listLibrary, setRemoved, updateEvidence, type Viewer } from './queries.ts'

/** What somebody may open of a city's library, once they may read it at all. */
export function viewerOf(person: Person, cityId: string): Viewer {
  const holds = (role: Parameters<typeof hasRoleIn>[1]) => hasRoleIn(person, role, cityId)
  const seesConfidential = holds('city-coordinator') || holds('approver')
  return { personId: person.id, guestId: null, seesConfidential, isPartner: !seesConfidential && !holds('contributor') }
}

/** The holder of a guest link opens what they added themselves and what is not confidential. */
export const viewerOfGuest = ({ guestId }: Author): Viewer => ({ personId: null, guestId, seesConfidential: false, isPartner: false })

/** A library as one person opens it. */
export interface Library {
  city: City
  viewer: Viewer
}

/** Another city's library is as unknown as a city that does not exist. @throws {AppError} CITY_NOT_FOUND */
export async function openLibrary(db: Db, person: Person, slug: string): Promise<Library> {
  const city = await findCity(db, slug)
  if (city === null || !can(person, 'evidence.read', city.id).ok) throw new AppError('CITY_NOT_FOUND')
  return { city, viewer: viewerOf(person, city.id) }
}

/** @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function openToAdd(db: Db, person: Person, slug: string): Promise<Library> {
  const library = await openLibrary(db, person, slug)
  const permission = can(person, 'evidence.edit', library.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return library
}

export interface LibraryPart extends Library {
  entries: Evidence[]
  total: number
  use: LibraryUse
}

/** One part of the list, and how full the library is. */
export async function readLibrary(
  db: Db,
  person: Person,
  slug: string,
  filter: LibraryFilter,
  part: { limit: number; offset: number },
  now: Date,
): Promise<LibraryPart> {
  const library = await openLibrary(db, person, slug)
  const { entries, total } = await listLibrary(db, library.city.id, library.viewer, filter, part, now)
  return { ...library, entries, total, use: await getLibraryUse(db, library.city.id) }
}

export interface OpenedEvidence extends Library {
  evidence: Evidence
}

/** @throws {AppError} CITY_NOT_FOUND, EVIDENCE_NOT_FOUND: unknown, of another city, or not for this person */
export async function getEvidence(db: Db, person: Person, slug: string, id: string): Promise<OpenedEvidence> {
  const library = await openLibrary(db, person, slug)
  const evidence = await findEvidence(db, library.city.id, library.viewer, id)
  if (evidence === null) throw new AppError('EVIDENCE_NOT_FOUND')
  return { ...library, evidence }
}

/** An entry with the answers it proves. */
export async function readEvidence(db: Db, person: Person, slug: string, id: string): Promise<OpenedEvidence & { uses: Use[] }> {
  const opened = await getEvidence(db, person, slug, id)
  return { ...opened, uses: await listUses(db, id) }
}

/** An entry with the text of its file. */
export async function readText(db: Db, person: Person, slug: string, id: string): Promise<OpenedEvidence & { pages: PageText[] }> {
  const opened = await getEvidence(db, person, slug, id)
  return { ...opened, pages: opened.evidence.file === null ? [] : await listPages(db, opened.evidence.file.id) }
}

/** Who changes an entry: the coordination every one, contributors what they added. */
export function mayChange(person: Person, { cityId, author }: Pick<Evidence, 'cityId' | 'author'>): boolean {
  if (hasRoleIn(person, 'city-coordinator', cityId)) return true
  return can(person, 'evidence.edit', cityId).ok && author !== null && !author.isGuest && author.id === person.id
}

/** @throws {AppError} CITY_NOT_FOUND, EVIDENCE_NOT_FOUND, NOT_ALLOWED */
export async function getEvidenceToChange(db: Db, person: Person, slug: string, id: string): Promise<OpenedEvidence> {
  const opened = await getEvidence(db, person, slug, id)
  const permission = can(person, 'evidence.edit', opened.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  if (!mayChange(person, opened.evidence)) throw new AppError('NOT_ALLOWED', { reason: 'ownEvidence' })
  return opened
}

/** Adds a link to the library. Nobody ever opens it from here. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function addLink(
  db: Db,
  person: Person,
  slug: string,
  input: EvidenceDetails & { url: string },
  now: Date,
): Promise<Evidence> {
  const { city } = await openToAdd(db, person, slug)
  return addLinkAs(db, authorOf(person), city.id, input, now)
}

/** The same for an author whose right is known. */
export async function addLinkAs(
  db: Db,
  author: Author,
  cityId: string,
  input: EvidenceDetails & { url: string },
  now: Date,
): Promise<Evidence> {
  const id = await insertEvidence(db, author, { ...input, cityId, fileId: null }, now)
  const own = { personId: author.personId, guestId: author.guestId, seesConfidential: true, isPartner: false }
  const entry = (await findEvidence(db, cityId, own, id))!
  await recordAdded(db, author, entry, now)
  return entry
}

/** Begins an upload into a city's library. @throws {AppError} as beginUploadAs; CITY_NOT_FOUND, NOT_ALLOWED */
export async function beginUpload(
  db: Db,
  person: Person,
  config: Services['config'],
  { slug, ...request }: UploadRequest & { slug: string },
  now: Date,
): Promise<{ id: string }> {
  const { city } = await openToAdd(db, person, slug)
  return beginUploadAs(db, config, authorOf(person), city.id, request, now)
}

const changed = (current: Evidence) => new AppError('EVIDENCE_CHANGED', {}, { current: { version: current.version } })

async function record(db: Db, person: Person, action: string, { id, cityId }: Evidence, payload: unknown, now: Date): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId, subject: `evidence:${id}`, payload, now })
}

const detailKeys = [
  'title',
  'kind',
  'datedOn',
  'validFrom',
  'validUntil',
  'isConfidential',
  'releaseLevel',
  'language',
  'note',
] as const satisfies readonly (keyof EvidenceDetails)[]

const pickDetails = (entry: EvidenceDetails): EvidenceDetails =>
  Object.fromEntries(detailKeys.map((key) => [key, entry[key]])) as unknown as EvidenceDetails

export interface EvidenceChange {
  slug: string
  id: string
  /** The version the person has seen. */
  version: number
}

/**
 * Changes what is said about an entry. Sending what is stored already changes nothing.
 * @throws {AppError} EVIDENCE_CHANGED, NOT_ALLOWED, EVIDENCE_NOT_FOUND
 */
export async function changeEvidence(
  db: Db,
  person: Person,
  { slug, id, version }: EvidenceChange,
  patch: Partial<EvidenceDetails>,
  now: Date,
): Promise<Evidence> {
  const { city, viewer, evidence } = await getEvidenceToChange(db, person, slug, id)
  if (evidence.version !== version) throw changed(evidence)
  const before = pickDetails(evidence)
  const after = { ...before, ...patch }
  if (detailKeys.every((key) => before[key] === after[key])) return evidence
  if (!(await updateEvidence(db, { id, version, personId: person.id, now }, after))) throw changed(evidence)
  await record(db, person, 'evidence.changed', evidence, { version: version + 1, before, after }, now)
  return (await findEvidence(db, city.id, viewer, id)) ?? { ...evidence, ...after, version: version + 1 }
}

/**
 * Takes an entry out of the library; its row and file stay, so that it can come back.
 * @param isConfirmed that answers will be without it
 * @throws {AppError} EVIDENCE_CITED with the number of answers, EVIDENCE_CHANGED, NOT_ALLOWED
 */
export async function removeEvidence(
  db: Db,
  person: Person,
  { slug, id, version }: EvidenceChange,
  isConfirmed: boolean,
  now: Date,
): Promise<void> {
  const { evidence } = await getEvidenceToChange(db, person, slug, id)
  if (evidence.removedAt !== null) return
  if (evidence.uses > 0 && !isConfirmed) throw new AppError('EVIDENCE_CITED', { uses: evidence.uses })
  if (evidence.version !== version) throw changed(evidence)
  if (!(await setRemoved(db, { id, version, personId: person.id, now }, true))) throw changed(evidence)
  await record(db, person, 'evidence.removed', evidence, { uses: evidence.uses }, now)
}

/** Puts an entry back. @throws {AppError} EVIDENCE_CHANGED, NOT_ALLOWED */
export async function restoreEvidence(db: Db, person: Person, { slug, id, version }: EvidenceChange, now: Date): Promise<void> {
  const { evidence } = await getEvidenceToChange(db, person, slug, id)
  if (evidence.removedAt === null) return
  if (evidence.version !== version) throw changed(evidence)
  if (!(await setRemoved(db, { id, version, personId: person.id, now }, false))) throw changed(evidence)
  await record(db, person, 'evidence.restored', evidence, {}, now)
}
