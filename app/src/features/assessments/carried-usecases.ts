import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { authorOf, can, type Person } from '../../permissions.ts'
import { type NewEvent, recordEvent } from '../audit/queries.ts'
import { findQuestion, type Instrument, questionsOf } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import type { StoredAnswer } from './answer.ts'
import { type Assessment, questionStatuses } from './assessment.ts'
import { mayWrite } from './assignment.ts'
import {
  type Carried,
  carriedState,
  confirmingPatch,
  countEvidence,
  findMisfit,
  findSkipReason,
  noEvidence,
  type SkipReason,
} from './carried.ts'
import { carryCitations, getEvidenceExpiries, insertCarried, listCarried } from './carried-queries.ts'
import type { Exclusions } from './scope.ts'
import { frozenAnswers, isGiven } from './sheet.ts'
import { findEarlierAssessment, findFrozenCopy, getAuthors, type SheetOrigin } from './sheet-queries.ts'
import { getAnswers } from './queries.ts'
import { openQuestionnaire, type OpenedQuestionnaire, requireOpen, saveUnrecorded } from './usecases.ts'

/** The city's earlier answers beside those of now. */
export interface CarriedSheet {
  from: SheetOrigin
  /** The questionnaire of the earlier wave: it words the options chosen then. */
  earlierInstrument: Instrument
  /** The questions that the person reads, in the order of the questionnaire. */
  questions: Map<string, Carried>
  /** Questions answered then that are not asked any more. */
  retired: number
}

/** YYYY-MM-DD */
const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

async function earlierAnswers(db: Db, { assessmentId }: SheetOrigin): Promise<Map<string, StoredAnswer>> {
  const [frozen, authors] = await Promise.all([findFrozenCopy(db, assessmentId), getAuthors(db, assessmentId)])
  return frozen === null ? getAnswers(db, assessmentId) : frozenAnswers(frozen.content, authors)
}

/** What the earlier answers are held against. */
export interface Compared {
  assessment: Assessment
  instrument: Instrument
  answers: ReadonlyMap<string, StoredAnswer>
  exclusions: Exclusions
}

/**
 * Earlier answers beside those of now; six queries at most, whatever the size.
 * @returns null when the city takes part for the first time
 */
export async function compareWithEarlier(
  db: Db,
  instruments: InstrumentStore,
  { assessment, instrument, answers, exclusions }: Compared,
  now: Date,
): Promise<CarriedSheet | null> {
  const from = await findEarlierAssessment(db, assessment)
  if (from === null) return null
  const earlierInstrument = await instruments.get(db, from.instrumentVersionId)
  const [earlier, expiries, confirmed] = await Promise.all([
    earlierAnswers(db, from),
    getEvidenceExpiries(db, from.assessmentId),
    listCarried(db, assessment.id),
  ])
  const records = new Map(confirmed.map((record) => [record.questionId, record]))
  const statuses = questionStatuses(instrument, answers, exclusions)
  const compare = (question: Carried['question']): Carried => {
    const { state } = statuses.get(question.id)!
    const then = earlier.get(question.id)
    const current = answers.get(question.id) ?? null
    const record = records.get(question.id)
    const given = isGiven(then) ? then : null
    return {
      question,
      earlier: given,
      current,
      state: carriedState(given, current, state !== 'hidden' && state !== 'excluded'),
      evidence: given === null ? noEvidence : countEvidence(expiries.get(question.id) ?? [], dayOf(now)),
      confirmed: record === undefined ? null : { at: record.decidedAt, by: record.decidedBy, fromVersion: record.fromVersion },
      misfit: given && findMisfit(question, given),
    }
  }
  return {
    from,
    earlierInstrument,
    questions: new Map(questionsOf(instrument).map((question) => [question.id, compare(question)])),
    retired: [...earlier.values()].filter((answer) => isGiven(answer) && findQuestion(instrument, answer.questionId) === null).length,
  }
}

