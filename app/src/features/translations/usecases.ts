import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { can, type Person } from '../../permissions.ts'
import { type Language } from '../../text/catalogue.ts'
import type { StoredAnswer } from '../assessments/answer.ts'
import type { Assessment } from '../assessments/assessment.ts'
import { mayWrite } from '../assessments/assignment.ts'
import { findAnswer, listHistory } from '../assessments/queries.ts'
import { getQuestion, openQuestionnaire, type OpenedQuestionnaire, requireOpen } from '../assessments/usecases.ts'
import { recordEvent } from '../audit/queries.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import type { InstrumentStore } from '../instrument/store.ts'
import { listTranslations, type TranslationKey, writeCheck, writeTranslation } from './queries.ts'
import {
  type AnswerTexts,
  hasText,
  isComplete,
  sourceHash,
  targetLanguages,
  type Translation,
  type TranslationState,
  translationState,
} from './translation.ts'

/** An answer's original beside its translation into one language. */
export interface OpenedTranslation {
  assessment: Assessment
  instrument: Instrument
  question: QuestionRules
  language: Language
  original: StoredAnswer
  translation: Translation | null
  state: TranslationState
  /** Of the original as it reads now; a translation made of it carries it. */
  sourceHash: string
  /** The original as it read when it was translated; null = as now, or there is no translation. */
  originalThen: AnswerTexts | null
  /** Why this person cannot change it: a text key; null = they can. */
  notMine: 'translations.notMine' | 'translations.role' | null
}

export interface TranslationRequest {
  assessmentId: string
  questionId: string
  language: string
}

/** @throws {AppError} QUESTION_NOT_FOUND; TRANSLATION_NOT_FOUND when there is nothing to translate into this language */
export async function openTranslation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, questionId, language }: TranslationRequest,
): Promise<OpenedTranslation> {
  const { assessment, instrument, question, reach } = await getQuestion(db, person, instruments, assessmentId, questionId)
  const original = await findAnswer(db, assessmentId, questionId)
  const target = targetLanguages(original?.language ?? null).find((each) => each === language)
  if (original === null || !hasText(original) || target === undefined) throw new AppError('TRANSLATION_NOT_FOUND')
  const [translation = null] = await listTranslations(db, assessmentId, { questionId, language })
  const state = translationState(translation, original)
  const versions = state === 'outdated' ? await listHistory(db, assessmentId, questionId) : []
  return {
    assessment,
    instrument,
    question,
    language: target,
    original,
    translation,
    state,
    sourceHash: sourceHash(original),
    originalThen: versions.find((version) => sourceHash(version) === translation?.sourceHash) ?? null,
    notMine: !can(person, 'translation.edit', assessment.city.id).ok
      ? 'translations.role'
      : mayWrite(reach, questionId)
        ? null
        : 'translations.notMine',
  }
}

function requireMine({ assessment, notMine }: OpenedTranslation, now: Date): void {
  if (notMine !== null) throw new AppError('NOT_ALLOWED', { reason: notMine === 'translations.role' ? 'role' : 'ownQuestions' })
  requireOpen(assessment, now)
}

const translationChanged = (current: Translation | null): AppError => new AppError('TRANSLATION_CHANGED', {}, { current })

const textOrNull = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text)

export interface TranslationSave extends TranslationRequest, AnswerTexts {
  /** Version the person has seen; 0 = there was none. */
  version: number
  /** Of the original that the person has translated. If it has changed since, the translation is outdated from the start. */
  sourceHash: string
}

/** Whether the original ever read like that. */
async function requireKnownSource(db: Db, { assessmentId, questionId, sourceHash: hash }: TranslationSave): Promise<void> {
  const versions = await listHistory(db, assessmentId, questionId)
  if (!versions.some((version) => sourceHash(version) === hash))
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: 'sourceHash', message: 'translations.form.sourceUnknown' }] })
}

/**
 * Saves a translation as a draft. A text that the original does not have is left out.
 * @throws {AppError} TRANSLATION_CHANGED with the present one when somebody was quicker; NOT_ALLOWED, WAVE_CLOSED, INPUT_INVALID
 */
