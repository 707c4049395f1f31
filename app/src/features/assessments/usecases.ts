import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { type Author, authorOf, can, type Person } from '../../permissions.ts'
import { type NewEvent, recordEvent } from '../audit/queries.ts'
import { findQuestion, type Instrument, type QuestionRules } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import {
  type AnswerOrigin,
  type AnswerPatch,
  applyPatch,
  equalFields,
  findBrokenRule,
  neverSaved,
  questionMap,
  type StoredAnswer,
} from './answer.ts'
import { instrumentWithin, mayRead, mayWrite, type Reach } from './assignment.ts'
import { tellLive } from './live-queries.ts'
import { reachOf } from './reach.ts'
import { type Exclusions, exclusionsOf, type ScopeStatement } from './scope.ts'
import { getScopeStatements } from './scope-queries.ts'
import { type Assessment, canAnswer, closedSince } from './assessment.ts'
import { findAnswer, findAssessment, getAnswers, listHistory, writeAnswer } from './queries.ts'

/** Another city's assessment is as unknown as one that does not exist. */
export async function getAssessment(db: Db, person: Person, assessmentId: string): Promise<Assessment> {
  const assessment = await findAssessment(db, assessmentId)
  if (assessment === null || !can(person, 'assessment.read', assessment.city.id).ok) throw new AppError('ASSESSMENT_NOT_FOUND')
  return assessment
}

/** An assessment as one person sees it. */
export interface OpenedQuestionnaire {
  assessment: Assessment
  /** Only with the questions that the person reads. */
  instrument: Instrument
  /** The whole instrument, for numbers and names. */
  whole: Instrument
  /** Answers that the person reads; of others only what their conditions need, without texts and author. */
  answers: Map<string, StoredAnswer>
  reach: Reach
  /** What the city is responsible for, as far as it has said so. */
  statements: ScopeStatement[]
  /** Questions that are not asked, because another authority is responsible. */
  exclusions: Exclusions
}

/** Parents of conditions are needed to know what is asked; whoever may not read them gets the choice alone. */
function readable(whole: Instrument, answers: ReadonlyMap<string, StoredAnswer>, reach: Reach): Map<string, StoredAnswer> {
  if (reach.reads === null) return new Map(answers)
  const questions = questionMap(whole)
  const parents = new Set<string>()
  for (const id of reach.reads)
    for (let parent = questions.get(id)?.visibleIf?.question; parent; parent = questions.get(parent)?.visibleIf?.question)
      parents.add(parent)
  return new Map(
    [...answers].flatMap(([id, answer]): [string, StoredAnswer][] =>
      mayRead(reach, id)
        ? [[id, answer]]
        : parents.has(id)
          ? [[id, { ...answer, reason: null, explanation: null, author: null, updatedAt: null }]]
          : [],
    ),
  )
}

