import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { once } from '../../once.ts'
import { authorOf, can, type Person } from '../../permissions.ts'
import {
  type AnswerPatch,
  applyPatch,
  emptyAnswer,
  equalFields,
  findBrokenRule,
  pickFields,
  type StoredAnswer,
} from '../assessments/answer.ts'
import { mayRead, mayWrite } from '../assessments/assignment.ts'
import { type Assessment, canAnswer } from '../assessments/assessment.ts'
import { findAnswer } from '../assessments/queries.ts'
import { getQuestion, openQuestionnaire, type OpenedQuestionnaire, saveAs } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { addNotices } from '../notices/queries.ts'
import { tellCoordinators } from '../notices/telling.ts'
import { isPending, type Suggestion } from './partner.ts'
import { insertSuggestion, listSuggestions, lockSuggestion, markSuggestion, replaceSuggestions } from './suggestion-queries.ts'

// A partner suggests, the city decides: what is taken over becomes the city's own answer.

/** Suggestions to questions that the person reads; a partner's own and the city's alike. */
export async function openSuggestions(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  assessmentId: string,
): Promise<OpenedQuestionnaire & { suggestions: Suggestion[] }> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  const all = await listSuggestions(db, assessmentId)
  return { ...opened, suggestions: all.filter(({ questionId }) => mayRead(opened.reach, questionId)) }
}

export interface SuggestRequest {
  assessmentId: string
  questionId: string
  patch: AnswerPatch
  language: string
  note: string | null
  key: string
}

/**
 * Suggests an answer to the city. An earlier suggestion of the same person that still waits gives way to it.
 * @throws {AppError} NOT_ALLOWED without the right to suggest, ANSWER_INVALID, SUGGESTION_EMPTY when it says nothing new
 */
