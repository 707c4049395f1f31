import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { assessments, citations, evidence, files, guestLinks, people, waves } from '../../db/schema.ts'
import type { Author } from '../../permissions.ts'
import { type Citation, earlierEnd, type Evidence } from './evidence.ts'
import { authorFrom, entryColumns, fileColumns, type Viewer, visibleTo } from './queries.ts'

const citationColumns = {
  id: citations.id,
  assessmentId: citations.assessmentId,
  questionId: citations.questionId,
  evidenceId: citations.evidenceId,
  page: citations.page,
  quotation: citations.quotation,
  note: citations.note,
  validUntil: citations.validUntil,
  createdAt: citations.createdAt,
  authorId: citations.createdBy,
  authorName: people.name,
  guestId: citations.guestId,
  guestName: guestLinks.name,
}

type CitationRow = Omit<Citation, 'author'> & {
  authorId: string | null
  authorName: string | null
  guestId: string | null
  guestName: string | null
}

function toCitation({ authorId, authorName, guestId, guestName, ...row }: CitationRow): Citation {
  return { ...row, author: authorFrom({ authorId, authorName, guestId, guestName }) }
}

/** A citation with the entry that it names. */
export interface CitedEvidence {
  citation: Citation
  evidence: Omit<Evidence, 'author'>
}

/** Citations of an assessment that the viewer may read, by question and age; entries removed from the library among them. */
export async function listCitations(
  db: Db,
  assessmentId: string,
  viewer: Viewer,
  questionIds?: readonly string[],
): Promise<CitedEvidence[]> {
  const rows = await db
    .select({ citation: citationColumns, evidence: entryColumns, file: fileColumns })
    .from(citations)
    .innerJoin(evidence, eq(evidence.id, citations.evidenceId))
    .leftJoin(files, eq(files.id, evidence.fileId))
    .leftJoin(people, eq(people.id, citations.createdBy))
    .leftJoin(guestLinks, eq(guestLinks.id, citations.guestId))
    .where(
      and(
        eq(citations.assessmentId, assessmentId),
        isNull(citations.removedAt),
        visibleTo(viewer),
        questionIds && inArray(citations.questionId, [...questionIds]),
      ),
    )
    .orderBy(asc(citations.questionId), asc(citations.createdAt), asc(citations.id))
  return rows.map(({ citation, evidence: entry, file }) => ({
    citation: toCitation(citation),
    evidence: { ...entry, file } as CitedEvidence['evidence'],
  }))
}

/** Last days of all citations of an assessment, by question: one query, whatever the number. */
export async function listCitationEnds(
  db: Db,
  assessmentIds: readonly string[],
): Promise<{ assessmentId: string; questionId: string; end: string | null }[]> {
  if (assessmentIds.length === 0) return []
  const rows = await db
    .select({
      assessmentId: citations.assessmentId,
      questionId: citations.questionId,
      validUntil: citations.validUntil,
      evidenceUntil: evidence.validUntil,
    })
    .from(citations)
    .innerJoin(evidence, eq(evidence.id, citations.evidenceId))
    .where(and(inArray(citations.assessmentId, [...assessmentIds]), isNull(citations.removedAt), isNull(evidence.removedAt)))
  return rows.map(({ validUntil, evidenceUntil, ...row }) => ({ ...row, end: earlierEnd(validUntil, evidenceUntil) }))
}

export async function findCitation(db: Db, assessmentId: string, questionId: string, id: string): Promise<Citation | null> {
  const [row] = await db
    .select(citationColumns)
    .from(citations)
    .leftJoin(people, eq(people.id, citations.createdBy))
    .leftJoin(guestLinks, eq(guestLinks.id, citations.guestId))
    .where(
      and(
        eq(citations.id, id),
        eq(citations.assessmentId, assessmentId),
        eq(citations.questionId, questionId),
        isNull(citations.removedAt),
      ),
    )
  return row ? toCitation(row) : null
}

/** Where in the document, and until when it counts. */
export type CitationPlace = Pick<Citation, 'page' | 'quotation' | 'note' | 'validUntil'>

export async function insertCitation(
  db: Db,
  author: Author,
  citation: CitationPlace & Pick<Citation, 'assessmentId' | 'questionId' | 'evidenceId'> & { cityId: string },
  now: Date,
): Promise<string> {
  const [row] = await db
    .insert(citations)
    .values({ ...citation, createdAt: now, createdBy: author.personId, guestId: author.guestId })
    .returning({ id: citations.id })
  return row!.id
}

export async function updateCitation(db: Db, id: string, place: CitationPlace): Promise<void> {
  await db.update(citations).set(place).where(eq(citations.id, id))
}

export async function removeCitation(db: Db, id: string, personId: string | null, now: Date): Promise<void> {
  await db.update(citations).set({ removedAt: now, removedBy: personId }).where(eq(citations.id, id))
}

export interface Use {
  citation: Citation
  wave: { name: string; instrumentVersionId: string }
}

/** Answers that an entry proves, newest wave first. */
export async function listUses(db: Db, evidenceId: string): Promise<Use[]> {
  const rows = await db
    .select({ citation: citationColumns, wave: { name: waves.name, instrumentVersionId: waves.instrumentVersionId } })
    .from(citations)
    .innerJoin(assessments, eq(assessments.id, citations.assessmentId))
    .innerJoin(waves, eq(waves.id, assessments.waveId))
    .leftJoin(people, eq(people.id, citations.createdBy))
    .leftJoin(guestLinks, eq(guestLinks.id, citations.guestId))
    .where(and(eq(citations.evidenceId, evidenceId), isNull(citations.removedAt)))
    .orderBy(sql`${waves.opensAt} desc`, asc(citations.questionId), asc(citations.createdAt))
  return rows.map(({ citation, wave }) => ({ citation: toCitation(citation), wave: wave as Use['wave'] }))
}

/** Citations of a question, those included that the viewer may not read. */
export function countCitations(db: Db, assessmentId: string, questionId: string): Promise<number> {
  return db.$count(
    citations,
    and(eq(citations.assessmentId, assessmentId), eq(citations.questionId, questionId), isNull(citations.removedAt)),
  )
}
