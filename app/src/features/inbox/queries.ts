import { and, desc, eq, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { citations, evidence, evidencePages, files, inboxItems } from '../../db/schema.ts'
import type { EvidenceFile } from '../evidence/evidence.ts'
import { type Viewer, visibleTo } from '../evidence/queries.ts'
import type { Filing, Proposal } from './propose.ts'

export interface InboxEntry {
  evidenceId: string
  title: string
  name: string
  mediaType: EvidenceFile['mediaType']
  sha256: string
  pages: number | null
  /** When its text was read; null = not yet. */
  extractedAt: Date | null
  createdAt: Date
}

/** Documents of the library that prove nothing in this assessment now and were not put aside. */
function waiting(db: Db, assessmentId: string, cityId: string, viewer: Viewer) {
  const cited = db
    .select({ one: sql`1` })
    .from(citations)
    .where(and(eq(citations.evidenceId, evidence.id), eq(citations.assessmentId, assessmentId), isNull(citations.removedAt)))
  const aside = db
    .select({ one: sql`1` })
    .from(inboxItems)
    .where(and(eq(inboxItems.evidenceId, evidence.id), eq(inboxItems.assessmentId, assessmentId), isNotNull(inboxItems.dismissedAt)))
  return and(eq(evidence.cityId, cityId), isNull(evidence.removedAt), visibleTo(viewer), notExists(cited), notExists(aside))
}

/** One page of what waits, newest first. */
export async function listInbox(
  db: Db,
  { assessmentId, cityId, viewer }: { assessmentId: string; cityId: string; viewer: Viewer },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ entries: InboxEntry[]; total: number }> {
  const rows = await db
    .select({
      evidenceId: evidence.id,
      title: evidence.title,
      name: files.name,
      mediaType: sql<EvidenceFile['mediaType']>`${files.mediaType}`,
      sha256: files.sha256,
      pages: files.pages,
      extractedAt: files.extractedAt,
      createdAt: evidence.createdAt,
      total: sql<string>`count(*) over ()`,
    })
    .from(evidence)
    .innerJoin(files, eq(files.id, evidence.fileId))
    .where(waiting(db, assessmentId, cityId, viewer))
    .orderBy(desc(evidence.createdAt), desc(evidence.id))
    .limit(limit)
    .offset(offset)
  return { entries: rows.map(({ total: _total, ...row }) => row), total: Number(rows[0]?.total ?? 0) }
}

export async function countInbox(db: Db, assessmentId: string, cityId: string, viewer: Viewer): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(evidence)
    .innerJoin(files, eq(files.id, evidence.fileId))
    .where(waiting(db, assessmentId, cityId, viewer))
  return row?.n ?? 0
}

/** The first pages' text of some documents, by document: one query. */
export async function getTexts(db: Db, evidenceIds: readonly string[], pages = 10): Promise<Map<string, string>> {
  if (evidenceIds.length === 0) return new Map()
  const rows = await db
    .select({ id: evidence.id, text: sql<string>`string_agg(left(${evidencePages.text}, 4000), ' ' order by ${evidencePages.page})` })
    .from(evidence)
    .innerJoin(evidencePages, eq(evidencePages.fileId, evidence.fileId))
    .where(and(inArray(evidence.id, [...evidenceIds]), sql`${evidencePages.page} <= ${pages}`))
    .groupBy(evidence.id)
  return new Map(rows.map(({ id, text }) => [id, text]))
}

/** Where documents of the city were filed before, in any wave: one query. */
export async function listFilings(db: Db, cityId: string, viewer: Viewer): Promise<Filing[]> {
  return db
    .selectDistinct({ questionId: citations.questionId, sha256: files.sha256, name: files.name })
    .from(citations)
    .innerJoin(evidence, eq(evidence.id, citations.evidenceId))
    .innerJoin(files, eq(files.id, evidence.fileId))
    .where(and(eq(citations.cityId, cityId), visibleTo(viewer)))
    .limit(2000)
}

/** Which of these documents prove which questions of the assessment now, as "document question". */
export async function listCited(db: Db, assessmentId: string, evidenceIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ evidenceId: citations.evidenceId, questionId: citations.questionId })
    .from(citations)
    .where(and(eq(citations.assessmentId, assessmentId), inArray(citations.evidenceId, [...evidenceIds]), isNull(citations.removedAt)))
  return new Set(rows.map(({ evidenceId, questionId }) => `${evidenceId} ${questionId}`))
}

export interface InboxDecision {
  assessmentId: string
  cityId: string
  evidenceId: string
  proposals: Proposal[]
  isFiled: boolean
  personId: string
}

export async function insertDecision(db: Db, { isFiled, personId, ...item }: InboxDecision, now: Date): Promise<void> {
  const outcome = isFiled ? { filedAt: now, filedBy: personId } : { dismissedAt: now }
  await db.insert(inboxItems).values({ ...item, ...outcome, createdAt: now, createdBy: personId })
}

/** Documents put aside come back. @returns how many */
export async function bringBack(db: Db, assessmentId: string): Promise<number> {
  const rows = await db
    .delete(inboxItems)
    .where(and(eq(inboxItems.assessmentId, assessmentId), isNotNull(inboxItems.dismissedAt)))
    .returning({ id: inboxItems.id })
  return rows.length
}

export function countAside(db: Db, assessmentId: string): Promise<number> {
  return db.$count(inboxItems, and(eq(inboxItems.assessmentId, assessmentId), isNotNull(inboxItems.dismissedAt)))
}
