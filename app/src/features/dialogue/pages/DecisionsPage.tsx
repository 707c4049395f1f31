import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { mayWrite } from '../../assessments/assignment.ts'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import type { SharedDecision, SharedDecisions } from '../decisions.ts'
import { maximumText } from '../dialogue.ts'
import { DecisionArticle } from './DecisionArticle.tsx'
import { momentText, questionTitle, reviewContext } from './words.ts'

interface Props {
  t: Translator
  opened: SharedDecisions
  /** Form that comes back, with its question. */
  typed: { questionId: string; values: FormValues; errors: FormErrors } | null
  isDone: boolean
}

function ReplyForm({ t, opened, typed, questionId }: Props & { questionId: string }) {
  const own = typed?.questionId === questionId ? typed : null
  return (
    <Disclosure summary={t('dialogue.decision.reply')} isOpen={own !== null}>
      <form class="form" method="post" action={`/reviews/${opened.review.id}/decisions/${questionId}`} novalidate>
        <input type="hidden" name="_key" value={newFormKey()} />
        <TextAreaField
          name="text"
          id={`text-${questionId}`}
          rows={4}
          maxLength={maximumText}
          label={
            <>
              {t('dialogue.decision.reply.text')}
              <span class="visually-hidden"> {questionTitle(t, opened.instrument, questionId)}</span>
            </>
          }
          hint={t('dialogue.decision.reply.hint')}
          value={own === null ? '' : fieldOf(own.values, 'text')}
          error={own?.errors.fields.text}
        />
        <FormActions>
          <Button>{t('dialogue.decision.reply.send')}</Button>
        </FormActions>
      </form>
    </Disclosure>
  )
}

function Decisions(props: Props & { id: string; title: string; decisions: readonly SharedDecision[] }) {
  const { t, opened, decisions } = props
  if (decisions.length === 0) return null
  return (
    <section class="section" aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {decisions.map((decision) => (
        <DecisionArticle key={decision.questionId} t={t} instrument={opened.instrument} decision={decision}>
          {opened.obstacle === null && mayWrite(opened.reach, decision.questionId) && (
            <ReplyForm {...props} questionId={decision.questionId} />
          )}
        </DecisionArticle>
      ))}
    </section>
  )
}

const withIds = ({ questionId, errors }: NonNullable<Props['typed']>): FormErrors => ({
  ...errors,
  fields: Object.fromEntries(Object.entries(errors.fields).map(([name, problem]) => [`${name}-${questionId}`, problem])),
})

/** Every decision about the city's answers, with its right of reply. */
export function DecisionsPage(props: Props) {
  const { t, opened, typed, isDone } = props
  const { review, decisions, obstacle } = opened
  const isAgreed = ({ decision }: SharedDecision) => decision === 'agreed'
  const agreed = decisions.filter(isAgreed)
  const until = review.replyUntil === null ? '' : momentText(t, review.replyUntil)
  return (
    <>
      <Breadcrumbs
        label={t('dialogue.crumbs')}
        links={[
          { href: `/assessments/${review.assessmentId}`, text: reviewContext(review) },
          { href: `/reviews/${review.id}/city`, text: t('dialogue.city.title') },
        ]}
      />
      {isDone && <Notice kind="success" title={t('dialogue.decision.reply.done')} isAnnounced />}
      {typed !== null && <FormProblems t={t} errors={withIds(typed)} />}
      <PageHeading context={reviewContext(review)} title={t('dialogue.decisions.title')} lead={t('dialogue.decisions.lead')} />
      <p class="prose">{t(obstacle === null ? 'dialogue.decisions.until' : `dialogue.decisions.${obstacle}`, { until })}</p>
      {decisions.length === 0 && <EmptyState title={t('dialogue.decisions.none')}>{t('dialogue.decisions.noneText')}</EmptyState>}
      <Decisions {...props} id="others" title={t('dialogue.decisions.others')} decisions={decisions.filter((each) => !isAgreed(each))} />
      {agreed.length > 0 && (
        <section class="section">
          <Disclosure
            summary={t('corrections.result.agreed', { count: agreed.length })}
            isOpen={agreed.some(({ questionId, replies }) => replies.length > 0 || questionId === typed?.questionId)}
          >
            <Decisions {...props} id="agreed" title={t('dialogue.decisions.agreed')} decisions={agreed} />
          </Disclosure>
        </section>
      )}
    </>
  )
}
