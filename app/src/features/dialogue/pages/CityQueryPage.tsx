import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import { textsUnder, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { type AnswerFields, maximumExplanation, maximumReason } from '../../assessments/answer.ts'
import { Choice } from '../../assessments/pages/QuestionForm.tsx'
import { patchOfChoice } from '../../assessments/pages/choice.ts'
import { questionGroups } from '../../assessments/question-view.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { dimensionOf, findQuestion } from '../../instrument/instrument.ts'
import type { OpenedQuery } from '../answering.ts'
import { isOverdue, maximumText } from '../dialogue.ts'
import { AnswerWords, QueryText, Replies } from './parts.tsx'
import { dayText, queryState, questionTitle, reviewContext, todayOf } from './words.ts'

export const cityNotices = ['replied', 'handedBack'] as const

interface Props {
  t: Translator
  opened: OpenedQuery
  values: FormValues
  errors: FormErrors
  done: (typeof cityNotices)[number] | null
  now: Date
}

/** The answer in the form: what was typed if it comes back, else what stands in the frozen line. */
function draftOf({ opened, values }: Props): AnswerFields {
  if (values.text === undefined) return opened.answer
  const rules = findQuestion(opened.instrument, opened.query.questionId)!
  const choice = values.choice === undefined ? [] : [values.choice].flat()
  const chosen = patchOfChoice(rules, choice, [])
  const { options = null, missing = null } = chosen
  return { options, missing, explanation: fieldOf(values, 'explanation') || null, reason: fieldOf(values, 'reason') || null }
}

function NewAnswer(props: Props) {
  const { t, opened, errors } = props
  const { instrument, query } = opened
  const views = questionGroups(instrument, dimensionOf(instrument, query.questionId)!, t.language).flatMap(({ questions }) => questions)
  const view = views.find(({ rules }) => rules.id === query.questionId)!
  const draft = draftOf(props)
  const isOpen = props.values.text !== undefined
  return (
    <Disclosure summary={t('dialogue.answer.change')} isOpen={isOpen}>
      <p class="dialogue-hint">{t('dialogue.answer.hint')}</p>
      <Choice
        view={view}
        draft={draft}
        texts={textsUnder(t.language, 'assessments.form.')}
        isReadOnly={false}
        error={errors.fields.choice}
      />
      {view.rules.allowsNotApplicable && (
        <TextAreaField
          name="reason"
          rows={2}
          maxLength={maximumReason}
          label={t('dialogue.answer.reason')}
          value={draft.reason ?? ''}
          error={errors.fields.reason}
        />
      )}
      <TextAreaField
        name="explanation"
        rows={4}
        maxLength={maximumExplanation}
        label={t('dialogue.answer.explanation')}
        lang={opened.answer.language ?? undefined}
        value={draft.explanation ?? ''}
        error={errors.fields.explanation}
      />
    </Disclosure>
  )
}

function ReplyForm(props: Props) {
  const { t, opened, values, errors } = props
  const action = `/reviews/${opened.review.id}/queries/${opened.query.id}`
  return (
    <form class="form" method="post" action={action} novalidate>
      <input type="hidden" name="_key" value={fieldOf(values, '_key') || newFormKey()} />
      <input type="hidden" name="answerVersion" value={opened.answer.version} />
      <TextAreaField
        name="text"
        rows={5}
        maxLength={maximumText}
        label={t('dialogue.reply.text')}
        hint={
          <>
            {t('dialogue.reply.hint')} <a href={`/assessments/${opened.review.assessmentId}/evidence`}>{t('dialogue.reply.library')}</a>
          </>
        }
        value={fieldOf(values, 'text')}
        error={errors.fields.text}
      />
      <NewAnswer {...props} />
      <FormActions>
        <Button name="done" value="yes">
          {t('dialogue.reply.sendDone')}
        </Button>
        <Button kind="secondary">{t('dialogue.reply.send')}</Button>
      </FormActions>
    </form>
  )
}

/** Once the query is handed back, the form is folded: more can be said, but nobody waits for it. */
function ReplyPart(props: Props) {
  const { t, opened, values } = props
  if (opened.query.answeredAt === null) return <ReplyForm {...props} />
  return (
    <Disclosure summary={t('dialogue.reply.more')} isOpen={values.text !== undefined}>
      <ReplyForm {...props} />
    </Disclosure>
  )
}

function Dates({ t, opened: { query }, now }: Props) {
  if (!isOverdue(query, todayOf(now))) return null
  return (
    <Notice kind="warning" title={t('dialogue.query.overdue', { due: dayText(t, query.dueOn) })}>
      <p>{t('dialogue.query.overdueText')}</p>
    </Notice>
  )
}

/** The city reads a query and the frozen answer, and replies. */
export function CityQueryPage(props: Props) {
  const { t, opened, errors, done, now } = props
  const { review, instrument, query, answer, isBehind, hasTwin, replies, obstacle } = opened
  const own = replies.filter(({ queryId }) => queryId === query.id)
  const base = `/reviews/${review.id}`
  return (
    <>
      <Breadcrumbs
        label={t('dialogue.crumbs')}
        links={[
          { href: `/assessments/${review.assessmentId}`, text: reviewContext(review) },
          { href: `${base}/city`, text: t('dialogue.city.title') },
        ]}
      />
      {done !== null && <Notice kind="success" title={t(`dialogue.city.done.${done}`)} isAnnounced />}
      <FormProblems t={t} errors={errors} />
      <PageHeading
        context={reviewContext(review)}
        title={t('dialogue.query.title')}
        lead={questionTitle(t, instrument, query.questionId)}
      />
      <div class="dialogue-stack">
        <p>
          <strong>{queryState(t, query, now)}</strong>
        </p>
        <Dates {...props} />
        <QueryText t={t} query={query} />
      </div>
      <section class="section" aria-labelledby="answer">
        <h2 id="answer">{t(answer.version > 1 ? 'dialogue.query.answerNew' : 'dialogue.query.answer')}</h2>
        <AnswerWords t={t} instrument={instrument} questionId={query.questionId} answer={answer} />
        {isBehind && <p class="dialogue-after">{t('dialogue.query.behind')}</p>}
        <p class="small dialogue-after">{t('dialogue.query.untouched')}</p>
      </section>
      <section class="section" aria-labelledby="replies">
        <h2 id="replies">{t('dialogue.query.yourReply')}</h2>
        <Replies t={t} replies={own} />
        {hasTwin && obstacle === null && <p class="dialogue-hint">{t('dialogue.query.twin')}</p>}
        {obstacle === null ? <ReplyPart {...props} /> : <p>{t(`dialogue.noReply.${obstacle}`)}</p>}
        {obstacle === null && own.length > 0 && query.answeredAt === null && (
          <form method="post" action={`${base}/queries/${query.id}/finish`}>
            <p>{t('dialogue.finish.text')}</p>
            <Button kind="secondary">{t('dialogue.finish.button')}</Button>
          </form>
        )}
      </section>
    </>
  )
}
