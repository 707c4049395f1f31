import type { Config } from '../../config.ts'
import type { Mail } from '../../mailer.ts'

export function resetPasswordMail(config: Config, person: { email: string; name: string }, token: string): Mail {
  return { to: person.email, subject: 'Password', text: `${config.publicUrl ?? ''}/reset-password?token=${token}` }
}
