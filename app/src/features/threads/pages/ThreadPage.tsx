import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { FormProblems } from '../../accounts/pages/FormProblems.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import { standing, type Thread, unknownNames } from '../thread.ts'
import type { QuestionThreads } from '../usecases.ts'
import { MessageForm, type Typed } from './MessageForm.tsx'
import { ThreadArticle, type ThreadArticleProps } from './ThreadArticle.tsx'

/** What has just been done, as it stands in the address after a form. */
export const threadNotices = ['written', 'taken-back', 'closed', 'reopened', 'shared', 'unshared'] as const
export type ThreadNotice = (typeof threadNotices)[number]

export interface ThreadPageProps extends QuestionThreads {
  t: Translator
  personId: string
  now: Date
  typed: Typed | null
  done: ThreadNotice | null
}

type Shared = Omit<ThreadArticleProps, 'thread' | 'level' | 'children'>

const baseOf = ({ assessment, question }: ThreadPageProps): string => `/assessments/${assessment.id}/questions/${question.id}/thread`

function OpenThread({ props, shared, thread, isMain }: { props: ThreadPageProps; shared: Shared; thread: Thread; isMain: boolean }) {
  const { t, readers, typed } = props
  const base = baseOf(props)
  return (
    <ThreadArticle {...shared} thread={thread} level={2}>
      <MessageForm
        t={t}
        form={thread.id}
        action={`${base}/${thread.id}/messages`}
        label={t('threads.reply.label')}
        button={t('threads.reply.button')}
        readers={thread.isShared ? readers.shared : readers.inside}
        typed={typed}
        isMain={isMain}
        closing={{ action: `${base}/${thread.id}/close`, version: thread.version }}
      />
    </ThreadArticle>
  )
}

function NewThread({ props, hasPartner, isMain }: { props: ThreadPageProps; hasPartner: boolean; isMain: boolean }) {
  const { t, readers, typed, isOutsider } = props
  return (
    <MessageForm
      t={t}
      form="new"
      action={baseOf(props)}
      label={t('threads.new.label')}
      button={t('threads.new.button')}
      readers={readers.shared}
      typed={typed}
      isMain={isMain}
      canShare={hasPartner && !isOutsider}
    />
  )
}

function Begin({ props, hasPartner, isFirst }: { props: ThreadPageProps; hasPartner: boolean; isFirst: boolean }) {
  const { t, typed } = props
  if (!isFirst)
    return (
      <Disclosure summary={t('threads.new.another')} isOpen={typed?.form === 'new'}>
        <NewThread props={props} hasPartner={hasPartner} isMain={false} />
      </Disclosure>
    )
  return (
    <section>
      <h2>{t('threads.new.title')}</h2>
      <NewThread props={props} hasPartner={hasPartner} isMain />
    </section>
  )
}

/** Names in the message that was just sent which are nobody's. */
function unknownIn({ threads, readers, personId, names }: ThreadPageProps): string[] {
  const own = threads.flatMap(standing).filter(({ writer }) => writer?.id === personId)
  const last = own.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).at(-1)
  if (last === undefined) return []
  const thread = threads.find(({ messages }) => messages.includes(last))!
  const self = { id: personId, name: names.get(personId) ?? '' }
  return unknownNames(last.text, [self, ...(thread.isShared ? readers.shared : readers.inside)])
}

function DoneNotice(props: ThreadPageProps) {
  const { t, done } = props
  if (done === null) return null
  const unknown = done === 'written' ? unknownIn(props) : []
  return (
    <Notice kind="success" title={t(`threads.done.${done}`)} isAnnounced>
      {done === 'taken-back' && <p>{t('threads.done.taken-back.text')}</p>}
      {unknown.length > 0 && <p>{t('threads.done.unknown', { names: unknown.join(', ') })}</p>}
    </Notice>
  )
}

/** Conversations about one question: the open one leads, earlier ones stay readable. */
export function ThreadPage(props: ThreadPageProps) {
  const { t, assessment, instrument, question, threads, readers, names, isOutsider, personId, now, typed } = props
  const text = textOf(instrument, t.language).questions[question.id]!
  const number = questionsOf(instrument).findIndex(({ id }) => id === question.id) + 1
  const base = `/assessments/${assessment.id}`
  const hasPartner = readers.shared.length > readers.inside.length
  const open = threads.filter(({ closedAt }) => closedAt === null)
  const closed = threads.filter(({ closedAt }) => closedAt !== null)
  const shared = { t, base: baseOf(props), personId, names, wave: assessment.wave.name, now, canShare: hasPartner && !isOutsider }
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: base, text: contextLine(assessment) },
          { href: `${base}/threads`, text: t('threads.list.title') },
          { href: `${base}/questions/${question.id}`, text: t('threads.page.question', { number }) },
        ]}
      />
      <PageHeading context={contextLine(assessment)} title={t('threads.page.title', { number })} lead={text.question} />
      <div class="stack">
        <DoneNotice {...props} />
        {typed !== null && <FormProblems t={t} errors={withIds(typed)} />}
        {open.map((thread, i) => (
          <OpenThread key={thread.id} props={props} shared={shared} thread={thread} isMain={i === 0} />
        ))}
        <Begin props={props} hasPartner={hasPartner} isFirst={threads.length === 0} />
        {closed.length > 0 && (
          <Disclosure summary={t('threads.page.closed', { count: closed.length })} isOpen={open.length === 0}>
            {closed.map((thread) => (
              <ThreadArticle key={thread.id} {...shared} thread={thread} level={2} />
            ))}
          </Disclosure>
        )}
      </div>
    </>
  )
}

/** Fields of a form carry its key, so that the list of problems leads to the right one. */
const withIds = ({ form, errors }: Typed) => ({
  ...errors,
  fields: Object.fromEntries(Object.entries(errors.fields).map(([name, problem]) => [`${name}-${form}`, problem])),
})
