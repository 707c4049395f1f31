import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../../ui/Button.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { TextField } from '../../../ui/TextField.tsx'

interface Props {
  isOpen: boolean
  personId: string
  texts: Record<string, string>
  onSignedIn: () => void
}

interface SessionReply {
  person?: { id: string }
  code?: string
  detail?: string
  now?: string
}

/** Signs in again in place, so that what was typed stays on the screen. Somebody else's sign-in loads the page anew. */
export function SignInAgain({ isOpen, personId, texts, onSignedIn }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [values, setValues] = useState({ email: '', password: '', code: '' })
  const [error, setError] = useState<string | undefined>()
  const [needsCode, setNeedsCode] = useState(false)
  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal()
    if (!isOpen) dialog.current?.close()
  }, [isOpen])

  async function signIn(event: Event): Promise<void> {
    event.preventDefault()
    const { email, password, code } = values
    const response = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password, ...(needsCode && { code }) }),
    }).catch(() => null)
    const reply = ((await response?.json().catch(() => null)) ?? {}) as SessionReply & { needsCode?: boolean }
    if (reply.needsCode || reply.code === 'TWO_FACTOR_REQUIRED') return setNeedsCode(true)
    if (!response?.ok) return setError(reply.detail ? `${reply.detail} ${reply.now}` : texts['sign-in.unreachable'])
    if (reply.person?.id !== personId) return location.reload()
    setValues({ email, password: '', code: '' })
    setError(undefined)
    onSignedIn()
  }
  const set = (field: keyof typeof values) => (value: string) => setValues((current) => ({ ...current, [field]: value }))
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby="sign-in-again">
      <h2 id="sign-in-again">{texts['sign-in.title']}</h2>
      <p>{texts['sign-in.lead']}</p>
      <form class="form" onSubmit={signIn}>
        <TextField
          name="again-email"
          type="email"
          label={texts['sign-in.email']}
          autoComplete="username"
          value={values.email}
          onInput={set('email')}
          error={error}
          isRequired
        />
        <PasswordField
          name="again-password"
          label={texts['sign-in.password']}
          autoComplete="current-password"
          value={values.password}
          onInput={set('password')}
          isRequired
        />
        {needsCode && (
          <TextField
            name="again-code"
            label={texts['sign-in.code']}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={values.code}
            onInput={set('code')}
          />
        )}
        <div class="form-actions">
          <Button>{texts['sign-in.button']}</Button>
        </div>
      </form>
    </dialog>
  )
}
