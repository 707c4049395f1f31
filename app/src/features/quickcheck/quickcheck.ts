import { type AnswerFields, applyPatch, emptyAnswer, findBrokenRule } from '../assessments/answer.ts'
import type { Dimension, Instrument, QuestionRules } from '../instrument/instrument.ts'
import { questionsOf } from '../instrument/instrument.ts'

// The quick check asks the anchor questions alone: those that stay comparable across versions of the questionnaire.

export interface QuickAnswer extends AnswerFields {
  questionId: string
}

const made = new WeakMap<Instrument, Instrument>()

/** A condition whose parent is not asked cannot be known: the question is then asked without it. */
const withoutLooseCondition = (question: QuestionRules, asked: ReadonlySet<string>): QuestionRules =>
  question.visibleIf !== null && !asked.has(question.visibleIf.question) ? { ...question, visibleIf: null } : question

function anchorsOf(dimension: Dimension, asked: ReadonlySet<string>): Dimension {
  const indicators = dimension.indicators
    .map((indicator) => ({
      ...indicator,
      questions: indicator.questions.filter(({ id }) => asked.has(id)).map((question) => withoutLooseCondition(question, asked)),
    }))
    .filter(({ questions }) => questions.length > 0)
  return { ...dimension, indicators }
}

const only = (weights: Readonly<Record<string, number>>, ids: ReadonlySet<string>): Record<string, number> =>
  Object.fromEntries(Object.entries(weights).filter(([id]) => ids.has(id)))

/** The instrument with its anchor questions alone: areas and indicators without any are left out, the weights of the others stay. */
export function quickInstrument(instrument: Instrument): Instrument {
  const known = made.get(instrument)
  if (known !== undefined) return known
  const asked = new Set(questionsOf(instrument).flatMap(({ id, anchor }) => (anchor ? [id] : [])))
  const dimensions = instrument.dimensions.map((dimension) => anchorsOf(dimension, asked)).filter(({ indicators }) => indicators.length > 0)
  const dimensionIds = new Set(dimensions.map(({ id }) => id))
  const indicatorIds = new Set(dimensions.flatMap(({ indicators }) => indicators.map(({ id }) => id)))
  const schemes = instrument.schemes.map((scheme) => ({
    ...scheme,
    dimensions: only(scheme.dimensions, dimensionIds),
    indicators: only(scheme.indicators, indicatorIds),
    ...(scheme.questions && { questions: only(scheme.questions, asked) }),
  }))
  const quick: Instrument = { ...instrument, dimensions, schemes }
  made.set(instrument, quick)
  return quick
}

/** Whether anything was said: an option, "not known" or "does not apply". */
export const isSaid = ({ options, missing }: Pick<AnswerFields, 'options' | 'missing'>): boolean => options !== null || missing !== null

/** An answer as an answer sheet writes it. */
export function answerWord({ options, missing }: Pick<AnswerFields, 'options' | 'missing'>): string {
  return missing ?? (options ?? []).join(';')
}

/** Whether both say the same, whatever the order of the options. */
export function isSameChoice(a: Pick<AnswerFields, 'options' | 'missing'>, b: Pick<AnswerFields, 'options' | 'missing'>): boolean {
  const sorted = ({ options }: Pick<AnswerFields, 'options'>) => [...(options ?? [])].sort().join(';')
  return a.missing === b.missing && sorted(a) === sorted(b)
}

/** A choice as an answer, or null when it breaks a rule of the question. */
export function toAnswer(question: QuestionRules, choice: Partial<AnswerFields>): QuickAnswer | null {
  const fields = applyPatch(emptyAnswer, choice)
  return findBrokenRule(question, fields) === null ? { questionId: question.id, ...fields } : null
}
