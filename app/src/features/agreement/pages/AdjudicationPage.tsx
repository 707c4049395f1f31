import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { textOf } from '../../instrument/instrument.ts'
import { reviewContext, titleOf } from '../../reviews/pages/words.ts'
import { decisions, reasonCodes } from '../../reviews/review.ts'
import type { Disagreement } from '../agreement.ts'
import type { OpenedDisagreements } from '../usecases.ts'
import { AnswersRead } from './AnswersRead.tsx'
import { Sides } from './DisagreementsPage.tsx'
import { crumbsOf, decidedText, disagreementPath, disagreementsPath, pointsOf } from './words.ts'

export interface AdjudicationPageProps {
  t: Translator
  found: OpenedDisagreements
  disagreement: Disagreement
  values: FormValues
  errors: FormErrors
}

/** What the form holds when it opens: what counts now. */
export function adjudicationValues(t: Translator, { adjudication }: Disagreement): FormValues {
  if (adjudication === null) return { version: '0' }
  const { decision, reasonCode, points, reason, reportText, version } = adjudication
  const typed = points === null ? '' : t.language === 'de' ? String(points).replace('.', ',') : String(points)
  return { decision, reasonCode: reasonCode ?? '', points: typed, reason, reportText: reportText ?? '', version: String(version) }
}

function pointsHint({ t, found, disagreement }: AdjudicationPageProps) {
  const question = found.instrument.dimensions
    .flatMap(({ indicators }) => indicators.flatMap(({ questions }) => questions))
    .find(({ id }) => id === disagreement.questionId)
  const labels = textOf(found.instrument, t.language).questions[disagreement.questionId]!.options
  return (
    <>
      {t('agreement.form.pointsHint', { max: pointsOf(t, disagreement.max) })}
      <ul class="agreement-points">
        {question?.options.map(({ id, points }) => (
          <li key={id}>{t('agreement.form.optionPoints', { option: labels[id] ?? id, points: pointsOf(t, points) })}</li>
        ))}
      </ul>
    </>
  )
}

/** What was decided meanwhile by somebody else, or in another window. */
function Stale({ t, disagreement: { adjudication, max }, values }: AdjudicationPageProps) {
  if (adjudication === null || fieldOf(values, 'version') === String(adjudication.version)) return null
  return (
    <SummaryList
      rows={[
        { term: t('agreement.form.meanwhile'), value: decidedText(t, adjudication, max) },
        { term: t('agreement.form.reason'), value: adjudication.reason },
      ]}
    />
  )
}

function Fields(props: AdjudicationPageProps) {
  const { t, values, errors } = props
  const value = (name: string) => fieldOf(values, name)
  return (
    <>
      <RadioGroup
        name="decision"
        label={t('agreement.form.decision')}
        error={errors.fields.decision}
        value={value('decision')}
        options={decisions.map((each) => ({ value: each, label: t(`reviews.decision.${each}`), hint: t(`reviews.decisionHint.${each}`) }))}
      />
      <TextField
        name="points"
        label={t('agreement.form.points')}
        hint={pointsHint(props)}
        error={errors.fields.points}
        value={value('points')}
        inputMode="decimal"
        width="short"
      />
      <SelectField
        name="reasonCode"
        label={t('reviews.form.reason')}
        hint={t('agreement.form.reasonCodeHint')}
        error={errors.fields.reasonCode}
        value={value('reasonCode')}
        options={[
          { value: '', label: t('agreement.form.noReasonCode') },
          ...reasonCodes.map((code) => ({ value: code, label: t(`reviews.reason.${code}`) })),
        ]}
        width="full"
      />
      <TextAreaField
        name="reason"
        label={t('agreement.form.reason')}
        hint={t('agreement.form.reasonHint')}
        error={errors.fields.reason}
        value={value('reason')}
        maxLength={5000}
      />
      <TextAreaField
        name="reportText"
        label={t('reviews.form.reportText')}
        hint={t('agreement.form.reportTextHint')}
        error={errors.fields.reportText}
        value={value('reportText')}
        maxLength={5000}
      />
    </>
  )
}

/** One disagreement: the answer, both experts, and what counts instead. */
export function AdjudicationPage(props: AdjudicationPageProps) {
  const { t, found, disagreement, values, errors } = props
  const { review, refused } = found
  const { questionId, adjudication, max } = disagreement
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[...crumbsOf(t, review.wave), { href: disagreementsPath(review.id), text: t('agreement.list.title') }]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={reviewContext(review)} title={titleOf(t, found, questionId)} />
      <AnswersRead t={t} found={found} disagreement={disagreement} />
      <section class="section">
        <h2>{t('agreement.page.both')}</h2>
        <Sides t={t} disagreement={disagreement} />
      </section>
      <section class="section">
        <h2>{t('agreement.page.counts')}</h2>
        {adjudication !== null && (
          <p>
            {t('agreement.page.now', {
              decision: decidedText(t, adjudication, max),
              at: formatDateTime(t.language, adjudication.decidedAt),
              reason: adjudication.reason,
            })}
          </p>
        )}
        {refused !== null ? (
          <p>{t(`agreement.refused.${refused === 'not-lead' ? 'notLead' : refused === 'own-work' ? 'ownWork' : 'signed'}`)}</p>
        ) : (
          <form class="form" method="post" action={disagreementPath(review.id, questionId)} novalidate>
            {errors.summary !== null && <Stale {...props} />}
            <input type="hidden" name="version" value={adjudication?.version ?? 0} />
            <Fields {...props} values={values} />
            <FormActions>
              <Button id="adjudicate">{t('agreement.form.save')}</Button>
              <ButtonLink href={disagreementsPath(review.id)} kind="quiet">
                {t('cities.form.cancel')}
              </ButtonLink>
            </FormActions>
          </form>
        )}
      </section>
    </>
  )
}
