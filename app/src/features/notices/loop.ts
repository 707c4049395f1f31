import { toAppError } from '../../problems.tsx'
import type { NoticeSender } from './sender.ts'

const everyMs = 60_000

/** Sends what is due, every minute, for as long as the server runs; a pass that takes longer is not overtaken. @returns stops it */
export function startSending(sender: Pick<NoticeSender, 'send'>, now: () => Date): () => Promise<void> {
  let running: Promise<void> | null = null
  const pass = () => {
    running ??= sender
      .send(now())
      .then(() => undefined, report)
      .finally(() => (running = null))
  }
  const timer = setInterval(pass, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Names the error, not what stood in it: it may hold addresses. */
function report(error: unknown): void {
  const code = (error as { code?: string }).code ?? toAppError(error).code
  console.error(JSON.stringify({ time: new Date().toISOString(), level: 'error', what: 'sending notices', code }))
}
