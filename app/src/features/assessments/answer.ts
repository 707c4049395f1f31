import type { Answer } from '@tessera/engine'
import { questionsOf, type Instrument, type QuestionRules } from '../instrument/instrument.ts'
import type { Exclusions } from './scope.ts'

/** What an answer holds. A field that is null holds nothing; 0 points, "no" and "" are never confused with it. */
export interface AnswerFields {
  /** Keys of the chosen options; null = none chosen. */
  options: string[] | null
  missing: 'not-applicable' | 'not-known' | null
  /** Why the question does not apply. */
  reason: string | null
  /** Free text, never scored. */
  explanation: string | null
}

/** Only the fields that change; an absent field keeps its value, null clears it. */
export type AnswerPatch = Partial<AnswerFields>

/** Where an answer came from, when it was not typed. */
export const answerOrigins = ['suggestion', 'still-true', 'joint', 'spreadsheet', 'quick-check', 'review'] as const
export type AnswerOrigin = (typeof answerOrigins)[number]

/** Who wrote an answer; a guest is known by the link. */
export interface AnswerAuthor {
  id: string
  name: string
  isGuest: boolean
}

/** An answer as it is stored; version 0 = never saved. */
export interface StoredAnswer extends AnswerFields {
  questionId: string
  version: number
  updatedAt: string | null
  author: AnswerAuthor | null
  /** Where the words came from, when nobody typed them: for the history. */
  origin?: AnswerOrigin | null
  /** Language the texts are written in. */
  language: string | null
}

export const fieldNames = ['options', 'missing', 'reason', 'explanation'] as const

export const emptyAnswer: AnswerFields = { options: null, missing: null, reason: null, explanation: null }

export const maximumExplanation = 10_000 // characters
export const maximumReason = 2_000 // characters

export const neverSaved = (questionId: string): StoredAnswer => ({
  ...emptyAnswer,
  questionId,
  version: 0,
  updatedAt: null,
  author: null,
  language: null,
})

const isBlank = (text: string | null): boolean => text === null || text.trim() === ''

/** Applies a patch. Choosing an option takes back "not known", and the other way round. Blank text is no text. */
export function applyPatch(current: AnswerFields, patch: AnswerPatch): AnswerFields {
  const next: AnswerFields = { ...pickFields(current), ...patch }
  if (patch.options && patch.missing === undefined) next.missing = null
  if (patch.missing && patch.options === undefined) next.options = null
  if (next.options?.length === 0) next.options = null
  if (isBlank(next.explanation)) next.explanation = null
  if (isBlank(next.reason)) next.reason = null
  return next
}

export function pickFields({ options, missing, reason, explanation }: AnswerFields): AnswerFields {
  return { options, missing, reason, explanation }
}

export function equalFields(a: AnswerFields, b: AnswerFields): boolean {
  return fieldNames.every((field) => equalField(a, b, field))
}

export function equalField(a: AnswerFields, b: AnswerFields, field: keyof AnswerFields): boolean {
  const left = a[field]
  const right = b[field]
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((option) => right.includes(option))
  return left === right
}

/** A rule that an answer breaks: a text key under assessments.rule. */
export type AnswerRule =
  | 'unknown-option'
  | 'one-option'
  | 'none-with-others'
  | 'not-applicable-refused'
  | 'both'
  | 'explanation-long'
  | 'reason-long'

/** @returns the first rule the answer breaks, or null */
export function findBrokenRule(question: QuestionRules, answer: AnswerFields): AnswerRule | null {
  const { options, missing, reason, explanation } = answer
  const known = new Set(question.options.map((option) => option.id))
  if (options && missing) return 'both'
  if (options?.some((option) => !known.has(option))) return 'unknown-option'
  if (options && new Set(options).size !== options.length) return 'unknown-option'
  if (options && question.type !== 'multiple' && options.length !== 1) return 'one-option'
  if (options?.includes('none') && options.length > 1) return 'none-with-others'
  if (missing === 'not-applicable' && !question.allowsNotApplicable) return 'not-applicable-refused'
  if ((explanation?.length ?? 0) > maximumExplanation) return 'explanation-long'
  if ((reason?.length ?? 0) > maximumReason) return 'reason-long'
  return null
}

/** The answer as the engine scores it. */
export function toEngineAnswer({ options, missing }: Pick<AnswerFields, 'options' | 'missing'>): Answer {
  if (missing === 'not-applicable') return { kind: 'notApplicable' }
  if (missing === 'not-known') return { kind: 'notKnown' }
  return options ? { kind: 'answered', options } : { kind: 'notAnswered' }
}

/**
 * What the engine scores: the answers of a whole sheet, and what the city is not responsible for. A question without an answer is
 * not answered; an excluded one does not apply, whatever was answered there.
 */
export function toEngineAnswers(
  answers: Iterable<Pick<AnswerFields, 'options' | 'missing'> & { questionId: string }>,
  exclusions: Exclusions,
): Map<string, Answer> {
  const scored = new Map<string, Answer>()
  for (const answer of answers) scored.set(answer.questionId, toEngineAnswer(answer))
  for (const questionId of exclusions.keys()) scored.set(questionId, { kind: 'notApplicable' })
  return scored
}

/** Why a question is not asked now, or null when it is. */
export interface HiddenReason {
  parentId: string
  /** open: the parent has no answer yet; the question may still come. */
  kind: 'open' | 'answered-otherwise' | 'not-applicable'
}

export type AnswerLookup = (questionId: string) => Pick<AnswerFields, 'options' | 'missing'> | undefined

/** A question hidden by its condition keeps its answer and comes back when the parent's answer changes. */
export function findHiddenReason(
  question: Pick<QuestionRules, 'visibleIf'>,
  questions: ReadonlyMap<string, QuestionRules>,
  lookup: AnswerLookup,
): HiddenReason | null {
  if (!question.visibleIf) return null
  const { question: parentId, options } = question.visibleIf
  const parent = questions.get(parentId)
  const inherited = parent && findHiddenReason(parent, questions, lookup)
  if (inherited) return { ...inherited, parentId }
  const answer = lookup(parentId)
  if (answer?.missing === 'not-applicable') return { parentId, kind: 'not-applicable' }
  if (!answer?.options) return { parentId, kind: 'open' }
  return answer.options.some((option) => options.includes(option)) ? null : { parentId, kind: 'answered-otherwise' }
}

export const questionMap = (instrument: Instrument): Map<string, QuestionRules> =>
  new Map(questionsOf(instrument).map((question) => [question.id, question]))