export async function suggestAnswer(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, questionId, patch, language, note, key }: SuggestRequest,
  now: Date,
): Promise<{ id: string }> {
  const { assessment, question } = await getQuestion(db, person, instruments, assessmentId, questionId)
  const permission = can(person, 'answer.suggest', assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  requireOpen(assessment, now)
  const fields = applyPatch(emptyAnswer, patch)
  const rule = findBrokenRule(question, fields)
  if (rule !== null) throw new AppError('ANSWER_INVALID', { question: questionId, rule: `assessments.rule.${rule}` })
  const current = await findAnswer(db, assessmentId, questionId)
  if (equalFields(fields, current ?? emptyAnswer)) throw new AppError('SUGGESTION_EMPTY')
  return once(db, person, { key, operation: 'suggestAnswer', body: { assessmentId, questionId, fields, note } }, async () => {
    await replaceSuggestions(db, { assessmentId, questionId, personId: person.id, now })
    const cityId = assessment.city.id
    const baseVersion = current?.version ?? 0
    const row = { ...fields, assessmentId, cityId, questionId, origin: 'partner', language, note, baseVersion }
    const id = await insertSuggestion(db, { ...row, suggestedBy: person.id, createdAt: now })
    const address = `/assessments/${assessmentId}/questions/${questionId}`
    const subject = { who: person.name, question: questionId }
    await tellCoordinators(db, { cityId, kind: 'suggestion-made', subject, address }, person.id, now)
    await record(db, person, 'suggestion.made', assessment, id, { questionId, ...fields, note }, now)
    return { id }
  })
}

function requireOpen(assessment: Assessment, now: Date): void {
  const step = canAnswer(assessment, now)
  if (!step.ok) throw new AppError('STEP_NOT_AVAILABLE', { reason: `assessments.step.${step.reason}` })
}

async function record(db: Db, person: Person, action: string, { city }: Assessment, id: string, payload: object, now: Date): Promise<void> {
  await recordEvent(db, { action, personId: person.id, cityId: city.id, subject: `suggestion:${id}`, payload, now })
}

async function getPending(db: Db, assessmentId: string, id: string): Promise<Suggestion> {
  const suggestion = await lockSuggestion(db, assessmentId, id)
  if (suggestion === null) throw new AppError('SUGGESTION_NOT_FOUND')
  if (!isPending(suggestion)) throw new AppError('STEP_NOT_AVAILABLE', { reason: 'partners.step.decided' })
  return suggestion
}

/** For whoever answers the question in the city. */
async function getDecidable(db: Db, person: Person, instruments: InstrumentStore, assessmentId: string, id: string) {
  const suggestion = await getPending(db, assessmentId, id)
  const opened = await getQuestion(db, person, instruments, assessmentId, suggestion.questionId)
  const permission = can(person, 'suggestion.decide', opened.assessment.city.id)
  if (!permission.ok) throw new AppError('NOT_ALLOWED', { reason: permission.reason })
  if (!mayWrite(opened.reach, suggestion.questionId)) throw new AppError('NOT_ALLOWED', { reason: 'ownQuestions' })
  return { suggestion, ...opened }
}

async function tellSuggester(
  db: Db,
  person: Person,
  { by, questionId, assessmentId }: Suggestion,
  { city }: Assessment,
  decision: 'accepted' | 'declined',
  now: Date,
): Promise<void> {
  if (by === null) return
  const subject = { who: person.name, question: questionId, decision }
  const address = `/assessments/${assessmentId}/suggestions`
  await addNotices(db, [{ personId: by.id, cityId: city.id, kind: 'suggestion-decided', subject, address }], person.id, now)
}

export interface DecideRequest {
  assessmentId: string
  id: string
}

/**
 * Takes a suggestion over: it becomes the city's own answer, with its own version and author.
 * @param request version: of the answer that the person saw beside the suggestion; a newer one is never overwritten unseen
 * @throws {AppError} ANSWER_CHANGED, SUGGESTION_NOT_FOUND, STEP_NOT_AVAILABLE when it was decided already
 */
export async function acceptSuggestion(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, id, version }: DecideRequest & { version: number },
  now: Date,
): Promise<StoredAnswer> {
  const { suggestion, assessment, instrument } = await getDecidable(db, person, instruments, assessmentId, id)
  const { questionId, language } = suggestion
  const origin = suggestion.origin === 'joint' ? ('joint' as const) : ('suggestion' as const)
  const request = { questionId, version, patch: pickFields(suggestion), language: language ?? person.language, origin }
  const saved = await saveAs(db, authorOf(person), { assessment, instrument }, request, now)
  await markSuggestion(db, id, { decidedAt: now, decidedBy: person.id, decision: 'accepted', decisionNote: null })
  await tellSuggester(db, person, suggestion, assessment, 'accepted', now)
  await record(db, person, 'suggestion.accepted', assessment, id, { questionId, version: saved.version }, now)
  return saved
}

/** Declines a suggestion, with a sentence if there is something to say. */
export async function declineSuggestion(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, id, note }: DecideRequest & { note: string | null },
  now: Date,
): Promise<void> {
  const { suggestion, assessment } = await getDecidable(db, person, instruments, assessmentId, id)
  await markSuggestion(db, id, { decidedAt: now, decidedBy: person.id, decision: 'declined', decisionNote: note })
  await tellSuggester(db, person, suggestion, assessment, 'declined', now)
  await record(db, person, 'suggestion.declined', assessment, id, { note }, now)
}

/** Takes an own suggestion back. */
export async function withdrawSuggestion(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, id }: DecideRequest,
  now: Date,
): Promise<void> {
  const { assessment } = await openQuestionnaire(db, person, instruments, assessmentId)
  const suggestion = await getPending(db, assessmentId, id)
  if (suggestion.by?.id !== person.id) throw new AppError('SUGGESTION_NOT_FOUND')
  await markSuggestion(db, id, { withdrawnAt: now })
  await record(db, person, 'suggestion.withdrawn', assessment, id, {}, now)
}