/** The questionnaire with the earlier answers. @throws {AppError} ASSESSMENT_NOT_FOUND */
export async function openCarried(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  now: Date,
): Promise<{ opened: OpenedQuestionnaire; sheet: CarriedSheet | null }> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  return { opened, sheet: await compareWithEarlier(db, instruments, opened, now) }
}

export interface ConfirmRequest {
  assessmentId: string
  key: string
  /** The answers that were seen, each with the version of the earlier answer. */
  answers: readonly { questionId: string; fromVersion: number }[]
}

export interface Confirmation {
  confirmed: string[]
  /** Answers that could not be confirmed, with a text key under carried.skipped. */
  skipped: { questionId: string; reason: SkipReason }[]
  /** Citations that now stand at the answers of this wave. */
  citations: number
}

/** Copies one earlier answer and what it cites. @returns how many citations, and the events to record */
async function carryOne(
  db: Db,
  person: Person,
  { opened: { assessment, whole }, from }: { opened: OpenedQuestionnaire; from: SheetOrigin },
  { question, earlier, current }: Carried & { earlier: StoredAnswer },
  now: Date,
): Promise<{ citations: number; event: NewEvent | null }> {
  const questionId = question.id
  const request = {
    questionId,
    patch: confirmingPatch(earlier, current ?? undefined),
    version: current?.version ?? 0,
    language: earlier.language ?? person.language,
    origin: 'still-true',
  } as const
  const { answer, event } = await saveUnrecorded(db, authorOf(person), { assessment, instrument: whole }, request, now)
  const keys = {
    assessmentId: assessment.id,
    questionId,
    cityId: assessment.city.id,
    fromAssessmentId: from.assessmentId,
    personId: person.id,
    now,
  }
  await insertCarried(db, { ...keys, fromVersion: earlier.version, answerVersion: answer.version })
  return { citations: await carryCitations(db, keys, dayOf(now)), event }
}

type Seen = ConfirmRequest['answers'][number]

/** The answers in the order of the questionnaire, so that two people who confirm at once do not wait for each other in a circle. */
function inOrder({ questions }: CarriedSheet, answers: readonly Seen[]): Seen[] {
  const order = [...questions.keys()]
  return [...answers].sort((a, b) => order.indexOf(a.questionId) - order.indexOf(b.questionId))
}

async function confirm(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, answers }: ConfirmRequest,
  now: Date,
): Promise<Confirmation> {
  const { opened, sheet } = await openCarried(db, person, instruments, assessmentId, now)
  requireOpen(opened.assessment, now)
  const result: Confirmation = { confirmed: [], skipped: [], citations: 0 }
  const events: NewEvent[] = []
  for (const { questionId, fromVersion } of sheet === null ? answers : inOrder(sheet, answers)) {
    const carried = sheet?.questions.get(questionId)
    if (carried === undefined || sheet === null) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
    if (!mayWrite(opened.reach, questionId)) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
    const reason = findSkipReason(carried, fromVersion)
    if (reason !== null) {
      result.skipped.push({ questionId, reason })
      continue
    }
    const { citations, event } = await carryOne(db, person, { opened, from: sheet.from }, { ...carried, earlier: carried.earlier! }, now)
    if (event !== null) events.push(event)
    result.citations += citations
    result.confirmed.push(questionId)
  }
  for (const event of events) await recordEvent(db, event)
  return result
}

/**
 * Says of earlier answers that they are still true: copies them into this wave with what is still valid of their evidence. An answer
 * that somebody has given meanwhile is never overwritten.
 * @throws {AppError} QUESTION_NOT_FOUND, NOT_ALLOWED, WAVE_CLOSED
 */
export async function confirmEarlierAnswers(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: ConfirmRequest,
  now: Date,
): Promise<Confirmation> {
  const { assessment } = await openQuestionnaire(db, person, instruments, request.assessmentId)
  const permission = can(person, 'answer.save', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const { assessmentId, answers, key } = request
  return once(db, person, { key, operation: 'confirmEarlierAnswers', body: { assessmentId, answers } }, () =>
    confirm(db, person, instruments, request, now),
  )
}
