import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { ListPages, type ListPart } from '../../cities/pages/paging.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { ElementNames } from '../../instrument/names.ts'
import { shorten } from '../../notices/notice-text.ts'
import { isUnanswered, lastMoment, standing, type Thread, tookPart, waitsFor } from '../thread.ts'
import type { CityThreads } from '../usecases.ts'
import { threadState, writerText } from './ThreadArticle.tsx'

export const threadFilters = ['open', 'mine', 'closed', 'all'] as const
export type ThreadFilter = (typeof threadFilters)[number]

const fits: Record<ThreadFilter, (thread: Thread, personId: string) => boolean> = {
  open: ({ closedAt }) => closedAt === null,
  mine: tookPart,
  closed: ({ closedAt }) => closedAt !== null,
  all: () => true,
}

export interface ThreadListPageProps extends Omit<CityThreads, 'instrument'> {
  t: Translator
  names: ElementNames
  personId: string
  filter: ThreadFilter
  part: ListPart
}

/** What waits for the reader first, then open ones, then closed ones; the latest on top. */
function inOrder(threads: readonly Thread[], personId: string): Thread[] {
  const group = (thread: Thread) => (thread.closedAt !== null ? 2 : waitsFor(thread, personId) ? 0 : 1)
  return threads.toSorted((a, b) => group(a) - group(b) || lastMoment(b).getTime() - lastMoment(a).getTime())
}

function ThreadRow({ t, assessment, names, personId, thread }: ThreadListPageProps & { thread: Thread }) {
  const name = names.question(thread.questionId)
  const last = standing(thread).at(-1)!
  const isWaiting = waitsFor(thread, personId) || isUnanswered(thread)
  // a question that this wave no longer asks is read where the conversation began
  const home = name === null ? thread.assessmentId : assessment.id
  return (
    <li class="task-list-row">
      <div>
        <a class="task-list-link" href={`/assessments/${home}/questions/${thread.questionId}/thread#thread-${thread.id}`}>
          {name === null ? t('notices.what.earlierQuestion', { id: thread.questionId }) : t('threads.list.question', { ...name })}
        </a>
      </div>
      <div class="task-list-hint" lang={last.language ?? undefined}>
        {t('threads.list.last', { who: writerText(t, last.writer), text: shorten(last.text, 140) })}
      </div>
      <ul class="task-list-meta">
        <li>{formatDateTime(t.language, last.createdAt)}</li>
        <li>{t('threads.list.messages', { count: standing(thread).length })}</li>
        {thread.isShared && <li>{t('threads.thread.shared')}</li>}
        {thread.wave.name !== assessment.wave.name && <li>{t('threads.thread.wave', { wave: thread.wave.name })}</li>}
      </ul>
      <div class={`task-list-status task-list-status-${isWaiting ? 'attention' : 'open'}`}>{threadState(t, thread, personId)}</div>
    </li>
  )
}

/** All conversations of a city. */
export function ThreadListPage(props: ThreadListPageProps) {
  const { t, assessment, threads, personId, filter, part } = props
  const base = `/assessments/${assessment.id}`
  const counted = threadFilters.map((name) => ({ name, count: threads.filter((thread) => fits[name](thread, personId)).length }))
  const shown = inOrder(
    threads.filter((thread) => fits[filter](thread, personId)),
    personId,
  )
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={[{ href: base, text: contextLine(assessment) }]} />
      <PageHeading context={contextLine(assessment)} title={t('threads.list.title')} lead={t('threads.list.lead')} />
      {threads.length === 0 ? (
        <EmptyState title={t('threads.list.emptyTitle')}>{t('threads.list.empty')}</EmptyState>
      ) : (
        <div class="stack">
          <NavTabs
            label={t('threads.list.filter')}
            links={counted.map(({ name, count }) => ({
              href: name === 'open' ? `${base}/threads` : `${base}/threads?show=${name}`,
              text: t(`threads.list.filter.${name}`, { count }),
              isCurrent: name === filter,
            }))}
          />
          {shown.length === 0 ? (
            <p>{t(`threads.list.none.${filter}`)}</p>
          ) : (
            <ul class="task-list">
              {shown.slice(part.offset, part.offset + part.size).map((thread) => (
                <ThreadRow key={thread.id} {...props} thread={thread} />
              ))}
            </ul>
          )}
          <ListPages t={t} part={part} total={shown.length} path={`${base}/threads`} query={{ show: filter }} />
        </div>
      )}
    </>
  )
}
