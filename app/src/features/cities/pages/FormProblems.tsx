import type { FormErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx'

/** Everything that is wrong with a form, above it; nothing when nothing is. */
export function FormProblems({ t, errors }: { t: Translator; errors: FormErrors }) {
  const fields = Object.entries(errors.fields).map(([fieldId, text]) => ({ fieldId, text }))
  if (errors.summary !== null) return <ErrorSummary title={errors.summary.title} errors={[{ text: errors.summary.text }, ...fields]} />
  return fields.length === 0 ? null : <ErrorSummary title={t('cities.form.problems')} errors={fields} />
}
