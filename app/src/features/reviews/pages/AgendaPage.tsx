import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { type AgendaItem, agendaItems, type AgendaWords } from '../agenda.ts'
import type { OpenedDesk } from '../desk-usecases.ts'
import { choiceWords } from '../../partners/pages/answer-words.ts'
import { agendaPath, deskPath, reviewPath } from '../paths.ts'
import { decisionText, reviewContext, titleOf } from './words.ts'

/** The words of an agenda in the reader's language. */
export const agendaWords = (t: Translator, desk: OpenedDesk): AgendaWords => ({
  title: (id) => titleOf(t, desk, id),
  answer: ({ id, answer }) => choiceWords(t, desk.instrument, id, answer ?? { options: null, missing: null }),
  decision: ({ question, judgement }) => decisionText(t, question, judgement),
})

interface Props {
  t: Translator
  desk: OpenedDesk
  withNotes: boolean
}

function Item({ t, desk, withNotes, item }: Props & { item: AgendaItem }) {
  const words = agendaWords(t, desk)
  const { question, judgement } = item
  const rows = [
    { term: t('reviews.agenda.answer'), value: words.answer(question) },
    { term: t('reviews.agenda.decision'), value: words.decision(item) },
    ...(judgement.reasonCode === null ? [] : [{ term: t('reviews.agenda.reason'), value: t(`reviews.reason.${judgement.reasonCode}`) }]),
    { term: t('reviews.agenda.clarify'), value: judgement.reportText ?? t('reviews.agenda.open'), isEmpty: judgement.reportText === null },
    ...(withNotes && judgement.note !== null ? [{ term: t('reviews.form.note'), value: judgement.note }] : []),
    { term: t('reviews.agenda.result'), value: <span class="agenda-space" /> },
  ]
  return (
    <li class="agenda-item">
      <h2>
        <a href={deskPath(desk.review.id, question.id)}>{words.title(question.id)}</a>
      </h2>
      <SummaryList rows={rows} />
    </li>
  )
}

/** The flagged questions, to print or to send before the meeting with the city. */
export function AgendaPage(props: Props) {
  const { t, desk, withNotes } = props
  const items = agendaItems(desk)
  const path = agendaPath(desk.review.id)
  return (
    <>
      <Breadcrumbs
        label={t('reviews.crumbs')}
        links={[
          { href: '/reviews', text: t('reviews.list.title') },
          { href: reviewPath(desk.review.id), text: reviewContext(desk.review) },
        ]}
      />
      <PageHeading context={reviewContext(desk.review)} title={t('reviews.agenda.title')} lead={t('reviews.agenda.lead')} />
      {items.length === 0 ? (
        <EmptyState title={t('reviews.agenda.emptyTitle')}>{t('reviews.agenda.empty')}</EmptyState>
      ) : (
        <>
          <p class="agenda-actions">
            <a href={withNotes ? path : `${path}?notes=with`}>
              {t(withNotes ? 'reviews.agenda.withoutNotes' : 'reviews.agenda.withNotes')}
            </a>
            <ButtonLink href={`${path}.txt${withNotes ? '?notes=with' : ''}`} kind="secondary" isDownload>
              {t('reviews.agenda.download')}
            </ButtonLink>
          </p>
          <ol class="agenda">
            {items.map((item) => (
              <Item key={item.question.id} {...props} item={item} />
            ))}
          </ol>
        </>
      )}
    </>
  )
}