/** What a page of the questionnaire needs: four queries, whatever the size; six for a contributor. */
export async function openQuestionnaire(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedQuestionnaire> {
  const assessment = await getAssessment(db, person, assessmentId)
  const whole = await instruments.get(db, assessment.wave.instrumentVersionId)
  const [reach, given, scopes] = await Promise.all([
    reachOf(db, person, assessment, whole),
    getAnswers(db, assessmentId),
    getScopeStatements(db, [assessmentId]),
  ])
  const answers = readable(whole, given, reach)
  const statements = scopes.get(assessmentId)!
  const exclusions = exclusionsOf(whole, statements)
  return { assessment, instrument: instrumentWithin(whole, reach.reads), whole, answers, reach, statements, exclusions }
}

/**
 * The same for what shows the questionnaire as a whole, such as results and handing in.
 * @throws {AppError} NOT_ALLOWED for a contributor who reads only what is theirs
 */
export async function openWholeQuestionnaire(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedQuestionnaire> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  if (opened.reach.reads !== null) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  return opened
}

/** @throws {AppError} QUESTION_NOT_FOUND when the assessment has no such question, or the person does not read it */
export async function getQuestion(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  questionId: string,
): Promise<{ assessment: Assessment; instrument: Instrument; question: QuestionRules; reach: Reach }> {
  const assessment = await getAssessment(db, person, assessmentId)
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  const question = findQuestion(instrument, questionId)
  const reach = await reachOf(db, person, assessment, instrument)
  if (question === null || !mayRead(reach, questionId)) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  return { assessment, instrument, question, reach }
}

export interface SaveRequest {
  assessmentId: string
  questionId: string
  patch: AnswerPatch
  /** Version the person has seen; 0 = no answer yet. */
  version: number
  language: string
  /** Where the words come from, when nobody typed them. */
  origin?: AnswerOrigin
}

/** @throws {AppError} WAVE_CLOSED, STEP_NOT_AVAILABLE while answers cannot change */
export function requireOpen(assessment: Assessment, now: Date): void {
  const step = canAnswer(assessment, now)
  if (step.ok) return
  if (step.reason === 'closed')
    throw new AppError('WAVE_CLOSED', { wave: assessment.wave.name, closedAt: closedSince(assessment.wave, now) })
  throw new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${step.reason}` })
}

function answerChanged(current: StoredAnswer): AppError {
  return new AppError('ANSWER_CHANGED', { author: current.author?.name ?? '–' }, { current })
}

/**
 * Saves the fields of one answer that changed. Nothing is written when nothing changes.
 * @throws {AppError} ANSWER_CHANGED with the current answer when it is no longer the version seen; ANSWER_INVALID, WAVE_CLOSED, NOT_ALLOWED
 */
export async function saveAnswer(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: SaveRequest,
  now: Date,
): Promise<StoredAnswer> {
  const assessment = await getAssessment(db, person, request.assessmentId)
  const permission = can(person, 'answer.save', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  const reach = await reachOf(db, person, assessment, instrument)
  if (!mayRead(reach, request.questionId)) throw new AppError('QUESTION_NOT_FOUND', { question: request.questionId })
  if (!mayWrite(reach, request.questionId)) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  return saveAs(db, authorOf(person), { assessment, instrument }, request, now)
}

/**
 * Saves for an author who is known to be allowed: rules, version, history and record are the same for everybody.
 * @throws {AppError} as saveAnswer
 */
export async function saveAs(
  db: Db,
  author: Author,
  about: { assessment: Assessment; instrument: Instrument },
  request: Omit<SaveRequest, 'assessmentId'>,
  now: Date,
): Promise<StoredAnswer> {
  const { answer, event } = await saveUnrecorded(db, author, about, request, now)
  if (event !== null) await recordEvent(db, event)
  return answer
}

/**
 * The same without the entry in the record, for whoever saves several answers in one transaction: all are written first and recorded
 * afterwards, because an entry holds up everybody else who saves.
 * @returns the answer, and the event to record; null when nothing changed
 */
export async function saveUnrecorded(
  db: Db,
  author: Author,
  { assessment, instrument }: { assessment: Assessment; instrument: Instrument },
  { questionId, patch, version, language, origin }: Omit<SaveRequest, 'assessmentId'>,
  now: Date,
): Promise<{ answer: StoredAnswer; event: NewEvent | null }> {
  requireOpen(assessment, now)
  const assessmentId = assessment.id
  const question = findQuestion(instrument, questionId)
  if (question === null) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  const current = (await findAnswer(db, assessmentId, questionId)) ?? neverSaved(questionId)
  if (current.version !== version) throw answerChanged(current)
  const next = applyPatch(current, patch)
  const rule = findBrokenRule(question, next)
  if (rule !== null) throw new AppError('ANSWER_INVALID', { question: questionId, rule: `assessments.rule.${rule}` })
  if (equalFields(current, next)) return { answer: current, event: null }

  const cityId = assessment.city.id
  const write = { ...next, assessmentId, questionId, cityId, author, origin: origin ?? null, language, now }
  const written = await writeAnswer(db, version, write)
  if (written === null) throw answerChanged((await findAnswer(db, assessmentId, questionId)) ?? current)
  const event = {
    action: 'answer.saved',
    personId: author.personId ?? author.guestId,
    cityId,
    subject: `answer:${assessmentId}/${questionId}`,
    payload: { version: written, ...next, ...(origin && { origin }) },
    now,
  }
  const { personId, guestId, name } = author
  const by = { id: (guestId ?? personId)!, name }
  await tellLive(db, { kind: 'saved', cityId, assessmentId, questionId, version: written, by })
  const writer = { ...by, isGuest: guestId !== null }
  return { event, answer: { ...next, questionId, version: written, updatedAt: now.toISOString(), author: writer, language } }
}

/** Every version of an answer, newest first. */
export async function getHistory(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  questionId: string,
): Promise<{ assessment: Assessment; instrument: Instrument; history: StoredAnswer[] }> {
  const { assessment, instrument } = await getQuestion(db, person, instruments, assessmentId, questionId)
  return { assessment, instrument, history: await listHistory(db, assessmentId, questionId) }
}
