import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { DateField } from '../../../ui/DateField.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { addDays } from '../../departments/due.ts'
import type { OpenedQueries } from '../asking.ts'
import { isOpen, isOverdue, maximumText, type ReviewQuery, standardQueryDays, waitingOf } from '../dialogue.ts'
import { QueryText, Replies } from './parts.tsx'
import { queryState, todayOf } from './words.ts'

export interface QueryPartProps {
  t: Translator
  opened: OpenedQueries
  values: FormValues
  errors: FormErrors
  now: Date
}

/** An answered query is closed; one without a reply is taken back, or closed once its day is over. */
function Steps({ t, action, hasReplies, isLate }: { t: Translator; action: string; hasReplies: boolean; isLate: boolean }) {
  return (
    <FormActions>
      {(hasReplies || isLate) && (
        <form method="post" action={`${action}/close`}>
          <Button kind="secondary">{t(hasReplies ? 'dialogue.expert.close' : 'dialogue.expert.closeUnanswered')}</Button>
        </form>
      )}
      {!hasReplies && (
        <form method="post" action={`${action}/withdraw`}>
          <Button kind="secondary">{t('dialogue.expert.withdraw')}</Button>
        </form>
      )}
    </FormActions>
  )
}

function Query({ t, opened, now, query }: QueryPartProps & { query: ReviewQuery }) {
  const replies = opened.replies.filter(({ queryId }) => queryId === query.id)
  const isOwn = query.askerPart === opened.assignment.part
  const action = `/reviews/${opened.review.id}/questions/${opened.questionId}/query/${query.id}`
  return (
    <article class="dialogue-query" id={`query-${query.id}`}>
      <h3>{isOwn && waitingOf(query) === 'expert' ? t('dialogue.state.answered') : queryState(t, query, now)}</h3>
      <QueryText t={t} query={query} />
      <Replies t={t} replies={replies} />
      {isOwn && isOpen(query) && replies.length > 0 && (
        <p>
          {replies.some(({ frozenVersion }) => frozenVersion !== null) && <>{t('dialogue.expert.newAnswer')} </>}
          <a href={`/reviews/${opened.review.id}/questions/${opened.questionId}`}>{t('dialogue.expert.toQuestion')}</a>
        </p>
      )}
      {isOwn && isOpen(query) && <Steps t={t} action={action} hasReplies={replies.length > 0} isLate={isOverdue(query, todayOf(now))} />}
    </article>
  )
}

/** What an expert has asked about a question, what the city replied, and the form that asks; for the desk and for a page of its own. */
export function QueryPart(props: QueryPartProps) {
  const { t, opened, values, errors, now } = props
  const action = `/reviews/${opened.review.id}/questions/${opened.questionId}/query`
  return (
    <section class="section" aria-labelledby="queries">
      <h2 id="queries">{t('dialogue.expert.title')}</h2>
      {opened.queries.map((query) => (
        <Query key={query.id} {...props} query={query} />
      ))}
      {opened.obstacle !== null && <p class="dialogue-after">{t(`dialogue.obstacle.${opened.obstacle}`)}</p>}
      {opened.obstacle === null && (
        <form class="form" method="post" action={action} novalidate>
          <input type="hidden" name="_key" value={fieldOf(values, '_key') || newFormKey()} />
          <TextAreaField
            name="text"
            id="text"
            rows={4}
            maxLength={maximumText}
            label={t('dialogue.ask.text')}
            hint={t('dialogue.ask.text.hint')}
            value={fieldOf(values, 'text')}
            error={errors.fields.text}
          />
          <DateField
            name="dueOn"
            label={t('dialogue.ask.due')}
            hint={t('dialogue.ask.due.hint')}
            value={fieldOf(values, 'dueOn') || addDays(todayOf(now), standardQueryDays)}
            error={errors.fields.dueOn}
          />
          <FormActions>
            <Button>{t('dialogue.ask.send')}</Button>
          </FormActions>
        </form>
      )}
    </section>
  )
}
