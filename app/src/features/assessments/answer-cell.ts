import { closestName } from '@tessera/engine'
import { catalogues, type Language, type TextKey } from '../../text/catalogue.ts'
import type { TextValues } from '../../text/text.ts'
import type { Instrument, QuestionRules } from '../instrument/instrument.ts'
import type { AnswerFields } from './answer.ts'

// What stands in the answer cell of a table, in whatever language and kind of value, as an answer. Nothing is guessed: what could
// mean two things is named.

/** Why a cell cannot be used, as a text key; with what was probably meant. */
export interface CellProblem {
  rule: TextKey
  values: TextValues
}

export type ReadChoice = Pick<AnswerFields, 'options' | 'missing'>

export const languages = Object.keys(catalogues) as Language[]

/** Text with blanks, line ends, quotation marks and dashes of one kind, to be compared with wording. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
    .replaceAll(/[„“”«»"]/g, '"')
    .replaceAll(/[‘’‚`´]/g, "'")
    .replaceAll(/[‐‑‒–—]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

type Word = { option: string } | { missing: 'not-known' | 'not-applicable' | null }

/** The words that an office program makes of a tick, and short forms of yes and no. */
const yesAndNo: Readonly<Record<string, 'yes' | 'no'>> = {
  true: 'yes',
  wahr: 'yes',
  yes: 'yes',
  ja: 'yes',
  false: 'no',
  falsch: 'no',
  no: 'no',
  nein: 'no',
}

function addMissingWords(words: Map<string, Word>, instrument: Instrument): void {
  const add = (text: string | undefined, missing: 'not-known' | 'not-applicable' | null) => {
    if (text !== undefined && !words.has(plainWords(text))) words.set(plainWords(text), { missing })
  }
  for (const missing of ['not-known', 'not-applicable'] as const) {
    add(missing, missing)
    for (const language of languages) add(catalogues[language][`assessments.form.${missing}`], missing)
    for (const text of Object.values(instrument.texts)) add(text.missing[missing], missing)
  }
  add('not-answered', null)
  for (const text of Object.values(instrument.texts)) add(text.missing['not-answered'], null)
  for (const language of languages) add(catalogues[language]['assessments.form.not-answered'], null)
}

/** Every word that can stand in the answer cell of a question, in all languages of the questionnaire. */
export function wordsOf(instrument: Instrument, { id, options }: QuestionRules): Map<string, Word> {
  const words = new Map<string, Word>()
  for (const option of options) words.set(plainWords(option.id), { option: option.id })
  for (const text of Object.values(instrument.texts))
    for (const option of options) words.set(plainWords(text.questions[id]?.options[option.id] ?? option.id), { option: option.id })
  for (const [word, option] of Object.entries(yesAndNo))
    if (options.some((each) => each.id === option) && !words.has(word)) words.set(word, { option })
  addMissingWords(words, instrument)
  return words
}

/** A number as people write it, with a decimal comma or point and perhaps a percent sign. */
const numberPattern = /^([-+]?\d{1,3}(?:[.,]\d+)?)\s*(%|percent|per cent|prozent)?$/i

const bandOf = (question: QuestionRules, percent: number): string | undefined =>
  question.options.find(({ from = 0, below = Infinity }) => percent >= from && percent < below)?.id

/** The band of a share; a fraction such as 0.25 may mean 25 percent or a quarter of one, and counts where both are the same band. */
function readShare(question: QuestionRules, text: string): ReadChoice | CellProblem | null {
  const found = numberPattern.exec(text)
  if (found === null || question.type !== 'share') return null
  const value = Number(found[1]!.replace(',', '.'))
  if (value < 0 || value > 100) return { rule: 'spreadsheets.problem.shareRange', values: { value: text } }
  const isFraction = found[2] === undefined && value > 0 && value <= 1
  const [band, other] = [bandOf(question, value), bandOf(question, isFraction ? value * 100 : value)]
  if (band !== other)
    return { rule: 'spreadsheets.problem.shareFraction', values: { value: text, percent: Math.round(value * 10_000) / 100 } }
  return band === undefined ? { rule: 'spreadsheets.problem.shareRange', values: { value: text } } : { options: [band], missing: null }
}

/** Signs that people put before the lines of a list. */
const withoutBullet = (text: string): string => text.replace(/^\s*[•·*▪–-]\s+/, '')

function unknownWord(question: QuestionRules, instrument: Instrument, language: string, text: string): CellProblem {
  const wording = (instrument.texts[language] ?? Object.values(instrument.texts)[0]!).questions[question.id]?.options ?? {}
  const near = closestName(text, Object.values(wording))
  if (/^#(?:NAME|REF|VALUE|WERT|BEZUG|N\/A|NV|DIV\/0|NUM|NULL|ZAHL)[?!]?$/i.test(text))
    return { rule: 'spreadsheets.problem.formula', values: { value: text } }
  if (numberPattern.test(text)) return { rule: 'spreadsheets.problem.number', values: { value: text } }
  return near === null
    ? { rule: 'spreadsheets.problem.optionUnknown', values: { value: text } }
    : { rule: 'spreadsheets.problem.optionNear', values: { value: text, near } }
}

/** Words of one cell as an answer, or the rule they break. */
function combine(question: QuestionRules, words: readonly Word[], text: string): ReadChoice | CellProblem {
  const options = [...new Set(words.flatMap((word) => ('option' in word ? [word.option] : [])))]
  const missing = [...new Set(words.flatMap((word) => ('missing' in word ? [word.missing] : [])))]
  if (missing.length + (options.length > 0 ? 1 : 0) > 1) return { rule: 'spreadsheets.problem.both', values: { value: text } }
  if (missing[0] === 'not-applicable' && !question.allowsNotApplicable) return { rule: 'spreadsheets.problem.notApplicable', values: {} }
  if (missing.length > 0) return { options: null, missing: missing[0]! }
  if (question.type !== 'multiple' && options.length > 1) return { rule: 'spreadsheets.problem.several', values: { value: text } }
  if (options.includes('none') && options.length > 1) return { rule: 'spreadsheets.problem.noneWithOthers', values: { value: text } }
  return { options: options.length === 0 ? null : options, missing: null }
}

/**
 * Reads an answer cell: option texts of any language or keys, several separated by semicolons or lines, "not known", "does not apply",
 * yes and no as ticks, and for shares the number in percent.
 * @param value what the file holds; a date is refused, because an office program has made it of something else
 * @param language in which a near option is named
 */
export function readChoice(
  instrument: Instrument,
  question: QuestionRules,
  value: string | number | boolean | Date | null,
  language: string,
): ReadChoice | CellProblem {
  if (value instanceof Date) return { rule: 'spreadsheets.problem.date', values: { value: value.toISOString().slice(0, 10) } }
  const text = value === null ? '' : String(value).replaceAll('\u00A0', ' ').trim()
  if (text === '') return { options: null, missing: null }
  const words = wordsOf(instrument, question)
  const whole = words.get(plainWords(text))
  if (whole !== undefined) return combine(question, [whole], text)
  const share = readShare(question, text)
  if (share !== null) return share
  const parts = text
    .split(/[;\n\r|]+/)
    .map((part) => withoutBullet(part).trim())
    .filter((part) => part !== '')
  const unknown = parts.find((part) => !words.has(plainWords(part)))
  if (unknown !== undefined) return unknownWord(question, instrument, language, unknown)
  return combine(
    question,
    parts.map((part) => words.get(plainWords(part))!),
    text,
  )
}