export async function saveTranslation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: TranslationSave,
  now: Date,
): Promise<OpenedTranslation> {
  const opened = await openTranslation(db, person, instruments, request)
  requireMine(opened, now)
  const { assessment, original, translation } = opened
  if ((translation?.version ?? 0) !== request.version) throw translationChanged(translation)
  if (request.sourceHash !== opened.sourceHash) await requireKnownSource(db, request)
  const key: TranslationKey = { assessmentId: assessment.id, questionId: opened.question.id, language: opened.language }
  const texts = {
    explanation: original.explanation === null ? null : textOrNull(request.explanation),
    reason: original.reason === null ? null : textOrNull(request.reason),
  }
  const cityId = assessment.city.id
  const own = { sourceHash: request.sourceHash, cityId, personId: person.id, now }
  const version = await writeTranslation(db, key, request.version, { ...texts, ...own })
  if (version === null) throw translationChanged((await openTranslation(db, person, instruments, request)).translation)
  await recordEvent(db, {
    action: 'translation.saved',
    personId: person.id,
    cityId,
    subject: `translation:${key.assessmentId}/${key.questionId}/${key.language}`,
    payload: { version, ...texts, sourceHash: request.sourceHash },
    now,
  })
  return openTranslation(db, person, instruments, request)
}

/** Why a translation cannot be marked as checked: a text key under translations.step; null = it can. */
export function checkProblem({
  translation,
  state,
  original,
}: OpenedTranslation): 'missing' | 'outdated' | 'checked' | 'incomplete' | null {
  if (translation === null || state === 'missing') return 'missing'
  if (state === 'outdated' || state === 'checked') return state
  return isComplete(translation, original) ? null : 'incomplete'
}

/**
 * Notes that somebody has read the translation once more beside the original.
 * @throws {AppError} TRANSLATION_CHANGED, STEP_NOT_AVAILABLE with the reason, NOT_ALLOWED, WAVE_CLOSED
 */
export async function checkTranslation(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  request: TranslationRequest & { version: number },
  now: Date,
): Promise<OpenedTranslation> {
  const opened = await openTranslation(db, person, instruments, request)
  requireMine(opened, now)
  if ((opened.translation?.version ?? 0) !== request.version) throw translationChanged(opened.translation)
  const problem = checkProblem(opened)
  if (problem !== null) throw new AppError('STEP_NOT_AVAILABLE', { reason: `translations.step.${problem}` })
  const { assessment, question, language } = opened
  const key: TranslationKey = { assessmentId: assessment.id, questionId: question.id, language }
  const version = await writeCheck(db, key, request.version, person.id, now)
  if (version === null) throw translationChanged((await openTranslation(db, person, instruments, request)).translation)
  await recordEvent(db, {
    action: 'translation.checked',
    personId: person.id,
    cityId: assessment.city.id,
    subject: `translation:${key.assessmentId}/${key.questionId}/${key.language}`,
    payload: { version },
    now,
  })
  return openTranslation(db, person, instruments, request)
}

/** One answer with text, and how its translation stands. */
export interface TranslationRow {
  question: QuestionRules
  original: StoredAnswer
  translation: Translation | null
  state: TranslationState
}

/** Answers with a text in another language than this one, in the order of the questionnaire. */
export function translationRows(
  { instrument, answers }: Pick<OpenedQuestionnaire, 'instrument' | 'answers'>,
  translations: readonly Translation[],
  language: string,
): TranslationRow[] {
  const known = new Map(translations.filter((each) => each.language === language).map((each) => [each.questionId, each]))
  return instrument.dimensions
    .flatMap((dimension) => dimension.indicators.flatMap((indicator) => [...indicator.questions]))
    .flatMap((question) => {
      const original = answers.get(question.id)
      if (!hasText(original) || original.language === language) return []
      const translation = known.get(question.id) ?? null
      return [{ question, original, translation, state: translationState(translation, original) }]
    })
}

/** All answers with text and the state of their translation: five queries. */
export async function openTranslations(
  db: Db,
  person: Person,
  instruments: InstrumentStore,
  { assessmentId, language }: { assessmentId: string; language: string },
): Promise<{ opened: OpenedQuestionnaire; rows: TranslationRow[] }> {
  const opened = await openQuestionnaire(db, person, instruments, assessmentId)
  return { opened, rows: translationRows(opened, await listTranslations(db, assessmentId, { language }), language) }
}
