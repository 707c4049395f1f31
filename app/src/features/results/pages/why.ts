import type { Translator } from '../../../text/text.ts'
import type { StoredAnswer } from '../../assessments/answer.ts'
import { type Instrument, type QuestionRules, questionsOf, textOf } from '../../instrument/instrument.ts'
import type { QuestionResult } from '../results.ts'
import { pointsText } from './words.ts'

/** Texts and numbers of the questions of one instrument in one language. */
export interface QuestionWords {
  number: (id: string) => number
  question: (id: string) => string
  option: (id: string, option: string) => string
}

export function questionWords(t: Translator, instrument: Instrument): QuestionWords {
  const text = textOf(instrument, t.language)
  const numbers = new Map(questionsOf(instrument).map(({ id }, i) => [id, i + 1]))
  return {
    number: (id) => numbers.get(id)!,
    question: (id) => text.questions[id]!.question,
    option: (id, option) => text.questions[id]!.options[option] ?? option,
  }
}

/** The answer in words: the chosen options, or why there is none. */
export function answerText(t: Translator, words: QuestionWords, { id, state }: QuestionResult, answer: StoredAnswer | undefined): string {
  if (state !== 'answered') return t(`results.state.${state}`)
  return (answer?.options ?? []).map((option) => words.option(id, option)).join('; ')
}

const quoted = (t: Translator, texts: readonly string[]): string =>
  texts.map((text) => t('results.why.quoted', { text })).join(t('results.why.or'))

function whyAnswered(
  t: Translator,
  words: QuestionWords,
  { id, points, max }: QuestionResult,
  rules: QuestionRules,
  chosen: readonly string[],
): string {
  if (points !== null && points >= max) return t('results.why.full')
  const label = (option: string) => words.option(id, option)
  if (rules.type === 'multiple') {
    const left = rules.options.filter((option) => option.points > 0 && !chosen.includes(option.id)).map((option) => label(option.id))
    return t('results.why.multiple', { max: pointsText(t, max), left: quoted(t, left).replaceAll(t('results.why.or'), ', ') })
  }
  const best = rules.options.filter((option) => option.points >= max).map((option) => label(option.id))
  return t('results.why.single', { best: quoted(t, best) })
}

/** Why points are missing, and what would earn them. */
export function whyText(
  t: Translator,
  words: QuestionWords,
  result: QuestionResult,
  rules: QuestionRules,
  answer: StoredAnswer | undefined,
): string {
  const { state, max } = result
  if (state === 'answered') return whyAnswered(t, words, result, rules, answer?.options ?? [])
  const parent = rules.visibleIf?.question
  return t(`results.why.${state}`, { max: pointsText(t, max), number: parent === undefined ? '' : words.number(parent) })
}
