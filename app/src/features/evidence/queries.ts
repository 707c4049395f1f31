import { and, asc, count, desc, eq, ilike, inArray, isNotNull, isNull, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { cities, citations, evidence, files, guestLinks, people } from '../../db/schema.ts'
import type { Author } from '../../permissions.ts'
import { dayOf, type Evidence, type EvidenceDetails, soonUntil } from './evidence.ts'

/** What one person may open of a city's library. */
export interface Viewer {
  personId: string | null
  guestId: string | null
  /** Coordinators and approvers. Others open what is confidential only if they added it. */
  seesConfidential: boolean
  /** Technical partners: nothing that the city keeps to itself. */
  isPartner: boolean
}

/** The one place that says which entries somebody may open. */
export function visibleTo({ personId, guestId, seesConfidential, isPartner }: Viewer): SQL | undefined {
  const own = personId === null ? eq(evidence.guestId, guestId ?? '') : eq(evidence.createdBy, personId)
  const open = seesConfidential ? undefined : or(not(evidence.isConfidential), own)
  return and(open, isPartner ? ne(evidence.releaseLevel, 'private') : undefined)
}

const uses = sql<number>`(select count(*)::int from ${citations} where ${citations.evidenceId} = ${evidence.id} and ${citations.removedAt} is null)`

/** Columns of an entry alone. */
export const entryColumns = {
  id: evidence.id,
  cityId: evidence.cityId,
  url: evidence.url,
  title: evidence.title,
  kind: evidence.kind,
  datedOn: evidence.datedOn,
  validFrom: evidence.validFrom,
  validUntil: evidence.validUntil,
  isConfidential: evidence.isConfidential,
  releaseLevel: evidence.releaseLevel,
  language: evidence.language,
  note: evidence.note,
  version: evidence.version,
  createdAt: evidence.createdAt,
  updatedAt: evidence.updatedAt,
  removedAt: evidence.removedAt,
  uses,
}

export const fileColumns = {
  id: files.id,
  name: files.name,
  size: files.size,
  mediaType: files.mediaType,
  sha256: files.sha256,
  pages: files.pages,
  extractedAt: files.extractedAt,
  scan: files.scan,
  storedAs: files.storedAs,
}

const evidenceColumns = {
  ...entryColumns,
  authorId: evidence.createdBy,
  authorName: people.name,
  guestId: evidence.guestId,
  guestName: guestLinks.name,
  file: fileColumns,
}

interface AuthorColumns {
  authorId: string | null
  authorName: string | null
  guestId: string | null
  guestName: string | null
}

/** Who added it; null = the account is gone. */
export function authorFrom({ authorId, authorName, guestId, guestName }: AuthorColumns): Evidence['author'] {
  if (guestId !== null) return { id: guestId, name: guestName ?? '', isGuest: true }
  return authorId === null ? null : { id: authorId, name: authorName ?? '', isGuest: false }
}

function toEvidence<R extends AuthorColumns & { file: object | null }>({ authorId, authorName, guestId, guestName, ...row }: R): Evidence {
  return { ...row, author: authorFrom({ authorId, authorName, guestId, guestName }) } as unknown as Evidence
}

const entries = (db: Db) =>
  db
    .select(evidenceColumns)
    .from(evidence)
    .leftJoin(files, eq(files.id, evidence.fileId))
    .leftJoin(people, eq(people.id, evidence.createdBy))
    .leftJoin(guestLinks, eq(guestLinks.id, evidence.guestId))

/** An entry of a city that this person may open; removed ones, too. */
export async function findEvidence(db: Db, cityId: string, viewer: Viewer, id: string): Promise<Evidence | null> {
  const [row] = await entries(db).where(and(eq(evidence.id, id), eq(evidence.cityId, cityId), visibleTo(viewer)))
  return row ? toEvidence(row) : null
}

/** The entry that a file became. */
export async function findEvidenceOfFile(db: Db, fileId: string): Promise<Evidence | null> {
  const [row] = await entries(db).where(eq(evidence.fileId, fileId))
  return row ? toEvidence(row) : null
}

export const librarySorts = ['newest', 'title', 'expiry', 'uses'] as const
export type LibrarySort = (typeof librarySorts)[number]

export const libraryStates = ['expired', 'expires-soon', 'unused', 'removed'] as const

export interface LibraryFilter {
  search: string
  kind: string | null
  state: (typeof libraryStates)[number] | null
  sort: LibrarySort
}

function stateCondition(state: LibraryFilter['state'], now: Date): SQL | undefined {
  if (state === 'expired') return lt(evidence.validUntil, dayOf(now))
  if (state === 'expires-soon') return sql`${evidence.validUntil} between ${dayOf(now)} and ${soonUntil(now)}`
  return state === 'unused' ? sql`${uses} = 0` : undefined
}

const likeText = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

function matches(cityId: string, viewer: Viewer, { search, kind, state }: LibraryFilter, now: Date): SQL | undefined {
  const words = search.trim()
  const text = likeText(words)
  return and(
    eq(evidence.cityId, cityId),
    state === 'removed' ? isNotNull(evidence.removedAt) : isNull(evidence.removedAt),
    visibleTo(viewer),
    words === ''
      ? undefined
      : or(ilike(evidence.title, text), ilike(evidence.note, text), ilike(evidence.url, text), ilike(files.name, text)),
    kind === null ? undefined : eq(evidence.kind, kind),
    stateCondition(state, now),
  )
}

const orders: Record<LibrarySort, SQL[]> = {
  newest: [desc(evidence.createdAt)],
  title: [asc(sql`lower(${evidence.title})`)],
  expiry: [sql`${evidence.validUntil} asc nulls last`],
  uses: [desc(uses)],
}

/** One part of the library, and how many entries there are in all: two queries. */
export async function listLibrary(
  db: Db,
  cityId: string,
  viewer: Viewer,
  filter: LibraryFilter,
  part: { limit: number; offset: number },
  now: Date,
): Promise<{ entries: Evidence[]; total: number }> {
  const where = matches(cityId, viewer, filter, now)
  const [total] = await db.select({ total: count() }).from(evidence).leftJoin(files, eq(files.id, evidence.fileId)).where(where)
  const rows = await entries(db)
    .where(where)
    .orderBy(...orders[filter.sort], asc(evidence.id))
    .limit(part.limit)
    .offset(part.offset)
  return { entries: rows.map(toEvidence), total: total!.total }
}

/** These entries, by their keys. */
export async function listEvidence(db: Db, cityId: string, viewer: Viewer, ids: readonly string[]): Promise<Evidence[]> {
  if (ids.length === 0) return []
  const rows = await entries(db).where(and(eq(evidence.cityId, cityId), inArray(evidence.id, [...ids]), visibleTo(viewer)))
  return rows.map(toEvidence)
}

export type NewEvidence = EvidenceDetails & { cityId: string } & ({ fileId: string; url: null } | { fileId: null; url: string })

export async function insertEvidence(db: Db, author: Author, entry: NewEvidence, now: Date): Promise<string> {
  const [row] = await db
    .insert(evidence)
    .values({ ...entry, createdAt: now, createdBy: author.personId, guestId: author.guestId, updatedAt: now, updatedBy: author.personId })
    .returning({ id: evidence.id })
  return row!.id
}

interface Change {
  id: string
  version: number
  personId: string
  now: Date
}

/** @returns false when somebody else was quicker */
async function change(
  { db, id, version, personId, now }: Change & { db: Db },
  values: Partial<typeof evidence.$inferInsert>,
): Promise<boolean> {
  const changed = await db
    .update(evidence)
    .set({ ...values, version: version + 1, updatedAt: now, updatedBy: personId })
    .where(and(eq(evidence.id, id), eq(evidence.version, version)))
    .returning({ id: evidence.id })
  return changed.length > 0
}

export const updateEvidence = (db: Db, by: Change, details: EvidenceDetails): Promise<boolean> => change({ db, ...by }, details)

/** Takes an entry out of the library, or puts it back; its row and its file stay. */
export const setRemoved = (db: Db, by: Change, isRemoved: boolean): Promise<boolean> =>
  change({ db, ...by }, { removedAt: isRemoved ? by.now : null, removedBy: isRemoved ? by.personId : null })

/** Address of a city by its key. */
export async function findSlug(db: Db, cityId: string): Promise<string> {
  const [row] = await db.select({ slug: cities.slug }).from(cities).where(eq(cities.id, cityId))
  return row?.slug ?? ''
}
