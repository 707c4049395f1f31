import type { Question, Questionnaire, WeightScheme } from '@tessera/engine'

export const actionFields = ['education', 'housing', 'services-and-health', 'labour-market', 'interaction'] as const
export type ActionField = (typeof actionFields)[number]

/** A question with everything but its wording. */
export interface QuestionRules extends Question {
  /** Bands of a share question are half-open, in percent: from <= value < below; no upper limit without below. */
  readonly options: readonly { readonly id: string; readonly points: number; readonly from?: number; readonly below?: number }[]
  readonly evidence: 'required' | 'expected' | 'optional'
  readonly fields: readonly ActionField[]
  /** Published topic it follows. */
  readonly source: string
  /** Comparable across versions of the instrument. */
  readonly anchor: boolean
  /** City facts that help to compare peers on it. */
  readonly facts: readonly string[]
}

export interface QuestionText {
  readonly question: string
  readonly hint: string
  readonly whatCounts: string
  readonly options: Readonly<Record<string, string>>
  /** The ground on which the question may not apply; only where that is allowed. */
  readonly notApplicable?: string
  readonly sampleAnswer: string
}

interface Named {
  readonly name: string
  readonly description: string
}

/** Wording of a scope: the question whether a city is responsible for it. */
export interface ScopeText {
  readonly name: string
  readonly question: string
  readonly hint: string
  readonly whatCounts: string
}

/** Wording of the whole instrument in one language. */
export interface InstrumentText {
  readonly language: string
  readonly instrument: { readonly title: string; readonly subtitle: string; readonly introduction: string }
  /** Words that the questions use in a fixed sense. */
  readonly terms?: Readonly<Record<string, Named>>
  readonly dimensions: Readonly<Record<string, Named>>
  readonly indicators: Readonly<Record<string, Named>>
  readonly questions: Readonly<Record<string, QuestionText>>
  readonly weights: Readonly<Record<string, Named>>
  readonly clusters: Readonly<Record<string, { readonly name: string; readonly groups: Readonly<Record<string, string>> }>>
  /** Under the ids of the scopes; an instrument without scopes has none. */
  readonly scopes?: Readonly<Record<string, ScopeText>>
  readonly fields: Readonly<Record<string, string>>
  readonly evidence: Readonly<Record<string, string>>
  readonly missing: Readonly<Record<string, string>>
}

export interface Indicator {
  readonly id: string
  readonly questions: readonly QuestionRules[]
}

export interface Dimension {
  readonly id: string
  readonly set: 'core' | 'extended'
  readonly indicators: readonly Indicator[]
}

/** A declared way to group cities by one fact; half-open bands [from, below). */
export interface ClusterScheme {
  readonly id: string
  readonly fact: 'population' | 'share-foreign'
  readonly groups: readonly { readonly id: string; readonly from?: number; readonly below?: number }[]
}

/** A subject for which a city may not be responsible; where it is not, the questions named are not asked. */
export interface Scope {
  readonly id: string
  readonly questions: readonly string[]
}

/** A complete instrument, plain JSON: what a wave freezes. It is a questionnaire as the engine understands it. */
export interface Instrument extends Questionnaire {
  readonly id: string
  readonly version: string
  readonly licence: string
  readonly languages: readonly string[]
  readonly dimensions: readonly Dimension[]
  readonly schemes: readonly (WeightScheme & { readonly isDefault: boolean })[]
  readonly clusters: readonly ClusterScheme[]
  /** Versions from before there were scopes have none. */
  readonly scopes?: readonly Scope[]
  readonly texts: Readonly<Record<string, InstrumentText>>
}

/** All questions in the order of the questionnaire. */
const questionLists = new WeakMap<Instrument, QuestionRules[]>()

/** All questions in the order of the questionnaire. An instrument never changes, so that its list is made once. */
export function questionsOf(instrument: Instrument): readonly QuestionRules[] {
  let list = questionLists.get(instrument)
  if (list === undefined) {
    list = instrument.dimensions.flatMap((d) => d.indicators.flatMap((i) => i.questions))
    questionLists.set(instrument, list)
  }
  return list
}

/** Number of each question in the whole questionnaire, from 1. */
export function questionNumbers(instrument: Instrument): Map<string, number> {
  return new Map(questionsOf(instrument).map(({ id }, i) => [id, i + 1]))
}

export function findQuestion(instrument: Instrument, questionId: string): QuestionRules | null {
  return questionsOf(instrument).find((q) => q.id === questionId) ?? null
}

export function dimensionOf(instrument: Instrument, questionId: string): Dimension | null {
  return instrument.dimensions.find((d) => d.indicators.some((i) => i.questions.some((q) => q.id === questionId))) ?? null
}

export function defaultScheme(instrument: Instrument): WeightScheme {
  return instrument.schemes.find((s) => s.isDefault) ?? instrument.schemes[0]!
}

/** Wording in a language; English where the instrument does not have that language, else its first. */
export function textOf(instrument: Instrument, language: string): InstrumentText {
  return instrument.texts[language] ?? instrument.texts.en ?? instrument.texts[instrument.languages[0]!]!
}
