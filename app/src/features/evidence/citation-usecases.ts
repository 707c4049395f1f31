import { hashOf } from '../../canonical.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { type Author, authorOf, can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import { type Assessment, canAnswer, closedSince } from '../assessments/assessment.ts'
import { mayWrite } from '../assessments/assignment.ts'
import { type Exclusion, type Exclusions, exclusionsOf } from '../assessments/scope.ts'
import { getScopeStatements } from '../assessments/scope-queries.ts'
import { getQuestion } from '../assessments/usecases.ts'
import { type Instrument, questionsOf, type QuestionRules } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import {
  type CitationPlace,
  type CitedEvidence,
  countCitations,
  findCitation,
  insertCitation,
  listCitationEnds,
  listCitations,
  removeCitation,
  updateCitation,
} from './citation-queries.ts'
import { type Citation, countCited, evidenceNeed, evidenceState, noCitations, type QuestionEvidence } from './evidence.ts'
import { findEvidence, type Viewer } from './queries.ts'
import { viewerOf } from './usecases.ts'

/** A question with what proves its answer. */
export interface QuestionWithEvidence {
  assessment: Assessment
  instrument: Instrument
  question: QuestionRules
  viewer: Viewer
  cited: CitedEvidence[]
  /** Citations that this person may not read. */
  hidden: number
  /** Why the question is not asked, so that nothing has to be proved; null = it is asked. */
  exclusion: Exclusion | null
  /** Why nothing can be changed here; null = it can. */
  refusal: AppError | null
}

/** Why this person cannot cite for the question; null = they can. */
function refusalOf(person: Person, assessment: Assessment, isWritable: boolean, now: Date): AppError | null {
  const permission = can(person, 'evidence.edit', assessment.city.id)
  if (!permission.ok) return new AppError('NOT_ALLOWED', { reason: permission.reason })
  if (!isWritable) return new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  return refusalOfWave(assessment, now)
}

