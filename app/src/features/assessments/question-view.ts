import type { Dimension, Instrument, QuestionRules, QuestionText } from '../instrument/instrument.ts'
import { questionsOf, textOf } from '../instrument/instrument.ts'
import type { StoredAnswer } from './answer.ts'

/** A question as the form draws it: rules and wording of one language. */
export interface QuestionView {
  number: number
  rules: Pick<QuestionRules, 'id' | 'type' | 'options' | 'max' | 'weight' | 'allowsNotApplicable' | 'visibleIf' | 'evidence'>
  text: QuestionText
  evidence: string
}

/** Questions of an indicator under its name. */
export interface QuestionGroup {
  id: string
  name: string
  description: string
  questions: QuestionView[]
}

function viewOf(rules: QuestionRules, number: number, text: QuestionText, evidence: string): QuestionView {
  const { id, type, options, max, weight, allowsNotApplicable, visibleIf } = rules
  return { number, rules: { id, type, options, max, weight, allowsNotApplicable, visibleIf, evidence: rules.evidence }, text, evidence }
}

/** A link below a question to something about it, such as its evidence or its conversation. */
export interface ExtraLink {
  href: string
  text: string
  /** Somebody should look. */
  isAlert?: boolean
}

/** Something offered with a question, such as the answer of the last wave: words, and forms that act on them. */
export interface ExtraOffer {
  title: string
  lines: readonly { text: string; language?: string | null }[]
  actions: readonly { label: string; hiddenSuffix?: string; action: string; fields: Readonly<Record<string, string>> }[]
  links: readonly ExtraLink[]
}

/** What other features have to say about a question. */
export interface QuestionExtras {
  links: readonly ExtraLink[]
  offers: readonly ExtraOffer[]
}

/** The questions of one area, by indicator, numbered as in the whole questionnaire. */
export function questionGroups(instrument: Instrument, dimension: Dimension, language: string): QuestionGroup[] {
  const text = textOf(instrument, language)
  const numbers = new Map(questionsOf(instrument).map((question, i) => [question.id, i + 1]))
  return dimension.indicators.map((indicator) => ({
    id: indicator.id,
    name: text.indicators[indicator.id]!.name,
    description: text.indicators[indicator.id]!.description,
    questions: indicator.questions.map((rules) =>
      viewOf(rules, numbers.get(rules.id)!, text.questions[rules.id]!, text.evidence[rules.evidence]!),
    ),
  }))
}

/** Everything the answering part of a page needs, on the server and in the browser alike. */
export interface AnsweringProps {
  assessmentId: string
  /** Addresses of answers, without the question: for saving, for the form, for the history, and of what the city is responsible for. A guest has other ones. */
  paths: { save: string; form: string; history: string | null; scope?: string }
  personId: string
  language: string
  groups: QuestionGroup[]
  /** Only these questions are shown; the others decide conditions. Null = all. */
  only: string | null
  /** Questions that the person reads; null = all. The others are there for conditions alone. */
  shown: string[] | null
  /** Questions that the person reads but does not change -> why. */
  locked: Record<string, string>
  /** Questions that are not asked, because another authority is responsible -> that in words. */
  excluded: Record<string, string>
  /** What else there is about a question. */
  extras: Record<string, QuestionExtras>
  answers: StoredAnswer[]
  /** Why nothing can be saved; null = it can. */
  readOnly: string | null
  /** The area whose score is shown as it moves. */
  dimension: { id: string; name: string }
  /** When the session ends, ISO 8601. */
  sessionEndsAt: string | null
  /** Where a form without a script returns to. */
  returnTo: string
  texts: Record<string, string>
}
