import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList, type SummaryRow } from '../../../ui/SummaryList.tsx'
import { dayOf } from '../../evidence/evidence.ts'
import type { ReviewRow } from '../my-reviews.ts'
import { deskPath, reviewPath } from '../paths.ts'
import { dueText, partText, reviewContext } from './words.ts'

interface Props {
  t: Translator
  rows: readonly ReviewRow[]
  now: Date
}

function facts(t: Translator, row: ReviewRow, now: Date): SummaryRow[] {
  const { assignment, progress, stage, waiting } = row
  const { dueOn, signedAt } = assignment
  const isLate = dueOn !== null && signedAt === null && dueOn < dayOf(now)
  const due = dueOn === null ? t('reviews.list.noDue') : t(isLate ? 'reviews.list.late' : 'reviews.list.due', { date: dueText(t, dueOn) })
  return [
    { term: t('reviews.list.part'), value: partText(t, row) },
    { term: t('reviews.list.dueTerm'), value: isLate ? <strong>{due}</strong> : due },
    { term: t('reviews.list.progress'), value: t('reviews.progress', { ...progress }) },
    {
      term: t('reviews.list.stage'),
      value:
        signedAt === null
          ? t(`reviews.stage.${stage}`)
          : `${t(`reviews.stage.${stage}`)} · ${t('reviews.list.signed', { date: formatDate(t.language, signedAt) })}`,
    },
    { term: t('reviews.list.waiting'), value: t('reviews.waiting', { ...waiting }) },
  ]
}

function Card({ t, row, now }: { t: Translator; row: ReviewRow; now: Date }) {
  const { review, assignment, continueAt, progress } = row
  return (
    <li class="review-card">
      <h2>
        <a href={reviewPath(review.id)}>{reviewContext(review)}</a>
      </h2>
      <SummaryList rows={facts(t, row, now)} />
      {assignment.signedAt === null && continueAt !== null && (
        <p>
          <ButtonLink href={deskPath(review.id, continueAt)} kind="secondary" hiddenSuffix={review.city.name}>
            {t(progress.decided === 0 && assignment.lastQuestionId === null ? 'reviews.begin' : 'reviews.continue')}
          </ButtonLink>
        </p>
      )}
    </li>
  )
}

/** The reviews of one expert. */
export function ReviewsPage({ t, rows, now }: Props) {
  return (
    <>
      <Breadcrumbs label={t('reviews.crumbs')} links={[{ href: '/home', text: t('app.nav.home') }]} />
      <PageHeading title={t('reviews.list.title')} lead={t('reviews.list.lead')} />
      {rows.length === 0 ? (
        <EmptyState title={t('reviews.list.emptyTitle')}>{t('reviews.list.empty')}</EmptyState>
      ) : (
        <ul class="review-cards">
          {rows.map((row) => (
            <Card key={row.review.id} t={t} row={row} now={now} />
          ))}
        </ul>
      )}
    </>
  )
}
