import { useEffect, useRef, useState } from 'preact/hooks'
import { startLive } from '../../../client/live.ts'
import type { Saver } from '../../../client/saver.ts'
import type { StoredAnswer } from '../answer.ts'
import type { AnsweringProps } from '../question-view.ts'

const sayEvery = 8_000 // milliseconds between two signs that somebody is answering
const forgetAfter = 15_000 // milliseconds without a sign

/**
 * What others do while the page is open: their saved answers appear, and who is answering where.
 * @returns names by question, and how to say that one is answering oneself; guests neither hear nor say
 */
export function useLive(saver: Saver, props: AnsweringProps): { others: ReadonlyMap<string, string>; say: (questionId: string) => void } {
  const [others, setOthers] = useState<ReadonlyMap<string, string>>(new Map())
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const said = useRef(new Map<string, number>())
  const base = `/api/v1/assessments/${props.assessmentId}`
  const isMember = props.paths.history !== null

  function hear(questionId: string, name: string | null): void {
    clearTimeout(timers.current.get(questionId))
    setOthers((known) => {
      const next = new Map(known)
      if (name === null) next.delete(questionId)
      else next.set(questionId, name)
      return next
    })
    if (name !== null)
      timers.current.set(
        questionId,
        setTimeout(() => hear(questionId, null), forgetAfter),
      )
  }

  async function fetchAnswers(path: string): Promise<void> {
    const response = await fetch(path).catch(() => null)
    if (!response?.ok) return
    const body = (await response.json()) as StoredAnswer | { answers: StoredAnswer[] }
    for (const answer of 'answers' in body ? body.answers : [body]) saver.receive(answer)
  }

  useEffect(() => {
    if (!isMember) return
    return startLive(props.personId, {
      onEvent: ({ kind, assessmentId, questionId, version, by }) => {
        if (assessmentId !== props.assessmentId || !saver.states.has(questionId)) return
        if (kind === 'answering') return hear(questionId, by.name)
        hear(questionId, null)
        if (version > saver.get(questionId).base.version) void fetchAnswers(`${base}/answers/${questionId}`)
      },
      // the server is there again: what could not be saved need not wait for its turn
      onResync: () => void fetchAnswers(`${base}/answers`).then(() => saver.retryUnsaved()),
    })
  }, [saver])

  function say(questionId: string): void {
    const last = said.current.get(questionId) ?? 0
    if (!isMember || Date.now() - last < sayEvery) return
    said.current.set(questionId, Date.now())
    void fetch(`${base}/questions/${questionId}/answering`, { method: 'POST' }).catch(() => {})
  }
  return { others, say }
}
