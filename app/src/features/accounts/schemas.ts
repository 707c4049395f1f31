import { z } from '@hono/zod-openapi'
import { roles } from '../../permissions.ts'
import { languages } from '../../text/catalogue.ts'
import { maximumNameLength, maximumPasswordLength, minimumPasswordLength, normaliseEmail } from './account.ts'

// Fields of forms and of the API alike; messages are keys of the texts.

export const emailField = z
  .string()
  .transform(normaliseEmail)
  .pipe(z.email('accounts.form.email.invalid').max(254, 'accounts.form.email.invalid'))
export const passwordField = z.string().min(1, 'accounts.form.password.missing')
export const newPasswordField = z
  .string()
  .min(minimumPasswordLength, 'accounts.form.password.short')
  .max(maximumPasswordLength, 'accounts.form.password.long')
export const nameField = z.string().trim().min(1, 'accounts.form.name.missing').max(maximumNameLength, 'accounts.form.name.long')
export const languageField = z.enum(languages as [string, ...string[]], 'accounts.form.language.unknown')
export const codeField = z.string().trim().min(1, 'accounts.code.missing').max(100, 'accounts.code.missing')
export const roleField = z.enum(roles, 'accounts.invite.role.missing')

export const accountSchema = z.object({ name: nameField, language: languageField })
