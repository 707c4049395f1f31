import type { Translator } from '../../../text/text.ts'
import type { AnswerFields } from '../../assessments/answer.ts'
import { type Instrument, textOf } from '../../instrument/instrument.ts'

/** The choice of an answer in words. */
export function choiceWords(
  t: Translator,
  instrument: Instrument,
  questionId: string,
  { options, missing }: Pick<AnswerFields, 'options' | 'missing'>,
): string {
  if (missing !== null) return t(`assessments.state.${missing}`)
  if (options === null) return t('assessments.state.open')
  const labels = textOf(instrument, t.language).questions[questionId]?.options ?? {}
  return options.map((option) => labels[option] ?? option).join('; ')
}
