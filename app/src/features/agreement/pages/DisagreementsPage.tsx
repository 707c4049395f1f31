import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { reviewContext, titleOf } from '../../reviews/pages/words.ts'
import type { OpenedDisagreements } from '../usecases.ts'
import type { Disagreement } from '../agreement.ts'
import { conclusionPath, crumbsOf, decidedText, disagreementPath, outcomeText } from './words.ts'

interface Props {
  t: Translator
  found: OpenedDisagreements
  /** A question has just been settled. */
  done: boolean
}

/** What one expert decided, and why. */
export function Side({ t, name, side, max }: { t: Translator; name: string; side: Disagreement['first']; max: number }) {
  const { judgement } = side
  const { reasonCode, reportText, note } = judgement
  return (
    <section class="agreement-side">
      <h3>{name}</h3>
      <SummaryList
        rows={[
          { term: t('agreement.side.gives'), value: <strong>{outcomeText(t, side, max)}</strong> },
          { term: t('agreement.side.decision'), value: decidedText(t, judgement, max) },
          ...(reasonCode === null ? [] : [{ term: t('reviews.form.reason'), value: t(`reviews.reason.${reasonCode}`) }]),
          { term: t('reviews.form.reportText'), value: reportText ?? t('agreement.side.noText'), isEmpty: reportText === null },
          ...(note === null ? [] : [{ term: t('reviews.form.note'), value: note }]),
        ]}
      />
    </section>
  )
}

/** Both experts beside each other. */
export function Sides({ t, disagreement }: { t: Translator; disagreement: Disagreement }) {
  const { first, second, max } = disagreement
  return (
    <div class="agreement-sides">
      <Side t={t} name={t('agreement.side.a')} side={first} max={max} />
      <Side t={t} name={t('agreement.side.b')} side={second} max={max} />
    </div>
  )
}

function Item({ t, found, disagreement }: { t: Translator; found: OpenedDisagreements; disagreement: Disagreement }) {
  const { questionId, adjudication, max } = disagreement
  const href = disagreementPath(found.review.id, questionId)
  return (
    <article class="section" id={questionId}>
      <h2>{titleOf(t, found, questionId)}</h2>
      {!disagreement.isSameAnswer && <p>{t('agreement.page.notSame')}</p>}
      <Sides t={t} disagreement={disagreement} />
      {adjudication === null ? (
        <p>
          <strong>{t('agreement.list.open')}</strong> <a href={href}>{t('agreement.list.settle')}</a>
        </p>
      ) : (
        <p>
          {t('agreement.list.settled', { decision: decidedText(t, adjudication, max), reason: adjudication.reason })}{' '}
          <a href={href}>{t(found.refused === null ? 'agreement.list.change' : 'agreement.list.read')}</a>
        </p>
      )}
    </article>
  )
}

/** Every question of the sample to which the two experts give different points. */
export function DisagreementsPage({ t, found, done }: Props) {
  const { review, disagreements } = found
  const open = disagreements?.filter(({ adjudication }) => adjudication === null).length ?? 0
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={crumbsOf(t, review.wave)} />
      {done && <Notice kind="success" title={t('agreement.list.saved')} isAnnounced />}
      <PageHeading
        context={reviewContext(review)}
        title={t('agreement.list.title')}
        lead={disagreements === null ? undefined : t('agreement.list.lead', { all: disagreements.length, open })}
      />
      {disagreements === null ? (
        <EmptyState title={t('agreement.list.closedTitle')}>{t('agreement.list.closed')}</EmptyState>
      ) : disagreements.length === 0 ? (
        <EmptyState title={t('agreement.list.noneTitle')}>{t('agreement.list.none')}</EmptyState>
      ) : (
        disagreements.map((each) => <Item key={each.questionId} t={t} found={found} disagreement={each} />)
      )}
      {disagreements !== null && (
        <section class="section">
          <ul>
            <li>
              <a href={`/reviews/${review.id}/dialogue`}>{t('dialogue.lead.title')}</a>
            </li>
            <li>
              <a href={conclusionPath(review.id)}>{t('agreement.list.conclude')}</a>
            </li>
          </ul>
        </section>
      )}
    </>
  )
}
