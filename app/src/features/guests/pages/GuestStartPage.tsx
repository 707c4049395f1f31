import { formatDate, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TaskList } from '../../../ui/TaskList.tsx'
import { textOf } from '../../instrument/instrument.ts'
import type { GuestVisit } from '../visit.ts'

const isAnswered = ({ answers }: GuestVisit, id: string): boolean => {
  const answer = answers.get(id)
  return answer !== undefined && (answer.options !== null || answer.missing !== null)
}

/** First page of a guest: who asks, what is asked, how far it is. */
export function GuestStartPage({ t, visit, isFinished }: { t: Translator; visit: GuestVisit; isFinished: boolean }) {
  const { link, assessment, instrument, questions } = visit
  const text = textOf(instrument, t.language)
  const open = questions.find(({ id }) => !isAnswered(visit, id))
  const inviter = link.createdBy?.name ?? assessment.city.name
  return (
    <>
      {isFinished && (
        <Notice kind="success" title={t('guests.visit.thanks')} isAnnounced>
          <p>{t('guests.visit.thanksText', { inviter, until: formatDate(t.language, link.expiresAt) })}</p>
        </Notice>
      )}
      <PageHeading
        context={`${assessment.city.name} · ${assessment.wave.name}`}
        title={t('guests.visit.title', { name: link.name, count: questions.length })}
        lead={t('guests.visit.lead', { inviter, city: assessment.city.name, count: questions.length })}
      />
      {link.note !== null && <InsetText>{link.note}</InsetText>}
      <p>{t('guests.visit.until', { until: formatDate(t.language, link.expiresAt) })}</p>
      {open !== undefined && (
        <p>
          <ButtonLink href={`/guest/questions/${open.id}`}>
            {open === questions[0] ? t('guests.visit.begin') : t('guests.visit.continue')}
          </ButtonLink>
        </p>
      )}
      <TaskList
        label={t('guests.visit.list')}
        tasks={questions.map(({ id }) => ({
          id,
          title: text.questions[id]!.question,
          href: `/guest/questions/${id}`,
          status: isAnswered(visit, id) ? t('guests.visit.answered') : t('guests.visit.open'),
          statusKind: isAnswered(visit, id) ? 'done' : 'open',
        }))}
      />
      <form method="post" action="/guest/finish" class="section">
        <p>{t('guests.visit.finishText', { inviter })}</p>
        <Button kind={open === undefined ? 'primary' : 'secondary'}>{t('guests.visit.finish')}</Button>
      </form>
      <p class="small">{t('guests.visit.privacy', { city: assessment.city.name })}</p>
    </>
  )
}
