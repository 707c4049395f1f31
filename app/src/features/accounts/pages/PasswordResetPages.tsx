import { type FormErrors, type FormValues, fieldOf } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from './FormProblems.tsx'
import { OwnPasswordField } from './OwnPasswordField.tsx'

/** Asks for the address to which the link for a new password goes. */
export function ForgotPasswordPage({ t, values, errors }: { t: Translator; values: FormValues; errors: FormErrors }) {
  return (
    <>
      <PageHeading title={t('accounts.forgot.title')} lead={t('accounts.forgot.lead')} />
      <div class="stack">
        <FormProblems t={t} errors={errors} />
        <form class="form" method="post" action="/forgot-password">
          <TextField
            name="email"
            type="email"
            label={t('accounts.form.email')}
            value={fieldOf(values, 'email')}
            error={errors.fields.email}
            autoComplete="username"
            inputMode="email"
            spellcheck={false}
          />
          <FormActions>
            <Button>{t('accounts.forgot.button')}</Button>
          </FormActions>
        </form>
        <p>
          <a href="/sign-in">{t('accounts.forgot.back')}</a>
        </p>
      </div>
    </>
  )
}

/** The same words whether there is such an account or not. */
export function ResetSentPage({ t }: { t: Translator }) {
  return (
    <>
      <PageHeading title={t('accounts.forgot.sent.title')} lead={t('accounts.forgot.sent.lead')} />
      <div class="stack">
        <p>{t('accounts.forgot.sent.help')}</p>
        <p>
          <a href="/sign-in">{t('accounts.forgot.back')}</a>
        </p>
      </div>
    </>
  )
}

export function ResetPasswordPage({ t, token, errors }: { t: Translator; token: string; errors: FormErrors }) {
  return (
    <>
      <PageHeading title={t('accounts.reset.title')} lead={t('accounts.reset.lead')} />
      <div class="stack">
        <FormProblems t={t} errors={errors} />
        <form class="form" method="post" action="/reset-password">
          <input type="hidden" name="token" value={token} />
          <OwnPasswordField
            t={t}
            name="password"
            label={t('accounts.reset.label')}
            hint={t('accounts.form.password.hint')}
            error={errors.fields.password}
            autoComplete="new-password"
          />
          <FormActions>
            <Button>{t('accounts.reset.button')}</Button>
          </FormActions>
        </form>
      </div>
    </>
  )
}

export function ResetExpiredPage({ t }: { t: Translator }) {
  return (
    <>
      <PageHeading title={t('accounts.reset.expired.title')} lead={t('accounts.reset.expired.lead')} />
      <ButtonLink href="/forgot-password">{t('accounts.reset.expired.again')}</ButtonLink>
    </>
  )
}
