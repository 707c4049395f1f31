import type { FormErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from './FormProblems.tsx'

/** The second step of a sign-in. */
export function CodePage({ t, errors, next }: { t: Translator; errors: FormErrors; next: string }) {
  return (
    <>
      <PageHeading title={t('accounts.code.title')} lead={t('accounts.code.lead')} />
      <div class="stack">
        <FormProblems t={t} errors={errors} />
        <form class="form" method="post" action="/sign-in/code">
          <input type="hidden" name="next" value={next} />
          <TextField
            name="code"
            width="medium"
            label={t('accounts.code.label')}
            hint={t('accounts.code.hint')}
            error={errors.fields.code}
            autoComplete="one-time-code"
            spellcheck={false}
          />
          <FormActions>
            <Button>{t('accounts.code.button')}</Button>
          </FormActions>
        </form>
        <p>
          <a href={`/sign-in?next=${encodeURIComponent(next)}`}>{t('accounts.code.back')}</a>
        </p>
      </div>
    </>
  )
}
