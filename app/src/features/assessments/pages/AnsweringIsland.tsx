import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { Saver } from '../../../client/saver.ts'
import { createTransport } from '../../../client/transport.ts'
import { openUnsavedStore } from '../../../client/unsaved.ts'
import { fill, localeOf } from '../../../text/fill.ts'
import { Button } from '../../../ui/Button.tsx'
import { type SaveState, StatusLine } from '../../../ui/StatusLine.tsx'
import { type AnswerPatch, neverSaved, pickFields } from '../answer.ts'
import type { AnsweringProps, QuestionView } from '../question-view.ts'
import type { AnswerState } from '../saving.ts'
import { AnswerList, type Editing } from './AnswerList.tsx'
import { ConflictPanel } from './ConflictPanel.tsx'
import { ScoreLine } from './ScoreLine.tsx'
import { SessionEnd } from './SessionEnd.tsx'
import { SignInAgain } from './SignInAgain.tsx'
import { useLive } from './use-live.ts'

/** Answers of all questions of the groups; a question without a row was never saved. */
export function allAnswers(props: AnsweringProps) {
  const known = new Map(props.answers.map((answer) => [answer.questionId, answer]))
  return props.groups.flatMap((group) => group.questions).map((view) => known.get(view.rules.id) ?? neverSaved(view.rules.id))
}

const lineStates: Record<AnswerState['phase'], SaveState | null> = {
  idle: null,
  saved: 'saved',
  saving: 'saving',
  'not-saved': 'not-saved',
  conflict: 'conflict',
  'read-only': 'read-only',
}

const timeOf = (language: string, iso: string | null): string =>
  iso === null ? '' : new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(new Date(iso))

/** Who is answering which question at this moment; forgotten when they pause. */
function Answering({ name, texts }: { name: string | undefined; texts: Record<string, string> }) {
  if (name === undefined) return null
  return <p class="answering-now">{fill(texts['status.answering'], { name })}</p>
}

function SaveStatus({ state, number, props, onRetry }: { state: AnswerState; number: number; props: AnsweringProps; onRetry: () => void }) {
  const { texts, language } = props
  const { phase, base, conflict, message } = state
  const isTheirs = phase === 'saved' && base.author !== null && base.author.id !== props.personId
  const text =
    phase === 'idle'
      ? ''
      : fill(texts[`status.${isTheirs ? 'theirs' : phase}`], {
          time: timeOf(language, base.updatedAt),
          author: (conflict ?? base).author?.name ?? '',
          message: message ?? '',
        })
  const action =
    phase === 'not-saved' ? (
      <Button kind="quiet" type="button" onClick={onRetry} hiddenSuffix={fill(texts['explanation-of'], { number })}>
        {texts['status.retry']}
      </Button>
    ) : phase === 'conflict' ? (
      <a href={`#conflict-${base.questionId}`}>{texts['status.compare']}</a>
    ) : undefined
  return <StatusLine state={lineStates[phase]} text={text} action={action} />
}

/** Leaving is held up only while something is on this device alone. */
function useLeaveGuard(saver: Saver): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent) => saver.hasUnsaved && event.preventDefault()
    addEventListener('beforeunload', guard)
    return () => removeEventListener('beforeunload', guard)
  }, [saver])
}

function useSaver(props: AnsweringProps): { saver: Saver; saves: number } {
  const [, redraw] = useState(0)
  const [saves, setSaves] = useState(0)
  const saver = useMemo(
    () =>
      new Saver({
        assessmentId: props.assessmentId,
        personId: props.personId,
        answers: allAnswers(props),
        store: openUnsavedStore(),
        transport: createTransport(props.paths.save, props.personId),
        onChange: () => redraw((n) => n + 1),
        onSaved: () => setSaves((n) => n + 1),
      }),
    [],
  )
  useEffect(() => {
    if (props.readOnly === null) void saver.restore()
    const retry = () => saver.retry()
    addEventListener('online', retry)
    return () => removeEventListener('online', retry)
  }, [saver])
  useLeaveGuard(saver)
  return { saver, saves }
}

/**
 * The answering part of a page in the browser: the server's list, made to save itself.
 * @param early what was typed before the script was there, by question
 */
export function AnsweringIsland({ early, ...props }: AnsweringProps & { early: ReadonlyMap<string, AnswerPatch> }) {
  const { saver, saves } = useSaver(props)
  const { others, say } = useLive(saver, props)
  const [isReady, setReady] = useState(false)
  // before anybody can press another key
  useLayoutEffect(() => {
    for (const [questionId, patch] of props.readOnly === null ? early : []) saver.edit(questionId, patch, false)
    setReady(true)
  }, [])
  const conflictOf = (questionId: string, view: QuestionView) => {
    const { conflict, draft } = saver.get(questionId)
    if (conflict === null) return undefined
    return (
      <div id={`conflict-${questionId}`}>
        <ConflictPanel
          mine={draft}
          theirs={conflict}
          view={view}
          texts={props.texts}
          when={timeOf(props.language, conflict.updatedAt)}
          onChoose={(fields) => saver.resolve(questionId, pickFields(fields))}
        />
      </div>
    )
  }
  const editing: Editing = {
    onChange: (questionId, patch, isTyping) => {
      saver.edit(questionId, patch, isTyping)
      say(questionId)
    },
    onLeave: (questionId) => saver.flush(questionId),
    status: (questionId, number) => (
      <>
        <SaveStatus state={saver.get(questionId)} number={number} props={props} onRetry={() => saver.retry()} />
        <Answering name={others.get(questionId)} texts={props.texts} />
      </>
    ),
    footer: conflictOf,
  }
  return (
    <div class="answering" data-ready={isReady ? 'true' : undefined}>
      <AnswerList props={props} states={(id) => saver.get(id)} editing={isReady && props.readOnly === null ? editing : undefined} />
      {isReady && props.shown === null && (
        <ScoreLine
          assessmentId={props.assessmentId}
          dimension={props.dimension}
          language={props.language}
          texts={props.texts}
          saves={saves}
        />
      )}
      {isReady && props.sessionEndsAt !== null && (
        <SignInAgain isOpen={saver.isSignedOut} personId={props.personId} texts={props.texts} onSignedIn={() => saver.retry()} />
      )}
      {isReady && <SessionEnd endsAt={props.sessionEndsAt} texts={props.texts} language={props.language} />}
    </div>
  )
}
