import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { AnswerWords } from './parts.tsx'
import { QueryPart, type QueryPartProps } from './QueryPart.tsx'
import { questionTitle, reviewContext } from './words.ts'

export const expertNotices = ['asked', 'closed', 'withdrawn'] as const

/** An expert asks the city about one question. */
export function ExpertQueryPage(props: QueryPartProps & { done: (typeof expertNotices)[number] | null }) {
  const { t, opened, errors, done } = props
  const { review, instrument, questionId, answers } = opened
  const base = `/reviews/${review.id}`
  const answer = answers.get(questionId)
  return (
    <>
      <Breadcrumbs
        label={t('dialogue.crumbs')}
        links={[
          { href: '/reviews', text: t('reviews.list.title') },
          { href: base, text: reviewContext(review) },
          { href: `${base}/questions/${questionId}`, text: t('dialogue.crumb.question') },
        ]}
      />
      {done !== null && <Notice kind="success" title={t(`dialogue.expert.done.${done}`)} isAnnounced />}
      <FormProblems t={t} errors={errors} />
      <PageHeading context={reviewContext(review)} title={t('dialogue.expert.page')} lead={questionTitle(t, instrument, questionId)} />
      <section class="section" aria-labelledby="answer">
        <h2 id="answer">{t(answer !== undefined && answer.version > 1 ? 'dialogue.query.answerNow' : 'dialogue.query.answer')}</h2>
        {answer === undefined ? (
          <p>{t('dialogue.query.noAnswer')}</p>
        ) : (
          <AnswerWords t={t} instrument={instrument} questionId={questionId} answer={answer} />
        )}
      </section>
      <QueryPart {...props} />
    </>
  )
}
