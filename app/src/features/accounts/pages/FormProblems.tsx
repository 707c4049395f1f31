import type { FormErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'

/** What is wrong with a form, above it; nothing when nothing is. */
export function FormProblems({ t, errors }: { t: Translator; errors: FormErrors }) {
  const fields = Object.entries(errors.fields).map(([fieldId, text]) => ({ fieldId, text }))
  if (errors.summary === null && fields.length === 0) return null
  const whole = errors.summary === null ? [] : [{ text: errors.summary.text }]
  return <ErrorSummary title={errors.summary?.title ?? t('accounts.form.problem')} errors={[...whole, ...fields]} />
}
