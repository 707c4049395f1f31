import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { authorOf, can, type Person } from '../../permissions.ts'
import { mayWrite } from '../assessments/assignment.ts'
import { openQuestionnaire, type OpenedQuestionnaire } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import { citeAs } from '../evidence/citation-usecases.ts'
import { lockLibrary } from '../evidence/file-queries.ts'
import { listEvidence, type Viewer } from '../evidence/queries.ts'
import { viewerOf } from '../evidence/usecases.ts'
import type { Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { indexQuestions, type Proposal, proposeQuestions, type QuestionIndex } from './propose.ts'
import { bringBack, countAside, getTexts, type InboxEntry, insertDecision, listCited, listFilings, listInbox } from './queries.ts'

const indices = new WeakMap<Instrument, QuestionIndex>()

/** The index of an instrument never changes; it is made once. */
function indexOf(instrument: Instrument): QuestionIndex {
  const known = indices.get(instrument) ?? indexQuestions(instrument)
  indices.set(instrument, known)
  return known
}

export const perPage = 20

export interface ProposedEntry extends InboxEntry {
  proposals: Proposal[]
}

export interface OpenedInbox extends OpenedQuestionnaire {
  entries: ProposedEntry[]
  total: number
  aside: number
}

async function openForFiling(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string) {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  const permission = can(person, 'evidence.edit', opened.assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  return { opened, viewer: viewerOf(person, opened.assessment.city.id) }
}

/** Documents that wait for their questions, with proposals among the questions that the person answers. */
export async function openInbox(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, page }: { assessmentId: string; page: number },
): Promise<OpenedInbox> {
  const { opened, viewer } = await openForFiling(db, person, instruments, assessmentId)
  const cityId = opened.assessment.city.id
  const { entries, total } = await listInbox(db, { assessmentId, cityId, viewer }, { limit: perPage, offset: (page - 1) * perPage })
  const proposed = await propose(db, opened, viewer, entries)
  return { ...opened, entries: proposed, total, aside: await countAside(db, assessmentId) }
}

async function propose(
  db: Db,
  { assessment, whole, reach }: OpenedQuestionnaire,
  viewer: Viewer,
  entries: InboxEntry[],
): Promise<ProposedEntry[]> {
  if (entries.length === 0) return []
  const texts = await getTexts(
    db,
    entries.map(({ evidenceId }) => evidenceId),
  )
  const filings = await listFilings(db, assessment.city.id, viewer)
  const index = indexOf(whole)
  return entries.map((entry) => {
    const document = { name: entry.name, sha256: entry.sha256, text: texts.get(entry.evidenceId) ?? '' }
    return { ...entry, proposals: proposeQuestions(index, document, filings, (questionId) => mayWrite(reach, questionId)) }
  })
}

export interface FileRequest {
  assessmentId: string
  /** Documents with the questions that they prove; none = put aside. */
  documents: { evidenceId: string; questionIds: string[] }[]
  key: string
}

/** @throws {AppError} QUESTION_NOT_FOUND, EVIDENCE_NOT_FOUND, NOT_ALLOWED for a question that the person does not answer */
async function requireFiling(
  db: Db,
  { assessment, whole, reach }: OpenedQuestionnaire,
  viewer: Viewer,
  documents: FileRequest['documents'],
): Promise<void> {
  const questionIds = documents.flatMap((document) => document.questionIds)
  const wrong = questionIds.find((id) => !indexOf(whole).ids.has(id))
  if (wrong !== undefined) throw new AppError('QUESTION_NOT_FOUND', { question: wrong })
  if (questionIds.some((id) => !mayWrite(reach, id))) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  const wanted = new Set(documents.map(({ evidenceId }) => evidenceId))
  const known = await listEvidence(db, assessment.city.id, viewer, [...wanted])
  if (known.length < wanted.size) throw new AppError('EVIDENCE_NOT_FOUND')
}

const wholeDocument = { page: null, quotation: null, note: null, validUntil: null }

/**
 * Files documents to questions, each as a citation of the whole document, or puts them aside. What proves a question already
 * stays as it is: two people who file the same list leave one citation.
 * @throws {AppError} QUESTION_NOT_FOUND, EVIDENCE_NOT_FOUND, NOT_ALLOWED for a question that the person does not answer
 */
export async function fileDocuments(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, documents, key }: FileRequest,
  now: Date,
): Promise<{ filed: number; aside: number }> {
  const { opened, viewer } = await openForFiling(db, person, instruments, assessmentId)
  const { assessment } = opened
  const cityId = assessment.city.id
  return once(db, person, { key, operation: 'fileDocuments', body: { assessmentId, documents } }, async () => {
    await lockLibrary(db, cityId)
    await requireFiling(db, opened, viewer, documents)
    const ids = documents.map(({ evidenceId }) => evidenceId)
    const cited = await listCited(db, assessmentId, ids)
    for (const { evidenceId, questionIds } of documents) {
      for (const questionId of questionIds.filter((id) => !cited.has(`${evidenceId} ${id}`)))
        await citeAs(db, authorOf(person), viewer, { assessment, questionId }, { evidenceId, ...wholeDocument }, now)
      const isFiled = questionIds.length > 0
      await insertDecision(db, { assessmentId, cityId, evidenceId, proposals: [], isFiled, personId: person.id }, now)
    }
    const filed = documents.filter(({ questionIds }) => questionIds.length > 0).length
    const subject = `assessment:${assessmentId}`
    await recordEvent(db, { action: 'inbox.filed', personId: person.id, cityId, subject, payload: { documents }, now })
    return { filed, aside: documents.length - filed }
  })
}

/** Brings back what was put aside. */
export async function bringBackDocuments(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  now: Date,
): Promise<{ count: number }> {
  const { opened } = await openForFiling(db, person, instruments, assessmentId)
  const count = await bringBack(db, assessmentId)
  if (count > 0)
    await recordEvent(db, {
      action: 'inbox.brought-back',
      personId: person.id,
      cityId: opened.assessment.city.id,
      subject: `assessment:${assessmentId}`,
      payload: { count },
      now,
    })
  return { count }
}
