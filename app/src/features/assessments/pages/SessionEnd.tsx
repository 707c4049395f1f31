import { useEffect, useState } from 'preact/hooks'
import { fill, localeOf } from '../../../text/fill.ts'
import { Button } from '../../../ui/Button.tsx'

const warning = 5 * 60_000 // milliseconds before the end; WCAG 2.2.1 asks for at least 20 seconds, we give minutes

/** Warns before the session ends and extends it with one key. */
export function SessionEnd({ endsAt, texts, language }: { endsAt: string | null; texts: Record<string, string>; language: string }) {
  const [end, setEnd] = useState(endsAt)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const check = () => setNear(end !== null && Date.parse(end) - Date.now() < warning && Date.parse(end) > Date.now())
    check()
    const timer = setInterval(check, 15_000)
    return () => clearInterval(timer)
  }, [end])
  async function extend(): Promise<void> {
    const response = await fetch('/api/v1/session').catch(() => null)
    if (response?.ok) setEnd(((await response.json()) as { expiresAt?: string }).expiresAt ?? null)
  }
  if (!isNear || end === null) return null
  const time = new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(new Date(end))
  return (
    <div class="session-end" role="alert">
      <p>{fill(texts['session.ends'], { time })}</p>
      <Button kind="secondary" type="button" onClick={extend}>
        {texts['session.extend']}
      </Button>
    </div>
  )
}
