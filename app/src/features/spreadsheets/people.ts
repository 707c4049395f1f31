import type { Config } from '../../config.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { isCityRole, type Person, type Role, roles } from '../../permissions.ts'
import { readFileTables } from '../../sheet-file.ts'
import { catalogues, type TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import type { CityName } from '../accounts/membership-queries.ts'
import { canManagePeople, cityRoles } from '../accounts/membership.ts'
import { emailField } from '../accounts/schemas.ts'
import { getCityForPeople, type InvitationRequest, invitePerson } from '../accounts/usecases.ts'
import { languages, plainWords } from '../assessments/answer-cell.ts'
import { dropUpload, getUpload, keepUpload, maximumFile, type Upload, type UploadPlace } from '../../waiting-files.ts'
import { type PeopleColumn, peopleColumnNames, peopleColumns } from './people-file.ts'
import { listCitiesNamed, listStanding, type NamedCity, type StandingPerson } from './queries.ts'
import { type PlannedRecord, readRecords, type RecordRow, withoutRepeats } from './record-table.ts'

/** Most people that one file invites. */
export const maximumInvitations = 500

export interface PlannedPerson extends PlannedRecord {
  cells: RecordRow<PeopleColumn>['cells']
  request: InvitationRequest | null
  city: CityName | null
}

export interface PeoplePreview {
  /** null = the whole network. */
  city: CityName | null
  fileName: string
  hash: string
  planned: readonly PlannedPerson[]
  problem: { rule: TextKey; values: TextValues } | null
  extraColumns: readonly string[]
}

type Folder = Pick<Config, 'dataDir'>
const placeOf = (person: Person, city: CityName | null): UploadPlace => ({
  folder: 'spreadsheets',
  about: `people ${city?.id ?? 'network'} ${person.id}\n`,
})

/** The city that people are invited to; null for the network. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function getPlace(db: Db, person: Person, slug: string | null): Promise<CityName | null> {
  const city = slug === null ? null : await getCityForPeople(db, person, slug)
  const permission = canManagePeople(person, city?.id ?? null)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return city
}

/** Everybody with a role in the city or the network, and everybody invited. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED */
export async function exportPeople(
  db: Db,
  person: Person,
  slug: string | null,
  now: Date,
): Promise<{ city: CityName | null; people: StandingPerson[] }> {
  const city = await getPlace(db, person, slug)
  return { city, people: await listStanding(db, { cityId: city?.id ?? null, emails: null }, now) }
}

const roleOf = (text: string): Role | undefined => {
  const plain = plainWords(text)
  return roles.find(
    (role) => role === plain || languages.some((language) => plainWords(catalogues[language][`accounts.role.${role}`]) === plain),
  )
}

interface Known {
  place: CityName | null
  cities: readonly NamedCity[]
  standing: readonly StandingPerson[]
}

const fitsName = ({ slug, name }: NamedCity, text: string): boolean =>
  slug === text.toLowerCase() || name.toLowerCase() === text.toLowerCase()

/** The city of a row: named, or that of the page. */
function cityOf({ place, cities }: Known, role: Role, text: string): { city: CityName | null } | { rule: TextKey } {
  if (!isCityRole(role)) return place === null ? { city: null } : { rule: 'spreadsheets.people.networkRole' }
  if (place !== null) return text === '' || fitsName(place, text) ? { city: place } : { rule: 'spreadsheets.people.otherCity' }
  if (text === '') return { rule: 'accounts.invite.city.missing' }
  const found = cities.filter((city) => fitsName(city, text))
  const exact = found.find(({ slug }) => slug === text.toLowerCase()) ?? (found.length === 1 ? found[0] : undefined)
  return exact === undefined
    ? { rule: found.length === 0 ? 'spreadsheets.people.cityUnknown' : 'spreadsheets.people.citySeveral' }
    : { city: exact }
}

function planPerson(known: Known, { row, cells }: RecordRow<PeopleColumn>): PlannedPerson {
  const email = emailField.safeParse(cells.email)
  const role = roleOf(cells.role)
  const plan = { row, key: String(row), cells, rule: null, values: {}, request: null, city: null }
  const refused = (rule: TextKey): PlannedPerson => ({ ...plan, state: 'refused', rule })
  if (!email.success) return refused('accounts.form.email.invalid')
  if (role === undefined || (known.place !== null && isCityRole(role) && !cityRoles.includes(role)))
    return { ...refused('spreadsheets.people.roleUnknown'), values: { value: cells.role } }
  const where = cityOf(known, role, cells.city)
  if ('rule' in where) return { ...refused(where.rule), values: { value: cells.city } }
  const { city } = where
  const request = { email: email.data, role, cityId: city?.id ?? null }
  const key = `${request.email} ${role} ${city?.slug ?? ''}`.trim()
  const standing = known.standing.find((each) => each.email === request.email && each.role === role && each.cityId === request.cityId)
  return { ...plan, key, state: standing === undefined ? 'new' : 'same', request, city }
}

async function lookAt(db: Db, place: CityName | null, { hash, fileName, bytes }: Upload, now: Date): Promise<PeoplePreview> {
  const nothing = { city: place, fileName, hash, planned: [], extraColumns: [] }
  const file = await readFileTables(bytes)
  if ('rule' in file) return { ...nothing, problem: file }
  const table = readRecords(file.tables, { columns: peopleColumns, required: ['email', 'role'], namesOf: peopleColumnNames })
  if (table.rows.length > maximumInvitations)
    return { ...nothing, problem: { rule: 'spreadsheets.people.tooMany', values: { limit: maximumInvitations } } }
  const emails = table.rows.flatMap(({ cells }) => emailField.safeParse(cells.email).data ?? [])
  const known: Known = {
    place,
    cities:
      place === null
        ? await listCitiesNamed(db, [...new Set(table.rows.map(({ cells }) => cells.city).filter((name) => name !== ''))])
        : [],
    standing: await listStanding(db, { cityId: place?.id ?? null, emails: [...new Set(emails)] }, now),
  }
  return {
    ...nothing,
    planned: withoutRepeats(table.rows.map((row) => planPerson(known, row))),
    problem: table.problem,
    extraColumns: table.extraColumns,
  }
}

/** Keeps a list of people for a day and says who would be invited; nobody is. @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED, PAYLOAD_TOO_LARGE */
export async function previewPeople(
  db: Db,
  person: Person,
  { dataDir }: Folder,
  { slug, fileName, bytes }: { slug: string | null; fileName: string; bytes: Uint8Array },
  now: Date,
): Promise<PeoplePreview> {
  const city = await getPlace(db, person, slug)
  if (bytes.length > maximumFile) throw new AppError('PAYLOAD_TOO_LARGE', { limit: '10 MB' })
  return lookAt(db, city, await keepUpload(dataDir, fileName, bytes, now, placeOf(person, city)), now)
}

/** @throws {AppError} CITY_NOT_FOUND, NOT_ALLOWED, EARLIER_UPLOAD_NOT_FOUND */
export async function getPeoplePreview(
  db: Db,
  person: Person,
  { dataDir }: Folder,
  { slug, hash }: { slug: string | null; hash: string },
  now: Date,
): Promise<PeoplePreview> {
  const city = await getPlace(db, person, slug)
  return lookAt(db, city, await getUpload(dataDir, hash, now, placeOf(person, city)), now)
}

/** An invitation that was made; its link is sent after the transaction. `token` is null when the same request came before. */
export interface MadeInvitation {
  request: InvitationRequest
  city: CityName | null
  token: string | null
}

/** Invites those who were chosen. Whoever has got the role or an invitation meanwhile is left out. @throws {AppError} as getPeoplePreview */
export async function importPeople(
  db: Db,
  person: Person,
  config: Folder,
  { slug, hash, chosen, key }: { slug: string | null; hash: string; chosen: readonly string[]; key: string },
  now: Date,
): Promise<MadeInvitation[]> {
  const { planned } = await getPeoplePreview(db, person, config, { slug, hash }, now)
  const made: MadeInvitation[] = []
  for (const { key: name, state, request, city } of planned) {
    if (state !== 'new' || request === null || !chosen.includes(name)) continue
    const { token } = await invitePerson(db, person, { request, key: `${key.slice(0, 80)}/${name}`.slice(0, 200), now })
    made.push({ request, city, token })
  }
  return made
}

/** Forgets a kept file, once it is in. */
export const forgetPeople = ({ dataDir }: Folder, person: Person, city: CityName | null, hash: string): Promise<void> =>
  dropUpload(dataDir, hash, placeOf(person, city))
