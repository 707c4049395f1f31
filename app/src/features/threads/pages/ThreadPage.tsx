import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { FormProblems } from '../../accounts/pages/FormProblems.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import { hasContent, type Thread } from '../thread.ts'
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

function OpenThread({ props, shared, thread }: { props: ThreadPageProps; shared: Shared; thread: Thread }) {
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
        closing={{ action: `${base}/${thread.id}/close`, version: thread.version }}
      />
    </ThreadArticle>
  )
}

function NewThread({ props, hasPartner }: { props: ThreadPageProps; hasPartner: boolean }) {
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
      canShare={hasPartner && !isOutsider}
    />
  )
}

function Begin({ props, hasPartner, hasOpen }: { props: ThreadPageProps; hasPartner: boolean; hasOpen: boolean }) {
  const { t, typed } = props
  if (hasOpen)
    return (
      <Disclosure summary={t('threads.new.another')} isOpen={typed?.form === 'new'}>
        <NewThread props={props} hasPartner={hasPartner} />
      </Disclosure>
    )
  return (
    <section class="section">
      <h2>{t('threads.new.title')}</h2>
      <NewThread props={props} hasPartner={hasPartner} />
    </section>
  )
}

/** Conversations about one question: the open one leads, earlier ones stay readable. */
export function ThreadPage(props: ThreadPageProps) {
  const { t, assessment, instrument, question, threads, readers, names, isOutsider, personId, now, typed, done } = props
  const text = textOf(instrument, t.language).questions[question.id]!
  const number = questionsOf(instrument).findIndex(({ id }) => id === question.id) + 1
  const base = `/assessments/${assessment.id}`
  const hasPartner = readers.shared.length > readers.inside.length
  const known = threads.filter(hasContent)
  const open = known.filter(({ closedAt }) => closedAt === null)
  const closed = known.filter(({ closedAt }) => closedAt !== null)
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
        {done !== null && (
          <Notice kind="success" title={t(`threads.done.${done}`)} isAnnounced>
            {done === 'taken-back' && <p>{t('threads.done.taken-back.text')}</p>}
          </Notice>
        )}
        {typed !== null && <FormProblems t={t} errors={withIds(typed)} />}
        {open.map((thread) => (
          <OpenThread key={thread.id} props={props} shared={shared} thread={thread} />
        ))}
        <Begin props={props} hasPartner={hasPartner} hasOpen={open.length > 0} />
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
