import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { StatusLine } from '../../../ui/StatusLine.tsx'
import { AnsweringArea } from '../../assessments/pages/AnsweringPage.tsx'
import type { AnsweringProps } from '../../assessments/question-view.ts'
import type { GuestVisit } from '../visit.ts'
import { guestEvidencePath } from './GuestEvidencePage.tsx'

interface Props {
  t: Translator
  visit: GuestVisit
  island: AnsweringProps
  /** Documents that prove the answer and that the guest may see. */
  documents: number
  isSaved: boolean
}

/** One question per page, made for a phone. */
export function GuestQuestionPage({ t, visit, island, documents, isSaved }: Props) {
  const { questions, assessment } = visit
  const ids = questions.map(({ id }) => id)
  const i = ids.indexOf(island.only!)
  return (
    <>
      <Breadcrumbs label={t('assessments.breadcrumbs')} links={[{ href: '/guest', text: t('guests.visit.list') }]} />
      <PageHeading
        context={`${assessment.city.name} · ${assessment.wave.name}`}
        title={t('guests.visit.question', { number: i + 1, count: ids.length })}
      />
      {island.readOnly !== null && (
        <StatusLine state="read-only" text={t('assessments.form.status.read-only', { message: island.readOnly })} />
      )}
      {isSaved && <Notice kind="success" title={t('assessments.saved')} />}
      <AnsweringArea island={island} />
      <p class="section">
        <a href={guestEvidencePath(island.only!)}>{t('guests.evidence.link', { count: documents })}</a>
      </p>
      <nav class="question-steps" aria-label={t('assessments.question.steps')}>
        {i > 0 && (
          <ButtonLink kind="secondary" href={`/guest/questions/${ids[i - 1]}`}>
            {t('assessments.question.previous')}
          </ButtonLink>
        )}
        {i < ids.length - 1 ? (
          <ButtonLink href={`/guest/questions/${ids[i + 1]}`}>{t('assessments.question.next')}</ButtonLink>
        ) : (
          <ButtonLink href="/guest">{t('guests.visit.toEnd')}</ButtonLink>
        )}
      </nav>
    </>
  )
}
