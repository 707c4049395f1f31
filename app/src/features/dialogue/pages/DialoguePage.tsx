import { fieldOf, type FormErrors, type FormValues, newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { stageOf } from '../../reviews/review.ts'
import { graceDays, isReplyOpen, standardReplyDays, sumWaited } from '../dialogue.ts'
import type { Dialogue } from '../sharing.ts'
import { QueryText, Replies, Words } from './parts.tsx'
import { momentText, queryState, questionTitle, reviewContext, waitedText } from './words.ts'

export const leadNotices = ['shared', 'closed'] as const

interface Props {
  t: Translator
  opened: Dialogue
  /** Whether the reader leads the evaluation; others read. */
  isLead: boolean
  values: FormValues
  errors: FormErrors
  done: (typeof leadNotices)[number] | null
  now: Date
}

function Hidden({ values, version }: { values: FormValues; version: number }) {
  return (
    <>
      <input type="hidden" name="_key" value={fieldOf(values, '_key') || newFormKey()} />
      <input type="hidden" name="version" value={version} />
    </>
  )
}

function Share({ t, opened, values, errors }: Props) {
  const { review, shareObstacle } = opened
  if (shareObstacle === 'alreadyShared') return null
  return (
    <section class="section" aria-labelledby="share">
      <h2 id="share">{t('dialogue.share.title')}</h2>
      <p class="prose">{t('dialogue.share.text')}</p>
      <form class="form" method="post" action={`/reviews/${review.id}/share`} novalidate>
        <Hidden values={values} version={review.version} />
        {shareObstacle === null && (
          <TextField
            name="replyDays"
            label={t('dialogue.share.days')}
            hint={t('dialogue.share.days.hint')}
            value={fieldOf(values, 'replyDays') || String(standardReplyDays)}
            error={errors.fields.replyDays}
          />
        )}
        <FormActions>
          <Button id="share-button" unavailableReason={shareObstacle === null ? undefined : t(`dialogue.share.${shareObstacle}`)}>
            {t('dialogue.share.button')}
          </Button>
        </FormActions>
      </form>
    </section>
  )
}

function Close({ t, opened, values, errors, now }: Props) {
  const { review, closeObstacle } = opened
  if (closeObstacle === 'alreadyClosed' || closeObstacle === 'withdrawn') return null
  const isEarly = isReplyOpen(review, now)
  return (
    <section class="section" aria-labelledby="close">
      <h2 id="close">{t('dialogue.close.title')}</h2>
      <p class="prose">{t('dialogue.close.text', { days: graceDays })}</p>
      <form class="form" method="post" action={`/reviews/${review.id}/close`} novalidate>
        <Hidden values={values} version={review.version} />
        {isEarly && (
          <TextAreaField
            name="reason"
            rows={2}
            label={t('dialogue.close.reason')}
            hint={t('dialogue.close.reason.hint', { until: momentText(t, review.replyUntil!) })}
            value={fieldOf(values, 'reason')}
            error={errors.fields.reason}
          />
        )}
        <FormActions>
          <Button
            id="close-button"
            kind="secondary"
            unavailableReason={closeObstacle === null ? undefined : t(`dialogue.close.${closeObstacle}`)}
          >
            {t('dialogue.close.button')}
          </Button>
        </FormActions>
      </form>
    </section>
  )
}

function Queries({ t, opened, now }: Props) {
  const { queries, replies, instrument } = opened
  return (
    <section class="section" aria-labelledby="queries">
      <h2 id="queries">{t('dialogue.lead.queries', { count: queries.length })}</h2>
      {queries.map((query) => (
        <article key={query.id} class="dialogue-query">
          <h3>{questionTitle(t, instrument, query.questionId)}</h3>
          <p>{queryState(t, query, now)}</p>
          <QueryText t={t} query={query} />
          <Replies t={t} replies={replies.filter(({ queryId }) => queryId === query.id)} />
        </article>
      ))}
      {queries.length === 0 && <p>{t('dialogue.lead.noQueries')}</p>}
    </section>
  )
}

function DecisionReplies({ t, opened: { decisionReplies, instrument } }: Props) {
  if (decisionReplies.length === 0) return null
  return (
    <section class="section" aria-labelledby="said">
      <h2 id="said">{t('dialogue.lead.replies')}</h2>
      {decisionReplies.map(({ id, questionId, text, language, writer, writtenAt }) => (
        <article key={id} class="dialogue-decision">
          <h3>{questionTitle(t, instrument, questionId)}</h3>
          <Words text={text} language={language} />
          <p class="small">{t('dialogue.reply.by', { who: writer ?? t('dialogue.somebody'), when: momentText(t, writtenAt) })}</p>
        </article>
      ))}
    </section>
  )
}

/** The dialogue with a city as the lead of the evaluation sees it: what was asked and said, sharing, closing. */
export function DialoguePage(props: Props) {
  const { t, opened, isLead, errors, done, now } = props
  const { review, assignments, queries, settled } = opened
  const { city, expert } = sumWaited(queries, now)
  const when = (moment: Date | null) => (moment === null ? '–' : momentText(t, moment))
  return (
    <>
      <Breadcrumbs
        label={t('dialogue.crumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/evaluations/${review.wave.slug}`, text: review.wave.name },
        ]}
      />
      {done !== null && <Notice kind="success" title={t(`dialogue.lead.done.${done}`)} isAnnounced />}
      <FormProblems t={t} errors={errors} />
      <PageHeading context={reviewContext(review)} title={t('dialogue.lead.title')} lead={t('dialogue.lead.lead')} />
      <SummaryList
        rows={[
          { term: t('dialogue.city.stage'), value: t(`dialogue.leadStage.${stageOf(review, assignments)}`) },
          { term: t('dialogue.city.waitedCity'), value: waitedText(t, city) },
          { term: t('dialogue.city.waitedExpert'), value: waitedText(t, expert) },
          { term: t('dialogue.lead.sharedAt'), value: when(review.sharedAt) },
          { term: t('dialogue.lead.replyUntil'), value: when(review.replyUntil) },
          { term: t('dialogue.lead.closedAt'), value: when(review.closedAt) },
          { term: t('dialogue.lead.graceUntil'), value: when(review.graceUntil) },
        ]}
      />
      {settled !== null && (
        <p>
          <a href={`/reviews/${review.id}/result`}>{t('corrections.result.title')}</a>
        </p>
      )}
      {isLead && <Share {...props} />}
      {isLead && <Close {...props} />}
      <DecisionReplies {...props} />
      <Queries {...props} />
    </>
  )
}
