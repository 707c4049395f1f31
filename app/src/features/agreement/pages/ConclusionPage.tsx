import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { OptionInput } from '../../../ui/OptionInput.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type SummaryRow, SummaryList } from '../../../ui/SummaryList.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { reviewContext } from '../../reviews/pages/words.ts'
import { type Conclusion, obstacleText } from '../conclusion.ts'
import { publishingObstacle, signingObstacle } from '../verified.ts'
import { conclusionPath, crumbsOf, disagreementsPath } from './words.ts'

export interface ConclusionPageProps {
  t: Translator
  now: Date
  found: Conclusion
  done: 'signed' | 'published' | null
  values: FormValues
  errors: FormErrors
}

function rowsOf({ t, found }: ConclusionPageProps): SummaryRow[] {
  const { copy, settled, method, names } = found
  const { review } = copy
  const at = (moment: Date | null) => (moment === null ? t('agreement.conclusion.notYet') : formatDateTime(t.language, moment))
  const by = (moment: Date | null, personId: string | null) =>
    moment === null
      ? at(moment)
      : t('agreement.conclusion.by', { at: at(moment), name: names.get(personId ?? '') ?? t('agreement.conclusion.somebody') })
  return [
    { term: t('agreement.conclusion.stage'), value: t(`reviews.stage.${found.signing.stage}`) },
    {
      term: t('agreement.conclusion.unsettled'),
      value:
        settled === null ? (
          t('agreement.reviews.closed')
        ) : (
          <a href={disagreementsPath(review.id)}>{t('agreement.conclusion.unsettledCount', { count: settled.unsettled.length })}</a>
        ),
    },
    { term: t('agreement.conclusion.shared'), value: at(review.sharedAt), isEmpty: review.sharedAt === null },
    { term: t('agreement.conclusion.closed'), value: at(review.closedAt), isEmpty: review.closedAt === null },
    { term: t('agreement.conclusion.grace'), value: at(review.graceUntil), isEmpty: review.graceUntil === null },
    { term: t('agreement.conclusion.signed'), value: by(review.signedAt, review.signedBy), isEmpty: review.signedAt === null },
    { term: t('agreement.conclusion.published'), value: by(review.publishedAt, review.publishedBy), isEmpty: review.publishedAt === null },
    {
      term: t('agreement.conclusion.method'),
      value: (
        <>
          {t(method.isSame ? 'agreement.conclusion.sameMethod' : 'agreement.conclusion.otherMethod')}{' '}
          <code class="hash">{method.registeredHash}</code>
        </>
      ),
    },
  ]
}

function SignForm({ t, now, found, values, errors }: ConclusionPageProps) {
  const { review } = found.copy
  const hard = signingObstacle(found.signing, true, now)
  const isEarly = hard === null && signingObstacle(found.signing, false, now) === 'grace'
  return (
    <section class="section">
      <h2>{t('agreement.sign.title')}</h2>
      <p>{t('agreement.sign.text')}</p>
      <form class="form" method="post" action={`${conclusionPath(review.id)}/sign`} novalidate>
        <input type="hidden" name="version" value={review.version} />
        {isEarly && (
          <OptionInput
            type="checkbox"
            id="endsGrace"
            name="endsGrace"
            option={{
              value: 'true',
              label: t('agreement.sign.early'),
              hint: t('agreement.sign.earlyHint', { until: formatDateTime(t.language, review.graceUntil!) }),
            }}
            isChecked={fieldOf(values, 'endsGrace') === 'true'}
            isInvalid={errors.summary !== null}
          />
        )}
        <FormActions>
          <Button id="sign" unavailableReason={hard === null ? undefined : t(obstacleText(hard))}>
            {t('agreement.sign.button')}
          </Button>
        </FormActions>
      </form>
    </section>
  )
}

function PublishForm({ t, found }: ConclusionPageProps) {
  const { review } = found.copy
  const obstacle = publishingObstacle(found.publishing, found.method.isSame)
  return (
    <section class="section">
      <h2>{t('agreement.publish.title')}</h2>
      <p>{t('agreement.publish.text')}</p>
      <form class="form" method="post" action={`${conclusionPath(review.id)}/publish`} novalidate>
        <input type="hidden" name="version" value={review.version} />
        <FormActions>
          <Button id="publish" unavailableReason={obstacle === null ? undefined : t(obstacleText(obstacle))}>
            {t('agreement.publish.button')}
          </Button>
        </FormActions>
      </form>
    </section>
  )
}

/** The end of a review: signed by the evaluating organisation, published by somebody else. */
export function ConclusionPage(props: ConclusionPageProps) {
  const { t, found, done, errors } = props
  const { review } = found.copy
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={crumbsOf(t, review.wave)} />
      {done !== null && <Notice kind="success" title={t(`agreement.conclusion.done.${done}`)} isAnnounced />}
      <FormProblems t={t} errors={errors} />
      <PageHeading context={reviewContext(review)} title={t('agreement.conclusion.title')} lead={t('agreement.conclusion.lead')} />
      <SummaryList rows={rowsOf(props)} />
      {review.publishedAt !== null ? (
        <p>
          <a href={`/cities/${review.city.slug}`}>{t('agreement.conclusion.seePublished')}</a>
        </p>
      ) : (
        <>
          {review.signedAt === null && <SignForm {...props} />}
          <PublishForm {...props} />
        </>
      )}
    </>
  )
}
