import { TextField, type TextFieldProps } from './TextField.tsx'

/** Props of PasswordField. */
export interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'inputMode' | 'autoComplete' | 'lang'> {
  autoComplete: 'current-password' | 'new-password'
}

/** A password; may be pasted and filled in by a password manager. */
export function PasswordField(props: PasswordFieldProps) {
  return <TextField {...props} type="password" spellcheck={false} width={props.width ?? 'medium'} />
}
