import type { ComponentChildren } from 'preact'
import { newFormKey } from '../../../forms.ts'
import { formatDate, formatDateTime, formatTime, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { canTakeBack, isUnanswered, type Message, takeBackUntil, type Thread, waitsFor, type Writer } from '../thread.ts'

export interface ThreadArticleProps {
  t: Translator
  thread: Thread
  /** Address of the page. */
  base: string
  personId: string
  /** Everybody with a role in the city -> name. */
  names: ReadonlyMap<string, string>
  /** Name of the wave that the page is about. */
  wave: string
  now: Date
  /** Whether sharing can be switched. */
  canShare: boolean
  level: 2 | 3
  children?: ComponentChildren
}

/** Whoever wrote, in words; a guest is named as one. */
export function writerText(t: Translator, writer: Writer | null): string {
  if (writer === null) return t('threads.writer.erased')
  return writer.isGuest ? t('threads.writer.guest', { name: writer.name }) : writer.name
}

/** A button that is a form of its own. */
function Step({
  action,
  version,
  fields = {},
  children,
}: {
  action: string
  version?: number
  fields?: Record<string, string>
  children: ComponentChildren
}) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="_key" value={newFormKey()} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind="quiet">{children}</Button>
    </form>
  )
}

function MessageItem({ t, thread, base, personId, names, now, message }: ThreadArticleProps & { message: Message }) {
  const { id, text, language, writer, createdAt, withdrawnAt, mentions } = message
  const who = writerText(t, writer)
  const at = formatDateTime(t.language, createdAt)
  if (withdrawnAt !== null)
    return (
      <li class="thread-message is-taken-back" id={`message-${id}`}>
        {t('threads.message.takenBack', { who, at })}
      </li>
    )
  const told = mentions.flatMap((person) => names.get(person) ?? [])
  const isOwn = writer?.id === personId
  return (
    <li class={isOwn ? 'thread-message is-own' : 'thread-message'} id={`message-${id}`}>
      <p class="thread-message-head">
        <strong>{who}</strong>
        <time dateTime={createdAt.toISOString()}>{at}</time>
      </p>
      <div class="thread-message-text" lang={language !== null && language !== t.language ? language : undefined}>
        {text.split(/\n{2,}/).map((paragraph, i) => (
          <p key={i}>{paragraph}</p>
        ))}
      </div>
      {told.length > 0 && <p class="thread-message-told">{t('threads.message.told', { names: told.join(', ') })}</p>}
      {isOwn && canTakeBack(message, now).ok && (
        <div class="thread-message-step">
          <Step action={`${base}/${thread.id}/messages/${id}/take-back`}>{t('threads.takeBack.button')}</Step>
          <span>{t('threads.takeBack.until', { time: formatTime(t.language, takeBackUntil(message)) })}</span>
        </div>
      )}
    </li>
  )
}

/** How a conversation stands, in words. */
export function threadState(t: Translator, thread: Thread, personId: string): string {
  if (thread.closedAt !== null) return t('threads.state.closed')
  if (waitsFor(thread, personId)) return t('threads.state.waits')
  return isUnanswered(thread) ? t('threads.state.unanswered') : t('threads.state.open')
}

function closedText(t: Translator, { closedAt, closedBy }: Thread): string | null {
  if (closedAt === null) return null
  const date = formatDate(t.language, closedAt)
  return closedBy === null ? t('threads.thread.closed', { date }) : t('threads.thread.closedBy', { date, name: closedBy })
}

/** One conversation: what was said, and what can be done with it. */
export function ThreadArticle(props: ThreadArticleProps) {
  const { t, thread, base, personId, wave, canShare, level, children } = props
  const Title = `h${level}` as const
  const facts = [
    closedText(t, thread) ?? threadState(t, thread, personId),
    thread.isShared ? t('threads.thread.shared') : t('threads.thread.inside'),
    ...(thread.wave.name === wave ? [] : [t('threads.thread.wave', { wave: thread.wave.name })]),
  ]
  return (
    <article class="thread" id={`thread-${thread.id}`} aria-labelledby={`thread-${thread.id}-title`}>
      <div class="thread-head">
        <Title id={`thread-${thread.id}-title`}>{t('threads.thread.title', { date: formatDate(t.language, thread.createdAt) })}</Title>
        <ul class="thread-facts">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </div>
      <ol class="thread-messages">
        {thread.messages.map((message) => (
          <MessageItem key={message.id} {...props} message={message} />
        ))}
      </ol>
      {children}
      <div class="thread-steps">
        {thread.closedAt !== null && (
          <Step action={`${base}/${thread.id}/reopen`} version={thread.version}>
            {t('threads.reopen.button')}
          </Step>
        )}
        {canShare && (
          <Step action={`${base}/${thread.id}/sharing`} version={thread.version} fields={{ isShared: thread.isShared ? 'no' : 'yes' }}>
            {thread.isShared ? t('threads.share.end') : t('threads.share.begin')}
          </Step>
        )}
      </div>
    </article>
  )
}