/** Evidence belongs to the answers: it changes while they can. */
export function refusalOfWave(assessment: Assessment, now: Date): AppError | null {
  const step = canAnswer(assessment, now)
  if (step.ok) return null
  if (step.reason !== 'closed') return new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${step.reason}` })
  return new AppError('WAVE_CLOSED', { wave: assessment.wave.name, closedAt: closedSince(assessment.wave, now) })
}

/** The evidence of one question. @throws {AppError} ASSESSMENT_NOT_FOUND, QUESTION_NOT_FOUND, NOT_ALLOWED */
export async function readQuestionEvidence(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  questionId: string,
  now: Date,
): Promise<QuestionWithEvidence> {
  const { assessment, instrument, question, reach } = await getQuestion(db, person, instruments, assessmentId, questionId)
  const permission = can(person, 'evidence.read', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const viewer = viewerOf(person, assessment.city.id)
  const cited = await listCitations(db, assessmentId, viewer, [questionId])
  const hidden = (await countCitations(db, assessmentId, questionId)) - cited.length
  const statements = (await getScopeStatements(db, [assessmentId])).get(assessmentId)!
  const exclusion = exclusionsOf(instrument, statements).get(questionId) ?? null
  const refusal = refusalOf(person, assessment, mayWrite(reach, questionId), now)
  return { assessment, instrument, question, viewer, cited, hidden, exclusion, refusal }
}

/** The same for whoever wants to change it. @throws {AppError} the refusal */
export async function openToCite(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  questionId: string,
  now: Date,
): Promise<QuestionWithEvidence> {
  const opened = await readQuestionEvidence(db, person, instruments, assessmentId, questionId, now)
  if (opened.refusal !== null) throw opened.refusal
  return opened
}

export interface CitationRequest extends CitationPlace {
  evidenceId: string
}

/** Where something is cited. */
interface Cited {
  assessment: Assessment
  questionId: string
}

const subjectOf = ({ assessment, questionId }: Cited, id: string): string => `citation:${assessment.id}/${questionId}/${id}`

/** Changes when the place does; stands in for a version. */
export const placeTag = ({ page, quotation, note, validUntil }: CitationPlace): string =>
  hashOf({ page, quotation, note, validUntil }).slice(0, 16)

/**
 * Cites an entry for an author whose right to change the question is known.
 * @throws {AppError} EVIDENCE_NOT_FOUND when they may not open the entry; CITATION_PAGE when it has no such page; WAVE_CLOSED
 */
export async function citeAs(
  db: Db,
  author: Author,
  viewer: Viewer,
  cited: Cited,
  { evidenceId, ...place }: CitationRequest,
  now: Date,
): Promise<Citation> {
  const { assessment, questionId } = cited
  const refusal = refusalOfWave(assessment, now)
  if (refusal !== null) throw refusal
  await requirePage(db, viewer, assessment.city.id, evidenceId, place.page)
  const cityId = assessment.city.id
  const id = await insertCitation(db, author, { ...place, assessmentId: assessment.id, questionId, evidenceId, cityId }, now)
  await recordEvent(db, {
    action: 'citation.added',
    personId: author.personId ?? author.guestId,
    cityId,
    subject: subjectOf(cited, id),
    payload: { evidenceId, ...place },
    now,
  })
  return (await findCitation(db, assessment.id, questionId, id))!
}

async function requirePage(db: Db, viewer: Viewer, cityId: string, evidenceId: string, page: number | null): Promise<void> {
  const evidence = await findEvidence(db, cityId, viewer, evidenceId)
  if (evidence === null || evidence.removedAt !== null) throw new AppError('EVIDENCE_NOT_FOUND')
  const pages = evidence.file?.pages ?? null
  if (page !== null && pages !== null && page > pages) throw new AppError('CITATION_PAGE', { page, pages })
}

export interface CitationKey {
  assessmentId: string
  questionId: string
}

/** Cites an entry of the library as proof of an answer. @throws {AppError} as openToCite and citeAs */
export async function cite(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, questionId }: CitationKey,
  request: CitationRequest,
  now: Date,
): Promise<Citation> {
  const { assessment, viewer } = await openToCite(db, person, instruments, assessmentId, questionId, now)
  return citeAs(db, authorOf(person), viewer, { assessment, questionId }, request, now)
}

/** A citation of an entry that the person may open. */
async function openCitation(db: Db, person: Person, instruments: InstrumentStore, key: CitationKey & { id: string }, now: Date) {
  const opened = await openToCite(db, person, instruments, key.assessmentId, key.questionId, now)
  const found = opened.cited.find(({ citation }) => citation.id === key.id)
  if (found === undefined) throw new AppError('CITATION_NOT_FOUND')
  return { ...opened, ...found }
}

/**
 * Changes the place: page, quotation, remark, last day.
 * @param seen tag of the place that the person has seen
 * @throws {AppError} CITATION_CHANGED, CITATION_NOT_FOUND, CITATION_PAGE, and as openToCite
 */
export async function changeCitation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  key: CitationKey & { id: string; seen: string },
  place: CitationPlace,
  now: Date,
): Promise<Citation> {
  const { assessment, viewer, citation } = await openCitation(db, person, instruments, key, now)
  const { page, quotation, note, validUntil } = citation
  const before = { page, quotation, note, validUntil }
  if (placeTag(before) !== key.seen) throw new AppError('CITATION_CHANGED', {}, { current: before })
  if (placeTag(place) === placeTag(before)) return citation
  await requirePage(db, viewer, assessment.city.id, citation.evidenceId, place.page)
  await updateCitation(db, citation.id, place)
  await recordEvent(db, {
    action: 'citation.changed',
    personId: person.id,
    cityId: assessment.city.id,
    subject: subjectOf({ assessment, questionId: key.questionId }, citation.id),
    payload: { before, after: place },
    now,
  })
  return { ...citation, ...place }
}

/** Takes a citation back; the entry stays in the library. @throws {AppError} CITATION_NOT_FOUND, and as openToCite */
export async function takeBackCitation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  key: CitationKey & { id: string },
  now: Date,
): Promise<void> {
  const { assessment, citation } = await openCitation(db, person, instruments, key, now)
  await removeCitation(db, citation.id, person.id, now)
  await recordEvent(db, {
    action: 'citation.removed',
    personId: person.id,
    cityId: assessment.city.id,
    subject: subjectOf({ assessment, questionId: key.questionId }, citation.id),
    payload: { evidenceId: citation.evidenceId },
    now,
  })
}

/** How every question of an assessment stands with its evidence: one query. */
export async function evidenceStates(
  db: Db,
  assessmentId: string,
  instrument: Instrument,
  answers: ReadonlyMap<string, Pick<StoredAnswer, 'options' | 'missing'>>,
  exclusions: Exclusions,
  now: Date,
): Promise<Map<string, QuestionEvidence>> {
  const ends = Map.groupBy(await listCitationEnds(db, [assessmentId]), ({ questionId }) => questionId)
  return new Map(
    questionsOf(instrument).map(({ id, options, evidence }) => {
      const cited = ends.get(id)
      const counts =
        cited === undefined
          ? noCitations
          : countCited(
              cited.map(({ end }) => end),
              now,
            )
      return [id, evidenceState(evidence, counts, exclusions.has(id) ? 'none' : evidenceNeed(options, answers.get(id)))]
    }),
  )
}
