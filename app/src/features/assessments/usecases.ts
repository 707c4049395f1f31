import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { recordEvent } from '../audit/queries.ts'
import { findQuestion, type Instrument } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { applyPatch, type AnswerPatch, equalFields, findBrokenRule, neverSaved, type StoredAnswer } from './answer.ts'
import { type Assessment, canAnswer, closedSince } from './assessment.ts'
import { findAnswer, findAssessment, getAnswers, listHistory, writeAnswer } from './queries.ts'

/** Another city's assessment is as unknown as one that does not exist. */
export async function getAssessment(db: Db, person: Person, assessmentId: string): Promise<Assessment> {
  const assessment = await findAssessment(db, assessmentId)
  if (assessment === null || !can(person, 'assessment.read', assessment.city.id).ok) throw new AppError('ASSESSMENT_NOT_FOUND')
  return assessment
}

/** What a page of the questionnaire needs: three queries, whatever the size. */
export async function openQuestionnaire(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<{ assessment: Assessment; instrument: Instrument; answers: Map<string, StoredAnswer> }> {
  const assessment = await getAssessment(db, person, assessmentId)
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  return { assessment, instrument, answers: await getAnswers(db, assessmentId) }
}

export interface SaveRequest {
  assessmentId: string
  questionId: string
  patch: AnswerPatch
  /** Version the person has seen; 0 = no answer yet. */
  version: number
  language: string
}

function requireOpen(assessment: Assessment, now: Date): void {
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
  const { assessmentId, questionId, patch, version, language } = request
  const assessment = await getAssessment(db, person, assessmentId)
  const permission = can(person, 'answer.save', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  requireOpen(assessment, now)
  const question = findQuestion(await instruments.get(db, assessment.wave.instrumentVersionId), questionId)
  if (question === null) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })

  const current = (await findAnswer(db, assessmentId, questionId)) ?? neverSaved(questionId)
  if (current.version !== version) throw answerChanged(current)
  const next = applyPatch(current, patch)
  const rule = findBrokenRule(question, next)
  if (rule !== null) throw new AppError('ANSWER_INVALID', { question: questionId, rule: `assessments.rule.${rule}` })
  if (equalFields(current, next)) return current

  const cityId = assessment.city.id
  const written = await writeAnswer(db, version, { ...next, assessmentId, questionId, cityId, personId: person.id, language, now })
  if (written === null) throw answerChanged((await findAnswer(db, assessmentId, questionId)) ?? current)
  await recordEvent(db, {
    action: 'answer.saved',
    personId: person.id,
    cityId,
    subject: `answer:${assessmentId}/${questionId}`,
    payload: { version: written, ...next },
    now,
  })
  return { ...next, questionId, version: written, updatedAt: now.toISOString(), author: { id: person.id, name: person.name }, language }
}

/** Every version of an answer, newest first. */
export async function getHistory(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
  questionId: string,
): Promise<{ assessment: Assessment; instrument: Instrument; history: StoredAnswer[] }> {
  const assessment = await getAssessment(db, person, assessmentId)
  const instrument = await instruments.get(db, assessment.wave.instrumentVersionId)
  if (findQuestion(instrument, questionId) === null) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  return { assessment, instrument, history: await listHistory(db, assessmentId, questionId) }
}
