import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice as Message } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { ListPages, type ListPart } from '../../cities/pages/paging.tsx'
import type { Notice, SubjectNames } from '../notice.ts'
import { noticeQuote, noticeSentence } from '../notice-text.ts'

/** What happened, newest first; the sentence leads to it. */
export function NoticeList({ t, notices, names }: { t: Translator; notices: readonly Notice[]; names: SubjectNames }) {
  return (
    <ul class="notice-list">
      {notices.map((notice) => {
        const quote = noticeQuote(notice)
        return (
          <li key={notice.id} class={notice.seenAt === null ? 'notice-list-item is-new' : 'notice-list-item'}>
            <p class="notice-list-text">
              <a href={notice.address}>{noticeSentence(t, notice, names)}</a>
            </p>
            {quote !== null && <p class="notice-list-quote">{t('notices.quote', { text: quote })}</p>}
            <p class="notice-list-meta">
              {notice.seenAt === null && <strong class="notice-list-new">{t('notices.list.new')}</strong>}
              {notice.city !== null && <span>{notice.city.name}</span>}
              <time dateTime={notice.createdAt.toISOString()}>{formatDateTime(t.language, notice.createdAt)}</time>
            </p>
          </li>
        )
      })}
    </ul>
  )
}

export interface NoticesPageProps {
  t: Translator
  notices: readonly Notice[]
  total: number
  unseen: number
  names: SubjectNames
  part: ListPart
  now: Date
  /** How many were just marked as read; null = the button was not used. */
  marked: number | null
}

/** Everything a person has been told. */
export function NoticesPage({ t, notices, total, unseen, names, part, now, marked }: NoticesPageProps) {
  return (
    <>
      <Breadcrumbs label={t('notices.list.crumbs')} links={[{ href: '/home', text: t('notices.list.crumb') }]} />
      <PageHeading title={t('notices.list.title')} lead={total === 0 ? undefined : t('notices.list.lead', { count: unseen })} />
      <div class="stack">
        {marked !== null && <Message kind="success" title={t('notices.list.done', { count: marked })} isAnnounced />}
        {total === 0 ? (
          <EmptyState title={t('notices.list.emptyTitle')}>{t('notices.list.empty')}</EmptyState>
        ) : (
          <NoticeList t={t} notices={notices} names={names} />
        )}
        <ListPages t={t} part={part} total={total} path="/notices" query={{}} />
        {unseen > 0 && (
          <form method="post" action="/notices/seen">
            <input type="hidden" name="until" value={now.toISOString()} />
            <Button kind="secondary">{t('notices.list.readAll')}</Button>
          </form>
        )}
        <p>
          <a href="/account/notices">{t('notices.list.settings')}</a>
        </p>
      </div>
    </>
  )
}
