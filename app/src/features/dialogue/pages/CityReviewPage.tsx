import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/SummaryList.tsx'
import { type Task, TaskList } from '../../../ui/TaskList.tsx'
import type { CityReview } from '../answering.ts'
import { isOverdue, type ReviewQuery, sumWaited, waitingOf } from '../dialogue.ts'
import { nextText } from './next.ts'
import { cityStage } from './stage.ts'
import { momentText, queryState, questionTitle, reviewContext, todayOf, waitedText } from './words.ts'

interface Props {
  t: Translator
  opened: CityReview
  now: Date
}

function queryTask({ t, opened, now }: Props, query: ReviewQuery): Task {
  const waits = waitingOf(query)
  return {
    id: query.id,
    title: questionTitle(t, opened.instrument, query.questionId),
    href: `/reviews/${opened.review.id}/queries/${query.id}`,
    status: queryState(t, query, now),
    statusKind: waits === 'city' ? (isOverdue(query, todayOf(now)) ? 'attention' : 'open') : waits === 'expert' ? 'blocked' : 'done',
    meta: [t('dialogue.query.replies', { count: opened.replies.filter(({ queryId }) => queryId === query.id).length })],
  }
}

function rowsOf({ t, opened, now }: Props): SummaryRow[] {
  const { city, expert } = sumWaited(opened.queries, now)
  const waits =
    opened.queries.length > 0
      ? [
          { term: t('dialogue.city.waitedCity'), value: waitedText(t, city) },
          { term: t('dialogue.city.waitedExpert'), value: waitedText(t, expert) },
        ]
      : []
  return [
    { term: t('dialogue.city.stage'), value: t(`dialogue.stage.${cityStage(opened, now)}`) },
    { term: t('dialogue.city.next'), value: nextText(t, opened, now) },
    { term: t('dialogue.city.opened'), value: momentText(t, opened.review.openedAt) },
    ...waits,
  ]
}

function links({ t, opened }: Props): Task[] {
  const { review } = opened
  if (review.sharedAt === null) return []
  const base = `/reviews/${review.id}`
  const all = [
    { id: 'decisions', title: t('dialogue.decisions.title'), href: `${base}/decisions`, status: t('dialogue.city.link.decisions') },
    { id: 'result', title: t('corrections.result.title'), href: `${base}/result`, status: t('dialogue.city.link.result') },
  ]
  if (review.closedAt === null) return all
  return [
    ...all,
    { id: 'corrections', title: t('corrections.page.title'), href: `${base}/corrections`, status: t('dialogue.city.link.corrections') },
  ]
}

/** Where the review of the own city stands, and what the experts ask. */
export function CityReviewPage(props: Props) {
  const { t, opened } = props
  const { review, queries } = opened
  const open = [...queries.filter((query) => waitingOf(query) === 'city'), ...queries.filter((query) => waitingOf(query) === 'expert')]
  const ended = queries.filter((query) => waitingOf(query) === null)
  const further = links(props)
  return (
    <>
      <Breadcrumbs
        label={t('dialogue.crumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${review.assessmentId}`, text: reviewContext(review) },
        ]}
      />
      <PageHeading context={reviewContext(review)} title={t('dialogue.city.title')} lead={t('dialogue.city.lead')} />
      <SummaryList rows={rowsOf(props)} />
      {further.length > 0 && (
        <section class="section" aria-labelledby="outcome">
          <h2 id="outcome">{t('dialogue.city.outcome')}</h2>
          <TaskList tasks={further} />
        </section>
      )}
      <section class="section" aria-labelledby="queries">
        <h2 id="queries">{t('dialogue.city.queries')}</h2>
        {queries.length === 0 && (
          <EmptyState level={3} title={t('dialogue.city.none')}>
            {t('dialogue.city.noneText')}
          </EmptyState>
        )}
        {open.length > 0 && <TaskList label={t('dialogue.city.open')} tasks={open.map((query) => queryTask(props, query))} />}
        {ended.length > 0 && (
          <>
            <h3>{t('dialogue.city.ended')}</h3>
            <TaskList label={t('dialogue.city.ended')} tasks={ended.map((query) => queryTask(props, query))} />
          </>
        )}
      </section>
    </>
  )
}
