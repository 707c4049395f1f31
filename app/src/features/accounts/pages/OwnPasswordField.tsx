import type { Translator } from '../../../text/text.ts'
import { PasswordField, type PasswordFieldProps } from '../../../ui/PasswordField.tsx'

/** A password field; where scripts run, a button shows what was typed. */
export function OwnPasswordField({ t, ...field }: PasswordFieldProps & { t: Translator }) {
  return (
    <div data-password data-show={t('accounts.form.password.show')} data-hide={t('accounts.form.password.hide')}>
      <PasswordField {...field} />
    </div>
  )
}
