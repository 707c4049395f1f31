import type { Translator } from '../../../text/text.ts'
import type { AnswerFields } from '../../assessments/answer.ts'
import { type Instrument, textOf } from '../../instrument/instrument.ts'

/** What was chosen, in the wording of the questionnaire. */
export function answerText(
  t: Translator,
  instrument: Instrument,
  questionId: string,
  { options, missing }: Pick<AnswerFields, 'options' | 'missing'>,
): string {
  if (missing !== null) return t(`assessments.form.${missing}`)
  if (options === null) return t('assessments.form.not-answered')
  const wording = textOf(instrument, t.language).questions[questionId]!.options
  return options.map((option) => wording[option] ?? option).join('; ')
}
