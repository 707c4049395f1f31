import { inputInvalid } from '../../../api.ts'
import { AppError } from '../../../errors.ts'
import { fieldOf, type FormValues } from '../../../forms.ts'
import { findQuestion, type Instrument } from '../../instrument/instrument.ts'
import type { AnswerPatch } from '../answer.ts'
import { answerPatchSchema } from '../schemas.ts'
import { patchOfChoice } from './choice.ts'

/** What a posted form changes: everything it shows, since it shows the whole answer. */
export function patchOfForm(instrument: Instrument, questionId: string, values: FormValues): AnswerPatch {
  const rules = findQuestion(instrument, questionId)
  if (!rules) throw new AppError('QUESTION_NOT_FOUND', { question: questionId })
  const explanation = fieldOf(values, fieldOf(values, 'keep') === 'both' ? 'explanationBoth' : 'explanation')
  if (fieldOf(values, 'action') === 'clear') return { options: null, missing: null, reason: null, explanation }
  const choice = values.choice === undefined ? [] : [values.choice].flat()
  const patch = {
    ...patchOfChoice(rules, choice, []),
    explanation,
    ...(rules.allowsNotApplicable && { reason: fieldOf(values, 'reason') }),
  }
  const parsed = answerPatchSchema.safeParse(patch)
  if (!parsed.success) throw inputInvalid(parsed.error)
  return parsed.data
}
