import type { Translator } from '../../text/text.ts'
import { cellText } from '../../workbook.ts'
import type { AnswerFields, StoredAnswer } from '../assessments/answer.ts'
import { type TableColumn, tableColumns } from '../assessments/answer-table.ts'
import type { Exclusions } from '../assessments/scope.ts'
import { type Instrument, type InstrumentText, questionNumbers, type QuestionRules, textOf } from '../instrument/instrument.ts'
import { stampOf } from './stamp.ts'

/** What of a questionnaire goes into a file, and what stands there. */
export interface SheetContent {
  /** With the questions that are in the file. */
  instrument: Instrument
  /** The whole one, for numbers and conditions. */
  whole: Instrument
  /** Of this assessment; null = the questionnaire by itself. */
  assessmentId: string | null
  /** Empty where the file is to be empty. */
  answers: ReadonlyMap<string, StoredAnswer>
  isEmpty: boolean
  exclusions: Exclusions
}

export type SheetRow = Readonly<Record<TableColumn, string>> & { readonly rules: QuestionRules; readonly choices: readonly string[] }

/** Texts that can stand in the answer cell, in the order in which they are offered. */
export function choicesOf(t: Translator, text: InstrumentText, question: QuestionRules): string[] {
  const options = question.options.map(({ id }) => text.questions[question.id]!.options[id]!)
  const notApplicable = question.allowsNotApplicable ? [t('assessments.form.not-applicable')] : []
  return [...options, t('assessments.form.not-known'), ...notApplicable]
}

/** The separator that puts several options into one cell. */
export const optionSeparator = '; '

/** An answer as it stands in its cell. */
export function answerCell(
  t: Translator,
  text: InstrumentText,
  question: QuestionRules,
  { options, missing }: Pick<AnswerFields, 'options' | 'missing'>,
): string {
  if (missing !== null) return t(`assessments.form.${missing}`)
  const wording = text.questions[question.id]!.options
  const inOrder = question.options.filter(({ id }) => options?.includes(id)).map(({ id }) => wording[id]!)
  return inOrder.join(optionSeparator)
}

/** In which case the question is asked, in words; null = always. */
function conditionText(
  t: Translator,
  text: InstrumentText,
  numbers: ReadonlyMap<string, number>,
  { visibleIf }: QuestionRules,
): string | null {
  if (visibleIf === null) return null
  const wording = text.questions[visibleIf.question]!.options
  const answers = visibleIf.options.map((option) => t('instrument.questionnaire.quoted', { text: wording[option] ?? option })).join(', ')
  return t('spreadsheets.sheet.onlyIf', { number: numbers.get(visibleIf.question)!, answers })
}

function rowOf(
  t: Translator,
  content: SheetContent,
  area: string,
  question: QuestionRules,
  numbers: ReadonlyMap<string, number>,
): SheetRow {
  const text = textOf(content.whole, t.language)
  const wording = text.questions[question.id]!
  const answer = content.isEmpty ? undefined : content.answers.get(question.id)
  const choices = choicesOf(t, text, question)
  const ground = wording.notApplicable === undefined ? [] : [t('spreadsheets.sheet.ground', { ground: wording.notApplicable })]
  return {
    id: question.id,
    number: String(numbers.get(question.id)),
    area,
    question: wording.question,
    hint: [conditionText(t, text, numbers, question), wording.hint].filter(Boolean).join('\n'),
    whatCounts: wording.whatCounts,
    options: [t(`spreadsheets.sheet.kind.${question.type}`), ...choices.map((choice) => `• ${choice}`), ...ground].join('\n'),
    answer: answer === undefined ? '' : answerCell(t, text, question, answer),
    reason: cellText(answer?.reason ?? '').trim(),
    explanation: cellText(answer?.explanation ?? '').trim(),
    version: content.assessmentId === null || content.isEmpty ? '' : stampOf(content.assessmentId, answer?.version ?? 0),
    rules: question,
    choices,
  }
}

/** One row for each question that is asked, in the order of the questionnaire. */
export function questionnaireRows(t: Translator, content: SheetContent): SheetRow[] {
  const numbers = questionNumbers(content.whole)
  const text = textOf(content.whole, t.language)
  return content.instrument.dimensions.flatMap((dimension) =>
    dimension.indicators.flatMap(({ questions }) =>
      questions
        .filter(({ id }) => !content.exclusions.has(id))
        .map((question) => rowOf(t, content, text.dimensions[dimension.id]!.name, question, numbers)),
    ),
  )
}

export const headOf = (t: Translator): string[] => tableColumns.map((column) => t(`spreadsheets.column.${column}`))
