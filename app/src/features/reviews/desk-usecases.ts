import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import type { Person } from '../../permissions.ts'
import { listPages, type PageText } from '../evidence/file-queries.ts'
import { listEvidence, type Viewer } from '../evidence/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { type Changing, changingOf, type DeskQuestion, deskOf } from './desk.ts'
import { getDocumentViews, markSeen } from './desk-queries.ts'
import { type DeskDocument, isOpenDocument, type OpenDocument, toDeskDocument } from './documents.ts'
import { openAssigned, type OpenedReview } from './opening.ts'
import { getJudgements, listOpenQueries, markPosition } from './queries.ts'
import { type Stage, stageOf } from './review.ts'

/** A review with what the expert has decided so far. */
export interface OpenedDesk extends OpenedReview {
  stage: Stage
  questions: DeskQuestion[]
  changing: Changing
}

/** @throws {AppError} REVIEW_NOT_FOUND for whoever is not assigned */
export async function openDesk(db: Db, person: Person, instruments: InstrumentStore, reviewId: string, now: Date): Promise<OpenedDesk> {
  const opened = await openAssigned(db, person, instruments, reviewId)
  const judgements = await getJudgements(db, reviewId, person.id)
  const queries = await listOpenQueries(db, [reviewId])
  return {
    ...opened,
    stage: stageOf(opened.review, opened.assignments),
    questions: deskOf(opened, judgements, queries),
    changing: changingOf(opened.review, opened.assignment, now),
  }
}

/** Everything of the library, so that what is not released can be told from what does not exist; `refusalOf` decides. */
const everything: Viewer = { personId: null, guestId: '', seesConfidential: true, isPartner: false }

/** The documents that the frozen copy cites, in its order; of these questions only. Two queries. */
export async function listDocuments(
  db: Db,
  { review, content, assignment }: OpenedReview,
  questionIds: readonly string[],
): Promise<DeskDocument[]> {
  const cited = (content.citations ?? []).filter(({ questionId }) => questionIds.includes(questionId))
  const ids = [...new Set(cited.map(({ evidence }) => evidence))]
  const [entries, seen] = await Promise.all([
    listEvidence(db, review.city.id, everything, ids),
    getDocumentViews(db, review.id, assignment.person.id),
  ])
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return cited.map((citation) => toDeskDocument(citation, byId.get(citation.evidence), seen))
}

/** One question of the desk with its documents, and the text of the one that is shown. */
export interface OpenedQuestion extends OpenedDesk {
  question: DeskQuestion
  documents: DeskDocument[]
  shown: OpenDocument | null
  pages: PageText[]
}

export interface QuestionRequest {
  reviewId: string
  questionId: string
  /** Place of the document among those of the question, from 1; null = the first that can be opened. */
  document: number | null
}

/** @throws {AppError} QUESTION_NOT_FOUND unless it is of the expert's part */
export function questionOf(desk: OpenedDesk, questionId: string): DeskQuestion {
  const question = desk.questions.find(({ id }) => id === questionId)
  if (question === undefined) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  return question
}

/** @throws {AppError} REVIEW_NOT_FOUND, QUESTION_NOT_FOUND: also for a question that is not of the expert's part */
export async function openQuestion(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reviewId, questionId, document }: QuestionRequest,
  now: Date,
): Promise<OpenedQuestion> {
  const desk = await openDesk(db, person, instruments, reviewId, now)
  const question = questionOf(desk, questionId)
  const documents = await listDocuments(db, desk, [questionId])
  const chosen = document === null ? documents.find(isOpenDocument) : documents[document - 1]
  const shown = chosen !== undefined && isOpenDocument(chosen) ? chosen : null
  const file = shown?.evidence.file ?? null
  return { ...desk, question, documents, shown, pages: file === null ? [] : await listPages(db, file.id) }
}

/** Remembers where the expert is and what they have before them. Nobody else reads it. */
export async function rememberVisit(
  db: Db,
  { assignment, review, question, shown }: Pick<OpenedQuestion, 'assignment' | 'review' | 'question' | 'shown'>,
  now: Date,
): Promise<void> {
  if (assignment.lastQuestionId !== question.id) await markPosition(db, assignment.id, question.id, now)
  if (shown === null || shown.seenAt !== null) return
  const view = { reviewId: review.id, cityId: review.city.id, evidenceId: shown.evidence.id, personId: assignment.person.id }
  await markSeen(db, view, now)
}

/** A document that the frozen copy cites for the expert's part. @throws {AppError} REVIEW_NOT_FOUND, EVIDENCE_NOT_FOUND unless it is released */
export async function openDocument(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { reviewId, evidenceId }: { reviewId: string; evidenceId: string },
): Promise<OpenDocument> {
  const opened = await openAssigned(db, person, instruments, reviewId)
  const documents = await listDocuments(db, opened, opened.questionIds)
  const found = documents.filter(isOpenDocument).find(({ evidence }) => evidence.id === evidenceId)
  if (found === undefined) throw new AppError('EVIDENCE_NOT_FOUND')
  return found
}
